"""Headers that every answer carries, and what is refused before anybody reads it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from ipaddress import ip_address
from typing import Any

from corpus.desk.cells import SafeCells
from crawler.manners.networks import hostname_of

# Nothing but what this server itself sends: no script in the page, no frame, nothing from elsewhere.
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
# A copy of a page of somebody else's: its own styles, and nothing that does or asks for anything.
COPY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'; base-uri 'none'"
# Datasette's own pages have scripts within.
DATASETTE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
MOST_BYTES = 1_000_000
"""Of what somebody sends; the text of a long article has a tenth of it."""

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
App = Callable[[Scope, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]


def guard(app: App, names: frozenset[str] | None = None) -> App:
    """The same application, with the headers, and without bodies that are too long or of untold length.

    Cells of a CSV are made safe. Asked under other `names` than these and this machine's own it refuses; None for any.
    """

    async def guarded(
        scope: Scope, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        cells = SafeCells() if scope["path"].endswith(".csv") else None

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [
                    (name, value)
                    for name, value in message.get("headers", [])
                    # Marks make it longer.
                    if cells is None or name.lower() != b"content-length"
                ]
                told = {name.lower() for name, _ in headers}
                if b"content-security-policy" not in told:
                    headers.append((b"content-security-policy", DATASETTE_POLICY.encode()))
                headers += [(name, value) for name, value in HEADERS if name not in told]
                message = {**message, "headers": headers}
            elif cells is not None and message["type"] == "http.response.body":
                is_last = not message.get("more_body", False)
                message = {**message, "body": cells.feed(message.get("body", b""), is_last=is_last)}
            await send(message)

        if refusal := refuse(scope, names):
            status, text = refusal
            start = {"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]}
            await send_guarded(start)
            await send({"type": "http.response.body", "body": text.encode()})
            return
        await app(scope, receive, send_guarded)

    return guarded


def refuse(scope: Scope, names: frozenset[str] | None = None) -> tuple[int, str] | None:
    """Status and text for a request that is not to be read."""
    headers = dict(scope.get("headers") or [])
    if names is not None and not is_known(headers.get(b"host", b"").decode("latin-1"), names):
        return 421, "Not a name of this desk. Whoever runs it can give it one: cakupan serve --name NAME"
    if scope["method"] in {"GET", "HEAD", "OPTIONS"}:
        return None
    told = headers.get(b"content-length", b"")
    if not told.isdigit():
        return 411, "Content-Length is missing."
    return (413, f"More than {MOST_BYTES:,} bytes.") if int(told) > MOST_BYTES else None


def is_known(host: str, names: frozenset[str]) -> bool:
    """Whether a Host header names the desk: by one of its names, or as this machine.

    A page of any site can have its own name resolve to 127.0.0.1 and then read what a desk there answers, but not
    change the name that it asks for.
    """
    name = hostname_of(host)
    return name in names or is_loopback(name)


def is_loopback(host: str) -> bool:
    """Whether only this machine can come to an address."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def is_from_elsewhere(headers: dict[str, str]) -> bool:
    """Whether a browser says that another site made it send this."""
    return headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}
