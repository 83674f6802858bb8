"""Reading a page: layouts as data, the date weighed, people told apart. `read_page` is the one way in."""

from crawler.pages.read import read_page

__all__ = ["read_page"]
