"""One run over the demo's sites that is recorded, in a process of its own: database, archive, "revised" or nothing."""

from __future__ import annotations

import sys
from pathlib import Path

from corpus.runs import RunSettings, run
from corpus.store import Store
from crawler.demo import demo_site
from crawler.settings import crawl_settings


def main() -> None:
    database, archive, *revised = sys.argv[1:]
    with demo_site(revised=bool(revised)) as site, Store.open(database) as store:
        scrapy = crawl_settings(allow_local=True, delay=0.0, gateway=site.gateway)
        run(site.outlets, store, settings=RunSettings(scrapy, archive=Path(archive)))


if __name__ == "__main__":
    main()
