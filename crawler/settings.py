"""Scrapy's settings: slow, honest and modest. What an operator may change is an argument of `crawl_settings`."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from crawler.errors import NoContact

BOT_NAME = "cakupan"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
CONTACT = ""
"""Whom a site may write to: an e-mail address or web page. Without one no real site is crawled."""
ALLOW_LOCAL = False
"""Whether loopback, private and link-local addresses may be asked: the demo and the tests say so."""
GATEWAY = ""
"""The HTTP proxy that all requests go through, as http://host:port; empty for none."""
USER_AGENT = f"{BOT_NAME}/{version(BOT_NAME)}"

# Manners: what is obeyed, and how long is waited (crawler.manners.turns).
PAUSE = 2.0
"""Seconds between the end of an answer and the next request to the same network, at the least."""
LONGEST_PAUSE = 120.0
"""Seconds that a host may ask for, or that pauses grow to; one that asks for more is left for another day."""
FAILURES_IN_A_ROW = 8
"""After so many a host is given up for this crawl; with the pauses that grow between them that takes some minutes."""
# Pauses are kept in one place for all spiders; Scrapy would keep its own for each.
DOWNLOAD_DELAY = 0
AUTOTHROTTLE_ENABLED = False
CONCURRENT_REQUESTS = 8
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 1
"""Scrapy starts so many tasks for each answer, and a page has one article."""
COOKIES_ENABLED = False
REFERER_ENABLED = True
"""So that redirects do not complain of its absence; crawler.manners.guard.NoReferer takes it away."""
RETRY_TIMES = 2
RETRY_HTTP_CODES = [500, 502, 503, 504, 522, 524, 408, 429]
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.5",
    "Accept-Language": "id, en;q=0.5",
    # What crawler.manners.answers unpacks, and what readers of WARC files do.
    "Accept-Encoding": "gzip, deflate",
}

# Limits, so that a broken site costs little.
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024
"""Bytes of a body, as it comes and unpacked."""
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 30
"""Seconds from the beginning of a request to the last byte of its answer."""
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False
DEPTH_LIMIT = 500
# In the order of the listings, the newest story first; Scrapy's own order is last in, first out.
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
URLLENGTH_LIMIT = 2083

# The usual one knows no IPv6, and none can stand before it.
TWISTED_DNS_RESOLVER = "scrapy.resolver.CachingHostnameResolver"
DOWNLOAD_HANDLERS = {
    "http": "crawler.manners.downloads.PoliteDownloads",
    "https": "crawler.manners.downloads.PoliteDownloads",
    # No page may lead to anything else.
    **dict.fromkeys(("data", "file", "ftp", "s3")),
}
DOWNLOADER_MIDDLEWARES = {
    "crawler.manners.guard.AddressGuard": 40,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.manners.robots.Robots": 100,
    # Before redirects are followed.
    "crawler.manners.answers.Answers": 610,
    "crawler.manners.guard.Gateway": 740,
    "crawler.manners.guard.NoReferer": 745,
}
ITEM_PIPELINES = {"crawler.delivery.Delivery": 900}

# Nothing listens and nothing is left behind: no console, no remote control, no cache, no file of its own.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
HTTPCACHE_ENABLED = False
LOG_LEVEL = "ERROR"
LOGSTATS_INTERVAL = 0
STATS_DUMP = False
WARN_ON_GENERATOR_RETURN_VALUE = False
"""To find that out Scrapy reads the source of a callback again for every page."""
RETRY_GIVE_UP_LOG_LEVEL = "INFO"
"""Given-up requests are counted in the summary."""


def crawl_settings(
    contact: str | None = None, *, allow_local: bool = False, delay: float = 2.0, gateway: str | None = None
) -> dict[str, Any]:
    """The settings of one crawl as a plain dictionary; `delay` is seconds between requests, `gateway` a proxy.

    Raises NoContact unless a contact is given or only local addresses are to be asked.
    """
    settings: dict[str, Any] = {name: value for name, value in globals().items() if name.isupper()}
    contact = (contact or "").strip()
    if not contact and not allow_local:
        raise NoContact
    settings["CONTACT"] = contact
    settings["ALLOW_LOCAL"] = allow_local
    settings["GATEWAY"] = gateway or ""
    settings["USER_AGENT"] = f"{USER_AGENT} (+{contact or 'local test'})"
    if "@" in contact and "/" not in contact:
        # Whom to write to about a robot (RFC 9110, 10.1.2).
        settings["DEFAULT_REQUEST_HEADERS"] = {**DEFAULT_REQUEST_HEADERS, "From": contact}
    settings["PAUSE"] = delay
    # A proxy of the operator's leads out, never to this machine's own addresses.
    settings["HTTPPROXY_ENABLED"] = not allow_local
    return settings
