"""`cakupan prune`: old files of the archive are dropped; claims say so, and nothing else is touched."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.cli import cli
from corpus.config import ConfigError, load_config
from corpus.schema import open_database
from corpus.store import Store
from corpus.trust import prune
from corpus.trust.prune import find_old
from corpus.trust.verify import verify
from crawler.archive.write import Draft, WarcWriter


def call(kept, *options):
    return CliRunner().invoke(cli, ["prune", "--db", str(kept.database), "--archive", str(kept.archive), *options])


def rows_of(kept, question):
    return open_database(kept.database, read_only=True).execute(question).fetchall()


COPIES = "select distinct copy from claims_flat"


def test_claims_say_that_the_copy_is_gone(kept):
    assert rows_of(kept, COPIES) == [("kept",)]
    size = kept.file.stat().st_size
    claims = rows_of(kept, "select * from claims")
    done = call(kept, "--older-than", "30", "--yes")
    assert done.exit_code == 0, done.output
    assert not kept.file.exists()
    assert rows_of(kept, COPIES) == [("dropped",)]
    assert rows_of(kept, "select file, outlet, size_bytes, written_on from dropped_files") == [
        (kept.file.name, "kabar.id", size, "2025-05-06")
    ]
    assert rows_of(kept, "select * from claims") == claims
    problems = []
    verify(kept.database, [kept.archive], problems.append)
    assert problems == []


def test_a_dry_run_drops_nothing(kept):
    told = call(kept, "--older-than", "30", "--dry-run")
    assert told.exit_code == 0
    assert f"{kept.file} of 2025-05-06" in told.output and "4 claims" in told.output
    assert "would be dropped" in told.output
    assert kept.file.exists()
    assert rows_of(kept, "select * from dropped_files") == []


def test_what_is_younger_stays(kept):
    young = kept.archive / "kabar.id" / "others.warc.gz"
    young.write_bytes(kept.file.read_bytes())
    told = call(kept, "--older-than", "30", "--yes", "--json")
    assert [json.loads(line)["file"] for line in told.stdout.splitlines()] == [kept.file.name]
    assert young.exists()
    # of a file whose name tells no day, the system's counts
    os.utime(young, (0, 0))
    call(kept, "--older-than", "30", "--yes")
    assert not young.exists()


def test_a_file_that_a_run_writes_stays(kept):
    writer = WarcWriter(kept.archive / "kabar.id" / "kabar.id-20200101000000-run2.warc.gz")
    writer.write(Draft("warcinfo", prune.dt.datetime(2020, 1, 1, tzinfo=prune.dt.UTC), (), b"", "<urn:uuid:1>"))
    call(kept, "--older-than", "30", "--yes")
    assert writer.open_path.exists() and not kept.file.exists()
    writer.close()


def test_an_interruption_is_made_good(kept, monkeypatch):
    """The row is there and the file too: the next call takes the file, however young it may be counted then."""

    def interrupted(self, missing_ok=False):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", interrupted)
        assert call(kept, "--older-than", "30", "--yes").exit_code == 130
    assert kept.file.exists() and rows_of(kept, COPIES) == [("dropped",)]
    assert call(kept, "--older-than", "36500", "--yes").exit_code == 0
    assert not kept.file.exists()
    assert len(rows_of(kept, "select * from dropped_files")) == 1


@pytest.mark.parametrize("name", ["../outside.warc.gz", "/etc/hosts", "a\\b.warc.gz", "..", ""])
@pytest.mark.parametrize(
    "statement", ["UPDATE fetches SET warc_file = ?", "INSERT INTO dropped_files VALUES (?, '', 0, '2020-01-01', '')"]
)
def test_a_name_that_leads_elsewhere_is_refused(kept, name, statement):
    outside = kept.archive.parent / "outside.warc.gz"
    outside.write_bytes(b"not ours")
    with Store.open(kept.database) as store, store.transaction():
        store.db.execute(statement, [name])
    told = call(kept, "--older-than", "30", "--yes")
    assert isinstance(told.exception, prune.UnsafeName)
    assert "no plain file name" in str(told.exception)
    assert outside.exists() and kept.file.exists()


def test_a_link_out_of_the_archive_is_left_alone(kept):
    outside = kept.archive.parent / "outside.warc.gz"
    outside.write_bytes(b"not ours")
    link = kept.archive / "kabar.id" / "kabar.id-20200101000000-run9.warc.gz"
    link.symlink_to(outside)
    with Store.open(kept.database) as store:
        assert [file.name for file in find_old(store, kept.archive, prune.dt.date(2026, 1, 1))] == [kept.file.name]
    call(kept, "--older-than", "30", "--yes")
    assert outside.exists() and link.is_symlink()


def test_an_age_must_be_given_somewhere(kept, monkeypatch):
    assert call(kept, "--yes").exit_code == 2
    monkeypatch.setenv("CAKUPAN_ARCHIVE_DAYS", "30")
    assert call(kept, "--yes").exit_code == 0
    assert not kept.file.exists()


@pytest.mark.parametrize(
    "setting", ["archive_days = 0", 'archive_days = "ten"', "archive_days = true", "archive_days = 1.5"]
)
def test_a_setting_that_is_no_age_is_told(tmp_path, setting):
    (tmp_path / "cakupan.toml").write_text(setting, encoding="utf-8")
    with pytest.raises(ConfigError, match="whole number of days"):
        load_config(tmp_path / "cakupan.toml", {})
    (tmp_path / "cakupan.toml").write_text("archive_days = 10", encoding="utf-8")
    assert load_config(tmp_path / "cakupan.toml", {}).archive_days == 10


def test_without_a_terminal_it_must_be_told_to(kept):
    assert call(kept, "--older-than", "30").exit_code == 2
    assert kept.file.exists()
