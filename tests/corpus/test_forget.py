"""`cakupan forget`: text, quotes and archived bytes go; figures, link and a tombstone stay."""

import datetime as dt
import gzip
import json
import os
import pty
import re
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from corpus.cli import cli
from corpus.intake import Intake
from corpus.schema import open_database
from corpus.store import Store
from corpus.trust import forget
from corpus.trust.again import take_out_again
from corpus.trust.files import ArchiveInUse
from corpus.trust.forget import carry_out, plan_removal
from corpus.trust.traces import plain, traces_of
from corpus.trust.verify import verify
from crawler.archive.payload import parse_response
from crawler.archive.read import iter_records, read_block
from crawler.archive.write import Draft, WarcWriter
from crawler.items import Archived, FetchedArticle, ListingVisit, PageState
from crawler.urls import article_id
from extract.models import Article

RECORD = Path(__file__).with_name("record_demo.py")
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
MALRA = "https://www.kabar.id/jkn-malra/"
TUAL = "https://kabar.id/jkn-tual"
AMP = "https://kabar.id/jkn-malra/amp"
SHORT = "https://kabar.id/?p=77"
SENTENCES = ("Kader dari ohoi terjauh mendayung semalam suntuk", "Sisanya masih menunggu giliran")
TITLE = "Malra menuju UHC"
LATER = dt.datetime(2025, 6, 1, 5, 0, tzinfo=dt.UTC)
KEY = article_id(MALRA)


def take_out(kept, *urls, reason="asked by letter"):
    with Store.open(kept.database) as store:
        plan = plan_removal(store, urls or (MALRA,), kept.archive)
        assert carry_out(store, plan, reason)
    return plan


def everything_on_disk(kept):
    """All bytes below the folder, and those of the archive unpacked: records, and bodies in them."""
    for path in kept.database.parent.rglob("*"):
        if path.is_file():
            yield path.name, path.read_bytes()
    with kept.file.open("rb") as file:
        for record in ArchiveIterator(file):
            content = record.content_stream().read()
            yield record.rec_headers.get_header("WARC-Record-ID"), content
            yield "as text", plain(content).encode()


def holders(kept, words):
    """Where the words stand, whatever stands between them."""
    pattern = re.compile(rb"[^\w]+".join(re.escape(word.encode()) for word in words.split()))
    return [name for name, content in everything_on_disk(kept) if pattern.search(content)]


def rows_of(kept, question):
    db = open_database(kept.database, read_only=True)
    return db.execute(question).fetchall()


def fetched(url, text="Peserta JKN 100 jiwa.", final_url=None, named=None):
    return FetchedArticle(
        article=Article(id="x", url=named or final_url or url, text=text, title=TITLE),
        url=url,
        final_url=final_url or url,
        fetched_at=LATER,
        status=200,
        etag=None,
        last_modified=None,
        modified=None,
        digest="0",
        outlet="kabar.id",
        spider="feed",
        html=b"",
    )


def test_a_distinctive_sentence_is_nowhere_afterwards(kept):
    for words in (*SENTENCES, TITLE):
        assert holders(kept, words), words
    plan = take_out(kept)
    for words in SENTENCES:
        assert holders(kept, words) == [], words
    assert [name for name in holders(kept, TITLE) if name.startswith("cakupan.db")] == []
    # one pair of request and answer, and the answer of the search that brought the text whole
    assert plan.record_count == 3
    assert kept.database.with_name("cakupan.db-wal").exists() is False


def test_words_of_the_text_are_not_searched_for_in_vain(kept):
    """Nor do they remain in the segments of the index, where each stands by itself."""
    take_out(kept)
    assert rows_of(kept, "select count(*) from articles_fts where articles_fts match 'mendayung'") == [(0,)]
    assert b"mendayung" not in kept.database.read_bytes()


