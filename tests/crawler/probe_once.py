"""One probe in a process of its own: arguments as JSON on stdin, what was found as JSON on stdout.

Twisted's reactor runs once in a process, so every test that probes starts this.
"""

from __future__ import annotations

import datetime as dt
import json
import sys

from names import stand_in

from crawler.errors import CrawlerError
from crawler.outlet_text import write_outlet
from crawler.probe.ask import probe
from crawler.probe.draft import describe, draft_outlet, findings_record
from crawler.settings import crawl_settings

TODAY = dt.date(2026, 5, 20)


def main() -> None:
    asked = json.load(sys.stdin)
    if "names" in asked:
        stand_in(asked["names"], asked.get("public"))
    settings = crawl_settings(
        asked.get("contact"), allow_local=asked.get("allow_local", True), delay=0, gateway=asked.get("gateway")
    )
    try:
        findings = probe(asked["url"], settings | asked.get("settings", {}), today=TODAY)
    except CrawlerError as error:
        json.dump({"error": str(error), "kind": type(error).__name__}, sys.stdout)
        return
    draft = draft_outlet(findings, TODAY)
    table = write_outlet(draft.outlet) if draft.outlet else None
    json.dump(findings_record(findings, draft) | {"table": table, "words": list(describe(findings, draft))}, sys.stdout)


if __name__ == "__main__":
    main()
