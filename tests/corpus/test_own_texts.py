"""Texts of one's own in a database: from files and pipes, once, under the ids they came with, whatever is wrong."""

import datetime as dt
import itertools
import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from corpus.cli import cli
from corpus.errors import RunUnderWay
from corpus.export.publish import ExportSettings, export
from corpus.export.selection import Selection
from corpus.intake import Intake
from corpus.own_texts import load_texts
from corpus.schema import open_database
from corpus.store import RunStatus
from corpus.unattended.lock import hold
from corpus.unattended.stop import Stop
from crawler.items import Archived
from crawler.outlets import parse_outlets
from extract.models import Article

from .conftest import fetched_from

DAY = dt.date(2025, 5, 6)
OUTLETS = parse_outlets(
    '["kabar.id"]\nname = "Kabar Nusa"\nregions = ["81"]\nfeed = ["https://kabar.id/feed"]\nzone = "WIT"\n'
    'state = "unverified"\nsource = "test"\n',
    "test.toml",
)


def tual(members, id="", **fields):
    """An article that tells how many members Kota Tual had on the first of May."""
    return Article(id, f"Peserta JKN di Kota Tual {members} jiwa per 1 Mei 2025.", published=DAY, **fields)


def load(store, *articles, **options):
    return load_texts(articles, store, OUTLETS, **options)


def rows(store, question):
    return [tuple(row) for row in store.db.execute(question)]


def known(store):
    """Given ID, revision and text of each article."""
    return rows(
        store,
        "SELECT given_id, revision, substr(text, 26, 6) FROM articles JOIN own_texts ON id = article_id ORDER BY 3",
    )


def outcomes(summary):
    return summary.articles_new, summary.articles_revised, summary.articles_unchanged


# What a text is known by


def test_texts_are_stored_read_and_recorded_as_a_run(store):
    summary = load(store, tual("77.512", "a"), tual("77.912", "b"))
    assert (summary.status, outcomes(summary), summary.claims) == (RunStatus.FINISHED, (2, 0, 0), 2)
    assert rows(store, "SELECT region, value FROM claims ORDER BY value") == [("81.72", 77_512.0), ("81.72", 77_912.0)]
    [(kind, status, counts)] = rows(store, "SELECT kind, status, counts FROM runs")
    assert (kind, status, json.loads(counts)["articles_new"]) == ("extract", "finished", 2)
    # They are compared, too.
    assert rows(store, "SELECT low_value, high_value, sources FROM contradictions") == [(77_512.0, 77_912.0, 2)]


def test_the_same_texts_change_nothing(store):
    texts = (tual("77.512", "a"), tual("77.600"), tual("77.700", "b", url="https://kabar.id/jkn"))
    load(store, *texts)
    kept = "SELECT id, revision, text, extracted_revision FROM articles ORDER BY id", "SELECT * FROM claims ORDER BY id"
    before = [rows(store, question) for question in kept]
    again = load(store, *reversed(texts))
    assert (outcomes(again), again.articles_read) == ((0, 0, 3), 0)
    assert [rows(store, question) for question in kept] == before


@pytest.mark.parametrize("known_by", [{"id": "a"}, {"id": "a", "url": "https://kabar.id/jkn"}])
def test_another_text_is_a_revision_and_the_one_before_stays(store, known_by):
    load(store, tual("77.512", **known_by))
    assert outcomes(load(store, tual("77.912", **known_by))) == (0, 1, 0)
    assert rows(store, "SELECT value FROM claims") == [(77_912.0,)]
    assert rows(store, "SELECT count(*) FROM revisions") == [(2,)]
    # Whoever takes a correction back is heeded.
    assert outcomes(load(store, tual("77.512", **known_by))) == (0, 1, 0)
    assert rows(store, "SELECT value FROM claims") == [(77_512.0,)]


def test_one_address_in_several_spellings_is_one_article(store):
    load(store, tual("77.512", "1", url="https://www.kabar.id/jkn/?utm_source=wa"))
    assert outcomes(load(store, tual("77.512", "2", url="http://kabar.id/jkn"))) == (0, 0, 1)


def test_an_id_is_text_whatever_a_table_makes_of_it(tmp_path):
    for number in ("7", "7.0", '"7"'):
        done = extract(tmp_path, "--json", input=f'{{"id": {number}, "text": "Cakupan JKN di Kota Tual 98,2 persen."}}')
        assert done.exit_code == 0, done.output
    assert outcomes_of(done) == (0, 0, 1)


# Ids that several have, or none


