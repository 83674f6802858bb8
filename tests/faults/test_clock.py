"""The clock is wrong during a run, backward or forward, and right again in the next (libfaketime, of one process)."""

import shutil
from pathlib import Path

import pytest

from .conftest import FULL, assert_as_undisturbed

PLACES = ("/usr/lib/*/faketime/libfaketimeMT.so.1", "/usr/lib/faketime/libfaketimeMT.so.1")
LIBRARY = next((str(path) for place in PLACES for path in Path("/").glob(place.lstrip("/"))), None)

pytestmark = pytest.mark.skipif(
    LIBRARY is None, reason="A MOVED CLOCK IS NOT TESTED: install libfaketime (Debian and Ubuntu: apt install faketime)"
)

MOVED = {"a day back": "-1d", "years back": "-3000d", "a day ahead": "+1d", "years ahead": "+3000d"}


def moved(by):
    """The environment of a process whose clock is moved."""
    return {"LD_PRELOAD": LIBRARY, "FAKETIME": by, "FAKETIME_DONT_FAKE_MONOTONIC": "1", "TZ": "UTC"}


@pytest.mark.parametrize("name", MOVED if FULL else ["a day ahead"])
def test_the_first_run_has_another_time(desk, press, undisturbed, corrected, name):
    desk.run(**moved(MOVED[name]))
    assert desk.problems() == []
    desk.run()
    assert_as_undisturbed(desk, undisturbed)
    press.publish(revised=True)
    desk.run()
    assert_as_undisturbed(desk, corrected)


@pytest.mark.parametrize("name", MOVED if FULL else ["years back"])
def test_the_run_that_meets_a_correction_has_another_time(desk, press, undisturbed, corrected, name):
    shutil.copytree(undisturbed.folder, desk.folder, dirs_exist_ok=True)
    press.publish(revised=True)
    desk.run(**moved(MOVED[name]))
    assert desk.problems() == []
    desk.run()
    assert_as_undisturbed(desk, corrected)
