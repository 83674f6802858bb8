"""A small news site of the project's own, for the demo and the tests: invented articles, no network."""

from crawler.demo.site import DemoSite, demo_site

__all__ = ["DemoSite", "demo_site"]
