"""A sample article read as the crawler would read it, and with the layouts of other sites where its own has none."""

from __future__ import annotations

from crawler.outlets import Outlet, State
from crawler.pages.layouts import GENERIC, load_layouts
from crawler.pages.read import Reading, read
from crawler.probe.signs import Answer, host_of


def read_sample(answer: Answer) -> Reading:
    """The article on a page: by the layouts that are tried anyway, else by whichever family fits it in every field.

    Publishers move their sites, and sell their systems: a page of an unknown host may look like a known network's.
    """
    content_type = answer.header("content-type") or None
    usual = read(answer.body, answer.url, content_type=content_type)
    if usual.article.layout != GENERIC:
        return usual
    fitting = []
    for family in dict.fromkeys(layout.family for layout in load_layouts() if layout.hosts):
        reading = read(answer.body, answer.url, outlet=stand_in(answer, family), content_type=content_type)
        named = (reading.article.layout or "").partition("-")[0]
        if named == family and not reading.drift and declares_all(family):
            fitting.append(reading)
    return max(fitting, key=lambda reading: len(reading.article.text), default=usual)


def stand_in(answer: Answer, family: str) -> Outlet:
    """An outlet that has nothing but a layout."""
    return Outlet(host_of(answer.url), family, (), (), "WIB", State.UNVERIFIED, "a guess", layout=family)


def declares_all(family: str) -> bool:
    """Whether a family says where title, body and date stand, so that finding them all is no accident."""
    own = [layout for layout in load_layouts() if layout.family == family]
    return any(layout.title and layout.body and layout.date for layout in own)
