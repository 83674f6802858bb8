"""What is asked at all, in whose name, and how a server says that it wants to be left alone for a while."""

from __future__ import annotations

import datetime as dt
import email.utils
from typing import Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import BaseSettings

from crawler.manners.addresses import is_local as is_local
from crawler.manners.refusals import NoContactGiven, PrivateAddress


class Gateway:
    """Sends every request through the proxy that the setting GATEWAY names; left out where it names none."""

    def __init__(self, address: str) -> None:
        self.address = address

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        address = crawler.settings.get("GATEWAY")
        if not address:
            raise NotConfigured
        return cls(address)

    def process_request(self, request: Request) -> None:
        """Let the request pass by way of the proxy."""
        request.meta["proxy"] = self.address


class AddressGuard:
    """Refuses private and loopback addresses unless ALLOW_LOCAL, and all others unless the user agent names a CONTACT.

    It looks at what the address says; a public name that resolves to a private address is for the resolver to refuse.
    """

    def __init__(self, settings: BaseSettings) -> None:
        self.allow_local = settings.getbool("ALLOW_LOCAL")
        contact = settings.get("CONTACT")
        self.contact = bool(contact) and contact in settings["USER_AGENT"]
        self.proxies = proxy_hosts(settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings)

    def process_request(self, request: Request) -> None:
        """Let the request pass or raise a RefusedAddress; redirects and robots.txt come through here too."""
        if is_local(request.url):
            if not self.allow_local:
                raise PrivateAddress(f"{request.url} is a private address")
        elif not self.contact:
            raise NoContactGiven(f"{request.url} is a real site, and there is no contact to give it")
        elif (urlsplit(request.url).hostname or "") in self.proxies:
            # Its name is let through to where the resolver refuses others.
            raise PrivateAddress(f"{request.url} is the proxy that this crawl goes through")


class NoReferer:
    """Tells no site which page led to it, not even where a site's Referrer-Policy asks for more."""

    def process_request(self, request: Request) -> None:
        """Take the header away that Scrapy gives."""
        request.headers.pop("Referer", None)


def proxy_hosts(settings: BaseSettings) -> frozenset[str]:
    """The hosts of the proxies that a crawl goes through: those of the environment, where they are used, and GATEWAY.

    They may be private. What a proxy asks on our behalf it resolves itself, and nobody here can look at it.
    """
    addresses = [*(getproxies().values() if settings.getbool("HTTPPROXY_ENABLED") else ()), settings.get("GATEWAY")]
    hosts = (urlsplit(one if "//" in one else f"//{one}").hostname for one in addresses if one)
    return frozenset(host for host in hosts if host)


def parse_retry_after(text: str, now: dt.datetime) -> float | None:
    """Seconds to wait from a Retry-After header, "120" or an HTTP date; None where it says nothing readable."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        until = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return max(0.0, (until - now).total_seconds())
