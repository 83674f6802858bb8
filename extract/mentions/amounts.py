"""Money and numbers of regions: the figures that claims need beside percentages and people.

Both are given as mentions of kind `count`, with the unit IDR or regions in the figure.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc

from extract.figures.lexicon import alternation, load_figure_lexicon
from extract.figures.read import CURRENCY, MONEY_SCALE, parse_figure
from extract.figures.scan import scan_numbers
from extract.figures.words import SPOKEN
from extract.mentions import text_of
from extract.mentions.nouns import has_stray_currency
from extract.models import Figure, Mention, MentionKind, Unit

LEXICON = load_figure_lexicon()

RUPIAH_TAIL = re.compile(r"\s?rupiah(?![^\W_])", re.IGNORECASE)
# "menganggarkan 80 miliar": nothing but money and the world's people goes into billions.
BILLIONS = re.compile(r"(?:mil[iy]ar|triliun|trilyun)$", re.IGNORECASE)
REGION_NOUN = re.compile(
    rf"\s?(?:{alternation(LEXICON.before_region_noun)}\s)?{alternation(LEXICON.region_nouns)}(?:nya)?(?![^\W_])",
    re.IGNORECASE,
)
AMONG_THEM = re.compile(rf"(?=\s(?:{alternation(LEXICON.among_them)})(?![^\W_]))", re.IGNORECASE)
# "17 dari 24 kabupaten/kota": the part before its whole, which alone has the noun.
OF_ALL = re.compile(r"\sdari\s(?:(?:total|seluruh|keseluruhan|jumlah)\s)?(?:(\d{1,3})(?!\d|[.,]\d))?", re.IGNORECASE)
# "Yang sudah UHC baru enam.": where regions were counted before.
TOLD_OF = re.compile(
    r"\bUHC\s(?:(?:baru|hanya|cuma|sudah|telah|ada|sebanyak|berjumlah|mencapai|kini|tinggal)\s){0,2}$", re.IGNORECASE
)
CLAUSE_END = re.compile(r"\s?(?:[.,;!?\"”\n]|$)")
AMONG_REACH = 160  # characters from a number of regions to "tiga di antaranya"
MOST_REGIONS = 600  # the nation has 38 provinces and 514 kabupaten and kota


def find_rupiah(doc: Doc) -> tuple[Mention[Figure], ...]:
    """Every amount of money in `doc`: `Rp23,106 miliar`, `Rp 1.701.724.000`, `6.8 triliun rupiah`."""
    return find_rupiah_in(text_of(doc))


def find_rupiah_in(text: str) -> tuple[Mention[Figure], ...]:
    """The same for plain text."""
    found = []
    for number in scan_numbers(text):
        currency = CURRENCY.search(text, max(0, number.start - 5), number.start)
        if currency and has_stray_currency(text, number):
            continue
        tail = RUPIAH_TAIL.match(text, number.end)
        if currency or tail or BILLIONS.search(text, number.digits_end, number.end):
            short = MONEY_SCALE.match(text, number.end) if currency and not number.scaled else None
            start = currency.start() if currency else number.start
            unit = tail or short
            end = unit.end() if unit else number.end
            found.append(_mention(text, start, end, Unit.IDR, "rupiah.marked"))
    return tuple(found)


def find_region_numbers(doc: Doc) -> tuple[Mention[Figure], ...]:
    """Every number of regions in `doc`: `397 pemerintah kabupaten/kota`, `enam daerah`, `tiga` (di antaranya)."""
    return find_region_numbers_in(text_of(doc))


def find_region_numbers_in(text: str) -> tuple[Mention[Figure], ...]:
    """The same for plain text."""
    found = []
    among = []
    lowered = text.lower()
    lowered = lowered if len(lowered) == len(text) else text
    for number in scan_numbers(text):
        before = text[number.start - 1 : number.start]
        if number.end - number.start > 3 or before.isalnum() or before in {"/", "-", "."}:
            continue
        if noun := REGION_NOUN.match(text, number.end):
            found.append(_mention(text, number.start, noun.end(), Unit.REGIONS, "regions.plain"))
        elif is_part_of_regions(text, lowered, number.end):
            found.append(_mention(text, number.start, number.end, Unit.REGIONS, "regions.of_all"))
        elif is_among_them(text, number.start, number.end):
            among.append((number.start, number.end))
    for match in SPOKEN.finditer(lowered):
        if lowered.endswith("salah ", 0, match.start()):
            continue
        if noun := REGION_NOUN.match(text, match.end()):
            found.append(_mention(text, match.start(), noun.end(), Unit.REGIONS, "regions.words"))
        elif is_part_of_regions(text, lowered, match.end()):
            found.append(_mention(text, *match.span(), Unit.REGIONS, "regions.of_all"))
        elif is_among_them(text, *match.span()):
            among.append(match.span())
    for start, end in among:
        if any(0 < start - other.end < AMONG_REACH for other in found):
            found.append(_mention(text, start, end, Unit.REGIONS, "regions.among_them"))
    readable = (mention for mention in found if mention.value is not None and 0 < mention.value.value <= MOST_REGIONS)
    return tuple(sorted(readable, key=lambda mention: mention.start))


def is_part_of_regions(text: str, lowered: str, position: int) -> bool:
    """Whether `dari` and a number of regions follow: "17 dari 24 kabupaten/kota", "sembilan dari sepuluh daerah"."""
    link = OF_ALL.match(text, position)
    if link is None:
        return False
    spoken = SPOKEN.match(lowered, link.end()) if link[1] is None else None
    end = spoken.end() if spoken is not None else link.end()
    return (link[1] is not None or spoken is not None) and REGION_NOUN.match(text, end) is not None


def is_among_them(text: str, start: int, end: int) -> bool:
    """Whether a bare number is of regions if such were counted before: "tiga di antaranya", "yang UHC baru enam"."""
    if AMONG_THEM.match(text, end):
        return True
    return CLAUSE_END.match(text, end) is not None and bool(TOLD_OF.search(text, max(0, start - 40), start))


def _mention(text: str, start: int, end: int, unit: Unit, rule: str) -> Mention[Figure]:
    raw = text[start:end]
    return Mention(MentionKind.COUNT, start, end, raw, parse_figure(raw, unit), rule)
