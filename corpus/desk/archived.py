"""The copy of a page as it was fetched, without anything that does something or asks for something."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lxml import etree, html
from lxml_html_clean import Cleaner
from sqlite_utils import Database

from corpus.desk.page import NoSuchPage
from corpus.trust.files import is_plain
from crawler.archive.payload import parse_response, unpacked_body
from crawler.archive.read import DamagedRecord, TooLarge, read_at
from crawler.pages.read import decode

MOST_BYTES = 5_000_000
FETCH = """
    SELECT f.url, coalesce(f.final_url, f.url), f.outlet, f.fetched_at, f.warc_file, f.warc_offset,
           EXISTS (SELECT 1 FROM dropped_files WHERE file = f.warc_file),
           EXISTS (SELECT 1 FROM revisions AS r JOIN removals AS x ON x.article_id = r.article_id WHERE r.fetch = f.id)
    FROM fetches AS f WHERE f.id = ?
"""
# What a page draws in from elsewhere, or hands on to others: all of it is taken out.
DRAWN_IN = ("src", "srcset", "poster", "background", "data", "longdesc", "usemap", "ping", "imagesrcset", "lowsrc")
TAGS = (
    "img",
    "picture",
    "source",
    "audio",
    "video",
    "track",
    "svg",
    "math",
    "canvas",
    "map",
    "area",
    "base",
    "template",
)


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page as it was fetched: `body` is safe HTML, the inside of a body element."""

    url: str
    fetched_at: str
    body: str


def load_copy(db: Database, fetch: int, archive: Path | None) -> ArchivedPage:
    """The copy that a fetch brought. Raises NoSuchPage where there is none, or it cannot be read."""
    row = db.execute(FETCH, [fetch]).fetchone()
    if row is None:
        raise NoSuchPage(str(fetch))
    _, url, outlet, fetched_at, file, offset, is_dropped, is_removed = row
    if archive is None or file is None or offset is None or is_dropped or is_removed:
        raise NoSuchPage(str(fetch))
    path = find_file(archive, outlet, file)
    if path is None:
        raise NoSuchPage(str(fetch))
    try:
        _, block = read_at(path, offset)
    except (DamagedRecord, TooLarge, OSError) as problem:
        raise NoSuchPage(str(fetch)) from problem
    response = parse_response(block)
    body = unpacked_body(response, MOST_BYTES) if response else None
    if response is None or body is None:
        raise NoSuchPage(str(fetch))
    return ArchivedPage(url, fetched_at, sanitise(decode(body, response.header("Content-Type") or "")))


def find_file(archive: Path, outlet: str | None, name: str) -> Path | None:
    """The file of this name in the folder of its outlet, or in the archive itself; never one outside of it.

    Name and outlet come out of the database, and a link may lie in the archive: neither leads elsewhere.
    """
    if not is_plain(name):
        return None
    # As crawler.archive.session.folder_of has it.
    folder = (outlet or "").replace(":", "_")
    folders = [archive / folder, archive] if is_plain(folder) else [archive]
    root = archive.resolve()
    for path in (folder / name for folder in folders):
        if path.is_file() and path.resolve().is_relative_to(root):
            return path
    return None


def sanitise(page: str) -> str:
    """The body of a page with its words and their structure, and nothing else: no script, style, form, frame or image.

    Links keep their address only where it is http or https.
    """
    try:
        document = html.document_fromstring(page.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:  # nothing in it
        return ""
    # The cleaner looks at addresses in attributes and at what it knows to be dangerous; the rest is ours.
    clean = Cleaner(
        scripts=True,
        javascript=True,
        comments=True,
        style=True,
        inline_style=True,
        links=True,
        meta=True,
        page_structure=False,
        processing_instructions=True,
        embedded=True,
        frames=True,
        forms=True,
        annoying_tags=True,
        safe_attrs_only=True,
        kill_tags=[*TAGS, "noscript", "iframe", "object", "embed", "button", "select", "textarea"],
        remove_unknown_tags=True,
        add_nofollow=True,
    )
    clean(document)
    for element in document.iter(etree.Element):
        for name in DRAWN_IN:
            element.attrib.pop(name, None)
        for name in ("id", "class", "name", "style", "target"):
            element.attrib.pop(name, None)
        for name in ("href", "cite", "action"):
            if not element.attrib.get(name, "").startswith(("https://", "http://")):
                element.attrib.pop(name, None)
    body = document.find("body")
    if body is None:
        return ""
    inside = [body.text or "", *(html.tostring(child, encoding="unicode") for child in body)]
    first = html.Element("span")
    first.text = inside[0]
    return "".join([html.tostring(first, encoding="unicode"), *inside[1:]])
