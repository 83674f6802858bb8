"""Where alarms are sent: the table `[alarms]` of cakupan.toml, overruled by variables `CAKUPAN_ALARMS_...`.

Secrets are never in cakupan.toml, which people show each other: they come by a variable or from a file that a setting
ending in `_file` names. They are in no repr, message or log.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from corpus.config import ConfigError

PREFIX = "CAKUPAN_ALARMS_"
SECRETS = ("webhook", "smtp_password", "telegram_token")
"""What may be in a file: `webhook_file` and so on."""
NEVER_IN_TOML = ("smtp_password", "telegram_token")
KEYS = (
    *("webhook", "email", "email_from", "smtp", "smtp_security", "smtp_user", "smtp_password"),
    *("telegram_chat", "telegram_token", "telegram_api"),
)
TELEGRAM = "https://api.telegram.org"


class Security(StrEnum):
    """How a mail server is spoken to: in the clear (the machine's own alone should be), or encrypted."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


PORTS = {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that takes JSON by POST. Often whoever knows it may post, so it counts as a secret."""

    url: str = field(repr=False)
    name: str = "webhook"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail server and whom to write to."""

    host: str
    port: int
    to: tuple[str, ...]
    sender: str
    security: Security = Security.NONE
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    name: str = "email"


@dataclass(frozen=True, slots=True)
class Telegram:
    """A bot and the chat that it writes to; `api` is the server, for those who run their own."""

    chat: str
    token: str = field(repr=False)
    api: str = TELEGRAM
    name: str = "telegram"


Channel = Webhook | Mail | Telegram


@dataclass(frozen=True, slots=True)
class AlarmSettings:
    """The channels that are configured, and other thresholds by rule."""

    channels: tuple[Channel, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=dict)


def alarm_settings(table: Mapping[str, Any], environment: Mapping[str, str]) -> AlarmSettings:
    """Read `[alarms]` and the environment; raises ConfigError where something is unknown, lacking or unreadable."""
    given = dict(table)
    thresholds = given.pop("thresholds", {})
    if not isinstance(thresholds, dict) or not all(is_number(value) for value in thresholds.values()):
        raise ConfigError("[alarms.thresholds] is to give a number for each rule, such as no_run = 200")
    settings = {key: text_of(key, value) for key, value in given.items()}
    for key in NEVER_IN_TOML:
        if key in settings:
            raise ConfigError(
                f"[alarms]: {key!r} is a secret and does not belong here. Set {PREFIX}{key.upper()}, "
                f"or name a file that holds it with {key}_file."
            )
    for key in (*KEYS, *(f"{secret}_file" for secret in SECRETS)):
        if value := environment.get(f"{PREFIX}{key.upper()}"):
            settings[key] = value
    for secret in SECRETS:
        if (file := settings.pop(f"{secret}_file", "")) and secret not in settings:
            settings[secret] = read_secret(Path(file), f"{secret}_file")
    settings = {key: value.strip() for key, value in settings.items() if value.strip()}
    channels = [make(settings) for make in (webhook_of, mail_of, telegram_of)]
    return AlarmSettings(tuple(channel for channel in channels if channel is not None), thresholds)


def is_number(value: object) -> bool:
    """Whether TOML has a number, not negative."""
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def text_of(key: str, value: object) -> str:
    """A setting as text; raises ConfigError for an unknown key or another type."""
    known = (*KEYS, *(f"{secret}_file" for secret in SECRETS), "thresholds")
    if key not in known:
        near = difflib.get_close_matches(key, known, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(known)}"
        raise ConfigError(f"[alarms]: unknown setting {key!r}{hint}")
    if key == "email" and isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ",".join(value)
    if key == "telegram_chat" and isinstance(value, int):
        return str(value)
    if not isinstance(value, str):
        raise ConfigError(f"[alarms]: {key!r} is to be a string")
    return value


def read_secret(file: Path, key: str) -> str:
    """The first line of a file; raises ConfigError where it cannot be read or is empty."""
    try:
        lines = file.read_text(encoding="utf-8").split("\n", 1)
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "it is no text"
        raise ConfigError(f"[alarms]: {key} names {file}, which cannot be read ({reason}).") from problem
    if not lines[0].strip():
        raise ConfigError(f"[alarms]: {key} names {file}, whose first line is empty.")
    return lines[0]


def webhook_of(settings: Mapping[str, str]) -> Webhook | None:
    """The webhook, where one is set."""
    url = settings.get("webhook")
    return Webhook(checked_url("webhook", url)) if url else None


def mail_of(settings: Mapping[str, str]) -> Mail | None:
    """The mail server, where somebody is to be written to."""
    to = tuple(filter(None, (one.strip() for one in settings.get("email", "").split(","))))
    if not to:
        return None
    if bad := next((one for one in to if "@" not in one or set(one) & set(" \r\n<>")), None):
        raise ConfigError(f"[alarms]: {bad!r} in 'email' is no e-mail address")
    security = settings.get("smtp_security", "none")
    if security not in set(Security):
        raise ConfigError(f"[alarms]: 'smtp_security' is to be none, starttls or tls, not {security!r}")
    server = urlsplit(f"//{settings.get('smtp', 'localhost')}")
    try:
        port = server.port or PORTS[Security(security)]
    except ValueError as problem:
        raise ConfigError("[alarms]: 'smtp' is to be a host, with :port where it is not the usual one") from problem
    user, password = settings.get("smtp_user"), settings.get("smtp_password")
    if (user is None) != (password is None):
        raise ConfigError(f"[alarms]: 'smtp_user' and a password ({PREFIX}SMTP_PASSWORD) belong together")
    sender = settings.get("email_from", to[0])
    return Mail(server.hostname or "localhost", port, to, sender, Security(security), user, password)


def telegram_of(settings: Mapping[str, str]) -> Telegram | None:
    """The bot, where a chat is named."""
    chat, token = settings.get("telegram_chat"), settings.get("telegram_token")
    if not chat:
        return None
    if not token:
        raise ConfigError(f"[alarms]: 'telegram_chat' needs the bot's token: set {PREFIX}TELEGRAM_TOKEN")
    return Telegram(chat, token, checked_url("telegram_api", settings.get("telegram_api", TELEGRAM)).rstrip("/"))


def checked_url(key: str, url: str) -> str:
    """The address, if it is one of the web; it is not repeated where it is not, for it may hold a secret."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or set(url) & set(" \r\n\t"):
        raise ConfigError(f"[alarms]: {key!r} is to be an address that begins with https:// or http://")
    return url
