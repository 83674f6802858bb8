"""WARC files as they are written, torn, damaged and read again; by us and by warcio."""

import datetime as dt
import gzip
import subprocess
import sys
import tracemalloc
import zlib
from pathlib import Path

import brotli
import pytest
from backports import zstd
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from crawler.archive.earlier import close_left_open, iter_originals
from crawler.archive.payload import parse_response, unpacked_body
from crawler.archive.read import (
    DamagedRecord,
    TooLarge,
    iter_records,
    read_at,
    read_block,
    starts_record,
    whole_end,
)
from crawler.archive.session import Session, outlet_table, parse_fields, parse_session, session_fields, with_search
from crawler.archive.write import Draft, WarcWriter, digest_of, fields_block, iter_left_open, record_bytes
from crawler.outlets import parse_outlet, registry

NOON = dt.datetime(2025, 5, 6, 5, 0, 0, 250_000, tzinfo=dt.UTC)
PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Peserta JKN di Kota Tual 77.512 jiwa.</p>"


def draft(number, block=PAGE, kind="response", **fields):
    names = {"WARC-Target-URI": f"https://kabar.id/{number}", **{k.replace("_", "-"): v for k, v in fields.items()}}
    return Draft(kind, NOON, tuple(names.items()), block, f"<urn:uuid:{number}>")


def members(count):
    return [gzip.compress(record_bytes(draft(number)), mtime=0) for number in range(count)]


def read_all(path, start=0):
    """The last letter of each address, "!" for a record that is damaged, and where reading had to begin anew."""
    found, damaged = [], []
    for _, record in iter_records(path, start, damaged.append):
        try:
            read_block(record)
        except DamagedRecord:
            found.append("!")
        else:
            found.append(record.headers.get("WARC-Target-URI")[-1])
    return "".join(found), damaged


def test_a_written_file_is_read_by_others(tmp_path):
    writer = WarcWriter(tmp_path / "a" / "kabar.warc.gz")
    first = writer.write(draft(0))
    rest = writer.write(draft(1, kind="request"), draft(2))
    assert writer.open_path.exists(), "it has not its name yet"
    writer.close()
    with (tmp_path / "a" / "kabar.warc.gz").open("rb") as file:
        records = ArchiveIterator(file, check_digests="raise")
        offsets = []
        for record in records:
            record.content_stream().read()
            offsets.append(records.get_record_offset())
            assert record.rec_headers.get_header("WARC-Date") == "2025-05-06T05:00:00.250000Z"
    assert offsets == [*first, *rest]
    for number, offset in zip("012", offsets, strict=True):
        record, block = read_at(tmp_path / "a" / "kabar.warc.gz", offset)
        assert record.headers.get("WARC-Target-URI") == f"https://kabar.id/{number}"
        assert record.record_date == NOON
        assert block == PAGE
    with (tmp_path / "a" / "kabar.warc.gz").open("rb") as file:
        assert [record.verify_block_digest() for record in FastIterator(file, parse_http=False)] == [True] * 3


def test_a_line_break_begins_no_field_of_its_own():
    written = record_bytes(draft(0, WARC_Note="one\r\nWARC-Type: warcinfo"))
    assert b"WARC-Note: one WARC-Type: warcinfo\r\n" in written
    assert parse_fields(fields_block([("failure", "Timeout"), ("message", "a\nfailure: b"), ("empty", None)])) == {
        "failure": "Timeout",
        "message": "a failure: b",
    }


WHOLE = members(5)
DAMAGED = {
    "whole": (b"".join(WHOLE), "01234", 0),
    "cut in the last record": (b"".join(WHOLE)[:-20], "0123!", 1),
    "cut in its first bytes": (b"".join([*WHOLE[:4], WHOLE[4][:9]]), "0123", 1),
    "nothing but a beginning": (WHOLE[0][:40], "", 1),
    "empty": (b"", "", 0),
    "blanks behind": (b"".join(WHOLE) + b"\0" * 4096, "01234", 0),
    "rubbish between": (b"".join([*WHOLE[:2], b"rubbish " * 9, *WHOLE[2:]]), "01234", 1),
    "a member that breaks": (
        b"".join([*WHOLE[:2], WHOLE[2][:60] + b"X" * 40 + WHOLE[2][100:], *WHOLE[3:]]),
        "0134",
        1,
    ),
    "an empty member": (b"".join([*WHOLE[:2], gzip.compress(b""), *WHOLE[2:]]), "01234", 1),
    "a member without a record": (b"".join([*WHOLE[:2], gzip.compress(b"no record"), *WHOLE[2:]]), "01234", 1),
    "a length too long": (
        b"".join([*WHOLE[:2], gzip.compress(record_bytes(draft(2)).replace(b"Length: 8", b"Length: 58")), *WHOLE[3:]]),
        "01!34",
        1,
    ),
    "a length too short": (
        b"".join([*WHOLE[:2], gzip.compress(record_bytes(draft(2)).replace(b"Length: 8", b"Length: ")), *WHOLE[3:]]),
        "01!34",
        1,
    ),
    "not zipped": (b"".join(map(zlib.decompressobj(31).decompress, WHOLE[:1])) + record_bytes(draft(1)), "01", 0),
    "not zipped and cut": (record_bytes(draft(0)) + record_bytes(draft(1))[:-30], "0!", 1),
    "not zipped, rubbish between": (record_bytes(draft(0)) + b"rubbish\r\n" * 9 + record_bytes(draft(1)), "01", 1),
    "zipped as one piece": (gzip.compress(b"".join(record_bytes(draft(number)) for number in range(5))), "01234", 0),
    "no archive at all": (b"<html>404</html>", "", 1),
}


