"""`cakupan verify`: every claim leads back to the bytes it was read from, and what does not is told by name."""

import datetime as dt
import json
import sqlite3
import subprocess
import sys

import pytest
from click.testing import CliRunner

from corpus.cli import cli
from corpus.intake import Intake
from corpus.schema import open_database
from corpus.store import Store
from corpus.trust.damage import note_damage
from corpus.trust.problems import ProblemKind
from corpus.trust.verify import verify
from crawler.archive.earlier import iter_originals
from crawler.urls import article_id

MALRA = "https://www.kabar.id/jkn-malra/"
TUAL = "https://kabar.id/jkn-tual"
NOON = dt.datetime(2025, 5, 6, 5, 0, tzinfo=dt.UTC)


def check(kept, **options):
    """The verdict, and the problems by kind."""
    problems = []
    verdict = verify(kept.database, [kept.archive], problems.append, **options)
    return verdict, problems


def change(kept, *statements):
    """Change the database behind the program's back: no triggers, no foreign keys."""
    db = sqlite3.connect(kept.database)
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


def claims_at(kept, url):
    db = open_database(kept.database, read_only=True)
    return [
        row[0] for row in db.execute("select id from claims where article_id = ? order by ordinal", [article_id(url)])
    ]


def damage(kept, offset, content):
    """Write over a few bytes of the archive's file."""
    with kept.file.open("r+b") as file:
        file.seek(offset)
        file.write(content)


def test_a_sound_corpus_holds(kept):
    verdict, problems = check(kept)
    assert problems == []
    assert verdict.holds
    tally = verdict.tally
    assert (tally.articles, tally.claims, tally.claims_with_copy, tally.revisions) == (2, 4, 4, 2)
    assert (tally.files, tally.records, tally.copies_kept) == (1, 12, 4)


def test_nothing_is_changed_by_looking(kept):
    before = kept.database.read_bytes(), kept.file.read_bytes()
    check(kept)
    assert (kept.database.read_bytes(), kept.file.read_bytes()) == before


def test_a_flipped_byte_in_a_record_names_the_claims_that_rest_on_it(kept):
    at = kept.offsets[MALRA] + 150
    damage(kept, at, bytes([kept.file.read_bytes()[at] ^ 1]))
    _, problems = check(kept)
    (record,) = [one for one in problems if one.kind is ProblemKind.DAMAGED_RECORD]
    assert record.where == f"{kept.file.name}:{kept.offsets[MALRA]}"
    assert MALRA in record.message
    assert list(record.claims) == claims_at(kept, MALRA)
    assert {one.kind for one in problems} <= {ProblemKind.DAMAGED_RECORD, ProblemKind.DAMAGED_FILE}


def test_a_flipped_byte_in_what_a_record_repeats_reaches_the_claims_too(kept):
    at = kept.offsets[TUAL] + 150
    damage(kept, at, bytes([kept.file.read_bytes()[at] ^ 1]))
    _, problems = check(kept)
    lost = [one for one in problems if one.kind is ProblemKind.LOST_ORIGINAL]
    assert [(one.where, list(one.claims)) for one in lost] == [
        (f"{kept.file.name}:{kept.offsets['again']}", claims_at(kept, TUAL))
    ]


def test_a_truncated_file(kept):
    with kept.file.open("r+b") as file:
        file.truncate(kept.offsets[MALRA] + 40)
    _, problems = check(kept)
    told = {one.kind: one for one in problems}
    assert told[ProblemKind.DAMAGED_FILE].where == f"{kept.file.name}:{kept.offsets[MALRA]}"
    absent = [one for one in problems if one.kind in {ProblemKind.DAMAGED_RECORD, ProblemKind.NO_RECORD}]
    assert sorted(claim for one in absent for claim in one.claims) == sorted(
        claims_at(kept, MALRA) + claims_at(kept, TUAL)
    )


def test_a_missing_file_names_all_claims_in_it(kept):
    kept.file.unlink()
    _, problems = check(kept)
    (missing,) = problems
    assert (missing.kind, missing.where) == (ProblemKind.MISSING_FILE, kept.file.name)
    assert sorted(missing.claims) == sorted(claims_at(kept, MALRA) + claims_at(kept, TUAL))


