"""Files of the archive are damaged on disk: each record is named with its claims, and the next run fetches it again."""

import json
import random
import shutil

import pytest

from corpus.schema import open_database
from corpus.trust.problems import ProblemKind
from crawler.archive.read import iter_records

from .conftest import FULL, assert_as_undisturbed

SEEDS = range(6 if FULL else 1)


@pytest.fixture
def stored(desk, undisturbed):
    """A folder in which an undisturbed run has been."""
    shutil.copytree(undisturbed.folder, desk.folder, dirs_exist_ok=True)
    return desk


def files_of(desk):
    return sorted(desk.archive.rglob("*.warc.gz"))


def articles_in(desk, file, start, end):
    """The claims that were read from records which begin between these places of a file."""
    db = open_database(desk.database, read_only=True)
    found = db.execute(
        """SELECT claims.id FROM fetches JOIN revisions ON revisions.fetch = fetches.id
           JOIN claims USING (article_id, revision) WHERE warc_file = ? AND warc_offset BETWEEN ? AND ?""",
        [file.name, start, end],
    )
    return {claim for (claim,) in found}


def check_and_mend(desk, press, undisturbed, rest_on):
    """Each claim that rests on what is damaged is named; after the next run all is as if nothing had been."""
    out, _ = desk.call("verify", "--json", "--fetch-again", codes=(1,))
    *problems, summary = map(json.loads, out.splitlines())
    assert not summary["holds"]
    assert {claim for problem in problems for claim in problem["claims"]} == rest_on
    assert {problem["kind"] for problem in problems} <= {
        *(ProblemKind.DAMAGED_RECORD, ProblemKind.DAMAGED_FILE, ProblemKind.NO_RECORD, ProblemKind.MISSING_FILE)
    }
    press.calm()
    summary = desk.run()
    assert (summary["articles_new"], summary["articles_revised"], summary["errors"]) == (0, 0, {})
    assert_as_undisturbed(desk, undisturbed)
    press.calm()
    desk.run()
    again = [url for url in press.whole if not url.endswith("/robots.txt")]
    assert again == [], "nothing is fetched again twice"


@pytest.mark.parametrize("seed", SEEDS)
def test_a_flipped_byte(stored, press, undisturbed, seed):
    chance = random.Random(seed)
    file = chance.choice(files_of(stored))
    content = bytearray(file.read_bytes())
    place = chance.randrange(len(content))
    content[place] ^= 1 << chance.randrange(8)
    starts = [offset for offset, _ in iter_records(file)]
    file.write_bytes(content)
    hit = max(start for start in starts if start <= place)
    told = {problem.offset for problem in stored.problems()}
    # A bit that means nothing to whoever unpacks (a gzip header's time) harms nothing.
    if not told:
        assert stored.reported() == undisturbed.records
        return
    assert hit in told
    check_and_mend(stored, press, undisturbed, articles_in(stored, file, hit, hit))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_file_cut_short(stored, press, undisturbed, seed):
    chance = random.Random(seed)
    file = chance.choice(files_of(stored))
    size = file.stat().st_size
    left = chance.randrange(size)
    starts = [offset for offset, _ in iter_records(file)]
    torn = max(start for start in starts if start <= left)
    rest_on = articles_in(stored, file, torn, size)
    with file.open("r+b") as opened:
        opened.truncate(left)
    check_and_mend(stored, press, undisturbed, rest_on)


@pytest.mark.skipif(not FULL, reason="the like of a file cut short: make faults")
def test_a_file_that_is_gone(stored, press, undisturbed):
    file = files_of(stored)[0]
    rest_on = articles_in(stored, file, 0, file.stat().st_size)
    file.unlink()
    check_and_mend(stored, press, undisturbed, rest_on)


def test_what_the_site_no_longer_has_stays_named(stored, press, undisturbed):
    """The claims rest on the stored text alone, and `verify` goes on saying so."""
    file = files_of(stored)[-1]
    rest_on = articles_in(stored, file, 0, file.stat().st_size)
    file.unlink()
    stored.call("verify", "--fetch-again", codes=(1,))
    server = next(server for server in press.servers.values() if file.name.startswith(server.host))
    server.sites = {}
    with stored.start("run", "--json") as process:
        process.communicate()
    assert {claim for problem in stored.problems() for claim in problem.claims} == rest_on
    assert rest_on
