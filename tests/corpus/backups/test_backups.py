"""`cakupan backup` and `cakupan restore`: what was saved comes back to the row and the byte, and less is refused."""

import datetime as dt
import json
import shutil
import sqlite3

import pytest
from click.testing import CliRunner

from corpus.backup_folder import find_backups
from corpus.backups.errors import BackupFailed, DamagedBackup, NoBackup, RestoreRefused
from corpus.backups.making import back_up, rotate
from corpus.backups.manifest import check_backup
from corpus.backups.restoring import restore
from corpus.cli import cli
from corpus.errors import NewerSchema, RunUnderWay
from corpus.schema import open_database
from corpus.store import Store
from corpus.trust.verify import verify
from corpus.unattended.lock import hold
from crawler.archive.write import Draft, WarcWriter

NIGHT = dt.datetime(2025, 5, 6, 18, 0, tzinfo=dt.UTC)


def night(number):
    return NIGHT + dt.timedelta(days=number)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups"


@pytest.fixture
def save(kept, folder):
    """Make the backup of this night."""
    return lambda number=0, **options: back_up(
        **({"database": kept.database, "archive": kept.archive, "folder": folder, "at": night(number)} | options)
    )


def rows(database):
    """Every row of every table but the bookkeeping of full-text search."""
    db = open_database(database, read_only=True)
    names = [name for name in db.table_names() if "_fts" not in name]
    found = {name: sorted(map(repr, db.execute(f"SELECT * FROM [{name}]").fetchall())) for name in names}
    db.close()
    return found


def holds(database, archive):
    return verify(database, [archive], lambda problem: None).holds


def test_a_restored_backup_has_the_rows_and_the_records(kept, save, tmp_path):
    made = save()
    assert made.place.name == "cakupan-20250506T180000Z"
    restored = restore(made.place, tmp_path / "new" / "c.db", tmp_path / "new" / "archive", at=night(1))
    assert (restored.files, restored.kept, restored.aside) == (1, 0, ())
    assert rows(tmp_path / "new" / "c.db") == rows(kept.database)
    assert holds(tmp_path / "new" / "c.db", tmp_path / "new" / "archive")


def test_it_is_the_database_of_one_moment_while_another_process_writes(kept, save, tmp_path):
    with Store.open(kept.database) as store, store.transaction():
        store.db.execute("DELETE FROM checks")
        made = save()
    saved = sqlite3.connect(made.place / "cakupan.db")
    assert saved.execute("SELECT count(*) FROM checks").fetchone() == (2,), "what is not committed is not in it"
    assert made.manifest.rows["checks"] == 2


def test_one_file_says_all(save):
    made = save()
    assert sorted(path.name for path in made.place.iterdir()) == ["archive", "cakupan.db", "manifest.json"]


def test_files_of_the_archive_are_copied_once_and_never_shared_with_the_archive_itself(kept, save):
    first, second = save(0), save(1)
    assert (first.copied, first.shared, second.copied, second.shared) == (1, 0, 0, 1)
    name = next(iter(first.manifest.archive))
    assert (first.place / "archive" / name).stat().st_ino == (second.place / "archive" / name).stat().st_ino
    assert (first.place / "archive" / name).stat().st_ino != kept.file.stat().st_ino


def test_a_damaged_file_of_the_archive_does_not_take_the_place_of_a_sound_one(kept, save):
    first = save(0)
    content = bytearray(kept.file.read_bytes())
    content[kept.offsets["failure"] + 40] ^= 1
    kept.file.write_bytes(content)
    second = save(1)
    assert second.copied == 1
    check_backup(first.place)


def test_a_file_that_a_run_is_writing_is_saved_as_far_as_it_goes(kept, save, tmp_path):
    writer = WarcWriter(kept.archive / "kabar.id" / "kabar.id-20250507050000-run2.warc.gz")
    writer.write(Draft("warcinfo", NIGHT, (), b"software: x\r\n", "<urn:uuid:1>"))
    made = save()
    writer.write(Draft("warcinfo", NIGHT, (), b"software: y\r\n", "<urn:uuid:2>"))
    open_name = next(name for name in made.manifest.archive if name.endswith(".open"))
    assert made.manifest.archive[open_name].size_bytes < writer.open_path.stat().st_size
    writer.close()
    # By now it has ended under its own name and holds more, which stays.
    restored = restore(made.place, tmp_path / "new.db", kept.archive, at=night(1))
    assert (restored.files, restored.kept) == (0, 2)
    assert not writer.open_path.exists()


def test_the_newest_are_kept_and_broken_off_ones_go(save, folder):
    places = [save(number).place for number in range(4)]
    left = folder / "cakupan-20250101T000000Z.partial"
    left.mkdir()
    (folder / "notes").mkdir()
    assert set(rotate(folder, 2)) == {*places[:2], left}
    assert find_backups(folder) == places[2:]
    assert (folder / "notes").is_dir(), "what is no backup is not ours"
    for place in places[2:]:
        check_backup(place)


def test_without_an_archive(kept, save, tmp_path):
    made = save(archive=None)
    assert made.manifest.archive is None
    restore(made.place, tmp_path / "new.db", tmp_path / "none", at=night(1))
    assert rows(tmp_path / "new.db") == rows(kept.database)
    assert not (tmp_path / "none").exists()