@pytest.mark.parametrize("case", DAMAGED)
def test_damage_costs_no_more_than_it_touches(tmp_path, case):
    content, expected, places = DAMAGED[case]
    path = tmp_path / "damaged.warc.gz"
    path.write_bytes(content)
    found, damaged = read_all(path)
    assert found.replace("!!", "!") == expected
    assert len(damaged) >= places if places else damaged == []


def test_reading_begins_at_any_record(tmp_path):
    path = tmp_path / "five.warc.gz"
    path.write_bytes(b"".join(WHOLE))
    third = len(WHOLE[0]) + len(WHOLE[1])
    assert read_all(path, third) == ("234", [])
    assert starts_record(path, third)
    assert not starts_record(path, third + 1)
    with pytest.raises(DamagedRecord):
        read_at(path, third + 1)
    # a file zipped as one piece can be read from its beginning only
    path.write_bytes(gzip.compress(b"".join(record_bytes(draft(number)) for number in range(500))))
    assert {offset for offset, _ in iter_records(path) if starts_record(path, offset)} == {0}


def test_a_record_larger_than_any_page_is_not_held(tmp_path):
    path = tmp_path / "large.warc.gz"
    path.write_bytes(gzip.compress(record_bytes(draft(0, PAGE + b" " * (33 * 1024 * 1024)))) + WHOLE[1])
    ((_, large),) = [next(iter(iter_records(path)))]
    with pytest.raises(TooLarge):
        read_block(large)
    assert [record.headers.get("WARC-Target-URI")[-1] for _, record in iter_records(path)] == ["0", "1"]


KILLED = """
import sys, time
sys.path[:0] = {path!r}
from test_archive_files import draft
from crawler.archive.write import WarcWriter
from pathlib import Path
writer = WarcWriter(Path(sys.argv[1]))
for number in range(3):
    writer.write(draft(number))
print("written", flush=True)
time.sleep(60)
"""


def test_a_writer_that_is_killed_leaves_whole_records(tmp_path):
    path = tmp_path / "kabar.warc.gz"
    script = KILLED.format(path=[str(Path(__file__).parent), *sys.path])
    with subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE) as child:
        assert child.stdout.readline() == b"written\n"
        assert list(iter_left_open(tmp_path)) == [], "somebody is writing to it"
        child.kill()
    [left] = iter_left_open(tmp_path)
    assert read_all(left) == ("012", [])
    # As a crash of the machine would leave it.
    left.write_bytes(left.read_bytes() + WHOLE[3][:50])
    assert whole_end(left) == sum(map(len, WHOLE[:3]))
    close_left_open(tmp_path)
    assert not left.exists()
    assert read_all(path) == ("012", [])


def test_a_write_that_fails_leaves_nothing_half(tmp_path, monkeypatch):
    writer = WarcWriter(tmp_path / "kabar.warc.gz")
    writer.write(draft(0))
    file = writer.file

    class Full:
        """A disk that takes ten bytes more."""

        def __getattr__(self, name):
            return getattr(file, name)

        def write(self, content):
            file.write(bytes(content[:10]))
            raise OSError(28, "No space left on device")

    writer.file = Full()
    with pytest.raises(OSError, match="No space"):
        writer.write(draft(1))
    writer.file = file
    writer.write(draft(2))
    writer.close()
    assert read_all(tmp_path / "kabar.warc.gz") == ("02", [])


def test_only_the_newest_files_are_looked_through_for_what_is_kept_already(tmp_path):
    for number, day in enumerate(("20250501", "20250502", "20250503")):
        writer = WarcWriter(tmp_path / f"kabar.id-{day}000000-run{number}.warc.gz")
        writer.write(draft(number, WARC_Payload_Digest=digest_of(PAGE)), draft("cut", WARC_Truncated="disconnect"))
        writer.close()
    size = max(path.stat().st_size for path in tmp_path.iterdir())
    newest = [url for url, _, _ in iter_originals(tmp_path, limit=2 * size)]
    assert newest == ["https://kabar.id/1", "https://kabar.id/2"]


