"""Which records of an archive are worth parsing, told from header and bytes alone: the dearest look comes last."""

from __future__ import annotations

import datetime as dt
import email.utils
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

from fastwarc.warc import WarcRecord

from crawler.archive.payload import parse_response, unpacked_body
from crawler.archive.read import DamagedRecord, TooLarge, read_block
from crawler.indexes import LISTS, is_story, story_forms
from crawler.language import load_language
from crawler.outlets import Outlet, outlet_of
from crawler.pages.paging import place_of
from crawler.relevance import load_relevance
from crawler.urls import FRONT_PAGES, without_twin

MAX_PAGE_BYTES = 8 * 1024 * 1024
"""As much as a crawl takes of a page."""
HTML_KINDS = ("html", "text/plain")
# "/2025/05/": the posts of a month.
MONTH = re.compile(r"/(?:19|20)\d\d(?:/\d\d?){0,2}/?")


class Dropped(StrEnum):
    """Why a record gave no article."""

    OTHER_RECORD = "other_record"
    """A request, a failure, or what the archive has elsewhere."""
    OTHER_SITE = "other_site"
    NO_STORY = "no_story"
    """Its address is that of a front page, a list of stories, or a further page of one."""
    OUTSIDE_WINDOW = "outside_window"
    NO_PAGE = "no_page"
    """An error, a redirect, a picture, a feed."""
    OTHER_LANGUAGE = "other_language"
    OTHER_TOPIC = "other_topic"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    NO_TEXT = "no_text"
    FAULT = "fault"
    """It tripped the reader."""
    OLDER = "older"
    """The store has seen the article later than this."""


@dataclass(frozen=True, slots=True)
class Capture:
    """A page worth parsing. `outlet` is None for a site that the registry does not know; `site` is its host."""

    url: str
    site: str
    outlet: Outlet | None
    at: dt.datetime
    body: bytes
    content_type: str
    status: int
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class Sieve:
    """What is looked for: stories of these outlets, or of any site in Indonesian where `any_site`.

    `since` and `until` are days of publication; a page captured before `since` cannot be of those days.
    """

    outlets: tuple[Outlet, ...]
    any_site: bool = False
    since: dt.date | None = None
    until: dt.date | None = None
    hosts: dict[str, Outlet | None] = field(default_factory=dict, compare=False, repr=False)
    """The outlets of the hosts met so far."""

    def find_outlet(self, host: str) -> Outlet | None:
        """The outlet that a host belongs to."""
        if host not in self.hosts:
            self.hosts[host] = outlet_of(f"http://{host}/", self.outlets) if host else None
        return self.hosts[host]

    def sift(self, record: WarcRecord) -> Capture | Dropped:
        """The page in a record, or why it is none of ours."""
        headers = record.headers
        if headers.get("WARC-Type") != "response":
            return Dropped.OTHER_RECORD
        # wget writes the address in angle brackets.
        url = (headers.get("WARC-Target-URI") or "").strip("<> ")
        host = host_of(url)
        outlet = self.find_outlet(host)
        if not host or (outlet is None and not self.any_site):
            return Dropped.OTHER_SITE
        if not has_story(url, outlet):
            return Dropped.NO_STORY
        at = record.record_date
        # A day's grace: the capture's day is one of UTC, a story's that of its zone.
        if self.since and at and at.date() + dt.timedelta(days=1) < self.since:
            return Dropped.OUTSIDE_WINDOW
        try:
            block = read_block(record)
        except DamagedRecord:
            return Dropped.DAMAGED
        except TooLarge:
            return Dropped.TOO_LARGE
        return self._open(url, host, outlet, at, block)

    def _open(
        self, url: str, host: str, outlet: Outlet | None, at: dt.datetime | None, block: bytes
    ) -> Capture | Dropped:
        response = parse_response(block)
        if response is None:
            return Dropped.DAMAGED
        kind = response.header("Content-Type") or ""
        if response.status != 200 or (kind and not any(form in kind.casefold() for form in HTML_KINDS)):
            return Dropped.NO_PAGE
        at = at or date_header(response.header("Date"))
        body = unpacked_body(response, MAX_PAGE_BYTES)
        if body is None or at is None:
            return Dropped.DAMAGED
        if outlet is None and not load_language().is_indonesian(body):
            return Dropped.OTHER_LANGUAGE
        if not load_relevance().may_be_relevant(body):
            return Dropped.OTHER_TOPIC
        return Capture(
            url=url,
            site=outlet.domain if outlet else without_twin(host),
            outlet=outlet,
            at=at,
            body=body,
            content_type=kind,
            status=response.status,
            etag=response.header("ETag"),
            last_modified=response.header("Last-Modified"),
        )

    def in_window(self, published: dt.date | None) -> bool:
        """Whether a story of this day is looked for; one that tells no day is given a chance."""
        if published is None:
            return True
        return not ((self.since and published < self.since) or (self.until and published > self.until))


def host_of(url: str) -> str:
    """The host of a web address; empty where it is none."""
    try:
        parts = urlsplit(url)
        return (parts.netloc.rpartition("@")[2] if parts.scheme in {"http", "https"} else "").casefold()
    except ValueError:
        return ""


def has_story(url: str, outlet: Outlet | None) -> bool:
    """Whether the address can be that of a story, and of the first or only page of it."""
    place = place_of(url)
    if place is None or (place.page or "1") not in {"0", "1", "all"}:
        return False
    if place.path in FRONT_PAGES and not place.query:
        return False
    if outlet is not None and (forms := story_forms(outlet)):
        return is_story(url, forms)
    return not LISTS.search(place.path) and not MONTH.fullmatch(place.path)


def is_later_page(url: str, canonical: str | None, others: Sequence[str]) -> bool:
    """Whether the page of this address is not the first of a split article, as its canonical address tells.

    A number that ends a path is mostly the article's own, so the address alone does not tell.
    """
    own, named = place_of(url), place_of(absolute(url, canonical)) if canonical else None
    if own is None or named is None or not others:
        return False
    above = own.one_up()
    return above != own and above.article == named.article and (above.page or "1") not in {"0", "1"}


def absolute(base: str, address: str) -> str:
    """The address as seen from a page; empty where it cannot be taken apart."""
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def date_header(text: str | None) -> dt.datetime | None:
    """The moment of an HTTP Date header; None where it tells none."""
    try:
        return email.utils.parsedate_to_datetime(text or "").astimezone(dt.UTC)
    except ValueError:
        return None
