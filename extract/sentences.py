"""Where sentences and quotations begin and end, and which lines are the page's furniture instead of the article.

spaCy's sentencizer cuts `di Kab. | Luwu Utara`; newspaper text has few abbreviations, so they are listed instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from extract.wordlists import word_list


class LineKind(StrEnum):
    BODY = "body"
    HEADING = "heading"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `paragraph` is the ordinal of its line, empty lines left out."""

    start: int
    end: int
    paragraph: int
    kind: LineKind


ABBREVIATIONS = word_list("abbreviations")

SENTENCE_END = re.compile(r"[.!?…]+[\"”’')\]*]*(?=\s|$)|[.!?][\"”](?=\S)|[a-z]{3}\.(?=[A-Z][a-z]{2})")
# A stray space inside a number: `789. 506 jiwa`.
SPLIT_NUMBER = re.compile(r"\d\.\s\d{3}(?!\d)")
BEFORE_STOP = re.compile(r"(?<![^\W\d_])[^\W\d_]+$")

# Lines that the page, not the article, put there. Each begins with what the outlets' templates print.
FURNITURE = re.compile(
    r"^[\s\-–•*>]*(?:baca(?:\s+juga|\s+lainnya|\s+selengkapnya|\s+berita\s+terkait)?\s*:|baca\s+juga\b|simak\s+juga|lihat\s+juga|"
    r"(?:copyright|hak\s+cipta)\b|©|all\s+rights\s+reserved|pewarta\s*:|editor\s*:|penulis\s*:|reporter\s*:|"
    r"posting\s+komentar|\d+\s+komentar|tinggalkan\s+balasan|pos\s+terkait|berita\s+terkait|artikel\s+terkait|"
    r"header\s+ads|responsive\s+advertisement|advertisement|ticker$|\d+/recent/|loading\.\.\.|scroll\s+untuk|"
    r"sebarkan\s+artikel|share$|bagikan$|cek\s+berita|dapatkan\s+(?:berita|informasi)|ikuti\s+(?:kami|berita|saluran)|"
    r"ruas\s+yang\s+wajib|alamat\s+email|download\s+aplikasi|read/\s|foto\s*:|keterangan\s+gambar|tags?\s*:|sumber\s*:|a\s+a\s+a$|"
    r"by\s+\w+\s+pada\s*:)",
    re.IGNORECASE,
)
# A link of a list above or below the article: one item, no full stop; an item of a list of data ends in its figure.
LIST_LINK = re.compile(r"^\s*[-–•]\s+\S.{20,}[^.:;,]$")
DATA_ITEM = re.compile(r"(?:\d|jiwa|orang|peserta|penduduk|persen|%|\))$", re.IGNORECASE)

OPENING = re.compile('[“"«]')
QUOTE = re.compile(r"“[^“”\n]*[”\"]|\"[^\"“”\n]*[\"”]|«[^«»\n]*»")


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in order; every line is at least one, white space outside them is left out."""
    sentences: list[Sentence] = []
    position = 0
    paragraph = -1
    for line in text.splitlines(keepends=True):
        paragraph += bool(line.strip())
        kind = classify_line(line)
        for number, (start, end) in enumerate(iter_line_sentences(line)):
            sentence = Sentence(position + start, position + end, paragraph, kind)
            if number == 0 and sentences and goes_on(text, sentences[-1], sentence):
                sentence = replace(sentence, start=sentences.pop().start)
            sentences.append(sentence)
        position += len(line)
    return tuple(sentences)


def goes_on(text: str, last: Sentence, sentence: Sentence) -> bool:
    """A line wrapped in the middle of a sentence: it ended in a comma, or without a stop before lower case."""
    if LineKind.FURNITURE in {last.kind, sentence.kind} or text.count("\n", last.end, sentence.start) != 1:
        return False
    end, begin = text[last.end - 1], text[sentence.start]
    if end == ",":
        return True
    return end not in '.!?:;"”' and (begin.islower() or (begin.isdigit() and ends_in_lower_case(text, last)))


def ends_in_lower_case(text: str, sentence: Sentence) -> bool:
    """A headline's last word is capitalised; that of a wrapped line mostly is not: `pesertanya | 140.082 jiwa`."""
    return text[sentence.start : sentence.end].split()[-1][0].islower()


def classify_line(line: str) -> LineKind:
    stripped = line.strip()
    if FURNITURE.match(stripped) or (LIST_LINK.match(line.rstrip()) and not DATA_ITEM.search(stripped)):
        return LineKind.FURNITURE
    if stripped and stripped[-1] not in '.!?"”:;,)' and len(stripped) < 160:
        return LineKind.HEADING
    return LineKind.BODY


def iter_line_sentences(line: str) -> list[tuple[int, int]]:
    """Offsets of the sentences within one line."""
    spans: list[tuple[int, int]] = []
    begin = 0
    for match in SENTENCE_END.finditer(line):
        if is_abbreviation(line, match.start()) or not starts_sentence(line, match.end()):
            continue
        spans.append((begin, match.end()))
        begin = match.end()
    spans.append((begin, len(line)))
    return [trimmed for span in spans if (trimmed := trim(line, *span))[0] < trimmed[1]]


def is_abbreviation(line: str, stop: int) -> bool:
    if line[stop] != ".":
        return False
    word = BEFORE_STOP.search(line, max(0, stop - 12), stop)
    return word is not None and (len(word[0]) == 1 or word[0].lower() in ABBREVIATIONS)


def starts_sentence(line: str, position: int) -> bool:
    if SPLIT_NUMBER.match(line, position - 2):
        return False
    rest = line[position : position + 8].lstrip(" \t\u00a0")
    return not rest or not rest[0].islower()


def trim(line: str, start: int, end: int) -> tuple[int, int]:
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    return start, end


def find_quotes(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of direct speech, quotation marks included; a quote never runs over a line break.

    A mark that is opened and not closed on its line quotes to the end of the line ("Geografi yang menantang ...).
    """
    spans: list[tuple[int, int]] = []
    position = 0
    for line in text.splitlines(keepends=True):
        end_of_last = 0
        for match in QUOTE.finditer(line):
            spans.append((position + match.start(), position + match.end()))
            end_of_last = match.end()
        opened = OPENING.search(line, end_of_last)
        if opened is not None and len(line) - opened.start() > 30:
            spans.append((position + opened.start(), position + len(line.rstrip())))
        position += len(line)
    return tuple(spans)
