"""An official: all that is attributed to them, in order, and what changed from one statement to the next."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

from sqlite_utils import Database

from corpus.desk.page import Asked, NoSuchPage, Page, Row

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Said:
    """One statement; columns of official_statements."""

    spelled: str
    role: str | None
    day: str | None
    region: str | None
    region_name: str | None
    metric: str
    segment: str | None
    modality: str
    approx: str
    value: float
    unit: str
    as_of_start: str | None
    as_of_end: str | None
    suspect: int
    quoted: int
    quote: str | None
    outlet: str | None
    published: str | None
    url: str | None
    claim_id: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with the one before it on the same measure: how far it went, and whether that cannot be."""

    said: Said
    before: str | None = None
    """The claim before."""
    change: float | None = None
    """In the unit of both; percentage points of a percentage."""
    is_jump: bool = False


@dataclass(frozen=True, slots=True)
class OfficialPage:
    """A person and their statements, the newest first. `names` are the spellings, with office and region code."""

    id: str
    name: str
    role: str | None
    region: str | None
    region_name: str | None
    names: tuple[tuple[str, str | None, str | None], ...]
    statements: tuple[Statement, ...]
    is_cut: bool


NAMES = "SELECT name, role, region FROM speaker_names WHERE speaker_id = ? ORDER BY name, role, region"
COLUMNS = ", ".join(field.name for field in fields(Said))
STATEMENTS = f"""
    SELECT {COLUMNS} FROM official_statements
    WHERE speaker_id = :person AND claim_id IN (
        -- Sorted before sentences and articles are looked up: some people are quoted thousands of times.
        SELECT s.claim_id FROM speaker_names AS n
        JOIN standing AS s ON s.speaker = n.name AND s.speaker_role IS n.role AND s.region IS n.region
        WHERE n.speaker_id = :person AND s.review IS NOT 'reject' ORDER BY s.day DESC, s.claim_id LIMIT :most
    )
    ORDER BY day DESC, published DESC, claim_id
"""


def gather(db: Database, asked: Asked) -> OfficialPage:
    """The newest statements of the person whom the address names."""
    key = asked.path["id"]
    found = db.execute(
        """SELECT p.name, p.role, p.region, r.name FROM speakers AS p LEFT JOIN regions AS r ON r.code = p.region
           WHERE p.id = ?""",
        [key],
    ).fetchone()
    if found is None:
        raise NoSuchPage(key)
    name, role, region, region_name = found
    said = [Said(*row) for row in db.execute(STATEMENTS, {"person": key, "most": SHOWN + 1})]
    jumps = {
        (earlier, later)
        for earlier, later in db.execute(
            "SELECT earlier_claim, later_claim FROM jumps WHERE subject = 'speaker' AND key = ?", [key]
        )
    }
    names = db.execute(NAMES, [key])
    return OfficialPage(
        id=key,
        name=name,
        role=role,
        region=region,
        region_name=region_name,
        names=tuple((spelled, office, place) for spelled, office, place in names),
        statements=tuple(compare(said[:SHOWN], jumps)),
        is_cut=len(said) > SHOWN,
    )


def compare(said: list[Said], jumps: set[tuple[str, str]]) -> list[Statement]:
    """Each statement beside the one before it on the same measure of the same region; the newest first."""
    last: dict[tuple[str | None, str, str | None, str], Said] = {}
    statements: list[Statement] = []
    for one in reversed(said):
        measure = one.region, one.metric, one.segment, one.unit
        before = last.get(measure)
        if one.modality != "reported":
            statements.append(Statement(one))
            continue
        last[measure] = one
        if before is None:
            statements.append(Statement(one))
        else:
            change = round(one.value - before.value, 4)
            is_jump = (before.claim_id, one.claim_id) in jumps
            statements.append(Statement(one, before.claim_id, change, is_jump))
    return statements[::-1]


def table(found: OfficialPage) -> list[Row]:
    """One row a statement."""
    return [
        {**asdict(one.said), "before": one.before, "change": one.change, "is_jump": int(one.is_jump)}
        for one in found.statements
    ]


PAGE = Page("official", r"/pejabat/(?P<id>[0-9a-f]{6,64})", gather, table)
