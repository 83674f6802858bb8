"""Reading a page that no layout fits, by what its lines say."""

from __future__ import annotations

import copy
import datetime as dt
import re

from lxml.html import HtmlElement

from crawler.pages.body import PARAGRAPH, plain, story_lines
from crawler.pages.bylines import LONGEST_NAME, People, load_words, merge, parse_people
from crawler.pages.dates import parse_visible
from crawler.pages.layouts import Layout
from crawler.pages.prose import STOP, find_prose, is_aside, reads_like_text

AGREED = 0.7
"""From this share on two texts are the same story."""
LONGEST_CAPTION = 300
DATELINE = re.compile(r"[A-Z][\w .,()/:'’-]{1,60}[-–—]{1,2}")
# How many lines around the headline a date line may stand, and how long it may be.
BEFORE, AFTER, LONGEST_LINE = 5, 12, 120
# The date of the last change, and today's in the page's head.
NOT_PUBLICATION = re.compile(r"diperbarui|diperbaharui|update|terakhir|last modified|hari ini", re.IGNORECASE)


def main_text(page: HtmlElement, markup: str, layout: Layout) -> list[str]:
    """The lines of the block that reads like an article, or what trafilatura takes for one where that is another.

    `layout` says what furniture is, here on top of what its name gives away.
    """
    block = find_prose(page)
    # A copy: date and people are looked for on the whole page later.
    mine = trimmed(block_lines(copy.deepcopy(block), layout)) if block is not None else []
    others = trafilatura_text(markup)
    # They differ where one of them took a list of teasers for the story; that has less running text.
    if shared(others, mine) >= AGREED or prose_of(mine) >= prose_of(others):
        return mine
    return others


def block_lines(block: HtmlElement, layout: Layout) -> list[str]:
    """The lines of a block without furniture, from the headline on where that stands in it."""
    for select in layout.drop:
        for element in select(block):
            if element is not block and element.getparent() is not None:
                element.drop_tree()
    drop_asides(block)
    lines = story_lines(block)
    for heading in block.iter("h1"):
        title = plain("".join(heading.itertext()))
        places = [index for index, line in enumerate(lines) if title and plain(line) == title]
        if places:
            return lines[places[0] + 1 :]
    return lines


def drop_asides(block: HtmlElement) -> None:
    """Take out what its name says is no text (captions, share buttons), and pictures with the line below them."""
    half = len(text_of(block)) / 2
    for element in list(block.iterdescendants("div", "section", "span", "ul", "ol", "p", "table", "small", "h3", "h4")):
        if is_aside(element) and element.getparent() is not None and len(text_of(element)) < half:
            element.drop_tree()
    for picture in list(block.iter("img")):
        box = None
        for node in picture.iterancestors():
            # A paragraph with a picture in it is a paragraph; a box with one and a few words is a picture.
            if node is block or node.tag == "p" or len(text_of(node)) > LONGEST_CAPTION:
                break
            if node.tag in ("div", "center", "table", "section", "header"):
                box = node
        if box is not None and box.getparent() is not None:
            box.drop_tree()


def text_of(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def trimmed(lines: list[str]) -> list[str]:
    """The lines from the first that is running text to the last that is, or that has a figure in it."""
    first = next((index for index, line in enumerate(lines) if reads_like_text(line, 0)), None)
    if first is None:
        return []
    # A dateline may have a line of its own.
    if first and DATELINE.fullmatch(lines[first - 1]):
        first -= 1
    last = max(index for index, line in enumerate(lines) if index >= first and (is_sentence(line) or is_item(line)))
    return lines[first : last + 1]


def is_sentence(line: str) -> bool:
    """Whether a line ends as sentences do, or is long enough for running text that does not."""
    return reads_like_text(line, 0) or (len(line.split()) >= 3 and STOP.search(line) is not None)


def is_item(line: str) -> bool:
    """Whether a short line may be the last of a list that belongs to the text: "5. Kota Palu: 98,2 persen"."""
    return re.search(r"(?:^|\s)[\d.,]*\d(?:[ .,%)]|$)", line) is not None and parse_visible(line) is None


def trafilatura_text(markup: str) -> list[str]:
    """The lines of what trafilatura takes for the main text, in its careful mode."""
    # It takes half a second to import, and most pages never need it.
    import trafilatura

    text = trafilatura.extract(markup, favor_precision=True, include_comments=False, include_tables=False)
    return [" ".join(line.split()) for line in (text or "").splitlines() if line.strip()]


def shared(lines: list[str], others: list[str]) -> float:
    """How much of the first text's running lines stands in the second, between 0 and 1."""
    running = [line for line in lines if reads_like_text(line, 0)]
    there = plain(" ".join(others))
    found = sum(len(line) for line in running if plain(line) in there)
    return found / total if (total := sum(map(len, running))) else 1.0


def prose_of(lines: list[str]) -> int:
    return sum(len(line) for line in lines if reads_like_text(line, 0))


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
