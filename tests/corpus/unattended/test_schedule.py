"""Files by which a system begins runs by itself: what they run, where, with which rights, and how odd names fare."""

from __future__ import annotations

import datetime as dt
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from corpus.unattended.schedule import Installation, Rhythm, System, hidden_paths, writable, write_schedule

SIX_HOURS = Rhythm(6, dt.timedelta(hours=2))
PLAIN = Installation(
    executable=Path("/opt/cakupan/bin/cakupan"),
    folder=Path("/srv/cakupan"),
    database=Path("/srv/cakupan/cakupan.db"),
    archive=Path("/srv/cakupan/archive"),
    log=None,
    config=Path("/srv/cakupan/cakupan.toml"),
    user="daemon",
    group="daemon",
    host="uji",
)
ODD = Path('/srv/100% "jkn" $HOME')
NAMED_ODDLY = replace(
    PLAIN, folder=ODD, database=ODD / "c.db", archive=Path("/var/lib/arsip berita"), config=ODD / "cakupan.toml"
)
needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze here")


def files_of(system, where=PLAIN, rhythm=SIX_HOURS):
    return write_schedule(system, where, rhythm, "cakupan schedule").files


def settings_of(text):
    """The lines of a unit file, several for one name where it has several."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE):
        found.setdefault(name, []).append(value)
    return found


def test_the_service_runs_this_installation_and_writes_to_its_folders_alone():
    unit = settings_of(files_of(System.SYSTEMD)["cakupan.service"])
    assert unit["ExecStart"] == [
        "/opt/cakupan/bin/cakupan run --config /srv/cakupan/cakupan.toml --db /srv/cakupan/cakupan.db "
        "--archive /srv/cakupan/archive --max-time 2h"
    ]
    assert (unit["WorkingDirectory"], unit["ReadWritePaths"], unit["User"]) == (
        ["/srv/cakupan"],
        ["/srv/cakupan"],
        ["daemon"],
    )
    assert unit["ProtectSystem"] == ["strict"]
    assert unit["SuccessExitStatus"] == ["3 75"]
    assert unit["TimeoutStartSec"] == [str(2 * 3600 + 15 * 60)]


def test_archive_and_log_elsewhere_are_written_to_as_well():
    where = replace(PLAIN, archive=Path("/var/arsip"), log=Path("/var/log/cakupan/run.log"))
    assert writable(where) == [Path("/srv/cakupan"), Path("/var/arsip"), Path("/var/log/cakupan")]


@pytest.mark.parametrize(
    ("executable", "home"), [("/opt/c/cakupan", "yes"), ("/home/ana/.venv/bin/cakupan", "read-only")]
)
def test_homes_are_hidden_unless_something_needed_lies_there(executable, home):
    where = replace(PLAIN, executable=Path(executable))
    assert settings_of(files_of(System.SYSTEMD, where)["cakupan.service"])["ProtectHome"] == [home]


def test_what_a_private_tmp_would_hide_is_known():
    assert hidden_paths(PLAIN) == []
    assert hidden_paths(replace(PLAIN, folder=Path("/tmp/uji"))) == [Path("/tmp/uji")]


@needs_systemd
@pytest.mark.parametrize("where", [PLAIN, NAMED_ODDLY], ids=["plain", "odd"])
@pytest.mark.parametrize("hours", [1, 6, 24])
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path, where, hours):
    where = replace(where, executable=Path(sys.executable))  # it looks whether it is there
    files = files_of(System.SYSTEMD, where, Rhythm(hours, dt.timedelta(minutes=30)))
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", *(tmp_path / name for name in files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@needs_systemd
def test_systemd_finds_the_service_well_guarded(tmp_path):
    """Its own measure of exposure: 0 is none, 10 is that of a service without any guard, below 2 is called OK."""
    unit = tmp_path / "cakupan.service"
    unit.write_text(files_of(System.SYSTEMD)["cakupan.service"], encoding="utf-8")
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=20", unit]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-200:]


def test_percent_and_dollar_signs_blanks_and_quotation_marks_are_taken_literally_by_systemd():
    unit = settings_of(files_of(System.SYSTEMD, NAMED_ODDLY)["cakupan.service"])
    assert r'--db "/srv/100%% \"jkn\" $$HOME/c.db"' in unit["ExecStart"][0]
    assert unit["ReadWritePaths"] == [r'"/srv/100%% \"jkn\" $HOME" "/var/lib/arsip berita"']
    assert unit["WorkingDirectory"] == ['/srv/100%% "jkn" $HOME']


@pytest.mark.parametrize("where", [PLAIN, NAMED_ODDLY], ids=["plain", "odd"])
def test_the_crontab_line_survives_cron_and_the_shell(where):
    text = files_of(System.CRON, where)["cakupan.cron"]
    line = next(line for line in text.splitlines() if re.match(r"\d", line))
    minute, hour, *_, command = line.split(maxsplit=5)
    assert (int(minute) < 60, hour.endswith("-23/6")) == (True, True)
    # Cron ends a line at a percent sign without a backslash, and takes the backslash away.
    assert not re.search(r"(?<!\\)%", command)
    words = shlex.split(command.replace("\\%", "%"))
    assert words[:2] == ["cd", str(where.folder)]
    assert words[words.index("--db") + 1] == str(where.database)
    assert words[-2:] == [">>", str(where.database.with_name(where.database.stem + "-runs.jsonl"))]
    assert "PATH=/usr/local/bin:/usr/bin:/bin" in text.splitlines()


def test_installations_ask_at_moments_of_their_own_and_always_at_the_same():
    lines = {files_of(System.CRON, replace(PLAIN, host=f"mesin-{number}"))["cakupan.cron"] for number in range(20)}
    assert len(lines) > 10
    assert files_of(System.CRON) == files_of(System.CRON)


@pytest.mark.parametrize(("hours", "fields"), [(1, r"\d+ \*"), (6, r"\d+ [0-5]-23/6"), (24, r"\d+ \d+")])
def test_the_workflow_is_yaml_with_pinned_actions_and_one_run_at_a_time(hours, fields):
    text = files_of(System.GITHUB, PLAIN, Rhythm(hours, dt.timedelta(minutes=30)))["cakupan.yml"]
    workflow = yaml.safe_load(text)
    # To YAML 1.1, "on" is a truth value; GitHub takes it as a word.
    (times,) = workflow[True]["schedule"]
    assert re.fullmatch(rf"{fields} \* \* \*", times["cron"])
    assert workflow["concurrency"] == {"group": "cakupan", "cancel-in-progress": False}
    assert workflow["permissions"] == {"contents": "read"}
    job = workflow["jobs"]["run"]
    assert job["timeout-minutes"] == 60
    uses = [step["uses"] for step in job["steps"] if "uses" in step]
    assert len(uses) == 4
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", one) for one in uses)
    assert "nverified" in text
    assert str(PLAIN.folder) not in text


def test_the_shell_of_the_workflow_passes_alarms_and_failures_on_as_they_are_meant(tmp_path):
    """Run with a cakupan that only exits: alarms and a busy database leave the job green, a failure does not."""
    workflow = yaml.safe_load(files_of(System.GITHUB)["cakupan.yml"])
    (step,) = [step["run"] for step in workflow["jobs"]["run"]["steps"] if step.get("name") == "Run"]
    fake = tmp_path / "cakupan"
    fake.write_text('#!/bin/sh\necho "{}"\nexit "$CODE"\n', encoding="utf-8")
    fake.chmod(0o755)
    ended = {}
    for code in (0, 1, 2, 3, 75):
        environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "CODE": str(code), "GITHUB_STEP_SUMMARY": "told.md"}
        command = ["bash", "-e", "-o", "pipefail", "-c", step]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        ended[code] = (done.returncode, "::warning::" in done.stdout)
    assert ended == {0: (0, False), 1: (1, False), 2: (2, False), 3: (0, True), 75: (0, False)}


def cakupan(*arguments, cwd):
    command = [sys.executable, "-m", "corpus.cli", "schedule", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "exactly one of"),
        (["--systemd", "--cron"], "exactly one of"),
        (["--cron", "--every", "5h"], "'5h' is not one of"),
        (["--cron", "--every", "1h", "--max-time", "2h"], "the next begins after 1h"),
        (["--cron", "--user", "tiada-orang"], "there is no user 'tiada-orang'"),
    ],
)
def test_misuse_is_told(tmp_path, arguments, complaint):
    done = cakupan(*arguments, cwd=tmp_path)
    assert (done.returncode, complaint in done.stderr) == (2, True)


def test_files_are_printed_or_written_and_tell_how_to_install_them(tmp_path):
    (tmp_path / "cakupan.toml").write_text('contact = "uji@example.org"\nmax_time = "45m"\n', encoding="utf-8")
    printed = cakupan("--systemd", "--user", "daemon", "--db", "data.db", cwd=tmp_path)
    assert printed.returncode == 0, printed.stderr
    assert f"--config {tmp_path}/cakupan.toml --db {tmp_path}/data.db" in printed.stdout
    assert "--max-time 45m" in printed.stdout
    assert "systemctl enable --now cakupan.timer" in printed.stderr
    assert "without `contact`" not in printed.stderr
    written = cakupan("--systemd", "--user", "daemon", "--db", "data.db", "--to", ".", cwd=tmp_path)
    assert written.stdout == ""
    for name in ("cakupan.service", "cakupan.timer"):
        assert (tmp_path / name).read_text(encoding="utf-8") in printed.stdout
