"""The Scrapy project: outlets in, articles out. It knows nothing of claims, and remembers nothing by itself.

`outlets` is the registry, `spiders` find what outlets announce, `pages` reads a page to an article, `crawl` runs one
crawl and tells what came of it. `memory` and `items` are what goes in and comes out; `demo` is a site to try it on.
"""
