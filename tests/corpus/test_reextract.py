"""Claims derived anew from stored texts: the same rules change nothing, others only what they see otherwise."""

import datetime as dt
import json
from dataclasses import replace

import pytest

import corpus.reextract
from corpus.reextract import reextract
from corpus.review.verdicts import Verdict, save_review
from corpus.runs import read_new
from corpus.second_looks import look_again
from corpus.store import Store
from corpus.workers.opening import open_workers
from extract.models import Article, Metric
from extract.pipeline import extract
from extract.regions.gazetteer import load_gazetteer

NEWS = (
    ("2024-12-20", "Peserta JKN Kabupaten Maluku Tenggara 124.500 jiwa."),
    ("2025-05-06", "Cakupan JKN Kota Tual mencapai 98,29 persen. Peserta JKN di Kota Tual 77.512 jiwa."),
    # Undecided alone, settled by December.
    ("2025-06-10", "Peserta JKN Kabupaten Maluku Tenggara 100.026.504 jiwa."),
    # Undecided, and without a past.
    ("2025-06-11", "Peserta JKN Kabupaten Buru 100.026.504 jiwa."),
    ("2025-07-01", "Hari ini hujan."),
)


@pytest.fixture
def store(tmp_path, noon):
    """A database with these articles, read by the real rules as a run reads them."""
    with Store.open(tmp_path / "cakupan.db") as opened:
        opened.save_regions(load_gazetteer().regions.values())
        for day, text in NEWS:
            url = f"https://kabar.id/{day}"
            opened.save_article(
                Article(id=day, url=url, outlet="kabar.id", text=text, published=dt.date.fromisoformat(day)),
                seen_at=noon,
            )
        read_new(opened)
        look_again(opened)
        # The second look at June has kept what the first made of it; here it is what re-extraction keeps that counts.
        with opened.transaction():
            opened.db.execute("DELETE FROM superseded_claims")
        yield opened


@pytest.fixture
def new_rules(monkeypatch):
    """A function that makes the rules see each claim otherwise: it is given the claim, and gives another or None."""

    def new_rules(change, version="rules 2"):
        def extract_anew(article, *arguments, **options):
            extraction = extract(article, *arguments, **options)
            claims = tuple(claim for claim in map(change, extraction.claims) if claim is not None)
            return replace(extraction, version=version, claims=claims, checks=())

        monkeypatch.setattr("extract.pipeline.extract", extract_anew)

    return new_rules


def dump(store):
    """Every row of every table."""
    return {name: list(store.db.query(f"SELECT * FROM [{name}]")) for name in store.db.table_names()}


def claim_of(store, metric, region):
    ((key,),) = store.db.execute("SELECT id FROM claims WHERE metric = ? AND region = ?", [metric, region]).fetchall()
    return key


def test_the_same_rules_change_no_row_at_all(store):
    before = dump(store)
    assert before["claims"] and before["second_looks"] and before["repairs"]
    changes = reextract(store)
    assert dump(store) == before
    assert before["superseded_claims"] == []
    assert (changes.articles, changes.rewritten, changes.same) == (5, 0, len(before["claims"]))
    assert (changes.new, changes.changed, changes.gone, changes.reviews_returned) == (0, 0, 0, 0)
    assert changes.examples == []


def test_several_processes_derive_what_one_does(store):
    before = dump(store)

    with open_workers(2) as workers:
        changes = reextract(store, workers=workers)

    assert changes.articles > 0
    assert changes.rewritten == 0
    assert dump(store) == before


def test_the_same_claims_by_another_version_are_the_same_and_name_that_version(store, new_rules):
    new_rules(lambda claim: claim)
    changes = reextract(store)
    assert (changes.changed, changes.new, changes.gone) == (0, 0, 0)
    assert {row["extractor"] for row in store.db.query("SELECT extractor FROM claims")} == {"rules 2"}
    assert store.count("superseded_claims") == 0


def test_what_new_rules_see_otherwise_is_told_by_field_and_metric_and_kept(store, new_rules):
    old_version = next(store.db.query("SELECT extractor FROM claims"))["extractor"]

    def change(claim):
        if claim.metric is Metric.COVERAGE_RATE:
            return replace(claim, metric=Metric.ACTIVE_RATE)
        return replace(claim, value=77_513) if claim.value == 77_512 else claim

    new_rules(change)
    changes = reextract(store)
    assert (changes.changed, changes.new, changes.gone) == (2, 0, 0)
    assert changes.fields == {"metric": 1, "value": 1}
    assert changes.metrics == {"coverage_rate": {"changed": 1}, "members": {"changed": 1}}
    kept = {row["change"]: row for row in store.db.query("SELECT * FROM superseded_claims")}
    # A claim's ID is made of its metric, so that one is gone under its old name.
    assert json.loads(kept["gone"]["fields"])["metric"] == "coverage_rate"
    assert json.loads(kept["changed"]["fields"])["value"] == 77_512
    assert {(row["extractor"], row["superseded_by"]) for row in kept.values()} == {(old_version, "rules 2")}
    examples = {example.fields: (example.old, example.new) for example in changes.examples}
    old, new = examples["value",]
    assert (old["value"], new["value"]) == (77_512, 77_513)


def test_new_and_gone_claims_are_counted_and_come_back(store, new_rules, monkeypatch):
    count = store.count("claims")
    new_rules(lambda claim: None if claim.metric is Metric.COVERAGE_RATE else claim)
    changes = reextract(store)
    assert (changes.gone, changes.new, changes.metrics["coverage_rate"]) == (1, 0, {"gone": 1})
    new_rules(lambda claim: claim, "rules 3")
    changes = reextract(store)
    assert (changes.gone, changes.new, store.count("claims")) == (0, 1, count)


