"""A run killed at any moment (SIGKILL) loses nothing that it had stored, and the next one makes it whole."""

import json
import random
import time

import pytest

from .conftest import KILLS, assert_as_undisturbed


@pytest.mark.parametrize("seed", range(KILLS))
def test_killed_at_a_random_moment(desk, press, undisturbed, seed):
    chance = random.Random(seed)
    # As many chances for each answer as for each fiftieth part of the time after the last.
    moment = chance.uniform(0, undisturbed.answers + 50)
    with desk.start("run", "--json") as process:
        press.wait_for(min(int(moment), undisturbed.answers), process)
        beyond = max(0.0, moment - undisturbed.answers) / 50
        time.sleep(beyond * undisturbed.seconds_after_last_answer + chance.uniform(0, 0.02))
        process.kill()
    print(f"seed {seed}: killed after {press.answered} answers, {beyond:.0%} of what follows them")
    before = desk.reported()
    assert before.items() <= undisturbed.records.items()
    if desk.has_database():
        assert desk.problems() == []
    summary = desk.run()
    assert summary["status"] == "finished" and summary["unread"] == 0, json.dumps(summary)
    assert before.items() <= desk.reported().items()
    assert_as_undisturbed(desk, undisturbed)
