"""Reading a page: layouts as data, the date weighed, people told apart.

`read_page` gives the article, `crawler.pages.read.read` also what else the page tells.
"""

from crawler.pages.read import Reading, join, read_page

__all__ = ["Reading", "join", "read_page"]
