"""What the answer to a request says beside its page, and what the lack of one says of the page."""

from __future__ import annotations

import datetime as dt
from typing import Any

import scrapy
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.items import Archived, PageState
from crawler.manners.downloads import RETRY_AT
from crawler.manners.refusals import (
    BadRedirect,
    ForbiddenByRobots,
    Refusal,
    RefusedAddress,
    TooLarge,
    TooManyRedirects,
)
from crawler.memory import Validators

GONE = (404, 410)
ANSWERED_IN_VAIN = (HttpError, DownloadCancelledError, TooLarge, BadRedirect, TooManyRedirects)
"""The server answered, and not with a page."""


def state_after(error: BaseException) -> PageState:
    """What is known of a page that could not be had; most may be had the next time."""
    if isinstance(error, HttpError) and error.response.status in GONE:
        return PageState.GONE
    if isinstance(error, ForbiddenByRobots | RefusedAddress):
        return PageState.FORBIDDEN
    if isinstance(error, TooLarge | BadRedirect | TooManyRedirects):
        return PageState.FAILED
    return PageState.PENDING


def conditions(known: Validators | None) -> dict[str, str]:
    """The headers that ask for a page only if it changed."""
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified} if known else {}
    return {name: value for name, value in headers.items() if value}


def validators_of(response: Response, before: Validators | None = None) -> Validators:
    """What the response gives for the next conditional request; what was given before where it says nothing."""
    before = before or Validators()
    tags = ((response.headers.get(name) or b"").decode("latin-1") or None for name in ("ETag", "Last-Modified"))
    etag, last_modified = tags
    return Validators(etag or before.etag, last_modified or before.last_modified)


def retry_at_of(failure: Any) -> dt.datetime | None:  # noqa: ANN401 - Twisted's Failure
    """When the host asked to be tried again, in this answer or in one before it."""
    wish = failure.value.retry_at if isinstance(failure.value, Refusal) else None
    return wish or failure.request.meta.get(RETRY_AT)


def archived(response: Response | None, request: scrapy.Request | None = None) -> Archived | None:
    """Where the archive keeps what a request came to."""
    asked = response.request if response is not None else request
    place = asked.meta.get("archived") if asked is not None else None
    return place if isinstance(place, Archived) else None
