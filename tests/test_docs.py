"""What README and the docs tell people to type works, and what they name is there."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PAGES = {path.relative_to(ROOT).as_posix(): path for path in FILES}
TEXTS = {name: path.read_text(encoding="utf-8") for name, path in PAGES.items()}
README = TEXTS["README.md"]


def lines_of(text):
    """The commands of a page, one a line."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.replace("\\\n", " ").splitlines() if line.strip()]


LINES = list(dict.fromkeys(line for text in TEXTS.values() for line in lines_of(text)))


def test_the_pages_have_commands():
    assert len(lines_of(README)) >= 8
    assert lines_of(TEXTS["docs/repair.md"]) and lines_of(TEXTS["docs/reading.md"])


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("make ")])
def test_make_targets_exist(line):
    done = subprocess.run(["make", "--dry-run", *shlex.split(line)[1:]], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.fixture(scope="module")
def demo_database(tmp_path_factory):
    """What `cakupan demo` leaves, made once."""
    folder = tmp_path_factory.mktemp("demo")
    command = [Path(sys.executable).parent / "cakupan", "demo"]
    subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=120)
    return folder / "cakupan-demo.db"


@pytest.mark.parametrize("line", [line for line in LINES if "cakupan" in line and not line.startswith("make ")])
def test_commands_of_the_pages_work(line, tmp_path, demo_database):
    """Each is run as it stands, but a crawl of real outlets is only asked for its options, the benchmark is small."""
    bin_folder = Path(sys.executable).parent
    if "cakupan-demo.db" in line and "cakupan demo" not in line:
        shutil.copy(demo_database, tmp_path)
    command = line.replace(".venv/bin/", f"{shlex.quote(str(bin_folder))}/")
    if "cakupan run" in line and "cakupan demo" not in line:
        command += " --help"
    command = command.replace("--garbled 5000", "--garbled 50")
    if "tests/gold" in line:
        command = command.replace("tests/gold", str(ROOT / "tests" / "gold"))
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout or "init" in line or "--html" in line


LINKS = [(page, link) for page, text in TEXTS.items() for link in sorted(set(re.findall(r"\]\(([^)#:]+)\)", text)))]
PLACES = re.compile(r"`((?:crawler|extract|corpus|tests|docs)/[\w./]*)`")


@pytest.mark.parametrize(("page", "link"), LINKS)
def test_files_that_the_pages_link_to_exist(page, link):
    assert (PAGES[page].parent / link).is_file()


@pytest.mark.parametrize("name", sorted({name for text in TEXTS.values() for name in PLACES.findall(text)}))
def test_places_that_the_pages_name_exist(name):
    assert (ROOT / name).exists()


def test_every_command_of_the_help_has_help_of_its_own():
    from corpus.cli import COMMANDS

    for name in COMMANDS:
        done = subprocess.run(
            [sys.executable, "-m", "corpus.cli", name, "--help"], capture_output=True, text=True, check=True
        )
        assert "Usage:" in done.stdout
        assert len(done.stdout.splitlines()) > 5


def test_the_codebook_names_every_value_of_the_vocabularies():
    from extract.models import Approx, Metric, Modality, Segment, Unit

    codebook = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    for vocabulary in (Approx, Metric, Modality, Segment, Unit):
        for value in vocabulary:
            assert f"`{value}`" in codebook, value


def test_times_that_are_kept_name_no_place_of_the_machine_they_were_taken_on():
    kept = (ROOT / "docs" / "performance.json").read_text(encoding="utf-8")
    assert json.loads(kept)["benchmarks"]
    assert not re.search(r"hostname|executable|[\"'=]/", kept)
