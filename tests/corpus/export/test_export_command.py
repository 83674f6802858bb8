"""`cakupan export` as it is typed: what it prints, and how it refuses."""

import json
import signal
import subprocess
import sys

import pytest

from corpus.cli import main


@pytest.fixture
def run(database, tmp_path, capsys, monkeypatch):
    """Call it with options; gives exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def call(*options):
        with pytest.raises(SystemExit) as ended:
            main(["export", "--db", str(database), *options])
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return call


def test_it_tells_tables_rows_bytes_and_the_release(run):
    code, out, err = run("--to", "data", "--parquet")
    assert (code, err) == (0, "")
    assert [line.split()[:2] for line in out.splitlines() if line.startswith("claims ")] == [["claims", "6"]]
    assert "Release 2025.5.6, data up to 2025-05-06, in data." in out
    assert all(len(line) < 80 for line in out.splitlines() if not line.startswith("Besides"))


def test_a_program_gets_an_object(run):
    code, out, _ = run("--to", "data", "--metric", "members", "--release", "1.0.0", "--json")
    record = json.loads(out)
    assert (code, record["version"], record["folder"]) == (0, "1.0.0", "data")
    sizes = {file["path"]: file["rows"] for file in record["files"]}
    assert sizes["csv/claims.csv"] == sizes["jsonl/claims.jsonl"] == 3
    assert sizes["cakupan.db"] is None


def test_what_differs_from_the_release_before_is_told(run):
    run("--to", "v1")
    _, out, _ = run("--to", "v2", "--metric", "members", "--previous", "v1")
    assert "Against the earlier release: 3 removed." in out


def test_without_pyarrow_it_says_how_to_get_parquet(run, monkeypatch):
    monkeypatch.setattr("corpus.export.publish.has_parquet", lambda: False)
    code, out, err = run("--to", "data")
    assert code == 0 and "parquet" not in out
    assert err == "Parquet was left out, for it needs pyarrow. Install it with: pip install 'cakupan[export]'\n"
    assert run("--to", "data", "--no-parquet")[2] == ""
    assert run("--to", "data", "--parquet")[0] == 1


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--release", "new one"], 2, "write it like 1.4.0"),
        (["--metric", "members_rate"], 2, "members_rate"),
        (["--region", "Atlantis"], 1, "Give its code"),
        (["--since", "2030-01-01"], 1, "has no claim that matches (all claims for 2030-01-01 or later)"),
        (["--previous", "nowhere"], 1, "is no export of cakupan's"),
        (["--db", "nowhere.db"], 1, "no such database"),
    ],
)
def test_misuse_is_told(run, tmp_path, options, code, told):
    ended, out, err = run("--to", "data", *options)
    assert (ended, out) == (code, "")
    assert told in " ".join(err.split())
    assert not (tmp_path / "data").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_killed_export_leaves_the_old_one_and_the_next_one_goes_through(database, published):
    before = (published / "datapackage.json").read_bytes()
    # Killed after its first table, which it waits at.
    script = (
        "import sys, time; from pathlib import Path; from corpus.export.publish import export\n"
        "def watch(resources):\n"
        "    for at, resource in enumerate(resources):\n"
        "        if at: print('half', flush=True); time.sleep(600)\n"
        "        yield resource\n"
        "export(Path(sys.argv[1]), Path(sys.argv[2]), watch=watch)"
    )
    with subprocess.Popen([sys.executable, "-c", script, database, published], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"half\n"
        process.send_signal(signal.SIGKILL)
    assert (published / "datapackage.json").read_bytes() == before
    assert (published.with_name(".out.partial") / "csv" / "regions.csv").exists()
    with pytest.raises(SystemExit) as ended:
        main(["export", "--db", str(database), "--to", str(published)])
    assert not ended.value.code
    assert not published.with_name(".out.partial").exists()
