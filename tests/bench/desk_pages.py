"""How long the desk's pages take on a large database: each opened anew, then again, through Datasette itself.

The desk is warmed up as `cakupan serve` does it; what a page itself needs is not in memory when it is first opened.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from pathlib import Path

from corpus.desk.app import Desk, open_desk
from corpus.desk.charts import warm_up
from corpus.desk.settings import DeskSettings
from corpus.schema import open_database

MOST_MS = 300
REVIEWER = "bench"


def addresses(database: Path) -> dict[str, str]:
    """The pages to open: those of whatever the database has most of, which take longest."""
    db = open_database(database, read_only=True)

    def first(question: str) -> str:
        found: str = db.execute(question).fetchone()[0]
        return found

    region = first("SELECT region FROM tallies WHERE region LIKE '%.%' GROUP BY 1 ORDER BY sum(claims) DESC LIMIT 1")
    suspect = first("SELECT claim_id FROM standing WHERE suspect UNION ALL SELECT claim_id FROM standing LIMIT 1")
    repaired = first("SELECT claim_id FROM repairs WHERE rule <> 'repair.undecided' LIMIT 1")
    official = first("SELECT id FROM speakers ORDER BY statements DESC LIMIT 1")
    name = first("SELECT name FROM speakers ORDER BY statements DESC LIMIT 1")
    db.close()
    return {
        "front": "/",
        "region with most claims": f"/wilayah/{region}",
        "province with most regions": "/wilayah/33",
        "the nation": "/wilayah/0",
        "claim, suspect": f"/klaim/{suspect}",
        "claim, repaired": f"/klaim/{repaired}",
        "official with most statements": f"/pejabat/{official}",
        "search, a common word": "/cari?q=peserta",
        "search, a region": "/cari?q=Jawa+Tengah",
        "search, a name": f"/cari?q={name.replace(' ', '+')}",
        "contradictions": "/kontradiksi",
        "contradictions of a province": "/kontradiksi?wilayah=33",
        "check, empty": "/periksa",
        "queue": "/tinjau",
        "queue of a province": "/tinjau?wilayah=33",
        "queue of a measure": "/tinjau?ukuran=members",
        "runs and outlets": "/sumber",
        "about": "/tentang",
    }


async def time_pages(desk: Desk, pages: dict[str, str], runs: int) -> bool:
    """Print each page's times; whether all are fast enough warm."""
    cookies: dict[str, str] = {}
    warm_up("id")
    signed_in = await desk.client.get(desk.invitations.paths()[REVIEWER])
    cookies.update(signed_in.cookies)
    print(f"{'page of the desk':<40}{'first ms':>10}{'median ms':>11}{'bytes':>10}")
    slow = []
    for name, address in pages.items():
        times, answer = [], None
        for _ in range(runs + 1):
            began = time.perf_counter()
            answer = await desk.client.get(address, cookies=cookies)
            times.append((time.perf_counter() - began) * 1000)
            assert answer.status_code == 200, (address, answer.status_code)
        assert answer is not None
        warm = statistics.median(times[1:])
        print(f"{name:<40}{times[0]:>10.0f}{warm:>11.0f}{len(answer.content):>10}")
        if max(warm, times[0]) >= MOST_MS:
            slow.append(name)
    print(f"\n{'All' if not slow else 'Not all'} under {MOST_MS} ms" + (f": {'; '.join(slow)}" if slow else "."))
    return not slow


def print_pages(database: Path, runs: int) -> bool:
    """The table of pages; whether all are fast enough."""
    desk = open_desk(DeskSettings(database, reviewers=(REVIEWER,)))
    try:
        return asyncio.run(time_pages(desk, addresses(database), runs))
    finally:
        desk.executor.shutdown()
        for one in desk.databases.values():
            one.close()


if __name__ == "__main__":
    import sys

    print_pages(Path(sys.argv[1]), 5)