@pytest.mark.parametrize("order", list(itertools.permutations(("77.512", "77.912", "78.001"))))
def test_texts_with_one_id_are_kept_apart_and_found_again_in_any_order(store, order):
    first = load(store, *(tual(members, "1") for members in order))
    assert (outcomes(first), first.shared_ids, first.claims) == ((3, 0, 0), 2, 3)
    assert known(store) == [("1", 1, "77.512"), ("1", 1, "77.912"), ("1", 1, "78.001")]
    assert rows(store, "SELECT sum(shares_id) FROM own_texts") == [(2,)]
    for again in (order, order[::-1], order[1:]):
        assert outcomes(load(store, *(tual(members, "1") for members in again))) == (0, 0, len(again))


def test_texts_without_id_are_known_by_what_they_say(store):
    assert outcomes(load(store, tual("77.512"), tual("77.912"), tual("77.512"))) == (2, 0, 1)
    assert known(store) == [(None, 1, "77.512"), (None, 1, "77.912")]


def test_two_texts_of_one_address_are_revisions_and_loading_them_again_makes_no_more(store):
    texts = [tual(members, url="https://kabar.id/jkn") for members in ("77.512", "77.912", "78.001")]
    assert outcomes(load(store, *texts)) == (1, 2, 0)
    for _ in range(2):
        assert outcomes(load(store, *texts)) == (0, 0, 3)
    assert rows(store, "SELECT value FROM claims") == [(78_001.0,)]


@pytest.mark.parametrize("url", ["-", "n/a", "ftp://kabar.id/jkn", "https://kabar.id/", "http://[::1", " "])
def test_what_can_be_no_articles_address_makes_no_two_texts_one(store, url, caplog):
    load(store, tual("77.512", "a", url=url), tual("77.912", "b", url=url))
    assert [given for given, _, _ in known(store)] == ["a", "b"]
    assert rows(store, "SELECT DISTINCT url FROM articles") == [(None,)]
    assert ("is no address of an article" in caplog.text) == bool(url.strip())


# Outlets


@pytest.mark.parametrize(
    ("fields", "outlet"),
    [
        ({"outlet": "Kabar Nusa"}, "kabar.id"),
        ({"outlet": "www.kabar.id"}, "kabar.id"),
        ({"url": "https://m.kabar.id/jkn"}, "kabar.id"),
        ({"url": "https://www.lain.id/jkn"}, "lain.id"),
        ({"outlet": "Koran Kami", "url": "https://kabar.id/jkn"}, "Koran Kami"),
        ({"outlet": " "}, None),
        ({}, None),
    ],
)
def test_the_outlet_is_the_one_named_else_that_of_the_address(store, fields, outlet):
    load(store, tual("77.512", "a", **fields))
    assert rows(store, "SELECT outlet FROM articles") == [(outlet,)]
    # Of the registry only what was met is stored.
    assert rows(store, "SELECT domain FROM outlets") == ([(outlet,)] if outlet else [])


# Beside what runs brought


def test_what_a_run_fetched_stays_as_the_site_printed_it(store, noon):
    run = store.begin_run("run", version="rules 1", started_at=noon)
    fetched = tual("77.512", url="https://kabar.id/jkn")
    Intake(store, run).deliver(fetched_from(fetched, b"<p>", Archived("kabar.id.warc.gz", 0)))
    summary = load(store, tual("77.513", "mine", url="https://kabar.id/jkn"))
    assert (outcomes(summary), summary.left_as_fetched) == ((0, 0, 1), 1)
    assert known(store) == [("mine", 1, "77.512")]


def test_a_figure_left_open_is_looked_at_again_beside_earlier_texts(store):
    december, june = (
        Article(day, f"Peserta JKN Kabupaten Maluku Tenggara {members} jiwa.", published=dt.date.fromisoformat(day))
        for day, members in (("2024-12-20", "124.500"), ("2025-06-10", "100.026.504"))
    )
    assert load(store, june).suspect == 1
    assert load(store, december).settled_by_history == 1
    assert rows(store, "SELECT value, suspect FROM claims ORDER BY value") == [(124_500.0, 0), (126_504.0, 0)]


def test_a_text_is_not_checked_against_itself(store):
    record = {"id": "a", "text": tual("77.512").text}
    load(store, tual("77.512", "a"))
    for given, earlier in ((record, 0), (record | {"id": "b"}, 1)):
        done = CliRunner().invoke(cli, ["check", "--db", str(store.path), "--json"], input=json.dumps(given))
        assert len(json.loads(done.stdout)["claims"][0]["earlier"]) == earlier


# What is missing or broken


def extract(folder, *arguments, **options):
    """`cakupan extract --db own.db` in this folder."""
    arguments = [str(folder / one) if (folder / one).exists() else one for one in arguments]
    return CliRunner().invoke(cli, ["extract", "--db", str(folder / "own.db"), *arguments], **options)


def outcomes_of(done):
    told = json.loads(done.stdout)
    return tuple(told[f"articles_{name}"] for name in ("new", "revised", "unchanged"))