KEY = article_id(MALRA)
CHANGES = {
    "a changed text": (
        f"UPDATE revisions SET text = replace(text, '100.026.000', '999.026.000') WHERE article_id = '{KEY}'",
        {"revision_digest", "newest_text", "claim_text", "mention_text", "quote_text"},
    ),
    "a changed article": (f"UPDATE articles SET title = 'x' WHERE id = '{KEY}'", {"newest_text"}),
    "a changed figure": (
        f"UPDATE claims SET text = '1 jiwa' WHERE article_id = '{KEY}'",
        {"claim_text", "fingerprint"},
    ),
    "a changed value": (f"UPDATE claims SET value = 7 WHERE article_id = '{KEY}'", {"fingerprint", "standing"}),
    "a moved claim": (
        f"UPDATE claims SET start_char = 0, end_char = 6 WHERE article_id = '{KEY}' AND ordinal = 0",
        {"claim_text"},
    ),
    "a claim of no revision read": (
        f"UPDATE articles SET extracted_revision = 2 WHERE id = '{KEY}'",
        {"other_revision", "claim_text", "mention_text", "quote_text"},
    ),
    "a changed mention": (
        f"UPDATE mentions SET text = 'x' WHERE article_id = '{KEY}' AND ordinal = 0",
        {"mention_text"},
    ),
    "a changed quote": (f"UPDATE quotes SET text = 'x' WHERE article_id = '{KEY}'", {"quote_text"}),
    "a quote that ends early": (
        f"UPDATE quotes SET end_char = 9, text = substr(text, 1, 9) WHERE article_id = '{KEY}'",
        {"quote_without_figure"},
    ),
    "a changed digest of a revision": ("UPDATE revisions SET digest = '00'", {"revision_digest"}),
    "a changed digest of a fetch": ("UPDATE fetches SET digest = '00' WHERE digest IS NOT NULL", {"other_body"}),
    "a changed offset": ("UPDATE fetches SET warc_offset = warc_offset + 1 WHERE kind = 'article'", {"no_record"}),
    "an offset of a request": ("UPDATE fetches SET warc_offset = :request", {"other_record"}),
    "an offset of a failure": ("UPDATE fetches SET warc_offset = :failure", {"other_record"}),
    "an offset of another page": (
        "UPDATE fetches SET warc_offset = :neighbour WHERE kind = 'article'",
        {"other_address"},
    ),
    "a changed address": ("UPDATE fetches SET url = 'https://kabar.id/x', final_url = NULL", {"other_address"}),
    "a name that leads elsewhere": ("UPDATE fetches SET warc_file = '../' || warc_file", {"unsafe_name"}),
    "a changed standing": (f"UPDATE standing SET value = 1 WHERE article_id = '{KEY}'", {"standing"}),
    "a lost standing": (f"DELETE FROM standing WHERE article_id = '{KEY}'", {"standing"}),
    "a standing of nothing": (
        "UPDATE standing SET claim_id = 'x' || claim_id WHERE suspect = 0",
        {"standing", "orphan"},
    ),
    "a row without its parent": ("UPDATE revisions SET fetch = 99", {"orphan"}),
    "a review of nothing": (
        "INSERT INTO reviews (claim_id, article_id, figure, fingerprint, reviewer, verdict, judged, reviewed_at)"
        f" VALUES ('c', '{KEY}', 'f', 'p', 'ana', 'accept', 'none', '2025-05-06T05:00:00+00:00')",
        {"review"},
    ),
    "an index without its words": ("DELETE FROM articles_fts_data WHERE id > 1000", {"search_index"}),
}


@pytest.mark.parametrize("case", CHANGES)
def test_each_change_behind_the_back_of_the_program_is_named(kept, case):
    statement, expected = CHANGES[case]
    offsets = {
        ":request": f"request {MALRA}",
        ":failure": "failure",
        ":neighbour": "https://kabar.id/desa-sehat",
    }
    for mark, name in offsets.items():
        statement = statement.replace(mark, str(kept.offsets[name]))
    change(kept, statement)
    verdict, problems = check(kept)
    assert {one.kind.value for one in problems} == expected
    assert not verdict.holds
    assert verdict.problems.total() == len(problems)


