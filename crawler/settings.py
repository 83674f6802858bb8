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
REPLAY = False
"""Whether files answer and not the network, so that nobody is spared by waiting."""
USER_AGENT = f"{BOT_NAME}/{version(BOT_NAME)}"

# Manners.
ROBOTSTXT_OBEY = True
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 2.0
AUTOTHROTTLE_MAX_DELAY = 120.0
DOWNLOAD_DELAY = 2.0
DOWNLOAD_DELAY_JITTER = 0.0
"""Two seconds are the least, not the mean."""
CONCURRENT_REQUESTS = 8
CONCURRENT_REQUESTS_PER_DOMAIN = 1
COOKIES_ENABLED = False
RETRY_TIMES = 3
RETRY_HTTP_CODES = [500, 502, 503, 504, 522, 524, 408, 429]
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.5",
    "Accept-Language": "id, en;q=0.5",
}

# Limits, so that a broken site costs little.
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 30
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False
DEPTH_LIMIT = 500
# In the order of the listings, the newest story first; Scrapy's own order is last in, first out.
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
URLLENGTH_LIMIT = 2083

DOWNLOADER_MIDDLEWARES = {
    "crawler.manners.AddressGuard": 40,
    "crawler.manners.Gateway": 740,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.robots.StrictRobots": 100,
}
EXTENSIONS = {"crawler.manners.BackOff": 100, "crawler.archive.replay.Unhurried": 900}
ITEM_PIPELINES = {"crawler.delivery.Delivery": 900}

# Nothing listens and nothing is left behind: no console, no remote control, no cache, no file of its own.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
HTTPCACHE_ENABLED = False
LOG_LEVEL = "ERROR"
LOGSTATS_INTERVAL = 0
STATS_DUMP = False
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
    settings["DOWNLOAD_DELAY"] = delay
    settings["AUTOTHROTTLE_START_DELAY"] = delay
    # A proxy of the operator's leads out, never to this machine's own addresses.
    settings["HTTPPROXY_ENABLED"] = not allow_local
    # A delay of naught is for the demo's own server, which need not be spared.
    settings["AUTOTHROTTLE_ENABLED"] = delay > 0
    return settings
