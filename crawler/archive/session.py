"""What a file says of itself in its first record: who fetched, how, and all that a replay must know.

The record is a `warcinfo` of the usual fields, so that other tools show it. One field more, `cakupan-session`, holds
the outlet's table as it was and what was asked for, as JSON.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from crawler.archive.write import ENDING, Field
from crawler.outlets import Outlet, Way, parse_outlet

CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
FIELD = "cakupan-session"


@dataclass(frozen=True, slots=True)
class Session:
    """One outlet's part in one run."""

    run: str
    """The same in the files of all outlets of a run, and in no other."""
    number: int
    """Which run of its database it was."""
    position: int
    """Its place among the outlets of the run; those of one network follow each other."""
    outlet: Outlet
    started_at: dt.datetime
    """Aware; what counted as now."""
    since: dt.date | None
    until: dt.date | None
    limit: int | None
    insist: bool
    contact: str
    user_agent: str

    @property
    def file_name(self) -> str:
        """How its file is called, in the folder of the outlet."""
        # A test site's domain has a port.
        domain = folder_of(self.outlet)
        return f"{domain}-{self.started_at.astimezone(dt.UTC):%Y%m%d%H%M%S}-run{self.number}{ENDING}"


def folder_of(outlet: Outlet) -> str:
    """The folder of an outlet's files within an archive."""
    return outlet.domain.replace(":", "_")


def session_fields(session: Session, version: str) -> list[Field]:
    """The lines of the warcinfo record."""
    facts = {
        "run": session.run,
        "number": session.number,
        "position": session.position,
        "started_at": session.started_at.isoformat(),
        "since": session.since.isoformat() if session.since else None,
        "until": session.until.isoformat() if session.until else None,
        "limit": session.limit,
        "insist": session.insist,
        "outlet": {session.outlet.domain: outlet_table(session.outlet)},
    }
    return [
        ("software", version),
        ("format", "WARC File Format 1.1"),
        ("conformsTo", CONFORMS_TO),
        ("description", f"{session.outlet.name} ({session.outlet.domain}), run {session.number}"),
        ("isPartOf", session.run),
        ("robots", "obey"),
        ("operator", session.contact or None),
        ("http-header-user-agent", session.user_agent),
        (FIELD, json.dumps(facts, ensure_ascii=False)),
    ]


def outlet_table(outlet: Outlet) -> dict[str, Any]:
    """The outlet as its table in the registry has it, without what is as it always is."""
    table: dict[str, Any] = {way: [d.url for d in outlet.ways if d.way is way] for way in Way}
    for field in dataclasses.fields(outlet):
        value = getattr(outlet, field.name)
        if field.name not in {"domain", "ways"} and value != field.default:
            table[field.name] = value
    return {str(key): _plain(value) for key, value in table.items() if value}


def _plain(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case re.Pattern():
            return value.pattern
        case tuple():
            return [_plain(part) for part in value]
        case _:
            return value


def parse_fields(block: bytes) -> dict[str, str]:
    """The lines of a warcinfo or metadata record; the last of a name counts."""
    lines = (line.partition(":") for line in block.decode("utf-8", "replace").splitlines())
    return {name.strip(): value.strip() for name, colon, value in lines if colon}


def parse_session(fields: Mapping[str, str]) -> Session | None:
    """What the first record says; None where no `cakupan run` wrote it.

    Raises RegistryError where the outlet's table is none that this version reads.
    """
    try:
        facts = json.loads(fields.get(FIELD, ""))
    except json.JSONDecodeError:
        return None
    ((domain, table),) = facts["outlet"].items()
    return Session(
        run=facts["run"],
        number=facts["number"],
        position=facts["position"],
        outlet=parse_outlet(domain, table, "the archive"),
        started_at=dt.datetime.fromisoformat(facts["started_at"]),
        since=_day(facts["since"]),
        until=_day(facts["until"]),
        limit=facts["limit"],
        insist=facts["insist"],
        contact=fields.get("operator", ""),
        user_agent=fields.get("http-header-user-agent", ""),
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def with_search(outlet: Outlet, words: Iterable[str]) -> Outlet:
    """The outlet with the words that it was searched for, where its own table names none."""
    return outlet if outlet.search else dataclasses.replace(outlet, search=tuple(words))
