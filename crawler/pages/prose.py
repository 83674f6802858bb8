"""Where the article stands on a page of unknown make: the block with most running text and least of anything else.

Sentences are told from buttons, teasers and link lists by length, punctuation and how much of a line is links.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from crawler.pages.body import BLOCKS, SENTENCE, SILENT, take_out

# Sites of tables keep menu, story and teasers in cells.
MEASURED = BLOCKS | {"body", "td", "th"}
WHOLE = ("body", "html")
PURE = 0.7
FEWEST_BLANKS = 4
LEAST = 150
"""So much running text is a story, however short."""
LONG_LINE = 90
"""Longer ones are running text without a full stop, too: datelines, list items, leads."""
END = re.compile(r"[.!?][\"”’'»)\]]{0,2}\s*$")
STOP = re.compile(rf"{END.pattern}|[.!?][\"”’'»)]{{0,2}} [A-Z“\"(]")
# Teasers are cut off.
CUT_OFF = re.compile(r"(?:…|\.{3}|\[…\]|\[\.\.\.\]|selengkapnya|read more)\W{0,3}$", re.IGNORECASE)
# Names that themes give to what is no article; a block of such a name that holds most of the page's text is spared.
ASIDE = re.compile(
    r"comment|komentar|disqus|respond|sidebar|footer|related|terkait|rekomendasi|recommend|terpopuler|popular|populer|"
    r"trending|terbaru|latest|lainnya|(?<!elementor-)widget|popup|modal|cookie|consent|breadcrumb|navbar|menu|share|sosmed|social|"
    r"newsletter|(?:^|[\s_-])toc(?:$|[\s_-])|subscribe|author-?(?:box|bio|info)|about|disclaimer|copyright|next-?post|prev|pagination|"
    r"caption|gallery|image-?info|photo-?info|foto-?info|credit|baca-?juga|read-?also|more-?news|berita-?lain",
    re.IGNORECASE,
)
# Names that no theme gives to what holds its story.
NEVER = re.compile(r"comment|komentar|disqus|about|related|terkait|popul|latest|terbaru|lainnya", re.IGNORECASE)
BODY = re.compile(
    r"article|artikel|content|konten|post|entry|body|berita|isi|detail|news|read|story|single|main|text", re.IGNORECASE
)


# Parts of a text, and never the whole: of a short story, only its lead may read like running text.
PARTS = frozenset({"p", "li", "blockquote", "dd", "dt", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(slots=True)
class Block:
    """How much text a block holds, and how much of it is running text."""

    element: HtmlElement
    prose: float = 0
    total: float = 0


def find_prose(page: HtmlElement) -> tuple[HtmlElement | None, list[HtmlElement]]:
    """The block that holds the article, None where no block has running text; and the blocks that hold none of it."""
    blocks = measure(page)
    asides: list[HtmlElement] = []
    everything = max((block.prose for block in blocks.values()), default=0)
    if everything == 0:
        return None, asides
    heading = next((node for node in page.iter("h1") if "".join(node.itertext()).strip()), None)
    # That everything stands in the body says nothing.
    beside = {node for node in heading.iterancestors() if node.tag not in WHOLE} if heading is not None else set()
    for block in list(blocks.values()):
        if not is_aside(block.element) or block.element in beside:
            continue
        # What holds most of the text is called so by a careless theme, or it is a long debate below a short story.
        most = block.prose >= everything / 2
        debate = beside and everything - block.prose >= LEAST and NEVER.search(names_of(block.element))
        if not most or debate:
            disown(block, blocks)
            asides.append(block.element)
    holders = [block for block in blocks.values() if block.element.tag not in PARTS]
    best = max(holders or blocks.values(), key=lambda block: merit(block, beside))
    if best.prose <= 0:
        return None, asides
    return beside_headline(whole_of(best, blocks), heading, blocks).element, asides


def whole_of(best: Block, blocks: dict[HtmlElement, Block]) -> Block:
    """The block around it where its neighbours of the same make hold running text too: Elementor builds stories so."""
    element = best.element
    around = blocks.get(element.getparent())
    if around is None or not element.get("class"):
        return best
    for neighbour in element.getparent():
        if neighbour is not element and (neighbour.tag, neighbour.get("class")) == (element.tag, element.get("class")):
            other = blocks.get(neighbour)
            if other is not None and other.prose >= LEAST / 2 and other.prose / other.total >= PURE:
                return around
    return best


def beside_headline(best: Block, heading: HtmlElement | None, blocks: dict[HtmlElement, Block]) -> Block:
    """The innermost part of a block that has the headline and half the text; the rest is another column's."""
    for node in heading.iterancestors() if heading is not None else ():
        if node is best.element:
            break
        inner = blocks.get(node)
        if inner is not None and inner.prose >= best.prose / 2 and best.element in node.iterancestors():
            return inner
    return best


