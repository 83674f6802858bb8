"""A message to a channel: JSON to a webhook, a mail, a word of a Telegram bot."""

from __future__ import annotations

import email.policy
import http.client
import json
import smtplib
import ssl
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, NoReturn

from corpus.unattended.channels import Channel, Mail, Security, Telegram, Webhook
from corpus.unattended.ledger import Change, Notice, counted

TIMEOUT_SECONDS = 20
LONGEST_TELEGRAM = 4096
"""Characters; its server refuses more."""


class NotDelivered(Exception):  # noqa: N818 - named by the fact
    """A message did not get through; says why, without addresses and secrets."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is told at once: all changes since the last time, about the database of this name."""

    database: str
    notices: tuple[Notice, ...]

    @property
    def subject(self) -> str:
        """On one line: "cakupan: 2 new alarms, 1 over (cakupan.db)"."""
        return f"cakupan: {counted(Counter(notice.change for notice in self.notices))} ({self.database})"

    @property
    def text(self) -> str:
        """All of it, for people."""
        return "\n\n".join([self.subject, *map(describe, self.notices)])

    @property
    def record(self) -> dict[str, Any]:
        """All of it, for programs; `text` is what chat servers show of a webhook."""
        return {
            "text": self.text,
            "database": self.database,
            "raised": [record(one) for one in self.notices if one.change is Change.RAISED],
            "over": [record(one) for one in self.notices if one.change is Change.OVER],
        }


def describe(notice: Notice) -> str:
    """One change in words."""
    alarm, since = notice.alarm, notice.since[:16].replace("T", " ")
    if notice.change is Change.RAISED:
        return f"NEW [{alarm.id}] {alarm.sentence}\n{alarm.advice}"
    return f"OVER [{alarm.id}] stood since {since} UTC: {alarm.sentence}"


def record(notice: Notice) -> dict[str, Any]:
    """One change as a record."""
    alarm = notice.alarm
    told = {"id": alarm.id, "rule": alarm.rule, "subject": alarm.subject, "sentence": alarm.sentence}
    return told | {"advice": alarm.advice, "since": notice.since, "over_at": notice.over_at}


def deliver(channel: Channel, message: Message) -> None:
    """Send it; raises NotDelivered."""
    match channel:
        case Webhook():
            post(channel.url, message.record)
        case Telegram():
            text = shorten(message.text, LONGEST_TELEGRAM)
            post(f"{channel.api}/bot{channel.token}/sendMessage", {"chat_id": channel.chat, "text": text})
        case Mail():
            send_mail(channel, message)


def shorten(text: str, most: int) -> str:
    """The text in so many characters at the most."""
    return text if len(text) <= most else text[: most - 1] + "…"


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """What is meant for one address goes to no other."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """None: the redirect is the answer, and counts as refused."""


def post(url: str, body: dict[str, Any]) -> None:
    """JSON to an address, which has to answer that it took it."""
    data = json.dumps(body, ensure_ascii=False).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", "User-Agent": "cakupan"})
    try:
        with urllib.request.build_opener(NoRedirects).open(request, timeout=TIMEOUT_SECONDS):
            return
    except urllib.error.HTTPError as problem:
        problem.close()
        refuse(f"the server answered {problem.code}")
    except urllib.error.URLError as problem:
        refuse(f"the server cannot be reached ({type(problem.reason).__name__})")
    except (OSError, http.client.HTTPException) as problem:
        refuse(f"the server broke off ({type(problem).__name__})")


def send_mail(mail: Mail, message: Message) -> None:
    """One mail to all that are to have it."""
    letter = EmailMessage(policy=email.policy.SMTP)
    letter["Subject"] = " ".join(message.subject.split())
    letter["From"], letter["To"] = mail.sender, ", ".join(mail.to)
    letter.set_content(message.text)
    try:
        with connect(mail) as server:
            if mail.user is not None and mail.password is not None:
                server.login(mail.user, mail.password)
            refused = server.send_message(letter, mail.sender, mail.to)
    except smtplib.SMTPResponseException as problem:
        refuse(f"the mail server answered {problem.smtp_code}")
    except (OSError, smtplib.SMTPException) as problem:
        refuse(f"the mail server cannot be used ({type(problem).__name__})")
    if refused:
        refuse(f"the mail server refused {len(refused)} of {len(mail.to)} addresses")


def connect(mail: Mail) -> smtplib.SMTP:
    """The server, encrypted where that was asked for: never less."""
    context = ssl.create_default_context()
    if mail.security is Security.TLS:
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=TIMEOUT_SECONDS, context=context)
    server = smtplib.SMTP(mail.host, mail.port, timeout=TIMEOUT_SECONDS)
    if mail.security is Security.STARTTLS:
        try:
            server.starttls(context=context)
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
    return server


def refuse(reason: str) -> NoReturn:
    """Raise NotDelivered, without the error that it stems from, which may tell an address."""
    raise NotDelivered(reason) from None


def summarize(notices: Sequence[Notice]) -> str:
    """How many changes these are, in words."""
    return counted(Counter(notice.change for notice in notices))
