"""Reading a page that no layout fits, by what its lines say."""

from __future__ import annotations

import copy
import datetime as dt
import logging
import re

from lxml.html import HtmlElement

from crawler.pages.body import PARAGRAPH, plain, story_lines, take_out
from crawler.pages.bylines import LONGEST_NAME, People, load_words, merge, parse_people, split_names
from crawler.pages.dates import day, is_date_line, parse_stamp, parse_visible
from crawler.pages.fields import CHANGED
from crawler.pages.layouts import Layout
from crawler.pages.prose import END, FEWEST_BLANKS, LONG_LINE, drop_asides, find_prose, names_of, reads_like_text

# It reports pages without text as errors; here they are an empty article, and a drift.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

MOST_STAMPS = 3
# Blocks whose dates are those of comments and other stories.
OTHERS = re.compile(r"comment|komentar|sidebar|related|terkait|popul|latest|terbaru|widget|respond", re.IGNORECASE)
NAME = r"(?P<name>(?:[A-Z][\w.’'-]*|admin\w*)(?: [A-Z][\w.’'-]*){0,4})"
BYLINE = re.compile(
    rf"\W*(?:(?:[Dd]i\w+|[Pp]osted|[Ww]ritten) )?(?:[Oo]leh|OLEH|[Bb]y|BY)\s?:?\s{NAME}"
    r"\s*(?:$|[-–—|•,/(]|pada\b|di\b|on\b|\d)"
)
POSTED = re.compile(
    rf"\W*(?:[Dd]i(?:posting|tulis|kirim|publikasikan|terbitkan|unggah)\w*|[Pp]osted) (?:oleh|by)\s?:?\s{NAME}"
)
BEHIND = re.compile(rf"\W(?:[Oo]leh|[Bb]y)\s?:?\s{NAME}\s*(?:$|[-–—|•,/(]|in\b|di\b|\d)")
AGREED = 0.7
"""From this share on two texts are the same story."""
LONGEST_CAPTION = 300
DATELINE = re.compile(r"[A-Z][\w .,()/:'’-]{1,60}[-–—]{1,2}")
# How many lines around the headline a date line may stand, and how long it may be.
BEFORE, AFTER, LONGEST_LINE = 5, 12, 120
FEWEST_WORDS = 6
"""A sentence has so many words; "Tual, 6 Mei 2025." is none."""
# Among so many lines at the beginning of a text a bare date is that of publication.
EARLY = 3
# So much may stand behind the headline in its row.
LONGEST_ROW = 40
# How many lines below the text people may be named.
BELOW = 10
CLOCK = re.compile(r"(?i)(?:pukul |jam )?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[AaPp][Mm])?(?: (?:WIB|WITA|WIT))?")
# The date of the last change, and today's in the page's head.
NOT_PUBLICATION = re.compile(r"diperbarui|diperbaharui|update|terakhir|last modified|hari ini", re.IGNORECASE)


def main_text(page: HtmlElement, markup: str, layout: Layout) -> list[str]:
    """The lines of the block that reads like an article, or what trafilatura takes for one where that is another.

    `layout` says what furniture is, here on top of what its name gives away.
    """
    block, asides = find_prose(page)
    mine = trimmed(block_lines(block, asides, layout)) if block is not None else []
    beside = plain(" ".join(" ".join(aside.itertext()) for aside in asides))
    others = [line for line in trafilatura_text(markup) if plain(line) not in beside]
    # They differ where one of them took teasers or another column for the story: the one has less running text, the
    # other text that the first does without.
    same = shared(others, mine) >= AGREED
    enough = shared(mine, others) >= AGREED and prose_of(mine) >= prose_of(others) / 2
    if mine and (same or enough or prose_of(mine) >= prose_of(others)):
        return mine
    return others


def block_lines(original: HtmlElement, asides: list[HtmlElement], layout: Layout) -> list[str]:
    """The lines of a block without furniture, from the headline on where that stands in it."""
    # A copy: date and people are looked for on the whole page later.
    block = copy.deepcopy(original)
    twins = dict(zip(original.iter(), block.iter(), strict=True)) if asides else {}
    for aside in asides:
        if (twin := twins.get(aside)) is not None and twin.getparent() is not None:
            take_out(twin)
    layout.drop.drop_from(block)
    drop_asides(block)
    drop_pictures(block)
    lines = story_lines(block)
    for heading in block.iter("h1"):
        title = plain("".join(heading.itertext()))
        places = [index for index, line in enumerate(lines) if title and plain(line) == title]
        if places:
            return lines[places[0] + 1 :]
    return lines