def test_verdicts_on_changed_claims_go_back_to_the_queue_and_are_counted(store, new_rules, noon):
    changed, kept = claim_of(store, "coverage_rate", "81.72"), claim_of(store, "members", "81.72")
    for claim in (changed, kept):
        save_review(store, claim, "ana", Verdict.ACCEPT, at=noon)
    new_rules(lambda claim: replace(claim, metric=Metric.ACTIVE_RATE) if claim.value == 98.29 else claim)
    assert reextract(store).reviews_returned == 1
    reviews = {row["metric"]: row for row in store.db.query("SELECT * FROM standing WHERE region = '81.72'")}
    assert (reviews["active_rate"]["review"], reviews["active_rate"]["queue"]) == ("changed", 0)
    assert reviews["members"]["review"] == "accept"
    # The verdict itself is untouched and waits for its form to return.
    assert store.count("reviews") == 2
    new_rules(lambda claim: claim, "rules 3")
    reextract(store)
    assert {row["review"] for row in store.db.query("SELECT review FROM standing WHERE region = '81.72'")} == {"accept"}


def test_a_figure_that_leans_on_the_past_finds_it_as_the_new_rules_have_it(store, new_rules):
    """December moves to another region, so nothing bears out what June printed."""
    assert store.count("claims WHERE value = 126504") == 1
    new_rules(lambda claim: replace(claim, region="81.72") if claim.value == 124_500 else claim)
    changes = reextract(store)
    assert store.count("claims WHERE value = 126504") == 0
    assert changes.fields["value"] == 1 and changes.fields["suspect"] == 1
    # One step from what it was to what it is, and none in between.
    assert store.count("superseded_claims WHERE json_extract(fields, '$.value') = 126504") == 1
    claims = dump(store)["claims"]
    assert look_again(store) == 0
    before = dump(store)
    assert before["claims"] == claims
    assert (look_again(store), reextract(store).rewritten) == (0, 0)
    assert dump(store) == before


@pytest.mark.parametrize("broken_at", [0, 1, 2, 3, 4])
def test_one_that_was_killed_is_completed_by_the_next(store, new_rules, monkeypatch, broken_at):
    new_rules(lambda claim: replace(claim, approx="about"))
    done = []

    def put(*arguments):
        if len(done) == broken_at:
            raise KeyboardInterrupt
        done.append(arguments)
        whole(*arguments)

    whole = corpus.reextract.put
    monkeypatch.setattr(corpus.reextract, "put", put)
    with pytest.raises(KeyboardInterrupt):
        reextract(store, batch=1)
    # What is done stays.
    assert store.count("articles WHERE extractor = 'rules 2'") == broken_at
    monkeypatch.setattr(corpus.reextract, "put", whole)
    reextract(store, batch=1)
    assert store.count("articles WHERE extractor = 'rules 2'") == len(NEWS)
    before = dump(store)
    changes = reextract(store, batch=1)
    assert (changes.rewritten, changes.changed) == (0, 0)
    assert dump(store) == before


def test_a_batch_is_kept_whole_or_not_at_all(store, new_rules, monkeypatch):
    new_rules(lambda claim: replace(claim, approx="about"))
    before = dump(store)
    whole = corpus.reextract.put

    def put(store, reading, changes):
        whole(store, reading, changes)
        if changes.articles == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(corpus.reextract, "put", put)
    with pytest.raises(KeyboardInterrupt):
        reextract(store)
    assert dump(store) == before


@pytest.mark.parametrize("removed", [True, False], ids=["forgotten", "a release without texts"])
def test_claims_without_a_text_to_read_again_are_left_alone_and_counted(store, new_rules, removed):
    ((key,),) = store.db.execute("SELECT id FROM articles WHERE published = '2025-05-06'").fetchall()
    with store.transaction():
        for table, column in (("articles", "id"), ("revisions", "article_id")):
            store.update(table, column, key, {"text": ""})
        if removed:
            tombstone = {"page": key, "url": "https://kabar.id/2025-05-06", "article_id": key}
            store.insert("removals", [tombstone | {"removed_at": "2025-08-01T00:00:00+00:00"}])
    before = list(store.db.query("SELECT * FROM claims WHERE article_id = ?", [key]))
    new_rules(lambda claim: replace(claim, value=1))
    changes = reextract(store)
    assert (changes.without_text, changes.articles) == (1, 4)
    assert list(store.db.query("SELECT * FROM claims WHERE article_id = ?", [key])) == before


def test_a_revision_that_was_not_read_yet_is_read(store, noon):
    day, text = NEWS[1]
    revised = text.replace("98,29", "98,79")
    store.save_article(
        Article(id=day, url=f"https://kabar.id/{day}", outlet="kabar.id", text=revised, published=dt.date(2025, 5, 6)),
        seen_at=noon,
    )
    changes = reextract(store)
    assert changes.rewritten == 1
    assert store.count("claims WHERE value = 98.79") == 1


def test_articles_of_one_batch_or_many_come_out_alike(store, new_rules):
    new_rules(lambda claim: claim)
    reextract(store)
    new_rules(lambda claim: replace(claim, approx="about"))
    first = reextract(store, batch=2).to_json()
    new_rules(lambda claim: claim)
    reextract(store)
    new_rules(lambda claim: replace(claim, approx="about"))
    assert reextract(store, batch=100).to_json() == first
