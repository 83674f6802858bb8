"""From a block of HTML to lines of text: one a paragraph, furniture out, nothing glued together."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from lxml.html import HtmlElement

from crawler.errors import RegistryError

PARAGRAPH = 200
"""A line of so many characters is no headline or button any more."""
SENTENCE = 40
"""Shorter lines are no running text, whatever they end in."""
FURNITURE = Path(__file__).with_name("furniture.toml")

# Elements that begin and end a line of their own. Table cells do not: a row is read as one line.
BLOCKS = frozenset({
    "address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul",
})  # fmt: skip
BREAKING = BLOCKS | {"br"}
CELLS = frozenset({"td", "th"})
SILENT = frozenset({
    "aside", "audio", "button", "canvas", "dialog", "embed", "figcaption", "figure", "footer", "form", "head", "iframe",
    "img", "input", "ins", "link", "map", "meta", "nav", "noscript", "object", "picture", "script", "select", "style",
    "svg", "template", "textarea", "title", "video",
})  # fmt: skip
# Zero-width signs and soft hyphens that editors leave behind.
INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
# Drupal tells writer and date of an article in a footer above its text.
SUBMITTED = re.compile(r"\b(?:node__meta|submitted)\b")
# What readers write below a story; links to it ("comments-link") and states ("comments-open") are called alike.
COMMENTS = re.compile(
    r"(?:^|\s)(?:(?:\w+[-_])?(?:comments?|komentar)(?:[-_](?:list|area|section|wrap|wrapper|box|content|body|respond|form))?"
    r"|commentlist|disqus_thread|respond)(?=\s|$)",
    re.IGNORECASE,
)
OPEN, CLOSE = "\x01", "\x02"
"""Around the text of links."""
CONTROLS = bytes([*range(0x09), 0x0B, *range(0x0E, 0x20)])
NONCHARACTERS = "\ufffe\uffff"
"""Signs that no text has, and no XML may: those around links among them. White space that it may have stays."""
# "Baca juga: <a>...</a>", also in brackets, and also where the words are part of the link.
CUE = (
    r"\b(?:baca|lihat|simak|tonton|klik|dengarkan) ?"
    r"(?:(?:juga|pula|lagi|selengkapnya|berita lain(?:nya)?) ?[:：\-–>]{0,2}|[:：])"
)
READ_ALSO = re.compile(
    rf"[(\[]?\s?(?:{CUE} ?{OPEN}[^{CLOSE}]{{4,300}}|{OPEN} ?{CUE}[^{CLOSE}]{{0,300}}){CLOSE}\s?[)\]]?", re.IGNORECASE
)
NO_LETTERS = re.compile(r"[\W_]+")


def lines_of(block: HtmlElement) -> list[str]:
    """The paragraphs of a block in order; `<br>` breaks a line, runs of white space are one blank."""
    return [line for line in map(unmarked, marked_lines(block)) if line]


def story_lines(block: HtmlElement) -> list[str]:
    """The lines of a body without links to other stories: "... (Baca juga: <a>...</a>)", and lines that are a link."""
    free_tables(block)
    free_paragraphs(block)
    kept = []
    for line in marked_lines(block):
        if OPEN in line:
            line = " ".join(READ_ALSO.sub(" ", line).split())
            if is_headline_link(line, unmarked(line)):
                continue
        # A link around several paragraphs begins on one line and ends on another.
        line = unmarked(line)
        if line:
            kept.append(line)
    return kept


def free_tables(block: HtmlElement) -> None:
    """Take tables of figures for text where they are dressed as pictures: WordPress puts each into a `<figure>`."""
    for figure in list(block.iter("figure")):
        rows = [[cell for cell in row if "".join(cell.itertext()).strip()] for row in figure.iter("tr")]
        if figure is not block and any(len(row) > 1 for row in rows):
            figure.tag = "div"


def free_paragraphs(block: HtmlElement) -> None:
    """Put paragraphs that an editor typed into a picture's caption, below its own line, behind the picture."""
    for caption in list(block.iter("figcaption")):
        caption.tag = "div"
        lines = lines_of(caption)
        caption.tag = "figcaption"
        place = next((node for node in caption.iterancestors("figure") if node is not block), caption)
        for line in reversed(lines[1:]):
            if len(line) >= PARAGRAPH and place.getparent() is not None:
                paragraph = place.makeelement("p")
                paragraph.text = line
                place.addnext(paragraph)


def is_headline_link(line: str, text: str) -> bool:
    """Whether all of a line is one link in the manner of a headline: several words, no full stop."""
    return (
        line.startswith(OPEN)
        and line.endswith(CLOSE)
        and line.count(OPEN) == 1
        and len(text.split()) >= 4
        and not text.rstrip("\"”’')»]").endswith((".", "!", "?"))
    )


def without_controls(markup: str) -> bytes:
    """Markup or text in UTF-8, without control characters and lone surrogates, which no tree can hold."""
    # As bytes: a pattern would look at each of a hundred thousand signs, which took an eighth of reading a page.
    for sign in NONCHARACTERS:
        markup = markup.replace(sign, "")
    return markup.encode("utf-8", "replace").translate(None, CONTROLS)


