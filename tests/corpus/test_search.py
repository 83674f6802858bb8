"""Search: what a person types finds what that person means, whatever it is."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from corpus import search
from corpus.cli import cli
from corpus.errors import EmptySearch
from corpus.readings import save_extraction
from corpus.search import Order, Within, match_expression, search_articles, search_quotes


@pytest.fixture
def shelf(store, article, read, noon):
    """Three articles, each with one sentence that holds claims and one that does not."""
    for number, (day, outlet, more) in enumerate(
        [
            ("2025-05-06", "kabar.id", "Iurannya ditanggung pemda di Elat."),
            ("2025-03-01", "warta.id", "Gubernur Abé menyebut target kampung-kampung."),
            ("2025-04-01", "kabar.id", "Kantor desa Ngilngof buka."),
        ]
    ):
        published = article.published.replace(month=int(day[5:7]), day=int(day[8:]))
        one = replace(
            article,
            url=f"https://{outlet}/{number}",
            outlet=outlet,
            title=f"Berita {number}",
            published=published,
            text=f"{article.text} {more}",
        )
        stored = store.save_article(one, seen_at=noon)
        save_extraction(store, stored.article_id, stored.revision, read(one))
    return store.db


@pytest.mark.parametrize(
    ("typed", "expression"),
    [
        ("peserta aktif", '"peserta" AND "aktif"'),
        ('"Kota Tual" aktif', '"Kota Tual" AND "aktif"'),
        ("iur*", '"iur"*'),
        ("peserta -target", '("peserta") NOT "target"'),
        ('peserta -"belum aktif" -tidak', '("peserta") NOT "belum aktif" NOT "tidak"'),
        ("kampung-kampung", '"kampung-kampung"'),
        ('"tanpa pasangan', '"tanpa" AND "pasangan"'),
        ("a OR b NEAR(c) title:d ^e", '"a" AND "OR" AND "b" AND "NEAR(c)" AND "title:d" AND "^e"'),
        ("97,89 % - * peserta", '"97,89" AND "peserta"'),
    ],
)
def test_what_is_typed_becomes_a_question(typed, expression):
    assert match_expression(typed) == expression


@pytest.mark.parametrize("typed", ["", "  ", '"', "-", "*", "-target", '""', "%"])
def test_a_search_for_no_word_says_what_to_type(typed):
    with pytest.raises(EmptySearch, match="has no word to look for"):
        match_expression(typed)


@pytest.mark.parametrize(
    "typed",
    ["'; DROP TABLE articles", "a AND", "NOT b", "((a", "a:b:c", '"a" "', "{x}", "a\0b", "\u202e x", "+ - a", "é*"],
)
def test_nothing_that_is_typed_is_an_error(shelf, typed):
    for find in (search_articles, search_quotes):
        assert not find(shelf, typed).is_capped


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("andre", ["Berita 0", "Berita 2", "Berita 1"]),
        ("ANDRÉ terdaftar", ["Berita 0", "Berita 2", "Berita 1"]),
        ("abe", ["Berita 1"]),
        ("iuran*", ["Berita 0"]),
        ("iuran", []),
        ('"desa Ngilngof"', ["Berita 2"]),
        ('"Ngilngof desa"', []),
        ("jiwa -gubernur -elat", ["Berita 2"]),
        ("kampung-kampung", ["Berita 1"]),
    ],
)
def test_articles_are_found_newest_first(shelf, typed, titles):
    assert [hit.title for hit in search_articles(shelf, typed).hits] == titles


def test_quotes_are_the_sentences_of_claims_and_no_others(shelf, article):
    (hit, *_) = search_quotes(shelf, "terdaftar").hits
    assert hit.text == article.text.replace("terdaftar", "[terdaftar]")
    assert search_quotes(shelf, "gubernur").hits == ()


@pytest.mark.parametrize("find", [search_articles, search_quotes])
@pytest.mark.parametrize(
    ("within", "titles"),
    [
        (Within(outlet="warta.id"), ["Berita 1"]),
        (Within(since="2025-04-01"), ["Berita 0", "Berita 2"]),
        (Within(region="81.02", outlet="kabar.id", since="2025-05-01"), ["Berita 0"]),
        (Within(region="81"), ["Berita 0", "Berita 2", "Berita 1"]),
        (Within(region="0"), []),
    ],
)
def test_a_search_stays_within_region_outlet_and_time(shelf, find, within, titles):
    assert [hit.title for hit in find(shelf, "terdaftar", within).hits] == titles


def test_a_province_is_not_another_that_begins_alike(shelf):
    assert search_articles(shelf, "terdaftar", Within(region="8")).hits == ()


def test_the_best_come_before_the_newest_where_that_is_asked_for(shelf, article, store, noon):
    twice = replace(
        article, url="https://kabar.id/lama", title="Gubernur", text="Gubernur, kata gubernur.", published=None
    )
    store.save_article(twice, seen_at=noon)
    assert [hit.title for hit in search_articles(shelf, "gubernur").hits] == ["Berita 1", "Gubernur"]
    assert [hit.title for hit in search_articles(shelf, "gubernur", order=Order.BEST).hits] == ["Gubernur", "Berita 1"]


def test_of_too_many_matches_the_last_to_come_in_are_ranked_and_that_is_told(shelf, monkeypatch):
    monkeypatch.setattr(search, "MOST", 2)
    found = search_articles(shelf, "terdaftar")
    assert ([hit.title for hit in found.hits], found.is_capped) == (["Berita 2", "Berita 1"], True)
    assert not search_articles(shelf, "ngilngof").is_capped


def test_of_a_place_with_too_many_claims_the_latest_are_looked_through(shelf, monkeypatch):
    monkeypatch.setattr(search, "LATEST", 2)
    found = search_articles(shelf, "terdaftar", Within(since="2025-01-01"))
    assert ([hit.title for hit in found.hits], found.is_capped) == (["Berita 0", "Berita 2"], True)


# The command


def run(store, *arguments):
    return CliRunner().invoke(cli, ["search", "--db", str(store.path), *arguments])


def test_the_command_fits_eighty_columns(shelf, store):
    done = run(store, "andre", "terdaftar", "--region", "Maluku Tenggara")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "2025-05-06  kabar.id  Berita 0"
    assert lines[1].startswith("    Bupati [André] Rettob mengatakan")
    assert "    https://kabar.id/0" in lines
    assert max(map(len, lines)) <= 80


def test_the_command_gives_json_lines(shelf, store):
    done = run(store, "ngilngof", "--articles", "--json")
    (hit,) = map(json.loads, done.stdout.splitlines())
    assert (hit["title"], hit["outlet"], hit["url"]) == ("Berita 2", "kabar.id", "https://kabar.id/2")
    assert "[Ngilngof]" in hit["text"]


def test_a_phrase_of_the_shell_is_a_phrase(shelf, store):
    assert run(store, "--articles", "desa Ngilngof").exit_code == 0
    assert run(store, "--articles", "Ngilngof desa").exit_code == 1


@pytest.mark.parametrize("outlet", ["kabar.id", "www.KABAR.id", "Kabar Nusa", "kabar nusa"])
def test_an_outlet_is_called_by_domain_or_name(shelf, store, outlet):
    store.update("outlets", "domain", "kabar.id", {"name": "Kabar Nusa"})
    done = run(store, "ngilngof", "--articles", "--outlet", outlet)
    assert (done.exit_code, "Berita 2" in done.stdout) == (0, True)


def test_an_outlet_that_nobody_knows_is_told_with_the_nearest(shelf, store):
    done = run(store, "ngilngof", "--outlet", "kabar.di")
    assert str(done.exception).startswith("no outlet is called 'kabar.di'; nearest: kabar.id")
    # One of the registry is known, though nothing of it is stored.
    assert run(store, "ngilngof", "--outlet", "kalteng.antaranews.com").stderr == "Nothing was found.\n"


@pytest.mark.parametrize(("words", "advised"), [(["andre", "-target"], True), (["andre", "--outlte", "x"], False)])
def test_who_leaves_a_word_out_is_told_how(shelf, store, words, advised):
    done = run(store, *words)
    assert done.exit_code == 2
    assert ("cakupan search -- peserta -target" in " ".join(done.stderr.split())) is advised


def test_nothing_found_is_told_and_exits_with_one(shelf, store):
    done = run(store, "ceplok")
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", "Nothing was found.\n")


@pytest.mark.parametrize(("name", "message"), [("Mura", "give the code"), ("Atlantis", "no region is called")])
def test_a_region_must_be_one(shelf, store, name, message):
    done = run(store, "peserta", "--region", name)
    assert done.exit_code == 2
    assert message in " ".join(done.stderr.replace("│", " ").split())
