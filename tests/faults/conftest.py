"""The real `cakupan run` in a process of its own against sites of this process's, with all that it may come to."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from corpus.errors import MissingDatabase, OlderSchema
from corpus.exits import Exit
from corpus.schema import open_database
from corpus.store import Store
from corpus.trust.problems import Problem
from corpus.trust.verify import verify

from .content import Content, content_of, differences, records_of
from .press import Press, running

FEW_KILLS = 2
KILLS = int(os.environ.get("CAKUPAN_FAULTS_KILLS", FEW_KILLS))
"""How often a run is killed; `make faults` sets it."""
FULL = KILLS > FEW_KILLS
"""Whether the longer tests run too."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A working folder with settings, a database and an archive, and how to call cakupan in it."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "cakupan.db"

    @property
    def archive(self) -> Path:
        return self.folder / "archive"

    def start(self, *arguments, wrapper=(), **environment):
        """Begin a command; `wrapper` is what stands before it."""
        usual = {name: value for name, value in os.environ.items() if not name.startswith("CAKUPAN_")}
        return subprocess.Popen(
            [*wrapper, sys.executable, "-m", "corpus.cli", *arguments],
            cwd=self.folder,
            env=usual | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def call(self, *arguments, codes=(0,), **options):
        """A command from beginning to end: what it wrote to stdout and stderr; its exit code is one of those told."""
        with self.start(*arguments, **options) as process:
            out, err = process.communicate()
        assert process.returncode in codes, f"{arguments}: exit code {process.returncode}\n{out[-3000:]}\n{err[-3000:]}"
        return out, err

    def run(self, **options):
        """One run that comes to its end, be it with alarms, for the papers print old news; its summary."""
        out, _ = self.call("run", "--json", codes=(Exit.FINE, Exit.ALARMS), **options)
        return json.loads(out)

    def problems(self):
        """What does not hold, as `cakupan verify` finds it; in this process, for that is quicker."""
        found: list[Problem] = []
        verify(self.database, [self.archive] if self.archive.exists() else [], found.append)
        return found

    def has_database(self):
        """Whether the database was made before the run was disturbed: an empty one is made by the next."""
        with contextlib.suppress(MissingDatabase, OlderSchema):
            open_database(self.database, read_only=True).close()
            return True
        return False

    def reported(self):
        """What is stored of revisions and of what was fetched for them."""
        return records_of(self.database, self.archive) if self.has_database() else {}


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What a run that nothing disturbed left, how much it asked for and how it spent its time."""

    folder: Path
    content: Content
    records: dict[tuple[str, int], str]
    answers: int
    empty_kib: int
    """What a database without articles takes up."""
    kib: int
    """What database and archive take up."""
    largest_kib: int
    """The largest file."""
    seconds_after_last_answer: float


@pytest.fixture(scope="package")
def running_press():
    with running() as press:
        yield press


@pytest.fixture
def press(running_press) -> Press:
    """The sites, with their articles as they were first and no trouble."""
    running_press.publish()
    running_press.calm()
    return running_press


def open_desk(folder: Path, press: Press) -> Desk:
    """A folder of its own with settings for these sites."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "outlets.toml").write_text(press.registry, encoding="utf-8")
    settings = {
        "outlets": list(press.hosts.values()),
        "registry": "outlets.toml",
        "allow_local": True,
        "pause_seconds": 0,
    }
    lines = [f"{name} = {json.dumps(value)}\n" for name, value in settings.items()]
    (folder / "cakupan.toml").write_text("".join(lines), encoding="utf-8")
    return Desk(folder)


@pytest.fixture
def desk(tmp_path, press) -> Desk:
    return open_desk(tmp_path / "desk", press)


@pytest.fixture(scope="package")
def undisturbed(tmp_path_factory, running_press) -> Undisturbed:
    """A run that nothing disturbed."""
    running_press.publish()
    running_press.calm()
    desk = open_desk(tmp_path_factory.mktemp("undisturbed"), running_press)
    with desk.start("run", "--json") as process:
        last = time.monotonic()
        while running_press.wait_for(running_press.answered + 1, process):
            last = time.monotonic()
        ended = time.monotonic()
        out, err = process.communicate()
    assert process.returncode in (Exit.FINE, Exit.ALARMS), err
    summary = json.loads(out)
    assert summary["articles_new"] > 10 and summary["claims"] > 30 and summary["errors"] == {}, summary
    assert desk.problems() == []
    Store.open(desk.folder / "empty.db").close()
    kib = [path.stat().st_size // 1024 for path in (desk.database, *desk.archive.rglob("*.warc.gz"))]
    return Undisturbed(
        desk.folder,
        content_of(desk.database),
        desk.reported(),
        running_press.answered,
        (desk.folder / "empty.db").stat().st_size // 1024,
        sum(kib),
        max(kib),
        ended - last,
    )


@pytest.fixture(scope="package")
def corrected(tmp_path_factory, running_press, undisturbed) -> Undisturbed:
    """The same, and then a run that met a correction."""
    folder = tmp_path_factory.mktemp("corrected")
    shutil.copytree(undisturbed.folder, folder, dirs_exist_ok=True)
    running_press.publish(revised=True)
    desk = Desk(folder)
    summary = desk.run()
    assert summary["articles_revised"] == 1, summary
    running_press.publish()
    running_press.calm()
    return replace(undisturbed, folder=folder, content=content_of(desk.database), records=desk.reported())


def assert_as_undisturbed(desk: Desk, undisturbed: Undisturbed) -> None:
    """`cakupan verify` holds, and rows and records are those of a run that nothing disturbed."""
    assert desk.problems() == []
    assert differences(content_of(desk.database), undisturbed.content) == {}
    assert desk.reported() == undisturbed.records