def test_what_is_there_is_not_replaced_unasked_and_kept_beside_when_asked(kept, save):
    made = save()
    saved = rows(kept.database)
    with Store.open(kept.database) as store, store.transaction():
        store.db.execute("DELETE FROM articles")
    emptied = rows(kept.database)
    with pytest.raises(RestoreRefused, match="--force"):
        restore(made.place, kept.database, kept.archive, at=night(1))
    assert rows(kept.database) == emptied
    kept.file.write_bytes(b"torn")
    restored = restore(made.place, kept.database, kept.archive, at=night(1), force=True)
    assert rows(kept.database) == saved
    assert holds(kept.database, kept.archive)
    database, file = sorted(restored.aside, key=lambda path: path.suffix == ".gz")
    assert database == kept.database.with_name("cakupan.db.before-20250507T180000Z")
    assert rows(database) == emptied
    assert file.read_bytes() == b"torn" and kept.archive not in file.parents


def test_files_written_since_stay(kept, save):
    made = save()
    newer = kept.file.with_name("kabar.id-20250601050000-run2.warc.gz")
    shutil.copy(kept.file, newer)
    restored = restore(made.place, kept.database, kept.archive, at=night(1), force=True)
    assert newer.exists() and restored.kept == 1


def flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGE = {
    "a flipped byte in the database": lambda place: flip(place / "cakupan.db"),
    "a flipped byte in the archive": lambda place: flip(next(place.rglob("*.warc.gz"))),
    "a database cut short": lambda place: (place / "cakupan.db").write_bytes(b"SQLite format 3\0"),
    "a file that is gone": lambda place: next(place.rglob("*.warc.gz")).unlink(),
    "a manifest cut short": lambda place: (place / "manifest.json").write_text('{"made_at": "2025'),
    "a manifest of other things": lambda place: (place / "manifest.json").write_text("[]"),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_backup_is_refused_by_name_before_anything_is_touched(kept, save, what):
    made = save()
    before = rows(kept.database), kept.file.read_bytes()
    DAMAGE[what](made.place)
    with pytest.raises(DamagedBackup, match=str(made.place)):
        restore(made.place, kept.database, kept.archive, at=night(1), force=True)
    assert (rows(kept.database), kept.file.read_bytes()) == before


def test_a_manifest_that_leads_out_of_the_archive_is_refused(kept, save, tmp_path):
    made = save()
    facts = json.loads((made.place / "manifest.json").read_text())
    facts["archive"] = {"../../x.warc.gz": {"size_bytes": 1, "sha256": "0"}}
    (made.place / "manifest.json").write_text(json.dumps(facts))
    with pytest.raises(DamagedBackup, match="leads out"):
        restore(made.place, tmp_path / "new.db", kept.archive, at=night(1))


def test_one_that_was_not_finished_is_none(kept, save, folder, tmp_path):
    made = save()
    part = made.place.rename(made.place.with_name(made.place.name + ".partial"))
    with pytest.raises(NoBackup, match="not finished"):
        restore(part, tmp_path / "new.db", None, at=night(1))
    part.rename(made.place)
    (made.place / "manifest.json").unlink()
    with pytest.raises(NoBackup, match="not finished"):
        restore(made.place, tmp_path / "new.db", None, at=night(1))
    with pytest.raises(NoBackup, match="no folder"):
        restore(tmp_path / "cakupan.db", tmp_path / "new.db", None, at=night(1))
    assert find_backups(folder) == []


def test_one_of_a_newer_version_is_refused(save, kept, tmp_path):
    db = sqlite3.connect(kept.database)
    db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('cakupan', 'later', '')")
    db.commit()
    made = save()
    with pytest.raises(NewerSchema):
        restore(made.place, tmp_path / "new.db", None, at=night(1))
    assert not (tmp_path / "new.db").exists()


def test_a_damaged_database_is_not_taken_for_a_backup(kept, save, folder):
    earlier = save(0).place
    db = sqlite3.connect(kept.database)
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("DELETE FROM revisions")
    db.commit()
    db.close()
    with pytest.raises(BackupFailed, match="refers to none"):
        save(1)
    assert list(folder.iterdir()) == [earlier]


def test_the_commands_from_the_first_to_the_last(kept, tmp_path):
    (tmp_path / "cakupan.toml").write_text(
        f'database = "{kept.database}"\narchive = "{kept.archive}"\nbackups = "{tmp_path / "backups"}"\n'
    )
    settings = ["--config", str(tmp_path / "cakupan.toml")]
    run = CliRunner().invoke
    made = run(cli, ["backup", *settings, "--json", "--verify", "--keep", "3"])
    assert made.exit_code == 0, made.output
    facts = json.loads(made.output)
    assert facts["holds"] and facts["copied"] == 1
    there = run(cli, ["restore", facts["backup"], *settings])
    assert there.exit_code == 1 and isinstance(there.exception, RestoreRefused)
    back = run(cli, ["restore", facts["backup"], *settings, "--force"])
    assert back.exit_code == 0 and "4 claims" in back.output
    assert holds(kept.database, kept.archive)


def test_claims_that_do_not_hold_are_told_and_nothing_older_goes_for_them(kept, save, folder):
    earlier = save(0).place
    kept.file.unlink()
    arguments = ["backup", "--db", str(kept.database), "--archive", str(kept.archive), "--to", str(folder)]
    done = CliRunner().invoke(cli, [*arguments, "--verify", "--keep", "1"])
    assert done.exit_code == 1
    assert "missing_file" in done.stderr
    assert earlier in find_backups(folder)


def test_nothing_is_restored_under_a_run(kept, save):
    made = save()
    before = rows(kept.database)
    with hold(kept.database, "run"):
        done = CliRunner().invoke(cli, ["restore", str(made.place), "--db", str(kept.database), "--force"])
    assert isinstance(done.exception, RunUnderWay)
    assert rows(kept.database) == before
