"""How the time of a call grows with its input: told as a ratio, measured in one run, and never as a time.

Linear work at four times the length takes four times as long, quadratic work sixteen times. What is measured is the
thread's own time, the least of several runs, and what looks too steep is measured again before it counts.
"""

from __future__ import annotations

import functools
import re
import time

STEEPEST = 8.0
"""Of the ratio at four times the length: twice that of linear work, half that of quadratic work."""
LENGTHS = (16, 24, 36, 54, 81, 243, 2048)
"""Close together at first, so that what grows exponentially is caught while it still ends."""
TRIES = 6


def spent(work):
    """The thread's own time for one call, in nanoseconds; never 0."""
    start = time.thread_time_ns()
    work()
    return max(1, time.thread_time_ns() - start)


@functools.cache
def floor():
    """What is not worth a second look: four times what it takes here to cut 2,048 signs into words."""
    words = re.compile(r"[^\W\d_]+|\d+")
    return 4 * min(spent(lambda: words.findall("a 1 " * 512)) for _ in range(20))


def steepness(make, lengths=LENGTHS):
    """How much longer it takes at four times the length, at the first of `lengths` at which it takes any time.

    `make(n)` gives the call for an input of about n signs. 1.0 where it takes no time worth measuring at any length.
    """
    length = next((length for length in lengths if spent(make(length)) > floor()), None)
    if length is None:
        return 1.0
    steepest = float("inf")
    for _ in range(TRIES):
        long, short = make(length), make(length // 4)
        steepest = min(steepest, min(spent(long) for _ in range(2)) / min(spent(short) for _ in range(3)))
        if steepest < STEEPEST:
            break
    return steepest