def test_figures_and_link_stay(kept):
    before = rows_of(kept, f"select * from standing where article_id = '{KEY}'")
    figures = "select id, value, printed_value, text, region, speaker, as_of_start from claims"
    told = rows_of(kept, figures)
    others = rows_of(kept, f"select text from articles where id <> '{KEY}'")
    take_out(kept)
    assert rows_of(kept, f"select * from standing where article_id = '{KEY}'") == before != []
    assert rows_of(kept, figures) == told
    assert rows_of(kept, "select rule, confidence from repairs") == [("repair.spoken", 0.98)] * 2
    assert rows_of(kept, "select count(*) from checks where message <> ''") == [(2,)]
    assert rows_of(kept, f"select url, title, text from articles where id = '{KEY}'") == [(MALRA, None, "")]
    assert rows_of(kept, f"select text, authors from revisions where article_id = '{KEY}'") == [("", "[]")]
    flat = f"select distinct copy, quote, title, url from claims_flat where article_id = '{KEY}'"
    assert rows_of(kept, flat) == [("removed", None, None, MALRA)]
    assert rows_of(kept, f"select text from articles where id <> '{KEY}'") == others


def test_all_that_remains_holds(kept):
    take_out(kept)
    problems = []
    verdict = verify(kept.database, [kept.archive], problems.append)
    assert problems == []
    assert (verdict.tally.removed_articles, verdict.tally.copies_removed, verdict.tally.copies_kept) == (1, 2, 2)


def test_offsets_in_the_archive_stay(kept):
    size = kept.file.stat().st_size
    take_out(kept)
    assert kept.file.stat().st_size == size
    assert [offset for offset, _ in iter_records(kept.file)] == sorted(kept.offsets.values())[:]
    assert (
        zlib.decompressobj(31)
        .decompress(kept.file.read_bytes()[kept.offsets[MALRA] :])
        .startswith(b"WARC/1.1\r\nWARC-Type: metadata")
    )


def test_every_address_of_the_article_has_a_tombstone(kept):
    with Store.open(kept.database) as store:
        intake = Intake(store, 1)
        intake.deliver(fetched(SHORT, final_url="https://kabar.id/redir", named=MALRA))
    take_out(kept, SHORT)
    pages = rows_of(kept, "select page, article_id, reason from removals")
    assert {page for page, _, _ in pages} == {article_id(url) for url in (MALRA, SHORT, "https://kabar.id/redir")}
    assert {(key, reason) for _, key, reason in pages} == {(KEY, "asked by letter")}
    assert {state for (state,) in rows_of(kept, f"select state from urls where article_id = '{KEY}'")} == {"forgotten"}


def test_no_run_brings_it_back(kept):
    take_out(kept)
    with Store.open(kept.database) as store:
        intake = Intake(store, 1)
        for url in (MALRA, AMP):
            known = intake.page(url)
            assert known.state is PageState.FORGOTTEN
            assert not known.is_due("2030-01-01", LATER + dt.timedelta(days=999))
        fetches = store.count("fetches")
        # under an address that nobody knew, which led to the article
        intake.deliver(fetched(SHORT, text=SENTENCES[0], final_url=MALRA))
        intake.deliver(fetched(MALRA, text=SENTENCES[0]))
        assert intake.forgotten == 2
        assert not intake.outcomes
        assert store.count("fetches") == fetches
        assert intake.page(SHORT).state is PageState.FORGOTTEN
        assert list(store.iter_unread("rules 2")) != []
        assert KEY not in {article.id for _, article in store.iter_unread("rules 2")}, "its claims would be lost"
        assert store.count("articles WHERE text = ''") == 1


