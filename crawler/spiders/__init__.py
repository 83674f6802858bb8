"""One spider for each way of discovery; none knows an outlet."""

from crawler.outlets import Way
from crawler.spiders.blogger import BloggerSpider
from crawler.spiders.discovery import DiscoverySpider
from crawler.spiders.feed import FeedSpider
from crawler.spiders.sitemap import SitemapSpider
from crawler.spiders.wordpress import WordpressSpider

SPIDERS: dict[Way, type[DiscoverySpider]] = {
    spider.way: spider for spider in (SitemapSpider, FeedSpider, WordpressSpider, BloggerSpider)
}

__all__ = ["SPIDERS", "BloggerSpider", "DiscoverySpider", "FeedSpider", "SitemapSpider", "WordpressSpider"]
