"""What a page costs from the wire to the claims, as a ratio to a bare Scrapy spider that only fetches the same pages.

A site of its own process serves the pages on loopback, each with an article of words of our own and as much around it
as the pages of real sites have. Both crawls are whole processes; what is told is CPU time a page, that of all the pages
less that of a tenth of them, so that starting up does not count. The two are run in turn, and the median is the one to
quote.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from measured import Measured, arguments, tell

HERE = Path(__file__).parent
DEMANDED = 4.0
BESIDE = "a bare Scrapy spider"
SETTINGS = """
registry = "outlets.toml"
allow_local = true
pause_seconds = 0
"""
OUTLET = """
["{host}"]
name = "Bench"
regions = ["0"]
sitemap = ["http://{host}/sitemap-news.xml"]
layout = "wordpress"
judge = "page"
zone = "WIB"
state = "unverified"
source = "made for this"
"""
BARE = """
import sys
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
class Bare(Spider):
    name = "bare"
    async def start(self):
        for number in range(int(sys.argv[2])):
            yield Request(f"http://{sys.argv[1]}" + "/2025/05/06/" + f"berita-{number}/", self.parse)
    def parse(self, response):
        assert response.body
process = CrawlerProcess({"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False})
process.crawl(Bare)
process.start()
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds of a whole process, and what it said."""

    cpu: float
    told: str


def measure(pages: int, kilobytes: int, runs: int) -> Iterator[Measured]:
    """CPU time a page of both crawls, in turn."""
    with serving(pages, kilobytes) as host:
        pairs = [(steady(ours, host, pages), steady(bare, host, pages)) for _ in range(runs)]
        mine, theirs = zip(*pairs, strict=True)
        yield Measured("a crawl", f"a page of {pages}", BESIDE, mine, theirs, DEMANDED)


def steady(crawl: Callable[[str, int], Cost], host: str, pages: int) -> float:
    """CPU seconds a page without the start."""
    few = pages // 10
    return (crawl(host, pages).cpu - crawl(host, few).cpu) / (pages - few)


def bare(host: str, pages: int) -> Cost:
    """The pages fetched and nothing more."""
    return timed([sys.executable, "-c", BARE, host, str(pages)], Path.cwd())


def ours(host: str, pages: int, before: tuple[str, ...] = ()) -> Cost:
    """`cakupan run` over the site: fetched, archived, read, extracted, loaded."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "cakupan.toml").write_text(SETTINGS, encoding="utf-8")
        (folder / "outlets.toml").write_text(OUTLET.format(host=host), encoding="utf-8")
        command = [sys.executable, *before, "-m", "corpus.cli", "run", "--json", "--limit", str(pages), host]
        cost = timed(command, folder)
    told = json.loads(cost.told)
    assert (told["articles_new"], told["errors"]) == (pages, {}), told
    return cost


def timed(command: list[str], folder: Path) -> Cost:
    """Run a process and tell its CPU time, user and system."""
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, process.returncode
    return Cost(used.ru_utime + used.ru_stime, told)


@contextmanager
def serving(pages: int, kilobytes: int) -> Iterator[str]:
    """The site in a process of its own; its host and port."""
    command = [sys.executable, str(HERE / "crawl_site.py"), str(pages), str(kilobytes)]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as site:
        assert site.stdout is not None
        try:
            yield site.stdout.readline().strip()
        finally:
            site.kill()


if __name__ == "__main__":
    parser = arguments(__doc__, 3)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--kilobytes", type=int, default=80, help="size of a page; the median of real ones is 90")
    parser.add_argument("--profile", type=Path, help="write a profile of one whole crawl here instead")
    asked = parser.parse_args()
    if asked.profile:
        with serving(asked.pages, asked.kilobytes) as host:
            print(ours(host, asked.pages, ("-m", "cProfile", "-o", str(asked.profile.resolve()))).told)
        sys.exit()
    sys.exit(not tell(measure(asked.pages, asked.kilobytes, asked.runs), asked))
