"""What must not be read in a log: what settings hold in confidence, and what looks like a password or a token."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from urllib.parse import quote, urlsplit

HIDDEN = "***"
SECRET_NAME = re.compile(r"(?:^|_)(?:webhook|token|password|secret|key)s?(?:$|_)", re.IGNORECASE)
"""Settings whose names have one of these words are held in confidence, and fields that are kept out of `repr`."""
SHORTEST = 6
"""Shorter values would blot out half a log, and are no secrets."""

LOOKS = (
    # A password in an address, and a name without one, which may be a token.
    (re.compile(r"(\b[a-z][a-z0-9+.-]{1,20}://)[^\s/?#@\"'<>]{1,500}@", re.IGNORECASE), rf"\1{HIDDEN}@"),
    # Telegram's bots have theirs in the path.
    (re.compile(r"\bbot\d{5,20}:[\w-]{20,100}"), f"bot{HIDDEN}"),
    (
        re.compile(r"(\b(?:authorization|cookie)\b['\"]?\s*[:=]\s*)[^\r\n]+", re.IGNORECASE),
        rf"\1{HIDDEN}",
    ),
    (
        re.compile(
            r"(\b(?:access_token|auth_token|api_?key|apikey|token|passw(?:or)?d|secret|signature|sig)"
            r"['\"]?\s*[:=]\s*['\"]?)[^\s&'\"<>,;]+",
            re.IGNORECASE,
        ),
        rf"\1{HIDDEN}",
    ),
)


def secrets_of(settings: object) -> frozenset[str]:
    """The values of all settings that go by a secret name, in nested settings too, and in the forms logs have them."""
    return frozenset(form for value in _iter_secrets(settings, is_secret=False) for form in _forms(value))


def hide(text: str, secrets: frozenset[str]) -> str:
    """The text with secrets, and what looks like one, made unreadable."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    for look, instead in LOOKS:
        text = look.sub(instead, text)
    return text


def _iter_secrets(value: object, *, is_secret: bool) -> Iterator[str]:
    if isinstance(value, str):
        if is_secret and len(value) >= SHORTEST:
            yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            held = getattr(value, one.name)
            yield from _iter_secrets(held, is_secret=is_secret or not one.repr or bool(SECRET_NAME.search(one.name)))
    elif isinstance(value, Mapping):
        for name, held in value.items():
            yield from _iter_secrets(held, is_secret=is_secret or bool(SECRET_NAME.search(str(name))))
    elif isinstance(value, list | tuple | set | frozenset):
        for held in value:
            yield from _iter_secrets(held, is_secret=is_secret)


def _forms(secret: str) -> Iterator[str]:
    """As it is, as an address has it, as it is printed between quotation marks; of a web address the path too."""
    yield from (secret, quote(secret, safe=""), repr(secret)[1:-1])
    address = urlsplit(secret) if "://" in secret else None
    if address is not None:
        # Libraries log what they ask a host for without the host.
        path = address.path + (f"?{address.query}" if address.query else "")
        if len(path) >= SHORTEST:
            yield path