def merit(block: Block, beside: set[HtmlElement]) -> float:
    """What speaks for a block: running text, nothing else, a telling name, the headline in it or near it."""
    if block.total <= 0:
        return 0
    score: float = block.prose * (block.prose / block.total) ** 1.5
    element = block.element
    if element.get("itemprop") == "articleBody":
        score *= 2
    elif element.tag == "article" or BODY.search(names_of(element)):
        score *= 1.25
    near, steps = element, 0
    while near is not None and steps < 4:
        if near in beside:
            return score * 1.5
        near, steps = near.getparent(), steps + 1
    return score


def names_of(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def is_aside(element: HtmlElement) -> bool:
    return element.tag not in WHOLE and ASIDE.search(names_of(element)) is not None


def disown(block: Block, blocks: dict[HtmlElement, Block]) -> None:
    """Take the block's text from it and all that contain it."""
    prose, total = block.prose, block.total
    for node in block.element.iterancestors():
        if (other := blocks.get(node)) is not None:
            other.prose -= prose
            other.total -= total
    for node in block.element.iter():
        if (part := blocks.get(node)) is not None:
            part.prose = part.total = 0


def drop_asides(block: HtmlElement) -> None:
    """Take out of a block what its name says is no text: captions, share buttons, boxes with other stories."""
    blocks = measure(block)
    half = max((part.prose for part in blocks.values()), default=0) / 2
    for element in list(block.iterdescendants()):
        if element.getparent() is None or not isinstance(element.tag, str) or not is_aside(element):
            continue
        prose = blocks[element].prose if element in blocks else len("".join(element.itertext()))
        if prose <= half:
            take_out(element)


def measure(page: HtmlElement) -> dict[HtmlElement, Block]:
    """Every block with its text. Iterative: pages nest hundreds of levels deep."""
    blocks: dict[HtmlElement, Block] = {}
    stack: list[Block] = [Block(page)]
    line: list[str] = []
    linked = silent = links = 0

    def flush() -> None:
        nonlocal linked
        text = " ".join("".join(line).split())
        line.clear()
        stack[-1].total += len(text)
        # A short sentence is no proof of a story, but no button either.
        if reads_like_text(text, linked) or is_short_sentence(text, linked):
            stack[-1].prose += len(text) - linked
        linked = 0

    for event, node in etree.iterwalk(page, events=("start", "end")):
        name = node.tag if isinstance(node.tag, str) else ""
        if not name or name in SILENT:
            silent += 1 if event == "start" else -1
            if event == "end" and not silent:
                line.append(node.tail or "")
            continue
        if silent:
            continue
        if event == "start":
            if name in MEASURED or name == "br":
                flush()
            if name in MEASURED:
                stack.append(Block(node))
            links += name == "a"
            line.append(node.text or "")
            linked += len(node.text or "") if links else 0
            continue
        links -= name == "a"
        if name in MEASURED:
            flush()
            done = stack.pop()
            blocks[node] = done
            stack[-1].prose += done.prose
            stack[-1].total += done.total
        line.append(node.tail or "")
        linked += len(node.tail or "") if links else 0
    return blocks


def is_short_sentence(text: str, linked: int) -> bool:
    return not linked and text.count(" ") >= 2 and END.search(text) is not None and not CUT_OFF.search(text)


def reads_like_text(text: str, linked: int) -> bool:
    """Whether a line is running text: long enough, little of it links, not cut off like a teaser."""
    if len(text) < SENTENCE or text.count(" ") < FEWEST_BLANKS or linked * 2 >= len(text) or CUT_OFF.search(text):
        return False
    # "Berikut peserta JKN menurut kecamatan:"
    return len(text) >= LONG_LINE or STOP.search(text) is not None or text.endswith(":")