def drop_pictures(block: HtmlElement) -> None:
    """Take out pictures with the words below them."""
    for picture in list(block.iter("img")):
        box = None
        for node in picture.iterancestors():
            # A paragraph with a picture in it is a paragraph; a box with one and a few words is a picture.
            if node is block or node.tag == "p" or not holds_little(node):
                break
            if node.tag in ("div", "center", "table", "section", "header"):
                box = node
        if box is not None and box.getparent() is not None:
            take_out(box)


def holds_little(element: HtmlElement) -> bool:
    """Whether an element has no more text than a caption."""
    length = 0
    for piece in element.itertext():
        length += len(piece.strip())
        if length > LONGEST_CAPTION:
            return False
    return True


def trimmed(lines: list[str]) -> list[str]:
    """The lines from the first that is running text to the last that is, or that has a figure in it."""
    first = next(
        (index for index, line in enumerate(lines) if reads_like_text(line, 0) or announces(lines[index : index + 2])),
        None,
    )
    if first is None:
        return []
    # A dateline may have a line of its own.
    if first and DATELINE.fullmatch(lines[first - 1]):
        first -= 1
    # "Capaian JKN naik.", "Kini 99,1 persen."
    while (
        first and END.search(lines[first - 1]) and is_sentence(lines[first - 1]) and not parse_visible(lines[first - 1])
    ):
        first -= 1
    ends = [index for index, line in enumerate(lines) if is_sentence(line) or is_item(line)]
    # The day may stand between the lead and the rest.
    told = lines[first : max([first, *ends]) + 1]
    return [line for line in told[:EARLY] if not is_date_line(line)] + told[EARLY:]


def announces(lines: list[str]) -> bool:
    """Whether a short line is about to tell figures: "BULA – Peserta JKN per kecamatan:", "Bula 98,1 persen"."""
    return len(lines) > 1 and lines[0].endswith(":") and lines[0].count(" ") >= FEWEST_BLANKS and is_item(lines[1])


def is_sentence(line: str) -> bool:
    """Whether a line ends as sentences do, or is long enough for running text that does not."""
    return len(line) >= LONG_LINE or (len(line.split()) >= 3 and END.search(line) is not None)


def is_item(line: str) -> bool:
    """Whether a short line may be the last of a list that belongs to the text: "5. Kota Palu: 98,2 persen"."""
    return re.search(r"(?:^|\s)[\d.,]*\d(?:[ .,%)]|$)", line) is not None and parse_visible(line) is None


def trafilatura_text(markup: str) -> list[str]:
    """The lines of what trafilatura takes for the main text, in its careful mode."""
    # It takes half a second to import, and most pages never need it.
    import trafilatura

    text = trafilatura.extract(markup, fast=True, favor_precision=True, include_comments=False, include_tables=False)
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
    """The date printed near the headline; where the tags name a day, only one of that day or its neighbours.

    Above the headline many pages print today's date, so what stands below it comes first.
    """
    places = places_of(title, lines)
    days = {day(stamp) for stamp in stamps}
    below: list[dt.date | dt.datetime] = []
    above: list[dt.date | dt.datetime] = []
    for place in places:
        below += dates_in(lines[place : place + AFTER])
        # Right above it stand Blogger's dates; those further up need the word of a tag.
        above += dates_in(lines[max(0, place - (BEFORE if days else 2)) : place])
    # A stamp in another offset may differ by a day.
    found = [
        shown for shown in [*below, *above] if not days or any(abs((day(shown) - told).days) <= 1 for told in days)
    ]
    if not days and below:
        found = below
    timed = (shown for shown in found if isinstance(shown, dt.datetime))
    return next(timed, next(iter(found), None))


