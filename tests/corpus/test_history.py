"""What earlier articles told of a region, and the second look at figures that nothing else could settle."""

import datetime as dt
import sys
from dataclasses import replace
from itertools import permutations
from types import SimpleNamespace

import pytest

from corpus.history import Past
from corpus.readings import save_extraction
from corpus.runs import read_new
from corpus.second_looks import look_again
from corpus.store import Store
from extract.models import Approx, Article, AsOfBasis, Metric, Modality, Period, Precision, Repair, Unit, Witness

RULES = "rules 1"


def day(text):
    return dt.date.fromisoformat(text)


def told(article, extraction, **fields):
    """The extraction with its second claim, the coverage, told otherwise."""
    members, coverage = extraction.claims
    return replace(extraction, article_id=article.id, claims=(members, replace(coverage, **fields)))


@pytest.fixture
def keep(store, article, extraction, noon):
    """Store an article of a day whose coverage is told with these fields."""

    def keep(published, url=None, **fields):
        kept = replace(article, url=url or f"https://kabar.id/{published}", published=day(published))
        stored = store.save_article(kept, seen_at=noon)
        save_extraction(store, stored.article_id, stored.revision, told(kept, extraction, **fields))
        return stored.article_id

    return keep


def rates(past, code="81.02"):
    return [claim.value for claim in past(code) if claim.metric is Metric.COVERAGE_RATE]


def test_an_earlier_claim_says_what_it_measured_of_which_day_and_where(store, keep):
    keep("2025-05-06")
    (claim,) = [claim for claim in Past(store.db, before=day("2025-06-01"))("81.02") if claim.unit is Unit.PERCENT]
    assert (claim.metric, claim.value, claim.precision, claim.approx) == (
        Metric.COVERAGE_RATE,
        97.89,
        0.01,
        Approx.EXACT,
    )
    assert (claim.day, claim.source) == (day("2025-05-01"), "kabar.id")


@pytest.mark.parametrize(("before", "found"), [("2025-05-06", []), ("2025-05-07", [97.89]), (None, [97.89])])
def test_only_articles_published_before_the_day_count(store, keep, before, found):
    keep("2025-05-06")
    assert rates(Past(store.db, before=day(before) if before else None)) == found


def test_the_article_itself_does_not_count(store, keep):
    key = keep("2025-05-06")
    assert rates(Past(store.db, before=None, without=key)) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"modality": Modality.TARGET},
        {"unit": Unit.REGIONS},
        {"suspect": True},
        {"region": "81"},
        {"repair": Repair("repair.evidence", 9789, 97.89, ("comma_lost",), (Witness("earlier", "..."),), 0.9)},
    ],
)
def test_wishes_doubts_and_what_rests_on_history_itself_are_no_witnesses(store, keep, fields):
    keep("2025-05-06", **fields)
    assert rates(Past(store.db, before=None)) == []


def test_a_period_that_ends_after_publication_counts_to_the_day_of_publication(store, keep):
    year = Period(day("2025-01-01"), day("2025-12-31"), Precision.YEAR)
    keep("2025-05-06", as_of=year, as_of_basis=AsOfBasis.EXPLICIT)
    keep("2025-05-07", as_of=None, as_of_basis=None)
    days = [claim.day for claim in Past(store.db, before=None)("81.02") if claim.unit is Unit.PERCENT]
    assert days == [day("2025-05-07"), day("2025-05-06")]


def test_people_see_also_what_cannot_be_a_witness(store, keep):
    repair = Repair("repair.evidence", 9789, 97.89, ("comma_lost",), (Witness("earlier", "..."),), 0.9)
    keep("2025-05-06", repair=repair)
    (past,) = [past for past in Past(store.db, before=None).of("81.02") if past.claim.unit is Unit.PERCENT]
    assert not past.alone
    assert (past.text, past.url, past.speaker) == ("97,89 persen", "https://kabar.id/2025-05-06", "André Rettob")


def undecided(claim):
    return replace(
        claim,
        suspect=True,
        repair=Repair("repair.undecided", claim.printed_value, claim.value, (), (), 0.0, (97.89, 9.789)),
    )