# Bodies

HELLO = b"<p>Peserta JKN di Kota Tual.</p>"
RAW_DEFLATE = zlib.compressobj(wbits=-15)
BODIES = {
    "plain": ("", HELLO),
    "gzip": ("Content-Encoding: gzip\r\n", gzip.compress(HELLO)),
    "gzip, cut": ("Content-Encoding: gzip\r\n", gzip.compress(HELLO)[:-8]),
    "deflate with a head": ("Content-Encoding: deflate\r\n", zlib.compress(HELLO)),
    "deflate without": ("Content-Encoding: deflate\r\n", RAW_DEFLATE.compress(HELLO) + RAW_DEFLATE.flush()),
    "brotli": ("content-encoding: BR\r\n", brotli.compress(HELLO)),
    "twice": ("Content-Encoding: deflate, gzip\r\n", gzip.compress(zlib.compress(HELLO))),
    "chunks": (
        "Transfer-Encoding: chunked\r\n",
        b"10\r\n" + HELLO[:16] + b"\r\n10\r\n" + HELLO[16:] + b"\r\n0\r\n\r\n",
    ),
    "chunks that were taken out": ("Transfer-Encoding: chunked\r\n", HELLO),
    "unpacked under the old headers": ("Content-Encoding: gzip\r\n", HELLO),
    "an encoding nobody knows": ("Content-Encoding: aws-chunked\r\n", HELLO),
}


@pytest.mark.parametrize("case", BODIES)
def test_bodies_are_unpacked(case):
    headers, body = BODIES[case]
    response = parse_response(b"HTTP/1.1 200 OK\r\n" + headers.encode() + b"\r\n" + body)
    assert unpacked_body(response, 1000) == HELLO


@pytest.mark.parametrize(
    ("coding", "body"), [("gzip", b"\x00\x01 no gzip"), ("br", b"\xff\xfe\xfd"), ("zstd", b"\x28\xb5\x2f\xfd torn")]
)
def test_what_cannot_be_unpacked_is_no_page(coding, body):
    response = parse_response(f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n".encode() + body)
    assert unpacked_body(response, 1000) is None


ZEROES = b"\0" * 10**8
BOMBS = {
    "gzip": gzip.compress(ZEROES),
    "deflate": zlib.compress(ZEROES),
    "br": brotli.compress(ZEROES, quality=1),
    "zstd": zstd.compress(ZEROES),
    "gzip, gzip": gzip.compress(gzip.compress(ZEROES)),
}


@pytest.mark.parametrize("coding", BOMBS)
def test_a_bomb_is_not_let_off(coding):
    response = parse_response(f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n".encode() + BOMBS[coding])
    tracemalloc.start()
    body = unpacked_body(response, 1_000)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(body or b"") <= 1_000
    assert most < 1_000_000


@pytest.mark.parametrize(
    ("block", "status", "headers", "body"),
    [
        (b"HTTP/1.1 404 Not Found\r\nA: b\r\n\r\nx", 404, (("A", "b"),), b"x"),
        (b"HTTP/2 200\r\n\r\n", 200, (), b""),
        (b"HTTP/1.0 200 OK\nA:b\n  c\nno colon\nA: d\n\nx\n\ny", 200, (("A", "b c"), ("A", "d")), b"x\n\ny"),
        (b'HTTP/1.1 304 Not Modified\r\nETag: "1"', 304, (("ETag", '"1"'),), b""),
    ],
)
def test_answers_are_taken_apart(block, status, headers, body):
    response = parse_response(block)
    assert (response.status, response.headers, response.body) == (status, headers, body)


@pytest.mark.parametrize("block", [b"", b"\r\n\r\n", b"<html>", b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 OK\r\n\r\n"])
def test_what_begins_with_no_status_is_no_answer(block):
    assert parse_response(block) is None


# What a file says of itself


def test_the_first_record_tells_all_that_a_replay_must_know():
    outlet = registry()[0]
    session = Session(
        run="5e1f", number=7, position=3, outlet=with_search(outlet, ("JKN",)), started_at=NOON,
        since=dt.date(2025, 5, 1), until=None, limit=20, insist=True, contact="redaksi@example.org",
        user_agent="cakupan/0",
    )  # fmt: skip
    fields = parse_fields(fields_block(session_fields(session, "cakupan/0")))
    assert parse_session(fields) == session
    assert fields["operator"] == "redaksi@example.org"
    assert fields["robots"] == "obey"
    assert session.file_name == f"{outlet.domain}-20250506050000-run7.warc.gz"
    assert parse_session({"software": "wget"}) is None


@pytest.mark.parametrize("outlet", registry(), ids=lambda outlet: outlet.domain)
def test_an_outlet_comes_back_as_it_was(outlet):
    assert parse_outlet(outlet.domain, outlet_table(outlet), "the archive") == outlet