@pytest.fixture
def folder(tmp_path):
    """Texts of two years under the same names, a page, one file without a text, and some that are none."""
    texts = tmp_path / "teks"
    for year, members in (("2024", "77.512"), ("2025", "77.912")):
        (texts / year).mkdir(parents=True)
        (texts / year / "mei.txt").write_text(tual(members).text, encoding="utf-8")
    story = "".join(f"<p>{tual('78.001').text} Warga lain menyusul pada bulan ke-{month}.</p>" for month in range(6, 9))
    page = f"<html><head><link rel='canonical' href='https://kabar.id/jkn'></head><body><article>{story}</article>"
    (texts / "halaman.html").write_text(page, encoding="utf-8")
    (texts / "kosong.txt").touch()
    (texts / "latin.txt").write_bytes(b"caf\xe9")
    (texts / "lampiran.docx").write_bytes(b"PK")
    (texts / ".DS_Store").write_bytes(b"\0")
    return tmp_path


def test_a_folder_is_loaded_with_all_below_it(folder):
    done = extract(folder, "teks")
    assert done.exit_code == 1
    assert "4 new texts, 0 revised, 0 as before" in " ".join(done.stdout.split())
    db = open_database(folder / "own.db", read_only=True)
    found = db.execute("SELECT given_id, url FROM own_texts JOIN articles ON id = article_id ORDER BY 1").fetchall()
    db.close()
    assert found == [
        ("2024/mei.txt", None),
        ("2025/mei.txt", None),
        ("halaman.html", "https://kabar.id/jkn"),
        ("kosong.txt", None),
    ]


def test_what_is_missing_in_texts_is_told_and_counted(folder):
    done = extract(folder, "teks", "--json")
    told = json.loads(done.stdout)
    assert (told["unusable"], told["without_text"], told["without_day"]) == (2, 1, 4)
    assert "article 'kosong.txt': holds no text" in done.stderr
    assert "latin.txt: not UTF-8" in done.stderr
    assert "lampiran.docx: what it holds cannot be told from its name" in done.stderr
    assert ".DS_Store" not in done.stderr


def test_a_day_of_publication_can_be_given_to_texts_that_have_none(folder):
    lines = [json.dumps({"id": "x", "text": tual("77.100").text, "published": "2025-05-02"})]
    (folder / "lain.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = extract(folder, "teks", "lain.jsonl", "--published", "2025-06-01", "--json")
    assert json.loads(done.stdout)["without_day"] == 0
    db = open_database(folder / "own.db", read_only=True)
    days = db.execute("SELECT published, count(*) FROM articles GROUP BY 1").fetchall()
    db.close()
    assert days == [("2025-05-02", 1), ("2025-06-01", 4)]


def test_a_broken_line_keeps_no_other_from_being_stored(tmp_path):
    good = json.dumps({"id": 1, "text": tual("77.512").text})
    done = extract(tmp_path, "--json", input=f'{good}\n{{broken\n{{"id": 2}}\n')
    assert done.exit_code == 1
    assert outcomes_of(done) == (1, 0, 0)
    assert json.loads(done.stdout)["unusable"] == 2
    assert "stdin, line 3: the key 'text' is missing" in done.stderr


@pytest.mark.parametrize(("arguments", "lines"), [(["hilang.txt"], None), ([], ""), ([], "{broken")])
def test_where_there_is_no_text_no_database_is_made(tmp_path, arguments, lines):
    done = extract(tmp_path, *arguments, input=lines)
    assert done.exit_code == 1
    assert list(tmp_path.iterdir()) == []


# In company with other commands


def test_a_second_command_that_fills_the_database_is_kept_out(folder):
    with hold(folder / "own.db", "run"):
        done = extract(folder, "teks")
    assert isinstance(done.exception, RunUnderWay)
    assert not (folder / "own.db").exists()


def test_asked_to_stop_it_keeps_the_batch_at_hand_and_the_next_call_brings_the_rest(store):
    texts = [tual(f"77.{number}", str(number)) for number in range(500, 620)]
    stop = Stop()

    def watched():
        for number, one in enumerate(texts):
            stop.is_asked_for = number >= 60
            yield one

    stopped = load_texts(watched(), store, OUTLETS, stop=stop)
    assert (stopped.status, stopped.articles_new) == (RunStatus.STOPPED, 100)
    rest = load(store, *texts)
    assert (rest.status, outcomes(rest)) == (RunStatus.FINISHED, (20, 0, 100))


def test_stopped_before_the_newest_text_of_an_address_it_takes_none_back(store):
    old, new = (tual(members, url="https://kabar.id/jkn") for members in ("77.512", "77.912"))
    load(store, old, new)
    stop = Stop()
    stop.is_asked_for = True
    others = (tual(f"77.{number}", str(number)) for number in range(600, 660))
    assert load(store, old, *others, new, stop=stop).status is RunStatus.STOPPED
    assert rows(store, "SELECT revision FROM articles WHERE url IS NOT NULL") == [(2,)]


def test_broken_off_by_hand_it_keeps_what_was_stored(store):
    def broken_off():
        yield from (tual(f"77.{number}", str(number)) for number in range(500, 560))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_texts(broken_off(), store, OUTLETS)
    assert rows(store, "SELECT status FROM runs") == [("interrupted",)]
    assert rows(store, "SELECT count(*) FROM articles") == [(50,)]


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--lang", "id"], "a database holds messages for all languages"),
        (["--verbose"], "--verbose goes with --all"),
        (["--all", "teks.txt"], "--all reads the articles of the database"),
        (["--all", "--published", "today"], "--published goes with texts of your own"),
        (["--published", "1/5/2025"], "'1/5/2025' is no day like 2025-05-06, nor the word today."),
    ],
)
def test_options_that_do_not_go_together_are_misuse(tmp_path, options, complaint):
    done = extract(tmp_path, *options)
    assert done.exit_code == 2
    assert complaint in " ".join(done.stderr.split())