def places_of(title: str | None, lines: list[str]) -> list[int]:
    """Where the headline stands among lines; where none is the headline, in a row with buttons ("PDF Cetak E-mail")."""
    heading = plain(title or "")
    if not heading:
        return []
    begun = [index for index, line in enumerate(lines) if plain(line).startswith(heading)]
    whole = [index for index in begun if plain(lines[index]) == heading]
    return whole or [index for index in begun if len(lines[index]) <= len(title or "") + LONGEST_ROW]


def dates_in(lines: list[str]) -> list[dt.date | dt.datetime]:
    """The dates of short lines, as far as the second paragraph."""
    found = []
    paragraphs = 0
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        paragraphs += len(line) >= PARAGRAPH
        # Below the text stand the dates of comments and of other stories.
        if paragraphs > 1:
            break
        if (
            len(line) <= LONGEST_LINE
            # "Senin (6/5/2025) ia bertemu wali kota." is the story's.
            and not (END.search(line) and len(line.split()) >= FEWEST_WORDS)
            and not NOT_PUBLICATION.search(line)
            and (shown := parse_visible(line)) is not None
        ):
            # Elementor prints day and hour on lines of their own.
            with_hour = parse_visible(f"{line} {following}") if CLOCK.fullmatch(following) else None
            found.append(with_hour or shown)
    return found


def find_stamps(page: HtmlElement) -> list[dt.date | dt.datetime]:
    """Stamps on the elements that show dates, without those of comments, of other stories and of changes."""
    found: list[dt.date | dt.datetime] = []
    for element in page.iter("time", "abbr", "meta", "span"):
        stamp = element.get("datetime") or (
            element.get("title") if "published" in (element.get("class") or "") else None
        )
        if element.get("itemprop") == "datePublished":
            stamp = stamp or element.get("content")
        parsed = parse_stamp(stamp) if stamp else None
        if parsed is None or CHANGED.search(f"{element.get('class')} {element.get('itemprop')}"):
            continue
        if not any(OTHERS.search(names_of(node)) for node in element.iterancestors() if node.tag != "body"):
            found.append(parsed)
    return found[:MOST_STAMPS]


def find_people(lines: list[str]) -> People:
    """The people of lines with a label at their beginning or behind a date: "Pewarta: X", "7 Mei 2025 | Penulis: Y"."""
    label = load_words().label
    people = People()
    for line in lines:
        if len(line) > 3 * LONGEST_NAME or (found := label.search(line)) is None:
            continue
        before = line[: found.start()].rstrip()
        if not before or before[-1] in "|•/" or (len(before) <= LONGEST_NAME and parse_visible(before) is not None):
            people = merge(people, parse_people(line))
    return people


def vicinity(lines: list[str], title: str | None, body: list[str]) -> list[str]:
    """The lines of the page from a little above the headline to a little below the text; other stories are farther."""
    heading, last = plain(title or ""), plain(body[-1]) if body else ""
    start = next((index for index, line in enumerate(lines) if heading and plain(line) == heading), 0)
    end = next((index for index in range(len(lines) - 1, -1, -1) if last and last in plain(lines[index])), len(lines))
    return lines[max(0, start - BEFORE) : max(start, end) + BELOW]


def lines_above(lines: list[str], body: list[str]) -> list[str]:
    """The lines of the page that stand before the text."""
    first = plain(body[0]) if body else ""
    places = [index for index, line in enumerate(lines) if first and first in plain(line)]
    return lines[: places[0]] if places else []


def find_byline(lines: list[str], title: str | None) -> People:
    """The writer that a line near the headline names without a label: "Oleh: X - Kontributor", "Diposting oleh X"."""
    heading = plain(title or "")
    for place in [index for index, line in enumerate(lines) if heading and plain(line) == heading]:
        for line in lines[max(0, place - BEFORE) : place + AFTER]:
            if len(line) <= LONGEST_LINE and (match := BYLINE.match(line)):
                return People(authors=tuple(split_names(match["name"])))
            # "Posted on March 9, 2025 by X"
            if (
                len(line) <= LONGEST_LINE
                and not END.search(line)
                and (match := BEHIND.search(line))
                and parse_visible(line[: match.start()]) is not None
            ):
                return People(authors=tuple(split_names(match["name"])))
    # Blogger names the writer below the text, and says in words that it does.
    for line in lines:
        if len(line) <= LONGEST_LINE and (match := POSTED.match(line)):
            return People(authors=tuple(split_names(match["name"])))
    return People()
