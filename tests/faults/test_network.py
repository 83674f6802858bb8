"""The network breaks off in the middle of an answer: once for each page, or from some answer on for good."""

import random
import threading

import pytest

from .conftest import FULL, assert_as_undisturbed


def test_each_answer_breaks_off_once(desk, press, undisturbed):
    met = set()
    guard = threading.Lock()

    def trouble(handler, body):
        with guard:
            is_new = handler.path not in met
            met.add(handler.path)
        if is_new:
            handler.cut(body)
        else:
            handler.wfile.write(body)

    press.trouble = trouble
    desk.run()
    assert_as_undisturbed(desk, undisturbed)


@pytest.mark.parametrize("seed", range(6 if FULL else 1))
def test_the_line_is_dead_from_some_answer_on(desk, press, undisturbed, seed):
    dead_from = random.Random(seed).randrange(undisturbed.answers)
    press.trouble = lambda handler, body: (
        handler.cut(body) if press.answered >= dead_from else handler.wfile.write(body)
    )
    with desk.start("run", "--json") as process:
        process.communicate()
    before = desk.reported()
    assert desk.problems() == []
    press.calm()
    desk.run()
    assert before.items() <= desk.reported().items()
    assert_as_undisturbed(desk, undisturbed)
