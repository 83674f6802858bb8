"""Articles out of archives: stored once, with where their bytes lie, whatever happens in between."""

import datetime as dt
import gzip
import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.archives_read import find_bookmark, scope_of
from corpus.backfill import BackfillSettings, FileProgress, backfill
from corpus.cli import cli
from corpus.commands.backfill import progress_line
from corpus.schema import open_database
from corpus.store import RunStatus, Store
from crawler.archive.sift import Sieve
from crawler.archive.write import Draft, record_bytes
from crawler.outlets import parse_outlets

SCRIPT = Path(__file__).with_name("backfill_once.py")
MAY = dt.datetime(2025, 5, 6, 5, 0, tzinfo=dt.UTC)
OUTLETS = parse_outlets(
    '["kabar.id"]\nname = "Kabar"\nregions = ["81"]\nfeed = ["https://kabar.id/feed"]\nzone = "WIT"\n'
    'state = "unverified"\nsource = "test"\nlayout = "wordpress"\n',
    "test.toml",
)
SIEVE = Sieve(OUTLETS)


def page(number, text="", day="06/05/2025"):
    return (
        f"<html><head><link rel='canonical' href='https://kabar.id/berita-jkn-{number}/'></head><body>"
        f"<h1 class='entry-title'>Peserta JKN bertambah ke-{number}</h1><time class='entry-date'>{day}</time>"
        f"<div class='entry-content'><p>Peserta JKN di Kota Tual {77_000 + number} jiwa per 1 Mei 2025. {text}</p>"
        f"</div></body></html>"
    ).encode()


def member(number, body=None, url=None, at=MAY, kind="response", status="200 OK", headers=""):
    http = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n{headers}\r\n".encode()
    fields = (("WARC-Target-URI", url or f"https://kabar.id/berita-jkn-{number}/"),)
    content = http + (page(number) if body is None else body)
    return gzip.compress(record_bytes(Draft(kind, at, fields, content, f"<urn:uuid:{number}>")), mtime=0)


@pytest.fixture
def write(tmp_path):
    """An archive of these records."""

    def write(*members, name="CC-NEWS-1.warc.gz"):
        path = tmp_path / name
        path.write_bytes(b"".join(members))
        return path

    return write


def fill(store, *paths, sieve=SIEVE, **options):
    watch = options.pop("watch", None)
    return backfill(paths, store, BackfillSettings(sieve, **options), **({"watch": watch} if watch else {}))


def rows(store, table, *columns):
    return [tuple(row) for row in store.db.execute(f"select {', '.join(columns)} from {table} order by 1, 2")]


def test_what_an_archive_holds_is_stored_as_a_run_stores_it(store, write):
    first = member(1, kind="request")
    path = write(first, member(1), member(2, url="https://lain.id/berita-jkn-2/"), member(3, body=b"<p>cuaca</p>"))
    summary = fill(store, path)
    assert summary.status is RunStatus.FINISHED
    assert (summary.articles_new, summary.records, summary.files) == (1, 4, 1)
    assert summary.dropped == {"other_record": 1, "other_site": 1, "other_topic": 1}
    assert summary.claims == 1
    assert summary.bytes_read == path.stat().st_size
    assert rows(store, "articles", "url", "outlet", "title", "published", "first_seen_at") == [
        (
            "https://kabar.id/berita-jkn-1/",
            "kabar.id",
            "Peserta JKN bertambah ke-1",
            "2025-05-06",
            "2025-05-06T05:00:00+00:00",
        )
    ]
    assert rows(store, "fetches", "warc_file", "warc_offset", "status", "kind") == [
        ("CC-NEWS-1.warc.gz", len(first), 200, "article")
    ]
    assert rows(store, "urls", "url", "state") == [("https://kabar.id/berita-jkn-1/", "article")]
    assert rows(store, "claims", "value", "region") == [(77_001.0, "81.72")]
    [(kind, status, counts)] = rows(store, "runs", "kind", "status", "counts")
    assert (kind, status, json.loads(counts)["articles_new"]) == ("backfill", "finished", 1)


def test_a_file_read_to_its_end_is_passed_over_under_any_name(store, write, tmp_path):
    path = write(member(1))
    fill(store, path)
    moved = path.rename(tmp_path / "moved.warc.gz")
    again = fill(store, moved)
    assert (again.files, again.files_passed_over, again.records) == (0, 1, 0)
    # unless it is asked for, or something else is looked for
    assert fill(store, moved, again=True).articles_unchanged == 1
    assert fill(store, moved, sieve=Sieve(OUTLETS, since=dt.date(2025, 1, 1))).records == 1
    # or there is more in it
    write(member(1), member(2), name="moved.warc.gz")
    grown = fill(store, moved)
    assert (grown.records, grown.articles_new) == (2, 1)


def test_a_large_file_that_has_grown_is_read_from_where_it_ended(store, write):
    # What lies in the first 64 KB is the same.
    many = [member(number, body=b"<p>" + random.Random(number).randbytes(1500)) for number in range(90)]
    path = write(*many[:70])
    assert path.stat().st_size > 64 * 1024
    assert fill(store, path).records == 70
    write(*many)
    assert fill(store, path).records == 20