@pytest.fixture(autouse=True)
def extractor(monkeypatch, read):
    """Reads 9789 persen as undecided, unless earlier claims tell of a coverage within a point of 97,89."""
    looks = []

    def extract(article, language="en", history=None):
        looks.append(article.url)
        extraction = told(article, replace(read(article), version=RULES))
        if "ragu" not in (article.title or ""):
            return extraction
        members, coverage = extraction.claims
        near = (
            [old for old in history("81.02") if old.unit is Unit.PERCENT and abs(old.value - 97) < 2] if history else []
        )
        if near:
            witness = Witness("earlier", f"{near[0].value} in {near[0].source}")
            repair = Repair("repair.evidence", 9789, 97.89, ("comma_lost",), (witness,), 0.9)
            return replace(extraction, claims=(members, replace(coverage, repair=repair)))
        return replace(extraction, claims=(members, undecided(coverage)))

    monkeypatch.setitem(sys.modules, "extract.pipeline", SimpleNamespace(extract=extract))
    monkeypatch.setattr("corpus.runs.extractor_version", RULES)
    monkeypatch.setattr("corpus.second_looks.extractor_version", RULES)
    return looks


def news(article, published, title="Malra menuju UHC"):
    return replace(article, url=f"https://kabar.id/{published}", published=day(published), title=title)


def rows(store):
    tables = ("claims", "repairs", "mentions", "checks", "second_looks")
    return {table: sorted(map(repr, store.db.query(f"select * from {table}"))) for table in tables}


def test_history_settles_a_figure_and_the_second_time_all_is_as_it_was(store, article, noon, extractor):
    store.save_article(news(article, "2025-05-06"), seen_at=noon)
    store.save_article(news(article, "2025-06-06", "ragu"), seen_at=noon)
    assert read_new(store).suspect == 1
    assert look_again(store) == 1
    assert [row["rule"] for row in store.db.query("select rule from repairs where rule = 'repair.undecided'")] == []
    settled, looks = rows(store), len(extractor)
    assert look_again(store) == 0
    assert (rows(store), len(extractor)) == (settled, looks)


def test_what_is_read_does_not_depend_on_the_order_in_which_articles_came(tmp_path, regions, article, noon):
    """Of three, the second is settled by the first; it is no witness for the third, whenever that comes."""
    three = [
        news(article, "2025-05-06"),
        news(article, "2025-06-06", "ragu"),
        news(article, "2025-07-06", "masih ragu"),
    ]
    seen = []
    for number, order in enumerate(permutations(three)):
        with Store.open(tmp_path / f"{number}.db") as store:
            store.save_regions(regions)
            for one in order:
                store.save_article(one, seen_at=noon)
                read_new(store)
                look_again(store)
            seen.append(rows(store))
    assert all(one == seen[0] for one in seen)


def test_without_a_witness_of_its_own_a_settled_article_settles_no_other(store, article, noon):
    store.save_article(news(article, "2025-06-06", "ragu"), seen_at=noon)
    store.save_article(news(article, "2025-07-06", "ragu"), seen_at=noon)
    read_new(store)
    assert look_again(store) == 0


def test_a_run_killed_before_the_second_look_is_made_good_by_the_next(store, article, noon):
    store.save_article(news(article, "2025-05-06"), seen_at=noon)
    store.save_article(news(article, "2025-06-06", "ragu"), seen_at=noon)
    read_new(store)  # and then the machine went down
    assert read_new(store).articles == 0
    assert look_again(store) == 1


def test_a_past_that_was_taken_back_unsettles_the_figure(store, article, noon):
    first = news(article, "2025-05-06")
    store.save_article(first, seen_at=noon)
    store.save_article(news(article, "2025-06-06", "ragu"), seen_at=noon)
    read_new(store)
    look_again(store)
    store.save_article(replace(first, title="ragu juga"), seen_at=noon)
    read_new(store)
    look_again(store)
    assert store.db.execute("select count(*) from claims where suspect").fetchone() == (2,)
    assert store.db.execute("select distinct past from second_looks").fetchall() == [("",)]


def test_a_past_that_moved_to_a_later_day_unsettles_the_figure(store, article, noon):
    first = news(article, "2025-05-06")
    store.save_article(first, seen_at=noon)
    store.save_article(news(article, "2025-06-06", "ragu"), seen_at=noon)
    read_new(store)
    assert look_again(store) == 1
    store.save_article(replace(first, published=day("2025-06-07")), seen_at=noon)
    read_new(store)
    look_again(store)
    assert store.db.execute("select count(*) from claims where suspect").fetchone() == (1,)


def test_an_article_without_a_day_has_no_past(store, article, noon):
    store.save_article(news(article, "2025-05-06"), seen_at=noon)
    undated = Article(id="x", text=article.text, title="ragu")
    store.save_article(undated, seen_at=noon)
    read_new(store)
    assert look_again(store) == 0
