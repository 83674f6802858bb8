"""What a release holds by province and outlet, and of which it holds nothing: counted for the datasheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

# Independent sources: copies of one text count once.
STANDING = """
    WITH told AS (
        SELECT s.region, s.day, s.article_id, coalesce(y.cluster_id, s.article_id) AS source
        FROM standing AS s LEFT JOIN syndication AS y ON y.article_id = s.article_id
        WHERE s.review IS NOT 'reject'
    )
"""
PROVINCES = f"""
    {STANDING}
    SELECT p.code, p.name, count(told.article_id), count(DISTINCT told.region),
           (SELECT count(*) FROM regions WHERE province = p.code),
           count(DISTINCT told.article_id), count(DISTINCT told.source), max(told.day)
    FROM regions AS p
    JOIN regions AS r ON r.province = p.code
    LEFT JOIN told ON told.region = r.code
    WHERE p.level = 'province' GROUP BY p.code ORDER BY p.code
"""
NATION = f"""
    {STANDING}
    SELECT count(*) FILTER (WHERE region = '0'), count(*) FILTER (WHERE region IS NULL) FROM told
"""
SILENT = """
    SELECT r.code, r.name, p.name FROM regions AS r JOIN regions AS p ON p.code = r.province
    WHERE r.level IN ('kabupaten', 'kota')
      AND NOT EXISTS (SELECT 1 FROM standing WHERE region = r.code AND review IS NOT 'reject')
    ORDER BY r.code
"""
OUTLETS = """
    SELECT o.domain, o.name, count(a.id),
           count(DISTINCT CASE WHEN n.claims > 0 THEN a.id END), coalesce(sum(n.claims), 0),
           min(a.published_date), max(a.published_date)
    FROM outlets AS o
    LEFT JOIN articles AS a ON a.outlet = o.domain
    LEFT JOIN (
        SELECT article_id, count(*) AS claims FROM standing WHERE review IS NOT 'reject' GROUP BY article_id
    ) AS n ON n.article_id = a.id
    GROUP BY o.domain ORDER BY o.domain
"""
SOURCES = f"{STANDING} SELECT count(DISTINCT source) FROM told"


@dataclass(frozen=True, slots=True)
class ProvinceCoverage:
    """What is told of a province and of the regions in it; `day` is the newest."""

    code: str
    name: str
    claims: int
    regions_told: int
    regions: int
    articles: int
    sources: int
    day: str | None


@dataclass(frozen=True, slots=True)
class OutletCoverage:
    """What came from an outlet; `first` and `last` are days of publication."""

    domain: str
    name: str | None
    articles: int
    with_claims: int
    claims: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """All of it. `silent_regions` are kabupaten and kota without a claim: code, name, province."""

    provinces: Sequence[ProvinceCoverage]
    outlets: Sequence[OutletCoverage]
    silent_regions: Sequence[tuple[str, str, str]]
    of_nation: int
    without_region: int
    sources: int


def measure_coverage(db: Database) -> Coverage:
    """Count a release database; claims that a person rejected do not count."""
    of_nation, without_region = db.execute(NATION).fetchone()
    return Coverage(
        provinces=[ProvinceCoverage(*row) for row in db.execute(PROVINCES)],
        outlets=[OutletCoverage(*row) for row in db.execute(OUTLETS)],
        silent_regions=[(code, name, province) for code, name, province in db.execute(SILENT)],
        of_nation=of_nation,
        without_region=without_region,
        sources=db.execute(SOURCES).fetchone()[0],
    )
