"""The memory: what is stored twice is there once, and nothing that came in is lost."""

import contextlib
import datetime as dt
import json
import sqlite3
import subprocess
import sys
from dataclasses import replace

import pytest

from corpus.errors import DatabaseBusy, StorageFailed
from corpus.readings import ArticleReading, save_extraction, save_readings
from corpus.schema import load_columns
from corpus.store import Outcome, RunStatus, Store
from crawler.outlets import Discovery, Outlet, State, Way
from extract.models import Article, Check, Extraction, Verdict

TABLES = ("outlets", "articles", "revisions", "mentions", "claims", "repairs", "checks", "check_claims")


def dump(store):
    """Every row that depends on what was read, without the time it was last seen."""
    hide = {"last_seen_at"}
    return {
        table: [{name: row[name] for name in row if name not in hide} for row in store.db.table(table).rows]
        for table in TABLES
    }


def load(store, article, read, at):
    """Store an article and what it says, as a run does."""
    stored = store.save_article(article, seen_at=at)
    save_extraction(store, stored.article_id, stored.revision, read(article))
    return stored


# Articles


def test_an_article_is_new_then_unchanged_then_revised(store, article, noon):
    first = store.save_article(article, seen_at=noon)
    again = store.save_article(replace(article, url="http://kabar.id/jkn-malra?utm_source=wa"), seen_at=noon)
    revised = store.save_article(replace(article, text=article.text + " Ralat."), seen_at=noon)
    assert [first.outcome, again.outcome, revised.outcome] == [Outcome.NEW, Outcome.UNCHANGED, Outcome.REVISED]
    assert first.article_id == again.article_id == revised.article_id
    assert [first.revision, again.revision, revised.revision] == [1, 1, 2]
    assert store.counts()["articles"] == 1
    assert [row["text"] for row in store.db.table("revisions").rows] == [article.text, article.text + " Ralat."]


def test_an_article_comes_back_as_it_went_in(store, article, noon):
    stored = store.save_article(article, seen_at=noon)
    assert store.newest(stored.article_id) == (1, replace(article, id=stored.article_id))


@pytest.mark.parametrize("published", [None, dt.date(2025, 5, 6), dt.datetime(2025, 5, 6, 9, 30)])
def test_publication_comes_back_as_exactly_as_it_was_known(store, article, noon, published):
    stored = store.save_article(replace(article, published=published), seen_at=noon)
    assert store.newest(stored.article_id)[1].published == published


def test_a_text_taken_back_to_its_first_form_is_a_third_revision(store, article, noon):
    for text in ("satu", "dua", "satu"):
        stored = store.save_article(replace(article, text=text), seen_at=noon)
    assert stored.revision == 3
    assert store.newest(stored.article_id)[1].text == "satu"


@pytest.mark.parametrize(
    "odd",
    [
        Article(id="1", text="", url="https://kabar.id/kosong"),
        Article(id="2", text="tanpa alamat"),
        Article(
            id="3", text="\x00 83\ud800persen \u202e", url="https://kabar.id/\ud800", title="\ud800", outlet="\ud800"
        ),
        Article(id="4", text="{}", url="berkas.html", authors=("", "\ud800")),
    ],
)
def test_an_odd_article_is_kept(store, odd, noon):
    assert load(store, odd, lambda article: Extraction(article.id, "1", (), (), ()), noon).outcome is Outcome.NEW
    assert store.save_article(odd, seen_at=noon).outcome is Outcome.UNCHANGED
    assert store.counts()["articles"] == 1
    assert store.counts()["claims"] == 0
    assert list(store.iter_unread("1")) == []


# What articles say


def test_the_question_of_the_manual_has_an_answer(store, article, read, noon):
    load(store, article, read, noon)
    found = store.db.execute("select region_name, metric, value, as_of_start, speaker from claims order by ordinal")
    assert found.fetchall() == [
        ("Kabupaten Maluku Tenggara", "members", 126_000, "2025-05-01", "André Rettob"),
        ("Kabupaten Maluku Tenggara", "coverage_rate", 97.89, "2025-05-01", "André Rettob"),
    ]


def test_every_span_is_found_in_the_stored_text(store, article, read, noon):
    load(store, article, read, noon)
    for table in ("claims", "mentions"):
        spans = store.db.query(
            f"select start_char, end_char, {table}.text, articles.text as whole from {table}"
            " join articles on articles.id = article_id"
        )
        for row in spans:
            assert row["whole"][row["start_char"] : row["end_char"]] == row["text"]