def test_the_limit_ends_it_and_the_next_goes_on(store, write):
    path = write(*(member(number) for number in range(7)))
    assert fill(store, path, limit=3).articles_new == 3
    assert find_bookmark(store, path, scope_of(SIEVE)).offset == sum(len(member(number)) for number in range(3))
    assert fill(store, path, limit=3).articles_new == 3
    last = fill(store, path)
    assert (last.articles_new, last.records) == (1, 1)
    assert len(rows(store, "fetches", "url", "id")) == 7


def test_only_the_days_asked_for(store, write):
    path = write(member(1, body=page(1, day="06/05/2025")), member(2, body=page(2, day="06/03/2025")))
    summary = fill(store, path, sieve=Sieve(OUTLETS, since=dt.date(2025, 5, 1), until=dt.date(2025, 5, 31)))
    assert rows(store, "articles", "title", "published") == [("Peserta JKN bertambah ke-1", "2025-05-06")]
    assert summary.dropped == {"outside_window": 1}


def test_an_older_capture_is_no_new_revision(store, write):
    newer = write(member(1, body=page(1, "Sudah diralat."), at=MAY), name="b.warc.gz")
    older = write(member(1, at=MAY - dt.timedelta(days=9)), name="a.warc.gz")
    later = write(member(1, body=page(1, "Diralat lagi."), at=MAY + dt.timedelta(days=9)), name="c.warc.gz")
    fill(store, newer)
    assert fill(store, older).dropped == {"older": 1}
    assert fill(store, later).articles_revised == 1
    assert rows(store, "revisions", "revision", "seen_at") == [
        (1, "2025-05-06T05:00:00+00:00"),
        (2, "2025-05-15T05:00:00+00:00"),
    ]


def test_later_pages_of_an_article_are_none_of_their_own(store, write):
    links = "<a href='https://kabar.id/berita-jkn-1/'>1</a> <a href='https://kabar.id/berita-jkn-1/2/'>2</a>"
    split = page(1).replace(b"</body>", links.encode() + b"</body>")
    path = write(
        member(1, body=split),
        member(2, url="https://kabar.id/berita-jkn-1/?page=2"),
        member(3, url="https://kabar.id/berita-jkn-1/2/", body=split),
    )
    summary = fill(store, path)
    assert summary.articles_new == 1
    assert summary.dropped == {"no_story": 2}


def test_any_site_in_indonesian_about_the_programme(store, write):
    text = (
        "Pemerintah kota mengatakan bahwa warga yang belum terdaftar dan warga yang sudah menunggak bisa berobat di "
        "rumah sakit dengan kartu mereka, karena iuran untuk peserta ini dari daerah dan tidak pada warga."
    )
    body = page(1, text).replace(b"kabar.id", b"www.lain.id")
    path = write(member(1, body=body, url="https://www.lain.id/berita-jkn-1/"), member(2, url="https://x.id/jkn-ms/"))
    summary = fill(store, path, sieve=Sieve(OUTLETS, any_site=True))
    assert rows(store, "articles", "outlet", "revision") == [("lain.id", 1)]
    assert summary.dropped == {"other_language": 1}


def test_what_is_damaged_is_counted(store, write):
    cut = member(9)[:-30]
    path = write(
        member(1),
        b"rubbish" * 20,
        member(2, headers="Content-Encoding: gzip\r\n", body=gzip.compress(page(2), mtime=0)),
        member(3, headers="Content-Encoding: gzip\r\n", body=b"\x01\x02 no gzip"),
        cut,
    )
    summary = fill(store, path)
    assert summary.articles_new == 2
    assert summary.dropped == {"damaged": 2}
    assert summary.damaged_places == 2
    assert summary.status is RunStatus.FINISHED