def test_what_a_run_fetches_again_is_taken_out_of_its_archive(kept):
    take_out(kept)
    listing = "https://kabar.id/feed"
    writer = WarcWriter(kept.archive / "kabar.id" / "kabar.id-20250601050000-run2.warc.gz")
    answers = [
        Draft("response", LATER, (("WARC-Target-URI", url),), HTTP + SENTENCES[0].encode(), f"<urn:uuid:{number}>")
        for number, url in enumerate((listing, MALRA, TUAL))
    ]
    feed, alias, other = (Archived(writer.path.name, offset) for offset in writer.write(*answers))
    with Store.open(kept.database) as store:
        intake = Intake(store, 1)
        intake.listing_visited(
            ListingVisit(listing, "feed", "kabar.id", LATER, 200, brings_forgotten=True, archived=feed)
        )
        intake.deliver(replace(fetched(SHORT, text=SENTENCES[0], final_url=MALRA), archived=alias))
        assert take_out_again(store, kept.archive) == 0, "a run that still writes is not disturbed"
        writer.close()
        assert take_out_again(store, kept.archive) == 2
        assert take_out_again(store, kept.archive) == 0
    kinds = [record.headers["WARC-Type"] for _, record in iter_records(writer.path)]
    assert kinds == ["metadata", "metadata", "response"]
    assert [offset for offset, _ in iter_records(writer.path)] == [feed.offset, alias.offset, other.offset]
    assert rows_of(kept, "select url from fetches where problem = 'forgotten' order by id") == [(listing,), (SHORT,)]
    problems = []
    verify(kept.database, [kept.archive], problems.append)
    assert problems == []


def test_a_crawl_does_not_ask_for_it_and_keeps_no_listing_that_brings_it(tmp_path):
    """The demo's sites go on announcing the article; the search of one of them brings its text whole."""
    story = "http://kabarnusa.localhost/2025/11/20/cirebon-keaktifan/"
    database, archive = tmp_path / "cakupan.db", tmp_path / "archive"

    def crawl():
        command = [sys.executable, str(RECORD), str(database), str(archive)]
        subprocess.run(command, capture_output=True, check=True, timeout=120)

    crawl()
    with Store.open(database) as store:
        text = store.db.execute("select text from articles where url = ?", [story]).fetchone()[0]
        assert carry_out(store, plan_removal(store, [story], archive), None)
        with store.transaction():
            # so that listings are sent whole once more
            store.db.execute("update feeds set etag = null, last_modified = null")
    crawl()
    db = open_database(database, read_only=True)
    assert db.execute("select count(*) from fetches where run = 2 and ? in (url, final_url)", [story]).fetchone() == (
        0,
    )
    counts = json.loads(db.execute("select counts from runs where id = 2").fetchone()[0])
    assert counts["forgotten"] > 0 and counts["articles_new"] == 0
    assert db.execute("select count(*) from fetches where problem = 'forgotten'").fetchone()[0] > 0
    traces = traces_of([text])
    files = list(archive.rglob("*.warc.gz"))
    assert len(files) == 8
    bodies = [response.body for path in files for response in answers_in(path)]
    assert len(bodies) > 20
    assert not any(traces.are_in_payload(body) for body in bodies)
    problems = []
    verify(database, [archive], problems.append)
    assert problems == []


def answers_in(path):
    for _, record in iter_records(path):
        if record.headers["WARC-Type"] == "response":
            yield parse_response(read_block(record))


def test_an_address_never_seen_gets_its_tombstone_too(kept):
    unknown = "https://kabar.id/belum-pernah"
    told = CliRunner().invoke(
        cli, ["forget", unknown, "--db", str(kept.database), "--archive", str(kept.archive), "--yes"]
    )
    assert told.exit_code == 3, told.output
    assert f"{unknown} was never met" in told.output
    assert "Taken out" not in told.output, "an address with a slip in it would pass for done"
    with Store.open(kept.database) as store:
        intake = Intake(store, 1)
        intake.deliver(fetched(unknown))
        assert (intake.forgotten, store.count("articles")) == (1, 2)