def test_a_repair_is_kept_with_its_evidence(store, article, read, noon):
    load(store, article, read, noon)
    (repair,) = store.db.query("select * from repairs join claims on claims.id = claim_id")
    assert (repair["printed_value"], repair["value"]) == (100_026_000, 126_000)
    assert json.loads(repair["witnesses"])[0] == {"name": "rate", "message": "126.000 of 129.000 is 97,67"}
    assert json.loads(repair["alternatives"]) == [100_026]


def test_a_check_leads_to_the_claims_it_weighed(store, article, read, noon):
    load(store, article, read, noon)
    found = store.db.execute(
        "select checks.name, claims.metric from checks"
        " join check_claims on check_claims.article_id = checks.article_id and check_ordinal = checks.ordinal"
        " join claims on claims.id = claim_id order by claims.ordinal"
    )
    assert found.fetchall() == [("rate_of_population", "members"), ("rate_of_population", "coverage_rate")]


def test_the_flat_view_names_places_and_quotes_the_sentence(store, article, read, noon):
    load(store, article, read, noon)
    row = next(iter(store.db.query("select * from claims_flat where metric = 'members'")))
    assert (row["province"], row["outlet"], row["repair_rule"]) == ("Maluku", "kabar.id", "repair.spoken")
    assert row["url"] == article.url
    assert row["quote"] == article.text


def test_the_flat_view_says_what_the_checks_say(store, article, read, noon):
    extraction = read(article)
    stored = store.save_article(article, seen_at=noon)
    told = [
        Check("part_and_whole", Verdict.OK, (0, 1), None, None, "126.000 is part of 129.000."),
        Check("one_value", Verdict.SUSPECT, (0,), None, None, "Two figures for Maluku Tenggara."),
        Check("population_against_dukcapil", Verdict.UNKNOWN, (0,), None, None, "The area may be another."),
    ]
    rows = []
    for checks in ([], told[:1], told[2:], told):
        save_extraction(store, stored.article_id, 1, replace(extraction, checks=tuple(checks)))
        rows += store.db.execute("select verdict, checks from claims_flat where metric = 'members'")
    assert rows == [
        (None, None),
        ("ok", None),
        ("unknown", "The area may be another."),
        ("suspect", "Two figures for Maluku Tenggara. The area may be another."),
    ]
    other = store.db.execute("select verdict, checks, alternatives from claims_flat where metric = 'coverage_rate'")
    assert other.fetchall() == [("ok", None, None)]


def test_of_a_text_without_full_stops_a_piece_is_quoted(store, article, read, noon):
    load(store, replace(article, text="x y " * 500 + article.text + " y z" * 500), read, noon)
    quoted = list(store.db.query("select quote, text from claims_flat"))
    assert len(quoted) == 2
    for row in quoted:
        assert row["text"] in row["quote"]
        assert len(row["quote"]) <= 1_000 + len(row["text"])


def test_claims_of_one_sentence_share_its_quote_and_search_finds_it(store, article, read, noon):
    load(store, replace(article, text=article.text + " Ia menyebut Elat dan Ngilngof."), read, noon)
    assert [row["text"] for row in store.db.table("quotes").rows] == [article.text]
    assert [row["text"] for row in store.db.table("quotes").search("andre terdaftar")] == [article.text]
    assert list(store.db.table("quotes").search("ngilngof")) == []


def test_loading_everything_again_changes_no_row(store, article, read, noon):
    load(store, article, read, noon)
    before = dump(store)
    load(store, article, read, noon)
    assert dump(store) == before


def test_a_revision_replaces_the_claims_and_keeps_their_ids(store, article, read, noon):
    load(store, article, read, noon)
    ids = [row["id"] for row in store.db.table("claims").rows]
    load(store, replace(article, text="Ralat dari redaksi. " + article.text), read, noon)
    assert [(row["id"], row["revision"]) for row in store.db.table("claims").rows] == [(key, 2) for key in ids]
    assert store.counts()["revisions"] == 2
    assert store.counts()["mentions"] == 5


def test_only_articles_not_yet_read_with_these_rules_are_read(store, article, read, noon):
    stored = store.save_article(article, seen_at=noon)
    assert [(number, unread.id) for number, unread in store.iter_unread("rules 1")] == [(1, stored.article_id)]
    save_extraction(store, stored.article_id, 1, read(article))
    assert store.count_unread("rules 1") == 0
    assert store.count_unread("rules 2") == 1
    store.save_article(replace(article, text="baru"), seen_at=noon)
    assert [number for number, _ in store.iter_unread("rules 1")] == [2]


# Many articles at once


def everything(store):
    """Every row of every table that is described, but for the numbers by which search finds quotes."""
    columns = {table.name: [column.name for column in table.columns] for table in load_columns().values()}
    columns["quotes"].remove("number")
    return {
        name: store.db.execute(f"select {', '.join(columns[name])} from {name} order by 1, 2").fetchall()
        for name in store.db.table_names()
        if name in columns
    }


