"""One page fetched in a process of its own: arguments as JSON on stdin, the page or the error as JSON on stdout.

Twisted's reactor runs once in a process, so every test that fetches starts this. `names` stands in for the network's
names, each with its addresses, and `public` is the one address of this machine that plays a public one.
"""

from __future__ import annotations

import json
import sys

from names import stand_in

from crawler.errors import CrawlerError
from crawler.fetch import fetch_article
from crawler.settings import crawl_settings


def main() -> None:
    asked = json.load(sys.stdin)
    looked_up = stand_in(asked.get("names", {}), asked.get("public"))
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