def test_a_damaged_database_is_named(kept):
    db = sqlite3.connect(kept.database)
    (root,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'claims_figure'").fetchone()
    (size,) = db.execute("PRAGMA page_size").fetchone()
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    with kept.database.open("r+b") as file:
        file.seek((root - 1) * size + size - 8)
        file.write(b"\x7f" * 8)
    _, problems = check(kept)
    assert ProblemKind.DAMAGED_DATABASE in {one.kind for one in problems}


def test_copies_that_were_dropped_or_never_kept_are_no_fault(kept):
    change(
        kept,
        f"INSERT INTO dropped_files VALUES ('{kept.file.name}', 'kabar.id', 1, '2025-05-06', '2026-01-01')",
        "UPDATE fetches SET warc_file = NULL, warc_offset = NULL WHERE kind = 'listing'",
    )
    kept.file.unlink()
    verdict, problems = check(kept)
    assert problems == []
    tally = verdict.tally
    assert (tally.copies_dropped, tally.copies_never_kept, tally.claims_with_copy) == (3, 1, 0)


def test_a_published_copy_without_texts_holds(kept):
    change(
        kept,
        "INSERT INTO releases VALUES ('1.0', '2025-05-06', '{}', 0)",
        "UPDATE revisions SET text = ''",
        "UPDATE articles SET text = ''",
        "DELETE FROM mentions",
    )
    kept.file.unlink()
    verdict, problems = check(kept, asked_for=False)
    assert problems == []
    assert verdict.tally.texts_left_out
    assert verdict.tally.copies_elsewhere == 4


def test_a_file_that_may_not_be_written_is_checked_but_for_its_indexes(kept):
    """SQLite checks an index only for those who may write."""
    from corpus.trust.database import check_indexes
    from corpus.trust.problems import Tally

    tally, problems = Tally(), []
    db = sqlite3.connect(f"{kept.database.as_uri()}?mode=ro", uri=True, isolation_level=None)
    check_indexes(db, problems.append, tally)
    assert (tally.unchecked, problems) == (["articles_fts", "quotes_fts"], [])


def test_the_command_tells_by_exit_code_and_lines(kept, monkeypatch):
    monkeypatch.chdir(kept.database.parent)
    sound = CliRunner().invoke(cli, ["verify"])
    assert sound.exit_code == 0
    assert "All of it holds." in sound.stdout
    change(kept, "UPDATE standing SET value = 1")
    told = CliRunner().invoke(cli, ["verify", "--json", "--archive", str(kept.archive)])
    assert told.exit_code == 1
    *problems, summary = map(json.loads, told.stdout.splitlines())
    assert [one["kind"] for one in problems] == ["standing"] * 4
    assert all(len(one["claims"]) == 1 for one in problems)
    assert (summary["holds"], summary["problems"]) == (False, {"standing": 4})
    plain = CliRunner().invoke(cli, ["verify"])
    assert "Does not hold: standing 4." in " ".join(plain.stdout.split())


def test_there_must_be_a_database(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "corpus.cli", "verify", "--db", str(tmp_path / "none.db")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "no such database" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_torn_end_of_a_file_that_a_run_is_writing_is_no_fault(kept):
    """One that was killed leaves it so too, and the next cuts it off. What a fetch rests on is no such end."""
    whole = kept.file.read_bytes()
    kept.file.unlink()
    written = kept.file.with_name(kept.file.name + ".open")
    for torn in (40, 200):
        written.write_bytes(whole + whole[kept.offsets[MALRA] :][:torn])
        assert check(kept)[1] == []
    written.write_bytes(whole[: kept.offsets["again"] + 40])
    assert {claim for problem in check(kept)[1] for claim in problem.claims} == set(claims_at(kept, TUAL))


def test_a_listing_that_nobody_answered_is_no_fault_of_the_archive(kept):
    """All that there is to keep of it is why."""
    place = f"'{kept.file.name}', {kept.offsets['failure']}"
    columns = "run, kind, url, fetched_at, problem, warc_file, warc_offset"
    values = f"1, 'listing', '{TUAL}', '2025-05-06', 'connection_broken', {place}"
    change(kept, f"INSERT INTO fetches ({columns}) VALUES ({values})")
    assert check(kept)[1] == []


def test_what_a_record_repeats_may_lie_in_a_file_of_a_later_name(kept):
    """The clock of the second run was set back."""
    earlier = kept.file.with_name("kabar.id-20200101000000-run2.warc.gz")
    again = kept.file.read_bytes()[kept.offsets["again"] : kept.offsets["failure"]]
    earlier.write_bytes(again)
    change(
        kept,
        f"""UPDATE fetches SET warc_file = '{earlier.name}', warc_offset = 0
            WHERE warc_offset = {kept.offsets["again"]}""",
    )
    verdict, problems = check(kept)
    assert (problems, verdict.tally.claims_with_copy) == ([], 4)
    kept.file.unlink()
    assert {problem.kind for problem in check(kept)[1]} == {ProblemKind.MISSING_FILE, ProblemKind.LOST_ORIGINAL}


def test_damage_is_noted_when_asked_and_settled_by_a_new_copy(kept):
    damage(kept, kept.offsets[MALRA] + 150, b"\0\0\0\0")
    problems = check(kept)[1]
    assert problems
    with Store.open(kept.database) as store:
        assert note_damage(store, problems, NOON) == 1
        intake = Intake(store, store.begin_run("run", version="rules 1", started_at=NOON))
        assert intake.page(MALRA).is_copy_lost and intake.page(MALRA).is_due("same", NOON)
        assert MALRA in {entry.url for entry in intake.pending("kabar.id")}
        assert not intake.page(TUAL).is_copy_lost
    assert check(kept)[1] == problems, "noted is not mended"


def test_a_damaged_record_is_not_what_a_new_one_repeats(kept):
    before = {url for url, _, _ in iter_originals(kept.file.parent)}
    damage(kept, kept.offsets[MALRA] + 150, b"\0\0\0\0")
    assert before - {url for url, _, _ in iter_originals(kept.file.parent)} == {MALRA}
