"""The disk is full: the run ends and says so, what was stored stays, and with room again the next makes it whole."""

import contextlib
import random
import subprocess
import sys

import pytest

from .conftest import FULL, assert_as_undisturbed, open_desk

SEEDS = range(8 if FULL else 1)


@contextlib.contextmanager
def small_disk(folder, kib):
    """A file system of its own of this size."""
    folder.mkdir()
    size = f"size={kib}k"
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"FULL DISK NOT TESTED ON A FILE SYSTEM: there is no right to mount one ({done.stderr.strip()})")
    try:
        yield lambda kib: subprocess.run(["mount", "-o", f"remount,size={kib}k", str(folder)], check=True)
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_small_file_system_runs_full(tmp_path, press, undisturbed, seed):
    empty, whole = undisturbed.empty_kib, undisturbed.kib
    kib = random.Random(seed).randrange(empty, whole)
    print(f"seed {seed}: {kib} KiB where {whole} are needed")
    with small_disk(tmp_path / "disk", kib) as grow:
        desk = open_desk(tmp_path / "disk", press)
        _, told = desk.call("run", "--json", codes=(1,))
        check_and_go_on(desk, press, undisturbed, told, lambda: grow(64 * 1024))


@pytest.mark.parametrize("seed", SEEDS)
def test_files_may_grow_no_further(desk, press, undisturbed, seed):
    """Where no file system can be mounted: the limit of the process for the size of a file."""
    kib = random.Random(seed).randrange(16, undisturbed.largest_kib)
    print(f"seed {seed}: files of {kib} KiB at the most, where {undisturbed.largest_kib} are needed")
    limited = (sys.executable, "-c", LIMIT, str(kib * 1024))
    _, told = desk.call("run", "--json", codes=(1,), wrapper=limited)
    check_and_go_on(desk, press, undisturbed, told, lambda: None)


LIMIT = """
import os, resource, sys
size = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
os.execv(sys.argv[2], sys.argv[2:])
"""


def check_and_go_on(desk, press, undisturbed, told, make_room):
    assert "Traceback" not in told, told
    assert told.startswith(("Error:", "ERROR", "WARNING")) and ("full" in told or "written" in told or "space" in told)
    before = desk.reported()
    make_room()
    if desk.has_database():
        assert desk.problems() == []
    press.calm()
    desk.run()
    assert before.items() <= desk.reported().items()
    assert_as_undisturbed(desk, undisturbed)