@pytest.mark.parametrize("size", [2, 4])
def test_articles_loaded_together_are_stored_as_if_each_had_come_alone(tmp_path, regions, article, read, noon, size):
    several = [replace(article, url=f"https://kabar.id/{number}") for number in range(4)]
    # The second batch revises all of them, and one says something else now.
    again = [replace(one, text=f"Ralat. {one.text}") for one in several]
    again[1] = replace(again[1], text=again[1].text.replace("97,89 persen", "95,10 persen"))

    def read_either(one):
        found = read(replace(one, text=one.text.replace("95,10", "97,89")))
        return replace(found, claims=found.claims[:1], checks=()) if "95,10" in one.text else found

    with Store.open(tmp_path / "alone.db") as alone, Store.open(tmp_path / "together.db") as together:
        for store in (alone, together):
            store.save_regions(regions)
        for one in (*several, *again):
            load(alone, one, read_either, noon)
        for batch in (several[:size], several[size:], again[:size], again[size:]):
            with together.transaction():
                stored = [together.save_article(one, seen_at=noon) for one in batch]
                save_readings(
                    together,
                    [
                        ArticleReading(kept.article_id, kept.revision, read_either(one))
                        for kept, one in zip(stored, batch, strict=True)
                    ],
                )
        assert everything(together) == everything(alone)
        assert [row["change"] for row in together.db.table("superseded_claims").rows] == ["gone"]
        for search in ("articles_fts", "quotes_fts"):
            together.db.execute(f"INSERT INTO {search}({search}, rank) VALUES ('integrity-check', 1)")


def test_of_articles_loaded_together_all_are_kept_or_none(store, article, read, noon):
    first, second = (store.save_article(replace(article, url=f"https://kabar.id/{n}"), seen_at=noon) for n in (1, 2))
    strange = replace(read(article), claims=(replace(read(article).claims[0], region="99.99"),), checks=())
    before = dump(store)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        save_readings(
            store,
            [ArticleReading(first.article_id, 1, read(article)), ArticleReading(second.article_id, 1, strange)],
        )
    assert dump(store) == before


def test_a_transaction_of_which_a_part_failed_keeps_nothing_even_if_the_error_was_caught(store, article, noon):
    with pytest.raises(RuntimeError, match="a part of this transaction failed"), store.transaction():
        store.save_article(article, seen_at=noon)
        with contextlib.suppress(sqlite3.IntegrityError), store.transaction():
            store.insert("outlets", [{"domain": "baru.id"}, {"domain": "baru.id"}])
    assert store.counts()["articles"] == 0
    assert store.save_article(article, seen_at=noon).outcome is Outcome.NEW


def test_only_plain_values_reach_the_database(store, article, read, noon):
    load(store, article, read, noon)
    ((metric, suspect, value),) = store.db.execute(
        "select typeof(metric), typeof(suspect), typeof(value) from claims limit 1"
    )
    assert (metric, suspect, value) == ("text", "integer", "real")


def test_a_claim_about_a_region_outside_the_gazetteer_is_refused_whole(store, article, read, noon):
    load(store, article, read, noon)
    before = dump(store)
    claim = replace(read(article).claims[0], region="99.99")
    strange = replace(read(article), version="rules 2", claims=(claim,), checks=())
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        save_extraction(store, before["articles"][0]["id"], 1, strange)
    assert dump(store) == before


# Search


@pytest.mark.parametrize("words", ["andré", "andre", "ANDRE", "malra", "uhc", '"menuju UHC"'])
def test_words_are_found_with_and_without_accents(store, article, noon, words):
    store.save_article(article, seen_at=noon)
    assert [row["title"] for row in store.db.table("articles").search(words)] == [article.title]


def test_search_follows_revisions_and_survives_vacuum(store, article, noon):
    store.save_article(replace(article, url="https://kabar.id/lain", text="hilang"), seen_at=noon)
    store.save_article(article, seen_at=noon)
    store.save_article(replace(article, text="gubernur"), seen_at=noon)
    store.db.execute("DELETE FROM articles WHERE text = 'hilang'")
    store.db.vacuum()
    found = {
        word: [row["url"] for row in store.db.table("articles").search(word)]
        for word in ("gubernur", "bupati", "hilang")
    }
    assert found == {"gubernur": [article.url], "bupati": [], "hilang": []}
    store.db.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('integrity-check', 1)")