def test_a_summary_as_json_is_of_what_was_stored():
    done = CliRunner().invoke(cli, ["extract", "--json"])
    assert done.exit_code == 2
    assert "--json goes with --db or --all" in done.stderr


def test_several_processes_store_what_one_does(folder):
    """As a program of its own: its processes are begun anew."""
    command = [sys.executable, "-m", "corpus.cli", "extract", "teks", "--db"]
    for name, jobs in (("one.db", "1"), ("two.db", "2")):
        subprocess.run([*command, name, "--jobs", jobs], cwd=folder, capture_output=True, check=False)
    found = []
    for name in ("one.db", "two.db"):
        db = open_database(folder / name, read_only=True)
        found.append(db.execute("SELECT * FROM claims ORDER BY id").fetchall())
        db.close()
    assert found[0] == found[1] != []


# Through the rest of the house


def run(folder, *arguments):
    return CliRunner().invoke(cli, [arguments[0], "--db", str(folder / "own.db"), *arguments[1:]])


def test_verify_finds_that_all_of_it_holds(folder):
    extract(folder, "teks")
    done = run(folder, "verify")
    assert done.exit_code == 0, done.output
    assert "5 claims in 4 articles, 4 revisions" in " ".join(done.stdout.split())


@pytest.mark.filterwarnings("default")
def test_what_is_published_of_it_leads_back_to_the_ids_and_is_valid(folder):
    frictionless = pytest.importorskip("frictionless")
    extract(folder, "teks")
    published = export(folder / "own.db", folder / "data", ExportSettings(Selection())).folder
    lines = (published / "jsonl" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    given = {one["given_id"]: one["shares_id"] for one in map(json.loads, lines)}
    assert given == {"2024/mei.txt": False, "2025/mei.txt": False, "halaman.html": False, "kosong.txt": False}
    report = frictionless.Package(published / "datapackage.json").validate()
    assert report.valid, report.flatten(["name", "type", "message"])
    assert "4 of them" in (published / "DATASHEET.md").read_text(encoding="utf-8")


def forget(store, *urls):
    done = CliRunner().invoke(cli, ["forget", "--db", str(store.path), "--yes", *urls])
    assert done.exit_code == 0, done.output


def test_a_text_without_an_address_is_forgotten_by_its_id_and_stays_out(store):
    load(store, tual("77.512", "a"), tual("77.912", "b"))
    [(key,)] = rows(store, "SELECT article_id FROM own_texts WHERE given_id = 'a'")
    forget(store, key)
    assert known(store) == [("a", 1, ""), ("b", 1, "77.912")]
    for text in (tual("77.512", "a"), tual("77.513", "a")):
        again = load(store, text, tual("77.912", "b"))
        assert (again.forgotten, outcomes(again)) == (1, (0, 0, 1))
    assert rows(store, "SELECT value FROM claims ORDER BY 1") == [(77_512.0,), (77_912.0,)]


def test_a_text_with_an_address_is_forgotten_by_that(store):
    load(store, tual("77.512", "a", url="https://kabar.id/jkn"))
    forget(store, "http://www.kabar.id/jkn/")
    assert load(store, tual("77.512", "a", url="https://kabar.id/jkn")).forgotten == 1


def test_search_history_and_review_know_them(folder):
    extract(folder, "teks")
    assert "77.912" in run(folder, "search", "peserta", "--region", "Kota Tual").stdout
    assert "77,912 ≠" in run(folder, "history", "Kota Tual").stdout
    assert run(folder, "status").exit_code == 0
    again = run(folder, "extract", "--all", "--json")
    assert json.loads(again.stdout)["rewritten"] == 0
