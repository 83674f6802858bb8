"""Several processes answer as one does: the same bytes in the same order, the same complaints, the same end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from itertools import islice

import pytest

from corpus.errors import WorkerLost
from corpus.parts import LINES
from corpus.workers.opening import open_workers
from corpus.workers.work import BATCH
from extract.benchmark.articles import iter_made_articles

EXTRACT = [sys.executable, "-m", "corpus.cli", "extract"]


def json_lines(number: int) -> bytes:
    articles = (made.article for made in islice(iter_made_articles(number, seed=2), number))
    return b"".join(json.dumps({"id": one.id, "text": one.text}).encode() + b"\n" for one in articles)


def test_several_processes_print_the_bytes_of_one():
    # More than one batch for each, with a broken line and one that UTF-8 cannot carry in between.
    lines = json_lines(3 * BATCH) + b'{"id": 1, "text": "Kota Tual \\ud800 98 persen"}\nbroken\n' + json_lines(5)

    one, several = (
        subprocess.run([*EXTRACT, "--jobs", jobs], input=lines, capture_output=True, check=False) for jobs in "12"
    )

    assert several.stdout == one.stdout
    assert several.stdout.count(b"\n") == 3 * BATCH + 1 + 5
    assert (several.stderr, several.returncode) == (one.stderr, one.returncode)
    assert one.returncode == 1


def test_ctrl_c_ends_all_processes_without_a_traceback():
    with subprocess.Popen(
        [*EXTRACT, "--jobs", "2"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdin.write(json_lines(8 * BATCH))
        process.stdin.flush()
        process.stdout.read(1)  # it is at work, and waits for more lines
        process.send_signal(signal.SIGINT)

        # The pipe closes when the last process that could write to it has ended.
        told = process.stderr.read().decode()
        assert process.wait() == 130
        assert told == "Interrupted.\n"


def test_what_the_work_raises_is_raised_in_its_place():
    with open_workers(2) as workers:
        answers = workers.map(int, ["7"] * BATCH + ["tujuh"], LINES)
        assert list(islice(answers, BATCH)) == [7] * BATCH
        with pytest.raises(ValueError, match="tujuh"):
            next(answers)


def test_a_process_that_is_ended_from_outside_is_told():
    with open_workers(2) as workers, pytest.raises(WorkerLost, match="fewer --jobs"):
        list(workers.map(os._exit, range(3), LINES))


def test_items_are_taken_only_as_they_are_needed():
    taken: list[int] = []

    def endless():
        for item in iter(int, 1):
            taken.append(item)
            yield item

    with open_workers(2) as workers:
        assert list(islice(workers.map(abs, endless(), LINES), 3)) == [0, 0, 0]
        assert len(taken) <= 8 * BATCH
