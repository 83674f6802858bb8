"""Reading a page that no layout fits, by what its lines say."""

from __future__ import annotations

import datetime as dt
import re

from crawler.pages.body import PARAGRAPH, plain
from crawler.pages.bylines import LONGEST_NAME, People, load_words, merge, parse_people
from crawler.pages.dates import parse_visible

# How many lines around the headline a date line may stand, and how long it may be.
BEFORE, AFTER, LONGEST_LINE = 5, 12, 120
# The date of the last change, and today's in the page's head.
NOT_PUBLICATION = re.compile(r"diperbarui|diperbaharui|update|terakhir|last modified|hari ini", re.IGNORECASE)


def main_text(markup: str) -> list[str]:
    """The lines of what trafilatura takes for the main text, in its careful mode."""
    # It takes half a second to import, and most pages never need it.
    import trafilatura

    text = trafilatura.extract(markup, favor_precision=True, include_comments=False, include_tables=False)
    return [" ".join(line.split()) for line in (text or "").splitlines() if line.strip()]


def find_date(lines: list[str], title: str | None, stamps: list[dt.date | dt.datetime]) -> dt.date | dt.datetime | None:
    """The date printed near the headline; where the tags name a day, only one of that day or its neighbours."""
    heading = plain(title or "")
    places = [index for index, line in enumerate(lines) if heading and plain(line) == heading]
    days = {stamp.date() if isinstance(stamp, dt.datetime) else stamp for stamp in stamps}
    found: list[dt.date | dt.datetime] = []
    for place in places:
        paragraphs = 0
        for line in lines[max(0, place - BEFORE) : place + AFTER]:
            paragraphs += len(line) >= PARAGRAPH
            # Below the text stand the dates of comments and of other stories.
            if paragraphs > 1:
                break
            if len(line) > LONGEST_LINE or NOT_PUBLICATION.search(line):
                continue
            shown = parse_visible(line)
            if shown is None:
                continue
            day = shown.date() if isinstance(shown, dt.datetime) else shown
            # A stamp in another offset may differ by a day.
            if not days or any(abs((day - other).days) <= 1 for other in days):
                found.append(shown)
    timed = (shown for shown in found if isinstance(shown, dt.datetime))
    return next(timed, next(iter(found), None))


def find_people(lines: list[str]) -> People:
    """The people of lines that begin with a label: "Pewarta: X", "Penulis : Y Editor : Z"."""
    label = load_words().label
    people = People()
    for line in lines:
        if len(line) <= 3 * LONGEST_NAME and label.match(line):
            people = merge(people, parse_people(line))
    return people