def test_without_the_archive_of_its_pages_nothing_is_taken_out_unless_told(kept, tmp_path, monkeypatch):
    """By the text its pages are looked for, so the text is not to go before them."""
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    command = ["forget", MALRA, "--db", str(kept.database), "--yes"]
    told = CliRunner().invoke(cli, command)
    assert told.exit_code == 1, told.output
    assert f"its pages lie in {kept.file.name} of an archive that is not at hand" in told.output
    assert rows_of(kept, "select count(*) from articles where text <> ''") == [(2,)]
    assert CliRunner().invoke(cli, [*command, "--no-archive"]).exit_code == 0
    assert rows_of(kept, "select count(*) from articles where text <> ''") == [(1,)]


@pytest.mark.parametrize("broken_at", ["remove_records", "erase_text", "sweep"])
def test_a_removal_that_broke_off_is_made_good_by_calling_it_again(kept, monkeypatch, broken_at):
    def fail(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(forget, broken_at, fail)
        with Store.open(kept.database) as store, pytest.raises(KeyboardInterrupt):
            carry_out(store, plan_removal(store, [MALRA], kept.archive), "asked by letter")
    with Store.open(kept.database) as store:
        assert Intake(store, 1).page(MALRA).state is PageState.FORGOTTEN, "the tombstone came first"
    take_out(kept, reason="called again")
    assert [words for words in SENTENCES if holders(kept, words)] == []
    assert rows_of(kept, "select distinct reason from removals") == [("asked by letter",)]


def test_calling_it_twice_changes_nothing_more(kept):
    take_out(kept)
    before = kept.file.read_bytes(), rows_of(kept, "select * from removals"), rows_of(kept, "select * from claims")
    plan = take_out(kept)
    assert plan.record_count == 0
    after = kept.file.read_bytes(), rows_of(kept, "select * from removals"), rows_of(kept, "select * from claims")
    assert after == before


def test_a_page_of_another_article_that_prints_a_sentence_stays(kept):
    """The two articles share their first sentence; the other one's page is not the publisher's to take along."""
    tual = kept.file.read_bytes()[kept.offsets[TUAL] : kept.offsets["again"]]
    with Store.open(kept.database) as store:
        text = store.db.execute("select text from articles where url = ?", [TUAL]).fetchone()[0]
        store.db.execute("update revisions set text = ? || text where article_id = ?", [text + "\n", KEY])
        store.db.conn.commit()
    plan = take_out(kept)
    assert plan.others == 1
    assert kept.file.read_bytes()[kept.offsets[TUAL] : kept.offsets["again"]] == tual


def test_what_reviewers_wrote_stays_without_the_sentence(kept):
    claim, figure, fingerprint = rows_of(
        kept, f"select id, figure, fingerprint from claims where article_id = '{KEY}'"
    )[0]
    judged = json.dumps({"value": 126_000, "speaker": "André Rettob", "quote": SENTENCES[0]})
    with Store.open(kept.database) as store, store.transaction():
        store.insert(
            "reviews",
            [
                {
                    "claim_id": claim,
                    "article_id": KEY,
                    "figure": figure,
                    "fingerprint": fingerprint,
                    "reviewer": "ana",
                    "verdict": "accept",
                    "reason": "sesuai rilis",
                    "judged": judged,
                    "reviewed_at": "2025-05-07T00:00:00+00:00",
                }
            ],
        )
    take_out(kept)
    ((kept_judged, reason),) = rows_of(kept, "select judged, reason from reviews")
    assert json.loads(kept_judged) == {"value": 126_000, "speaker": "André Rettob"}
    assert reason == "sesuai rilis"


def test_nothing_is_taken_out_while_a_run_is_writing(kept):
    writer = WarcWriter(kept.archive / "kabar.id" / "kabar.id-20260101000000-run2.warc.gz")
    writer.write(
        Draft("response", LATER, (("WARC-Target-URI", MALRA),), b"HTTP/1.1 404 Not Found\r\n\r\n", "<urn:uuid:1>")
    )
    with Store.open(kept.database) as store, pytest.raises(ArchiveInUse, match="being written by a run"):
        plan_removal(store, [MALRA], kept.archive)
    writer.close()
    assert take_out(kept).record_count == 4


def test_a_reader_who_holds_on_to_the_log_is_told_of(kept):
    db = open_database(kept.database, read_only=True)
    db.execute("begin")
    db.execute("select count(*) from articles").fetchone()
    with Store.open(kept.database, busy_timeout_seconds=0.1) as store:
        assert not carry_out(store, plan_removal(store, [MALRA], kept.archive), None)
    db.close()
    take_out(kept)
    assert holders(kept, SENTENCES[0]) == []


def test_without_a_terminal_nothing_is_taken_out_unless_told(kept):
    before = kept.database.read_bytes(), kept.file.read_bytes()
    command = ["forget", MALRA, "--db", str(kept.database), "--archive", str(kept.archive)]
    told = CliRunner().invoke(cli, command)
    assert told.exit_code == 2
    assert "say --yes" in told.output
    assert "1 article with 1 revision and" in told.output
    assert (kept.database.read_bytes(), kept.file.read_bytes()) == before
    done = CliRunner().invoke(cli, [*command, "--yes", "--reason", "surat redaksi"])
    assert done.exit_code == 0, done.output
    assert rows_of(kept, "select reason from removals") == [("surat redaksi",)]


@pytest.mark.parametrize(("answer", "left"), [(b"n\n", 2), (b"y\n", 1)])
def test_on_a_terminal_it_asks(kept, answer, left):
    ours, theirs = pty.openpty()
    os.write(ours, answer)
    arguments = ["forget", MALRA, "--db", str(kept.database), "--archive", str(kept.archive)]
    done = subprocess.run(
        [sys.executable, "-m", "corpus.cli", *arguments], stdin=theirs, capture_output=True, text=True, check=False
    )
    os.close(ours)
    os.close(theirs)
    assert "Take this out for good?" in done.stderr
    assert rows_of(kept, "select count(*) from articles where text <> ''") == [(left,)]


def test_no_database_is_made_for_a_name_that_was_mistyped(tmp_path):
    told = CliRunner().invoke(cli, ["forget", MALRA, "--db", str(tmp_path / "none.db"), "--yes"])
    assert told.exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_address_is_misuse(kept):
    told = CliRunner().invoke(cli, ["forget", "kabar.id/jkn", "--db", str(kept.database), "--yes"])
    assert told.exit_code == 2
    assert "no web address" in told.output


FORMS = {
    "JSON": json.dumps({"content": f"<p>{SENTENCES[0]} \u201cdemi\u201d warga</p>"}),
    "a feed, escaped once more": f"<a>&lt;p&gt;{SENTENCES[0].replace(' ', '&amp;nbsp;')} demi&lt;/p&gt;</a>",
    "CDATA": f"<content:encoded><![CDATA[{SENTENCES[0]} demi warga]]></content:encoded>",
    "tags between words": f"<p>{SENTENCES[0].replace(' ', ' <i></i>')} <a href='x'>demi</a></p>",
    "a teaser cut short": f"{SENTENCES[0]} demi [&hellip;]",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_sentence_is_found_in_whatever_form_a_site_gives_it(form):
    traces = traces_of([f"{SENTENCES[0]} “demi” warga yang belum terdaftar. Ya."])
    assert traces.are_in_payload(FORMS[form].encode())
    assert not traces.are_in_payload(FORMS[form].replace("ohoi", "desa").encode())


def test_a_text_without_long_sentences_is_looked_for_whole():
    assert traces_of(["Peserta JKN 100 jiwa."]).are_in("kata dia, peserta JKN 100 jiwa")
    assert not traces_of(["Ya. JKN."]).beginnings
    assert not traces_of([""]).are_in_payload(gzip.compress(b"x"))


def test_a_twin_is_forgotten_with_its_article(kept):
    assert take_out(kept, AMP).articles == (KEY,)
    assert replace(Article(id="a", text=""), url=AMP).url == AMP
    assert Path(kept.file).exists()
