"""One spider for each way of discovery; none knows an outlet."""

from crawler.outlets import Way
from crawler.spiders.blogger import BloggerSpider
from crawler.spiders.discovery import DiscoverySpider
from crawler.spiders.feed import FeedSpider
from crawler.spiders.index import IndexSpider
from crawler.spiders.sitemap import PastSpider, SitemapSpider
from crawler.spiders.wordpress import WordpressSpider

SPIDERS: dict[Way, type[DiscoverySpider]] = {
    spider.way: spider
    for spider in (SitemapSpider, FeedSpider, WordpressSpider, BloggerSpider, IndexSpider, PastSpider)
}

__all__ = ["SPIDERS", "DiscoverySpider"]