@pytest.mark.parametrize(
    "question",
    [
        "select * from claims_flat where region = '81.02' and metric = 'members' order by day",
        "select * from claims_flat where metric = 'coverage_rate' order by day",
        "select * from claims_flat where speaker = 'André Rettob'",
        "select * from claims where article_id = 'a1' order by ordinal",
        "select * from check_claims where claim_id = 'c1'",
        "select url from urls where outlet = 'kabar.id' and state = 'pending' order by first_seen_at, url",
    ],
)
def test_common_questions_are_answered_by_an_index(store, question):
    plan = [step for *_, step in store.db.execute(f"explain query plan {question}")]
    assert not [step for step in plan if step.startswith("SCAN") or "TEMP B-TREE" in step], plan


# Runs and fetches


def test_a_run_is_recorded_with_its_counts(store, noon):
    run = store.begin_run("demo", version="rules 1", started_at=noon)
    assert store.db.table("runs").get(run)["status"] == "running"
    store.finish_run(run, RunStatus.FINISHED, ended_at=noon, counts={"articles_new": 12})
    row = store.db.table("runs").get(run)
    assert (row["status"], row["ended_at"]) == ("finished", "2025-05-06T05:00:00+00:00")
    assert json.loads(row["counts"]) == {"articles_new": 12}


def test_a_run_that_was_killed_is_found_by_the_next(store, noon):
    killed = store.begin_run("run", version="rules 1", started_at=noon)
    store.begin_run("run", version="rules 1", started_at=noon)
    assert [row["status"] for row in store.db.table("runs").rows] == ["interrupted", "running"]
    assert store.db.table("runs").get(killed)["ended_at"] is None


@pytest.mark.parametrize(("status", "known"), [(RunStatus.FINISHED, True), (RunStatus.INTERRUPTED, False)])
def test_only_a_run_that_came_to_its_end_counts_as_done_before(store, noon, status, known):
    run = store.begin_run("demo", version="rules 1", started_at=noon)
    assert not store.has_finished("demo")
    store.finish_run(run, status, ended_at=noon, counts={})
    assert store.has_finished("demo") is known
    assert not store.has_finished("run")


# Registers


def test_registers_are_refreshed_and_not_doubled(store, regions):
    outlet = Outlet(
        "kabar.id",
        "Kabar",
        ("81", "81.02"),
        (Discovery(Way.FEED, "https://kabar.id/feed"),),
        "WIT",
        State.UNVERIFIED,
        "test",
    )
    store.save_outlets([outlet])
    store.save_outlets([replace(outlet, name="Kabar Maluku", regions=("81",))])
    store.save_regions([replace(region, population=region.population + 1) for region in regions])
    assert [row["name"] for row in store.db.table("outlets").rows] == ["Kabar Maluku"]
    assert [row["region"] for row in store.db.table("outlet_regions").rows] == ["81"]
    assert store.db.table("regions").get("81.02")["population_people"] == 129_001
    assert store.db.table("regions").get("81.02")["province"] == "81"


# Several at once

HOLDER = """
import sys
from corpus.store import Store
with Store.open(sys.argv[1]) as store, store.transaction():
    store.db.execute("INSERT INTO outlets (domain) VALUES ('first.id')")
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def holder(store):
    """Another process in the middle of writing; it commits at the next line on its stdin."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(store.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.communicate("")


def test_a_second_writer_waits_for_the_first(store, holder, article, noon):
    def let_go(statement):
        # Told when our BEGIN starts, so that it cannot but meet the lock.
        if statement.startswith("BEGIN") and not holder.stdin.closed:
            holder.stdin.write("go\n")
            holder.stdin.close()

    store.db.conn.set_trace_callback(let_go)
    store.save_article(article, seen_at=noon)
    store.db.conn.set_trace_callback(None)
    assert [row["domain"] for row in store.db.table("outlets").rows] == ["first.id", "kabar.id"]
    holder.stdin = None


def test_a_second_writer_that_may_not_wait_says_so(store, holder, article, noon):
    with (
        Store.open(store.path, busy_timeout_seconds=0) as second,
        pytest.raises(DatabaseBusy, match=r"cakupan\.db is being written by another process \(waited 0 s\)"),
    ):
        second.save_article(article, seen_at=noon)


def test_readers_do_not_wait(store, holder):
    assert store.counts()["outlets"] == 0


def test_a_full_disk_is_named_and_what_was_stored_stays(store, article, noon):
    store.save_article(article, seen_at=noon)
    pages = store.db.execute("PRAGMA page_count").fetchone()[0]
    store.db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageFailed, match="the disk is full"):
        store.save_article(replace(article, url="https://kabar.id/lain", text="kata " * 100_000), seen_at=noon)
    assert store.counts()["articles"] == 1
    assert store.save_article(article, seen_at=noon).outcome is Outcome.UNCHANGED
