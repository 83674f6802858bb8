"""Numbers of people: with a noun ("244.956 jiwa"), scaled ("2,1 juta"), in words, or bare in a list of regions.

What counts something else is left out: rupiah, facilities, villages, visits, cases, ordinals, years, labels.
A number without a noun is people when the nearest cue before it says so; the cues are in lexicon/figures.toml.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc

from extract.figures.lexicon import load_figure_lexicon
from extract.figures.read import CURRENCY, NO_UNIT, parse_figure
from extract.figures.scan import LAST_WORD, NumberSpan, scan_numbers
from extract.figures.words import SPOKEN
from extract.mentions import text_of
from extract.mentions.amounts import find_region_numbers as find_region_numbers
from extract.mentions.amounts import find_rupiah as find_rupiah
from extract.mentions.nouns import EACH_TIME, GROUPED, Noun, NounAfter, has_stray_currency, noun_after, stem
from extract.mentions.percent import PERCENT_TAIL
from extract.models import Figure, Mention, MentionKind, Unit

LEXICON = load_figure_lexicon()

WORD = re.compile(r"[^\W\d_]+")
UNGROUPED = re.compile(r"[1-9]\d{3,5}")
LEFT_WORDS = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]+ ){1,3}$")
YEAR = re.compile(r"(?:19[4-9]|20[0-4])\d")
RANGE = re.compile(r"\s?(?:[-–—]|hingga|sampai(?:\s+dengan)?|s/d|s\.d\.)\s?", re.IGNORECASE)
# "(95,11%)", "atau sekitar 78,30 persen", "atau setara 76 persen": the share of the same people.
SHARE = re.compile(
    r"\s?(?P<open>\()?(?:\s?,?\s?(?:atau|alias|yakni|yaitu))?(?(open)|\s)(?:(?:setara|sekitar|sebesar|dengan|sudah)\s){0,2}"
    r"\d{1,3}(?:[.,]\d{1,3})?(?P<unit>\s?%|\s?persen)(?(open)[^()\n]{0,20}\))",
    re.IGNORECASE,
)
# "501.233 dari 510.870 penduduk": the part counts what the whole does.
OF_WHOLE = re.compile(r"\sdari\s(?:(?:total|jumlah|seluruh|sekitar|keseluruhan)\s){0,2}(?=\d)", re.IGNORECASE)
# "dari 40 ribuan buruh, 13 ribuan belum didaftarkan", "dari 1,2 juta peserta, baru 900 ribu aktif".
PART_OF = re.compile(r",\s(?:[^\W\d_]+\s){0,2}")
FROM = re.compile(r"\bdari\s(?:[^\W\d_]+\s){0,2}$", re.IGNORECASE)
BRACKETED = re.compile(r"\s?\((?:tepatnya\s)?(\d{1,3}(?:[.,]\d{3})+)[^()\n]{0,12}\)")
DECIMAL = re.compile(r"\d{1,3},\d{1,2}")
OF_SCALED = re.compile(r"\bdari\s(?:[^\W\d_]+\s){0,3}[\d.,]+\sjuta\b[^.]*$", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?\n]")
SPOKEN_SCALE = re.compile(r"[ \u00a0\n-](?:ribu|juta)(?:an)?$")  # not Kepulauan Seribu
CUE_REACH = 220  # characters before a bare number in which a cue is looked for: a list of some ten regions
CLAUSE_REACH = 60  # characters after it


def find_counts(doc: Doc) -> tuple[Mention[Figure], ...]:
    """Every number of people in `doc`, in text order: the figure with its noun where that stands beside it."""
    return find_counts_in(text_of(doc))


def find_counts_in(text: str) -> tuple[Mention[Figure], ...]:
    """The same for plain text."""
    numbers = scan_numbers(text)
    found: list[Mention[Figure]] = []
    for position, number in enumerate(numbers):
        mention = _count(text, number, found[-1] if found else None)
        if mention is None:
            continue
        if position and (low := _low_end(text, numbers[position - 1], number)) and not _covered(found, low):
            found.append(low)
        found.append(mention)
    spoken = [mention for mention in _spoken(text) if not _covered(found, mention)]
    return tuple(sorted(found + spoken, key=lambda mention: mention.start))


def _count(text: str, number: NumberSpan, previous: Mention[Figure] | None) -> Mention[Figure] | None:
    """The mention for one number in digits, or None where it counts no people."""
    printed = text[number.start : number.digits_end]
    grouped = GROUPED.fullmatch(printed) is not None
    if PERCENT_TAIL.match(text, number.end) or _in_sidebar(text, number.start):
        return None
    noun = noun_after(text, number.end)
    if EACH_TIME.match(text, noun.end):
        return None
    currency = CURRENCY.search(text, max(0, number.start - 5), number.start)
    if currency:
        is_people = has_stray_currency(text, number)
        return _mention(text, currency.start(), noun.end, "count.unit") if is_people else None
    if noun.kind is Noun.OTHER or _is_label(text, number, grouped):
        return None
    if noun.kind is Noun.PEOPLE:
        if _year_before(text, number, noun) or NO_UNIT.match(text, number.start):
            return None
        end = noun.end if noun.adjacent else number.end
        return _mention(text, number.start, end, "count.scaled" if number.scaled else "count.unit")
    return _bare_count(text, number, grouped, noun, previous)


def _bare_count(
    text: str, number: NumberSpan, grouped: bool, noun: NounAfter, previous: Mention[Figure] | None
) -> Mention[Figure] | None:
    """A number without a noun of its own: decided by its share, its brackets or the nearest cue."""
    if not grouped and not number.scaled:
        if noun.kind is Noun.SEGMENT and number.digits_end - number.start == 3 and text[number.start].isdigit():
            return _mention(text, number.start, number.end, "count.segment")
        if _is_told_by_label(text, number):
            return _mention(text, number.start, number.end, "count.ungrouped")
        if _shares_scale(text, number, noun, previous):
            return _mention(text, number.start, number.end, "count.scale_shared")
        return None
    if number.scaled and text[number.digits_end : number.end].strip(" -\n").lower()[:3] in {"mil", "tri"}:
        return None  # miliar and triliun are money
    if noun.kind is Noun.NONE and previous is not None and _follows_whole(text, number, previous):
        return _mention(text, number.start, number.end, "count.part")
    cue = _nearest_cue(text, number.start)
    if cue is Noun.OTHER:
        return None
    if noun.kind is Noun.SEGMENT:
        return _mention(text, number.start, number.end, "count.segment")
    if SHARE.match(text, number.end) or _said_again(text, number.end):
        return _mention(text, number.start, number.end, "count.late_unit")
    if _is_part_of_people(text, number.end):
        return _mention(text, number.start, number.end, "count.part")
    bracketed = previous is not None and text[previous.end : number.start].strip() in {"(", "atau", "atau tepatnya"}
    if cue is Noun.PEOPLE or bracketed or _clause_about_people(text, number.end):
        return _mention(text, number.start, number.end, "count.scaled" if number.scaled else "count.bare_list")
    return None


def _is_told_by_label(text: str, number: NumberSpan) -> bool:
    """Whether a number without groups stands right behind whom it counts: "mandiri 93653, bukan pekerja 13175"."""
    printed = text[number.start : number.digits_end]
    if not UNGROUPED.fullmatch(printed) or YEAR.fullmatch(printed):
        return False
    left = LEFT_WORDS.search(text, max(0, number.start - 60), number.start)
    if left is None:
        return False
    words = left[0].lower().split()
    if words[-1] in LEXICON.totals:
        return _nearest_cue(text, number.start) is Noun.PEOPLE
    return _cue_at(words, len(words) - 1)[0] is Noun.PEOPLE


def _shares_scale(text: str, number: NumberSpan, noun: NounAfter, previous: Mention[Figure] | None) -> bool:
    """Whether a decimal leaves out the scale of the whole before it: "dari 5,5 juta penduduk, peserta baru 4,9"."""
    if previous is None or noun.kind is not Noun.NONE or not DECIMAL.fullmatch(text, number.start, number.digits_end):
        return False
    between = text[previous.end : number.start]
    whole = OF_SCALED.search(text, max(0, previous.start - 24), previous.end)
    return (
        whole is not None
        and len(between) <= CLAUSE_REACH
        and not SENTENCE_END.search(between)
        and not text[number.end :].lstrip()[:1].isdigit()
        and _nearest_cue(between, len(between)) is Noun.PEOPLE
    )


def _is_part_of_people(text: str, position: int) -> bool:
    """Whether `dari` and a number of people follow: "501.233 dari 510.870 penduduk"."""
    link = OF_WHOLE.match(text, position)
    if link is None:
        return False
    whole = next(iter(scan_numbers(text[link.end() : link.end() + 24])), None)
    return whole is not None and whole.start == 0 and noun_after(text, link.end() + whole.end).kind is Noun.PEOPLE


def _follows_whole(text: str, number: NumberSpan, whole: Mention[Figure]) -> bool:
    """Whether `dari` and a number of people stand right before: "dari 40 ribuan buruh, 13 ribuan belum didaftarkan"."""
    if not PART_OF.fullmatch(text, whole.end, number.start):
        return False
    return FROM.search(text, max(0, whole.start - 24), whole.start) is not None


def _said_again(text: str, position: int) -> bool:
    """Whether brackets repeat the number in full with the noun: "1,3 juta (1.303.254) jiwa"."""
    again = BRACKETED.match(text, position)
    if again is None:
        return False
    return Noun.PEOPLE in {noun_after(text, again.end(1)).kind, noun_after(text, again.end()).kind}


def _mention(text: str, start: int, end: int, rule: str) -> Mention[Figure]:
    raw = text[start:end]
    return Mention(MentionKind.COUNT, start, end, raw, parse_figure(raw, Unit.PEOPLE), rule)


def _is_label(text: str, number: NumberSpan, grouped: bool) -> bool:
    """Whether the number names or dates something: "kelas 3", "ke-5", "17/8", "10:30", "0812...", "G20", "#10.140"."""
    before = text[number.start - 1] if number.start else " "
    earlier = text[number.start - 2] if number.start > 1 else " "
    after = text[number.digits_end : number.digits_end + 2]
    printed = text[number.start : number.digits_end]
    if before in {"#", "@", "_"} or (before in {"/", ":"} and earlier.isdigit()):
        return True
    if (after[:1] in {"/", ":"} and after[1:].isdigit()) or re.match(r"0\d", printed):
        return True
    if grouped or number.scaled:
        return False
    if before.isalpha() or ((before in "-." and earlier.isalnum()) and not earlier.isdigit()):
        return True
    if after.startswith("\n") and (number.start == 0 or before == "\n"):
        return True  # a line of its own: a counter of a side column
    left = LAST_WORD.search(text, max(0, number.start - 16), number.start)
    return left is not None and left[1].lower() in LEXICON.before_label


def _year_before(text: str, number: NumberSpan, noun: NounAfter) -> bool:
    """Whether a year is followed by people by chance: "pada tahun 2023 peserta bertambah"; "2023 jiwa" is none."""
    if number.scaled or not YEAR.fullmatch(text, number.start, number.digits_end):
        return False
    return not text[number.end : noun.end].strip().lower().startswith(("jiwa", "orang"))


def _in_sidebar(text: str, position: int) -> bool:
    line = text.rfind("\n", 0, position) + 1
    return text[line : line + 24].lstrip(" -*•").lower().startswith(LEXICON.sidebar)


def _nearest_cue(text: str, position: int) -> Noun:
    """Which kind of cue stands nearest before `position`."""
    words = [match[0] for match in WORD.finditer(text[max(0, position - CUE_REACH) : position].lower())]
    last = len(words) - 1
    while last >= 0:
        if words[last] == "iurannya" and last + 1 < len(words) and words[last + 1].startswith(("di", "ter")):
            last -= 1  # "yang iurannya dibayar pemkab 44.265": the clause tells who pays, not how much
            continue
        kind, size = _cue_at(words, last)
        if kind is not Noun.NONE:
            # The first noun is the head: "kunjungan peserta JKN 500.123" are visits; a verb is none.
            head = last - size
            while kind is Noun.PEOPLE and head >= 0:
                kind_before, size_before = _cue_at(words, head)
                if kind_before is Noun.OTHER and not words[head].startswith(("me", "pe")):
                    return Noun.OTHER
                if kind_before is not Noun.PEOPLE:
                    break
                head -= size_before
            return kind
        last -= 1
    return Noun.NONE


def _cue_at(words: list[str], last: int) -> tuple[Noun, int]:
    """The cue that ends at `last`, and its length; the longest counts: "PPU Badan Usaha" is people."""
    for size in (3, 2, 1):
        phrase = " ".join([*words[max(0, last + 1 - size) : last], stem(words[last])])
        if phrase in LEXICON.people_cues:
            return Noun.PEOPLE, size
        if phrase in LEXICON.other_cues:
            return Noun.OTHER, size
    return Noun.NONE, 0


def _clause_about_people(text: str, position: int) -> bool:
    """Whether the words right after are about people: "38.273 yang belum mendaftar"."""
    clause = re.split(r"[.;:\n(]", text[position : position + CLAUSE_REACH], maxsplit=1)[0]
    words = [stem(match[0]) for match in WORD.finditer(clause)]
    for word in words:
        if word in LEXICON.people_cues:
            return True
        if word in LEXICON.other_cues or word in LEXICON.not_people_nouns:
            return False
    return False


def _low_end(text: str, low: NumberSpan, high: NumberSpan) -> Mention[Figure] | None:
    """The first number of a range, which shares scale and noun of the second: "600-700 ribu", "20 hingga 30 orang"."""
    joint = RANGE.match(text, low.end)
    if joint is None or joint.end() != high.start or YEAR.fullmatch(text, low.start, low.end):
        return None
    if low.start and text[low.start - 1] in "/:":
        return None
    raw = text[low.start : low.end]
    scale = "" if low.scaled else text[high.digits_end : high.end]
    return Mention(MentionKind.COUNT, low.start, low.end, raw, parse_figure(raw + scale, Unit.PEOPLE), "count.range")


def _covered(found: list[Mention[Figure]], mention: Mention[Figure]) -> bool:
    return any(other.start < mention.end and mention.start < other.end for other in found)


def _spoken(text: str) -> list[Mention[Figure]]:
    """Counts in words: "delapan orang", "seratus dua puluh enam ribu penduduk"."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter whose lower case is longer would move every offset
        lowered = text
    counts = []
    for match in SPOKEN.finditer(lowered):
        noun = noun_after(text, match.end())
        if lowered.endswith("salah ", 0, match.start()):
            continue
        if noun.kind is not Noun.PEOPLE and not _is_spoken_of_people(text, match, noun):
            continue
        end = noun.end if noun.kind is Noun.PEOPLE and noun.adjacent else match.end()
        mention = _mention(text, match.start(), end, "count.words")
        if mention.value is not None and mention.value.value == int(mention.value.value):
            counts.append(mention)
    return counts


def _is_spoken_of_people(text: str, match: re.Match[str], noun: NounAfter) -> bool:
    """Whether number words without a noun count people: "penduduknya tidak sampai tiga ratus ribu"."""
    return (
        noun.kind is Noun.NONE
        and SPOKEN_SCALE.search(match[0]) is not None
        and not PERCENT_TAIL.match(text, match.end())
        and _nearest_cue(text, match.start()) is Noun.PEOPLE
    )
