"""A record taken out of an archive: another of the same length stands there, and nothing else has moved."""

import datetime as dt
import gzip
import random

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from crawler.archive.index import read_answers
from crawler.archive.read import iter_records, read_block, starts_record
from crawler.archive.removal import Removal, remove_records, removed_kind, stand_in
from crawler.archive.write import Draft, digest_of, record_bytes
from crawler.errors import NotRemovable

NOON = dt.datetime(2025, 5, 6, 5, 0, 0, 250_000, tzinfo=dt.UTC)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
SENTENCE = b"Peserta JKN di Kota Tual 77.512 jiwa."
BODIES = {
    "short": b"",
    "a page": b"<p>" + SENTENCE + b"</p>" * 50,
    "a packed page": random.Random(1).randbytes(3_000),
    "just over one block": random.Random(2).randbytes(0xFFFF),
    "large": random.Random(3).randbytes(400_000),
}


def draft(number, body, kind="response"):
    fields = (("WARC-Target-URI", f"https://kabar.id/{number}"), ("WARC-Payload-Digest", digest_of(body)))
    return Draft(kind, NOON, fields, HEAD + body, f"<urn:uuid:5f3c8f8a-0000-4000-8000-00000000000{number}>")


def removal(number, offset, kind="response"):
    record = draft(number, b"")
    return Removal(offset, kind, record.record_id, NOON, f"https://kabar.id/{number}")


def write(path, body, pack):
    parts = [pack(record_bytes(draft(number, content))) for number, content in enumerate((SENTENCE, body, SENTENCE))]
    path.write_bytes(b"".join(parts))
    return len(parts[0]), [0, len(parts[0]), len(parts[0]) + len(parts[1])]


@pytest.mark.parametrize("pack", [lambda record: gzip.compress(record, mtime=0), bytes], ids=["zipped", "plain"])
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_what_stands_there_has_the_same_length_and_is_read_by_others(tmp_path, body, pack):
    path = tmp_path / "kabar.warc.gz"
    offset, offsets = write(path, body, pack)
    before = path.read_bytes()
    remove_records(path, [removal(1, offset)])
    after = path.read_bytes()
    assert len(after) == len(before)
    assert (after[:offset], after[offsets[2] :]) == (before[:offset], before[offsets[2] :])
    assert [place for place, _ in iter_records(path)] == offsets
    assert starts_record(path, offset)
    kinds = [(record.headers["WARC-Type"], removed_kind(read_block(record))) for _, record in iter_records(path)]
    assert kinds == [("response", None), ("metadata", "response"), ("response", None)]
    with path.open("rb") as file:
        assert [record.verify_block_digest() for record in FastIterator(file, parse_http=False)] == [True] * 3
    with path.open("rb") as file:
        records = []
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()
            records.append(record.rec_headers.get_header("WARC-Target-URI"))
    assert records == [f"https://kabar.id/{number}" for number in range(3)]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("first", [250, 65_300, 130_900])
def test_any_length_can_be_met(first):
    for length in range(first, first + 500):
        made = stand_in(removal(1, 0), length, zipped=True)
        assert len(made) == length
        assert gzip.decompress(made).startswith(b"WARC/1.1\r\nWARC-Type: metadata\r\n")


def test_a_request_taken_out_is_no_answer(tmp_path):
    path = tmp_path / "kabar.warc.gz"
    _, offsets = write(path, SENTENCE, lambda record: gzip.compress(record, mtime=0))
    remove_records(path, [removal(0, 0, "request"), removal(1, offsets[1])])
    answers = read_answers(path, {})
    assert {url: [answer.kind for answer in found] for url, found in answers.items()} == {
        "https://kabar.id/1": ["metadata"],
        "https://kabar.id/2": ["response"],
    }


def test_a_file_zipped_as_one_piece_is_left_as_it_is(tmp_path):
    path = tmp_path / "kabar.warc.gz"
    path.write_bytes(gzip.compress(b"".join(record_bytes(draft(number, SENTENCE)) for number in range(3))))
    before = path.read_bytes()
    with pytest.raises(NotRemovable, match="zipped as one piece"):
        remove_records(path, [removal(0, 0)])
    assert path.read_bytes() == before


def test_a_record_too_short_for_any_other_is_told():
    with pytest.raises(NotRemovable, match="takes only 90 bytes"):
        stand_in(removal(1, 0), 90, zipped=True)
