"""What README and the docs tell people to type works, and what they name is there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
LINES = [line for block in BLOCKS for line in block.replace("\\\n", " ").splitlines() if line.strip()]


def test_the_readme_has_commands():
    assert len(LINES) >= 8


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("make ")])
def test_make_targets_exist(line):
    done = subprocess.run(["make", "--dry-run", *shlex.split(line)[1:]], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("line", [line for line in LINES if "cakupan" in line and not line.startswith("make ")])
def test_commands_of_the_readme_work(line, tmp_path):
    """Each is run as it stands, except that a crawl of real outlets is only asked for its options."""
    bin_folder = Path(sys.executable).parent
    if "cakupan-demo.db" in line:
        subprocess.run([bin_folder / "cakupan", "demo"], cwd=tmp_path, capture_output=True, check=True, timeout=120)
    command = line.replace(".venv/bin/", f"{shlex.quote(str(bin_folder))}/")
    if "cakupan run" in line:
        command += " --help"
    if "tests/gold" in line:
        command = command.replace("tests/gold", str(ROOT / "tests" / "gold"))
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout or "init" in line or "--html" in line


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_files_that_the_readme_links_to_exist(name):
    assert (ROOT / name).is_file()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`((?:crawler|extract|corpus|tests)/[\w./]*)`", README))))
def test_places_on_the_map_exist(name):
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