def test_a_broken_member_is_one_place(store, write):
    whole = member(2, body=page(2) + bytes(range(256)) * 40)
    broken = whole[: len(whole) // 2] + b"\x00broken\xff" * 20 + whole[len(whole) // 2 + 160 :]
    summary = fill(store, write(member(1), broken, member(3)))
    assert (summary.articles_new, summary.damaged_places) == (2, 1)


@pytest.mark.parametrize("content", [b"%PDF-1.4 no archive", b"", gzip.compress(b"no archive", mtime=0)])
def test_a_file_that_is_no_archive_is_told(store, write, content, caplog):
    assert fill(store, write(content)).records == 0
    assert "CC-NEWS-1.warc.gz holds no WARC record" in caplog.text


def test_a_page_that_trips_the_reader_does_not_bar_the_way(store, write, monkeypatch, caplog):
    from crawler.pages import read as reader

    def trip(body, url, **options):
        if url.endswith("-2/"):
            raise RecursionError("too deep")
        return reader.read(body, url, **options)

    monkeypatch.setattr("crawler.archive.harvest.read", trip)
    path = write(member(1), member(2), member(3))
    summary = fill(store, path)
    assert (summary.articles_new, summary.dropped) == (2, {"fault": 1})
    assert f"CC-NEWS-1.warc.gz, offset {len(member(1))}" in caplog.text


def test_a_file_zipped_as_one_piece_is_read_too(store, tmp_path):
    path = tmp_path / "one.warc.gz"
    path.write_bytes(gzip.compress(b"".join(gzip.decompress(member(number)) for number in range(60))))
    assert fill(store, path).articles_new == 60
    plain = tmp_path / "plain.warc"
    plain.write_bytes(b"".join(gzip.decompress(member(number)) for number in range(60)))
    assert fill(store, plain).articles_unchanged == 60


def test_a_store_that_gives_out_ends_it(store, write, monkeypatch):
    from corpus.errors import StorageFailed

    def fail(*args, **kwargs):
        raise StorageFailed(store.path, "the disk is full", "")

    path = write(*(member(number) for number in range(40)))
    with monkeypatch.context() as broken:
        broken.setattr(Store, "save_article", fail)
        with pytest.raises(StorageFailed):
            fill(store, path)
    assert rows(store, "runs", "status", "id")[0][0] == "failed"
    assert rows(store, "archives_read", "file", "offset") == []
    assert fill(store, path).articles_new == 40


def content(database):
    """What is known in the end; which run found it does not matter."""
    db = open_database(database, read_only=True)
    found = {}
    for table in ("articles", "revisions", "mentions", "claims", "checks", "urls", "fetches", "archives_read"):
        drop = {"run", "id", "number", "read_at"} if table != "articles" else {"number"}
        found[table] = sorted(
            repr({name: value for name, value in row.items() if name not in drop})
            for row in db.query(f"select * from {table}")
        )
    db.close()
    return found


def start(database, path):
    return subprocess.Popen(
        [sys.executable, "-W", "error", str(SCRIPT), str(database), str(path)], stdout=subprocess.PIPE, text=True
    )


def test_killed_and_started_again_it_ends_as_if_nothing_had_happened(write, tmp_path):
    path = write(*(member(number) for number in range(160)))
    with start(tmp_path / "whole.db", path) as child:
        child.communicate(timeout=120)
        assert child.returncode == 0
    for _ in range(2):
        with start(tmp_path / "killed.db", path) as child:
            # told after each batch
            stored = [child.stdout.readline() for _ in range(2)][-1]
            child.send_signal(signal.SIGKILL)
        assert 0 < int(stored) < 160
    with start(tmp_path / "killed.db", path) as child:
        child.communicate(timeout=120)
        assert child.returncode == 0
    assert content(tmp_path / "killed.db") == content(tmp_path / "whole.db")
    db = open_database(tmp_path / "killed.db", read_only=True)
    told = db.execute("select status from runs order by id").fetchall()
    assert [status for (status,) in told] == [*["interrupted"] * 2, "finished"]


# The command


def test_the_command_tells_what_it_did(write, tmp_path):
    path = write(member(1, url="https://kalteng.antaranews.com/berita/1/peserta-jkn"), member(2))
    database = tmp_path / "cakupan.db"
    told = CliRunner().invoke(cli, ["backfill", "--db", str(database), "--json", str(path)])
    assert told.exit_code == 0, told.output
    summary = json.loads(told.stdout)
    assert (summary["articles_new"], summary["dropped"]) == (1, {"other_site": 1})
    assert summary["records_per_second"] > 0
    again = CliRunner().invoke(cli, ["backfill", "--db", str(database), str(tmp_path)])
    assert "1 read before" in again.stdout


def test_a_folder_without_archives_is_told(tmp_path):
    for command in ("backfill", "run"):
        options = ["--db", str(tmp_path / "x.db"), *(["--replay"] if command == "run" else [])]
        told = CliRunner().invoke(cli, [command, *options, str(tmp_path)])
        assert told.exit_code == 1
        assert "there is no" in told.output


@pytest.mark.parametrize(
    "options", [["--outlets", "nirgends.id"], ["--outlets", "ANTARA Kalteng", "--any-site"], ["--since", "x"]]
)
def test_what_cannot_be_meant_is_refused(write, tmp_path, options):
    told = CliRunner().invoke(cli, ["backfill", "--db", str(tmp_path / "x.db"), *options, str(write(member(1)))])
    assert told.exit_code != 0
    assert not (tmp_path / "x.db").exists()


def test_progress_fits_in_eighty_columns():
    counts = {"articles": 12, "other_record": 1_000_000, "other_site": 900_000, "other_language": 80_000, "damaged": 0}
    line = progress_line(FileProgress("x", 500_000_000, 1_000_000_000, 500_000_000, 2_000_000, counts), 10.0)
    assert line.startswith(" 50%  50.0 MB/s 200000/s  articles 12  other_record 1000000")
    assert len(line) < 80


def test_reading_is_noted_now_and_then_where_nothing_is_found(store, write, monkeypatch):
    monkeypatch.setattr("crawler.archive.steps.BATCH_SECONDS", 0.0)
    seen = []
    path = write(*(member(number, body=b"<p>cuaca</p>") for number in range(5)))
    began = time.monotonic()
    fill(store, path, watch=seen.append)
    assert len(seen) == 6
    assert seen[-1].offset == path.stat().st_size
    assert time.monotonic() - began < 30
