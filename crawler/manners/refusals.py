"""Why a page was not had: what this crawl would not ask or not take, and the name that each failure is counted by."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError

NO_ANSWER = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
"""What Scrapy raises where a host gives no answer, or less of one than it announced."""


class Refusal(IgnoreRequest):
    """A request that was not made or whose answer was not taken; `kind` is the name it is counted by.

    `retry_at` is when the host asked to be tried again, where it said so.
    """

    kind: ClassVar[str] = "refused"

    def __init__(self, message: str, retry_at: dt.datetime | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.retry_at = retry_at


class RefusedAddress(Refusal):
    """An address that this crawl may not ask."""


class PrivateAddress(RefusedAddress):
    """It leads to this machine or house and not to the open Internet."""

    kind = "private_address"


class NoContactGiven(RefusedAddress):
    """A real site, and nobody that it could write to."""

    kind = "no_contact"


class ForbiddenByRobots(Refusal):
    """The site's robots.txt asks that this page be left alone."""

    kind = "forbidden_by_robots"


class RobotsUnreadable(Refusal):
    """The site's robots.txt could not be had, so what it asks is not known."""

    kind = "robots_unreadable"


class Unreachable(Refusal):
    """The site does not answer, not even when it is asked for its robots.txt."""

    kind = "unreachable"


class ToldToWait(Refusal):
    """The host asked to be left alone for longer than a crawl waits, or wants longer pauses than a crawl keeps."""

    kind = "told_to_wait"


class GivenUp(Refusal):
    """The host failed so many times in a row that this crawl leaves it alone."""

    kind = "given_up"


class Stopped(Refusal):
    """The crawl was asked to end while this request waited for its turn."""

    kind = "stopped"


class TooManyRedirects(Refusal):
    """It is sent on and on, or round in circles."""

    kind = "too_many_redirects"


class BadRedirect(Refusal):
    """It is sent to what is no web page."""

    kind = "bad_redirect"


class TooLarge(Refusal):
    """The answer is larger than a page, feed or sitemap can be."""

    kind = "too_large"


class BrokenBody(Refusal):
    """What came cannot be unpacked, or ends midway."""

    kind = "broken_body"


class EmptyAnswer(Refusal):
    """The server says that all is well and sends nothing, or a part."""

    kind = "empty_answer"


def failure_kind(error: BaseException) -> str:
    """The name that a failure is counted by: "http_503", "told_to_wait", "no_answer_in_time"."""
    match error:
        case HttpError():
            return f"http_{error.response.status}"
        case Refusal():
            return error.kind
        case DownloadTimeoutError():
            return "no_answer_in_time"
        case DownloadCancelledError():
            return TooLarge.kind
        case CannotResolveHostError():
            return "unknown_host"
        case DownloadConnectionRefusedError():
            return "connection_refused"
        case DownloadFailedError() | ResponseDataLossError():
            return "connection_broken"
        case IgnoreRequest():
            # Scrapy's own: it unpacks no more than DOWNLOAD_MAXSIZE.
            return "refused_response"
        case _:
            return type(error).__name__


def describe_failure(error: Exception) -> str:
    """Why there was no answer, in plain words where they are known."""
    match error:
        case CannotResolveHostError():
            return "nobody knows an address for this name; is the network there?"
        case DownloadConnectionRefusedError():
            return "the connection is refused"
        case DownloadTimeoutError():
            return "no answer in time"
        case DownloadCancelledError():
            return "the answer is too large"
        case DownloadFailedError() if "SSL" in str(error):
            return "no secure connection can be made"
        case DownloadFailedError() | ResponseDataLossError():
            return "the connection broke off"
        case _:
            return str(error) or type(error).__name__
