"""How an export comes to stand where it does: whole or not at all, and never over anything else."""

import pytest

from corpus.export import place as places
from corpus.export.errors import ExportBusy, NotOurs
from corpus.export.place import new_folder
from corpus.export.publish import ExportSettings, export


def names(folder):
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("cakupan"))


@pytest.fixture(params=["exchanged in one step", "renamed twice"])
def way(request, monkeypatch):
    """Both ways to swap: not every system has the first."""
    if request.param == "renamed twice":
        monkeypatch.setattr(places, "_exchange", lambda one, other: False)


@pytest.mark.usefixtures("way")
def test_an_earlier_export_is_replaced_and_nothing_is_left_beside_it(database, published, tmp_path):
    export(database, published, ExportSettings(version="2.0.0"))
    assert "2.0.0" in (published / "CITATION.cff").read_text(encoding="utf-8")
    assert names(tmp_path) == ["out"]


def test_an_export_that_breaks_off_leaves_the_old_one_whole(database, published, tmp_path, monkeypatch):
    before = (published / "datapackage.json").read_bytes()

    def full(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("corpus.export.publish.snapshot", full)
    with pytest.raises(KeyboardInterrupt):
        export(database, published, ExportSettings(version="2.0.0"))
    assert (published / "datapackage.json").read_bytes() == before
    assert names(tmp_path) == ["out"]


def test_what_a_killed_export_left_is_cleared_away(database, published, tmp_path):
    (tmp_path / ".out.partial").mkdir()
    (tmp_path / ".out.partial" / "scratch.db").write_text("half")
    # Killed between the two renames: the name stands for nothing, and the former export is put back first.
    published.rename(tmp_path / ".out.former")
    with pytest.raises(RuntimeError), new_folder(published):
        raise RuntimeError
    assert (published / "datapackage.json").exists()
    assert names(tmp_path) == ["out"]


def test_an_empty_folder_is_taken(database, tmp_path):
    (tmp_path / "out").mkdir()
    assert (export(database, tmp_path / "out").folder / "cakupan.db").exists()


def test_a_folder_of_something_else_is_left_alone(database, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.doc").write_text("years of work")
    with pytest.raises(NotOurs, match="no export of cakupan's"):
        export(database, tmp_path / "out")
    with pytest.raises(NotOurs, match="is a file"):
        export(database, tmp_path / "out" / "thesis.doc")
    assert (tmp_path / "out" / "thesis.doc").read_text() == "years of work"


def test_an_export_that_someone_has_put_files_into_is_left_alone(database, published):
    (published / "csv" / "notes.txt").write_text("mine")
    with pytest.raises(NotOurs, match=r"csv/notes\.txt"):
        export(database, published)


def test_two_exports_to_one_place_do_not_mix(tmp_path):
    with new_folder(tmp_path / "out") as folder:
        (folder / "a").write_text("first")
        with pytest.raises(ExportBusy, match="another export is writing"), new_folder(tmp_path / "out"):
            pass
    assert (tmp_path / "out" / "a").read_text() == "first"
    assert names(tmp_path) == ["out"]
