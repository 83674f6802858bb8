"""When figures that agree by their rounding say something: what they make is printed so, or it leaves little room.

"1,6 juta dari 1,8 juta" is anything from 82 to 97 persen; that 89,89 lies there bears nothing out. Where a figure may
be cut off as well as rounded ("1,23 juta" for 1.239.000) the room is reckoned with both.
"""

from __future__ import annotations

from extract.repair.arithmetic import Interval

NARROW = 0.03
"""Of its middle: how wide an interval is at the most of which agreement says something.

126.000 of 129.000 make 96,5 to 98,8 persen: what lies in there is not there by chance. 4,9 of 5,5 juta leave room for
five points.
"""


def bears_out(made: Interval, computed: float, printed: Interval) -> bool:
    """Whether what figures make bears out the one printed, which it meets. `computed` is made of them as printed.

    What lies at the upper end of `printed` is printed otherwise: 4 is no 3 cut off.
    """
    return computed == printed.low or printed.low < computed < printed.high or made.width <= NARROW
