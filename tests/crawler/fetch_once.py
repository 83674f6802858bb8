"""One page fetched in a process of its own: arguments as JSON on stdin, the page or the error as JSON on stdout.

Twisted's reactor runs once in a process, so every test that fetches starts this. `names` stands in for the network's
names, each with its addresses, and `public` is the one address of this machine that plays a public one.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import sys

from crawler import addresses
from crawler.errors import CrawlerError
from crawler.fetch import fetch_article
from crawler.settings import crawl_settings


def main() -> None:
    asked = json.load(sys.stdin)
    names: dict[str, list[str]] = asked.get("names", {})
    looked_up: list[str] = []
    ask_system = socket.getaddrinfo

    def look_up(host, port, *more, **also):
        looked_up.append(host)
        if host not in names:
            # Of the network, nothing may be asked: numbers only.
            return ask_system(host, port, *more, **also | {"flags": socket.AI_NUMERICHOST})
        return [answer for address in names[host] for answer in ask_system(address, port, 0, socket.SOCK_STREAM)]

    if "public" in asked:
        public = ipaddress.ip_address(asked["public"])
        addresses.is_public = lambda address: address == public
    # The resolver of Twisted keeps its own name for it.
    import twisted.internet._resolver as resolver

    resolver.GAIResolver.__init__.__defaults__ = (None, look_up)
    settings = crawl_settings(asked.get("contact"), allow_local=asked.get("allow_local", False))
    settings |= asked.get("settings", {})
    result: dict[str, object] = {"error": None}
    try:
        article = fetch_article(asked["url"], settings)
        result |= {"url": article.url, "title": article.title, "text": article.text}
    except CrawlerError as error:
        result |= {"error": str(error), "kind": type(error).__name__}
    json.dump(result | {"looked_up": looked_up}, sys.stdout)


if __name__ == "__main__":
    main()