def take_out(element: HtmlElement) -> None:
    """Empty an element of a tree, so that only the text behind it is left.

    lxml's `drop_tree` moves that text, and of ten thousand elements in a row all that stood behind those before.
    """
    element.clear(keep_tail=True)
    element.tag = "span"


def is_comments(element: HtmlElement) -> bool:
    """Whether an element's name says that readers' comments stand in it."""
    named, called = element.get("class"), element.get("id")
    return bool((named and COMMENTS.search(named)) or (called and COMMENTS.search(called)))


def unmarked(line: str) -> str:
    return line.replace(OPEN, "").replace(CLOSE, "").strip()


def marked_lines(block: HtmlElement) -> list[str]:
    """The lines of a block with control characters around the text of links."""
    pieces: list[str] = []
    gather(block, pieces)
    text = INVISIBLE.sub("", "".join(pieces))
    return [line for line in (" ".join(part.split()) for part in text.split("\x00")) if line]


def gather(element: HtmlElement, pieces: list[str]) -> None:
    """Append the element's text, with a NUL where a line ends. Iterative: pages nest hundreds of levels deep."""
    stack: list[tuple[HtmlElement | None, str]] = [(element, "")]
    while stack:
        node, tail = stack.pop()
        if node is None:
            pieces.append(tail)
            continue
        name = node.tag
        after = node.tail or "" if node is not element else ""
        if not isinstance(name, str) or (
            name in SILENT and not (name == "footer" and SUBMITTED.search(node.get("class") or ""))
        ):
            stack.append((None, after))
            continue
        if name in ("div", "section", "ol", "ul") and node is not element and is_comments(node):
            stack.append((None, "\x00" + after))
            continue
        text = node.text or ""
        children = list(node)
        mark = "\x00" if name in BREAKING else " " if name in CELLS else ""
        if name == "a" and (children or text):
            pieces.append(f"{mark}{OPEN}{text}")
            stack.append((None, f"{CLOSE}{mark}{after}"))
        elif children:
            pieces.append(mark + text)
            stack.append((None, mark + after))
        else:
            pieces.append(mark + text + mark + after)
        if children:
            children.reverse()
            stack.extend([(child, "") for child in children])


@dataclass(frozen=True, slots=True)
class Furniture:
    """Lines to drop, lines behind which nothing belongs to the article, heads of boxes; and what ends a last line."""

    line: re.Pattern[str]
    end: re.Pattern[str]
    box: re.Pattern[str]
    tail: re.Pattern[str]


@functools.cache
def load_furniture(path: Path = FURNITURE) -> Furniture:
    """furniture.toml, ready for use. Raises RegistryError naming the file and the pattern at fault."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegistryError(path.name, "(the whole file)", str(error)) from error
    compiled = {}
    for key in ("line", "end", "box", "tail"):
        if not isinstance(data.get(key), list) or not data[key]:
            raise RegistryError(path.name, key, "must be a list of patterns")
        for pattern in data[key]:
            try:
                re.compile(pattern)
            except re.error as error:
                raise RegistryError(path.name, key, f"{pattern!r}: {error}") from error
        compiled[key] = re.compile("|".join(f"(?:{pattern})" for pattern in data[key]), re.IGNORECASE)
    return Furniture(**compiled)


def is_told(line: str) -> bool:
    """Whether a line is a sentence of a story: headlines end in "!" at most, and teasers are cut off."""
    end = line.rstrip("\"”’'»)] ")
    return len(line) >= SENTENCE and end.endswith(".") and not end.endswith("..")


def without_furniture(lines: list[str]) -> list[str]:
    """The lines without "Baca juga: ...", advertisement marks, share buttons and what follows the article."""
    furniture = load_furniture()
    long = [index for index, line in enumerate(lines) if len(line) >= PARAGRAPH]
    last_long = max(long, default=-1)
    last_told = max(
        (index for index, line in enumerate(lines) if index > last_long and is_told(line)), default=last_long
    )
    kept: list[str] = []
    for index, line in enumerate(lines):
        if furniture.end.fullmatch(line):
            # Only links and buttons follow the real end.
            if last_long <= index:
                break
            continue
        if furniture.box.fullmatch(line):
            # "Berita terkait" also heads a box in the middle.
            if last_told <= index:
                break
            continue
        if not furniture.line.fullmatch(line):
            kept.append(line)
    return kept


def without_newsroom_mark(lines: list[str]) -> list[str]:
    """The lines without the "(tri)" or "***" that ends the last one."""
    if not lines:
        return lines
    last = load_furniture().tail.sub("", lines[-1]).rstrip()
    return [*lines[:-1], last] if last else lines[:-1]


def plain(text: str) -> str:
    """Letters and digits only, in lower case: for telling whether two headings are the same."""
    return NO_LETTERS.sub("", text.casefold())
