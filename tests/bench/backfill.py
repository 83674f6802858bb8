"""How fast an archive is read, as a ratio to a bare pass of the WARC library over the same file, and in what memory.

The archive is made of words of our own, most of it what a backfill passes over, as in Common Crawl's news: other
sites, other languages, other topics. Each reading is a process of its own; the two are run in turn, and the median is
what to quote.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measured import Measured, arguments, tell

from crawler.archive.write import Draft, digest_of, record_bytes

ARCHIVED_AT = dt.datetime(2025, 5, 6, 5, 0, tzinfo=dt.UTC)
FUNCTION_WORDS = ["yang", "dan", "untuk", "dengan", "di", "tidak", "ini", "dari", "karena", "bahwa", "warga", "kota"]
SYLLABLES = [consonant + vowel for consonant in "bklmprst" for vowel in "aeiou"]
HOSTS = 400
SCOPES = ("outlets", "any site")
BESIDE = "a bare pass of FastWARC"
ONE_IN = {"known outlet": 200, "relevant": 100, "indonesian": 20}
"""Of so many pages one is of an outlet of the registry; in Indonesian and about the programme; in Indonesian."""

OUTLET = """
["kabar.example"]
name = "Kabar"
regions = ["0"]
feed = ["https://kabar.example/feed"]
zone = "WIB"
state = "unverified"
source = "made for this"
"""
BARE = """
import json, resource, sys, time
from fastwarc.warc import ArchiveIterator
began, records = time.perf_counter(), 0
with open(sys.argv[1], "rb") as file:
    for record in ArchiveIterator(file, parse_http=False):
        records += 1
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"records": records, "seconds": time.perf_counter() - began, "peak": peak}))
"""
OURS = """
import json, resource, sys
from pathlib import Path
from corpus.backfill import BackfillSettings, backfill
from corpus.store import Store
from crawler.archive.sift import Sieve
from crawler.outlets import parse_outlets, registry
sieve = Sieve(registry() + parse_outlets(sys.argv[4], "bench"), any_site=sys.argv[3] == "any site")
with Store.open(sys.argv[2]) as store:
    summary = backfill([Path(sys.argv[1])], store, BackfillSettings(sieve))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
articles = summary.articles_new
print(json.dumps({"records": summary.records, "seconds": summary.seconds, "peak": peak, "articles": articles}))
"""


def sentence(words: list[str], chance: random.Random) -> str:
    return " ".join(chance.choices(words, k=25)) + "."


def page(words: list[str], chance: random.Random, named: str) -> bytes:
    """A page of some 40 KB, of which the article is a small part, as on real ones."""
    names = chance.choices(words, k=400)
    menus = "".join(f'<li class="m{n % 40}"><a href="/kanal/{name}">{name}</a></li>' for n, name in enumerate(names))
    body = "".join(f"<p>{sentence(words, chance)}</p>" for _ in range(14))
    script = "".join(f'x[{n}]="{chance.getrandbits(64):x}";' for n in range(500))
    return (
        f"<html><head><title>{named} {sentence(words, chance)}</title><script>{script}</script></head><body>"
        f"<ul>{menus}</ul><h1>{named} {sentence(words, chance)[:60]}</h1><time datetime='2025-05-06'>6 Mei 2025</time>"
        f"<div class='entry-content'><p>{named} di Kota Tual 77.512 jiwa.</p>{body}</div></body></html>"
    ).encode()


def write_archive(path: Path, megabytes: float) -> int:
    """An archive of this size on disk; how many records are in it."""
    chance = random.Random(2025)
    foreign = ["".join(chance.choices(SYLLABLES, k=3)) + chance.choice("xyzhw") for _ in range(20_000)]
    ours = foreign[:5_000] + FUNCTION_WORDS * 300
    pages = {
        "foreign": [page(foreign, chance, "News") for _ in range(40)],
        "indonesian": [page(ours, chance, "Cuaca") for _ in range(40)],
        "relevant": [page(ours, chance, "Peserta JKN") for _ in range(40)],
    }
    records = 0
    with path.open("wb") as file:
        while file.tell() < megabytes * 1e6:
            known = records // 2 % ONE_IN["known outlet"] == 1
            kind = next((kind for kind in ("relevant", "indonesian") if records // 2 % ONE_IN[kind] == 1), "foreign")
            host = "kabar.example" if known else f"www.situs{chance.randrange(HOSTS)}.id"
            address = ("WARC-Target-URI", f"https://{host}/2025/05/berita-{records}/")
            body = pages[kind][records // 2 % 40]
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
            asked = Draft("request", ARCHIVED_AT, (address,), b"GET / HTTP/1.1\r\n\r\n", f"<urn:uuid:{records}>")
            digest = ("WARC-Payload-Digest", digest_of(body))
            answered = Draft("response", ARCHIVED_AT, (address, digest), answer, f"<urn:uuid:{records}a>")
            for draft in (asked, answered):
                file.write(gzip.compress(record_bytes(draft), 6, mtime=0))
                records += 1
    return records


def process(code: str, *arguments: str) -> dict[str, float]:
    """What a process of its own tells of itself; raises CalledProcessError where it fails."""
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def measure(megabytes: float, runs: int) -> Iterator[Measured]:
    """Reading for the outlets of a registry and for any site, each beside a bare pass of the WARC library."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive.warc.gz"
        write_archive(archive, megabytes)
        for scope in SCOPES:
            pairs = []
            for run in range(runs):
                told = process(OURS, str(archive), f"{folder}/{scope}{run}.db", scope, OUTLET)
                pairs.append((told["seconds"], process(BARE, str(archive))["seconds"]))
            ours, other = zip(*pairs, strict=True)
            yield Measured("archives", f"{megabytes:g} MB, {scope}", BESIDE, ours, other, clock="wall")


def print_memory(megabytes: float) -> None:
    """Records and megabytes a second, and the peak memory of a small and a large archive: it is to be the same."""
    print(f"{'':<12}{'MB':>6}{'records/s':>11}{'MB/s':>7}{'articles':>10}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for size in (megabytes / 3, megabytes):
            archive = Path(folder) / f"{size:g}.warc.gz"
            write_archive(archive, size)
            for scope in SCOPES:
                told = process(OURS, str(archive), f"{folder}/{scope}{size}.db", scope, OUTLET)
                rates = told["records"] / told["seconds"], archive.stat().st_size / 1e6 / told["seconds"]
                peak = told["peak"] / 1024
                print(f"{scope:<12}{size:>6.0f}{rates[0]:>11.0f}{rates[1]:>7.1f}{told['articles']:>10.0f}{peak:>9.0f}")


if __name__ == "__main__":
    parser = arguments(__doc__, 3)
    parser.add_argument("--megabytes", type=float, default=30.0, help="size of the archive")
    parser.add_argument("--memory", action="store_true", help="tell rates and memory instead")
    asked = parser.parse_args()
    if asked.memory:
        print_memory(asked.megabytes)
        sys.exit()
    sys.exit(not tell(measure(asked.megabytes, asked.runs), asked))
