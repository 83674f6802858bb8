"""Ten megabytes in one line: what each way in makes of them, and where it stops.

What keeps time and memory in bounds are limits and linear work, and those are held here and in the tests beside this;
a clock is not.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys

import pytest

from crawler.archive.payload import parse_response, unpacked_body
from crawler.archive.read import MAX_BLOCK_BYTES, TooLarge, iter_records, read_block
from crawler.archive.sift import MAX_PAGE_BYTES
from crawler.errors import RegistryError
from crawler.indexes import parse_index
from crawler.listings import MAX_SITEMAP_BYTES, Sitemap, parse_blogger, parse_feed, parse_sitemap, parse_wordpress
from crawler.manners.refusals import ForbiddenByRobots
from crawler.manners.robots import MAX_BYTES, parse_robots
from crawler.outlets import parse_outlets
from crawler.pages.read import read
from crawler.settings import DOWNLOAD_MAXSIZE
from extract import pipeline
from extract.checks.length import MOST_CHARACTERS, MOST_OF_TITLE
from extract.figures.read import parse_figure
from extract.models import Article, Unit
from extract.repair.readings import candidates

MUCH = 10_000_000
BASE = "https://kabar.example/"
CLAIM = "Cakupan JKN di Kota Tual 98,2 persen. "


# -- extraction


def run(*arguments, lines):
    stdin = "\n".join(lines).encode()
    return subprocess.run(
        [sys.executable, "-m", "corpus.cli", *arguments], input=stdin, capture_output=True, check=False
    )


def test_of_a_line_on_stdin_the_beginning_is_read_and_the_next_line_too():
    lines = [json.dumps({"id": 1, "text": CLAIM + "a" * MUCH}), json.dumps({"id": 2, "text": CLAIM})]
    done = run("extract", lines=lines)
    first, second = map(json.loads, done.stdout.splitlines())
    assert (done.returncode, done.stderr) == (0, b"")
    assert first["claims"] == second["claims"]
    assert [check["name"] for check in first["checks"]] == ["read_in_full"]


@pytest.mark.parametrize(
    "line", ['{"id": 1, "text": ' + "9" * MUCH + "}", "[" * MUCH, '{"id":' * 100_000, '"' + "a" * MUCH]
)
def test_a_line_that_no_reader_of_json_takes_is_told_and_the_next_one_read(line):
    done = run("extract", lines=[line, json.dumps({"id": 2, "text": CLAIM})])
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr.startswith(b"stdin, line 1: not ")
    assert len(done.stderr) < 300


def test_no_stage_of_extraction_sees_more_than_the_beginning(monkeypatch):
    seen = []

    def counted(article):
        seen.append((len(article.text), len(article.title or "")))
        return read_mentions(article)

    read_mentions = pipeline.read_mentions
    monkeypatch.setattr(pipeline, "read_mentions", counted)
    pipeline.extract(Article(id="1", text="a" * MUCH, title="a" * MUCH))
    assert seen == [(MOST_CHARACTERS, MOST_OF_TITLE)]


@pytest.mark.parametrize("unit", [Unit.PEOPLE, Unit.PERCENT])
def test_a_figure_of_ten_million_digits_is_none(unit):
    for printed in ("9" * MUCH + " juta jiwa", "1" + ".000" * (MUCH // 4), "0," + "1" * MUCH):
        assert parse_figure(printed, unit) is None
        assert candidates(printed, unit) == ()


# -- pages


def test_a_page_is_fetched_up_to_eight_megabytes():
    """What is longer is given up while it comes in, packed or not: tests/crawler/test_misbehaviour.py."""
    assert DOWNLOAD_MAXSIZE == MAX_PAGE_BYTES < MUCH


@pytest.mark.parametrize("piece", ["a", ". ", "\xa0", "<", "&amp;", "\x00"])
def test_a_page_of_the_largest_size_in_one_line_is_read(piece):
    line = piece * (DOWNLOAD_MAXSIZE // len(piece.encode()))
    article = read(f'<div class="entry-content"><p>{line}', BASE).article
    assert len(article.text) <= len(line)
    assert article.title is None or len(article.title) <= len(line)


def test_a_paragraph_of_the_largest_size_is_text_to_its_end():
    line = "kata " * (DOWNLOAD_MAXSIZE // 5) + "tamat."
    assert read(f'<div class="entry-content"><p>{line}', BASE).article.text == line


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "b", "ul><li"])
def test_a_page_that_nests_without_end_is_read(tag):
    read(f"<{tag}>" * 200_000 + CLAIM, BASE)


# -- feeds, sitemaps, interfaces, indexes


def test_entries_of_ten_megabytes_are_entries():
    link, text = b"http://a.b/" + b"a" * 1_000_000, b"a" * (MUCH - 100)
    (entry,) = parse_feed(b"<rss><item><link>%b</link><title>%b</title></item></rss>" % (link, text), BASE)
    assert (len(entry.url), len(entry.title)) == (len(link), len(text))
    ((sub, _),) = parse_sitemap(b"<sitemapindex><sitemap><loc>%b</loc></sitemap></sitemapindex>" % link, BASE).below
    assert len(sub) == len(link)
    (post,) = parse_wordpress(b'[{"link": "%b", "title": {"rendered": "%b"}}]' % (link, text), BASE)
    assert len(post.title) == len(text)


@pytest.mark.parametrize("piece", [b"<item>", b"<url><loc>", b"a", b" ", b"&a;", b"<![CDATA[", b"\x00"])
@pytest.mark.parametrize(
    ("parse", "opened"), [(parse_feed, b"<rss>"), (parse_sitemap, b"<urlset>"), (parse_index, b"<a href='/'>")]
)
def test_a_listing_of_which_one_piece_fills_ten_megabytes_announces_nothing(parse, opened, piece):
    found = parse(opened + piece * (MUCH // len(piece)), BASE)
    assert not (found.entries if isinstance(found, Sitemap) else found)


def test_a_sitemap_is_unpacked_up_to_64_megabytes():
    assert parse_sitemap(gzip.compress(b"<urlset>" + b" " * MAX_SITEMAP_BYTES, 1), BASE) is None
    assert parse_sitemap(gzip.compress(b"<urlset>" + b" " * MUCH, 1), BASE) is not None


def test_a_number_of_ten_million_digits_is_no_total_and_no_post():
    digits = b"9" * MUCH
    assert parse_blogger(b'{"feed": {"openSearch$totalResults": {"$t": "%b"}}}' % digits, BASE) == ([], 0)
    assert parse_wordpress(b"[%b]" % digits, BASE) is None


@pytest.mark.parametrize("parse", [parse_wordpress, parse_blogger])
def test_json_that_nests_without_end_is_none(parse):
    assert parse(b"[" * MUCH, BASE) is None
    assert parse(b'{"feed":' * 1_000_000, BASE) is None


# -- robots.txt, registries, archives


def test_of_a_robots_txt_half_a_megabyte_counts_and_no_rule_by_half():
    forbidden = b"User-agent: *\nDisallow: /jkn\n"
    with pytest.raises(ForbiddenByRobots):
        parse_robots(forbidden + b"Disallow: /" + b"a" * MUCH).check(f"{BASE}jkn")
    parse_robots(b"User-agent: *\n" + b"#" * MAX_BYTES + b"\nDisallow: /jkn\n").check(f"{BASE}jkn")
    parse_robots(b"User-agent: *\nDisallow: /" + b"j" * MUCH).check(f"{BASE}jkn")


@pytest.mark.parametrize(
    "text", ['a = "' + "a" * MUCH + '"', "a = " + "9" * MUCH, "a = [" + "1," * (MUCH // 20), "[" * MUCH]
)
def test_a_registry_of_ten_megabytes_is_told_in_a_line(text):
    with pytest.raises(RegistryError) as raised:
        parse_outlets(text, "mine.toml")
    assert raised.value.file == "mine.toml"
    assert len(str(raised.value)) < 300


def test_a_record_is_held_up_to_32_megabytes(tmp_path):
    path = tmp_path / "a.warc"
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n" % (MAX_BLOCK_BYTES + 1)
    path.write_bytes(head + b"a" * MUCH)
    ((_, record),) = iter_records(path)
    with pytest.raises(TooLarge):
        read_block(record)


def test_an_answer_whose_headers_have_ten_megabytes_is_read():
    block = b"HTTP/1.1 200 OK\r\nX: " + b"a" * MUCH + b"\r\n" + b" folded\r\n" * 100_000 + b"\r\nbody"
    response = parse_response(block)
    assert len(response.header("x")) > MUCH
    assert unpacked_body(response, 10) == b"body"
