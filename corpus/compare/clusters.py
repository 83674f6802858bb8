"""Articles that print one text, kept in clusters as articles come, change and go.

A cluster is a connected component: each of its articles is a copy of another one in it. When articles are due, their
signatures are made anew, and all clusters that they were in or belong to now are reckoned anew from the signatures. So
clusters depend on the articles alone and not on their order, and an article that was rewritten leaves.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.compare.copies import cut_bands, find_copy_rule, find_wire, sign, similarity, telling_figures
from corpus.compare.rules import CopyRules, Rules
from corpus.compare.sources import connect
from corpus.rows import Row
from corpus.store import Store

LATEST = "9999-12-31"  # an article without a day leads only where none has one

CANDIDATES = """
    SELECT theirs.article_id
    FROM signature_bands AS ours
    CROSS JOIN signature_bands AS theirs ON theirs.band = ours.band AND theirs.hash = ours.hash
    WHERE ours.article_id = :key AND theirs.article_id <> :key AND theirs.day BETWEEN :first AND :last
    UNION
    SELECT theirs.article_id
    FROM signature_bands AS ours
    CROSS JOIN signature_bands AS theirs ON theirs.band = ours.band AND theirs.hash = ours.hash
    WHERE ours.article_id = :key AND theirs.article_id <> :key AND theirs.day = ''
"""


@dataclass(frozen=True, slots=True)
class Print:
    """One article as it is compared."""

    article: str
    outlet: str | None
    published: str | None
    wire: str | None
    signature: bytes

    @property
    def order(self) -> tuple[str, str]:
        """Earliest first."""
        return (self.published or LATEST, self.article)


@dataclass(frozen=True, slots=True)
class Copy:
    """Two articles that print one text."""

    one: str
    other: str
    similarity: float
    shared_figures: int


def refresh_clusters(store: Store, keys: Sequence[str], rules: Rules) -> None:
    """Put these articles into the clusters where they belong, within the caller's transaction.

    Articles whose cluster or credit changes have their regions and people noted as due: their sources count anew.
    """
    shelf = _Shelf(store, rules.copies)
    before = {key: shelf.state_of(key) for key in keys}
    signed = [row for key in keys if (row := _sign_anew(store, key, rules)) is not None]
    store.insert("syndication", signed)
    prints_now = [found for row in signed if (found := shelf.get(str(row["article_id"]))) is not None]
    store.insert("signature_bands", [band for found in prints_now for band in _band_rows(found, rules.copies)])
    copies = {copy for key in keys for copy in shelf.iter_copies(key)}
    linked = {key for copy in copies for key in (copy.one, copy.other)}
    clusters = {cluster for cluster, _ in before.values()} | {shelf.state_of(key)[0] for key in linked}
    clusters.discard(None)
    members = {key for cluster in clusters for key in shelf.members_of(cluster)}
    others = (linked | members) - set(keys)
    before |= {key: shelf.state_of(key) for key in others}
    copies.update(copy for key in others for copy in shelf.iter_copies(key))
    prints = {key: found for key in before if (found := shelf.get(key)) is not None}
    _replace_clusters(store, clusters, prints, copies)
    for key in sorted(before):
        if shelf.state_of(key) != before[key]:
            _mark_counts_due(store, key)


class _Shelf:
    """The stored signatures, each article looked up once."""

    def __init__(self, store: Store, rules: CopyRules) -> None:
        self.db = store.db
        self.rules = rules
        self.least_alike = min(rule.similarity for rule in rules.rules)
        self.prints: dict[str, Print | None] = {}
        self.figures: dict[str, frozenset[str]] = {}

    def get(self, key: str) -> Print | None:
        """The article as it is compared; None for one that is not."""
        if key not in self.prints:
            row = self.db.execute(
                """SELECT outlet, published_date, wire, signature
                   FROM syndication JOIN articles ON articles.id = article_id WHERE article_id = ?""",
                [key],
            ).fetchone()
            if row is None:
                self.prints[key] = None
            else:
                self.prints[key] = Print(key, *row)
        return self.prints[key]

    def figures_of(self, key: str) -> frozenset[str]:
        """The telling figures that an article prints."""
        if key not in self.figures:
            found = self.db.execute(
                # Of one that was forgotten the claims alone are left.
                """SELECT text FROM mentions WHERE article_id = :key AND kind IN ('percent', 'count')
                   UNION SELECT text FROM claims WHERE article_id = :key""",
                {"key": key},
            )
            self.figures[key] = telling_figures((text for (text,) in found.fetchall()), self.rules)
        return self.figures[key]

    def iter_copies(self, key: str) -> Iterator[Copy]:
        """All copies of an article, itself first or second by their IDs."""
        article = self.get(key)
        if article is None:
            return
        day = dt.date.fromisoformat(article.published) if article.published else None
        window = dt.timedelta(days=self.rules.window_days)
        where = {
            "key": key,
            "first": (day - window).isoformat() if day else "",
            "last": (day + window).isoformat() if day else LATEST,
        }
        for (candidate,) in self.db.execute(CANDIDATES, where).fetchall():
            other = self.get(candidate)
            if other is None:
                continue
            alike = similarity(article.signature, other.signature)
            # Of most that share a band the texts have too little in common, whatever their figures.
            if alike < self.least_alike:
                continue
            figures, theirs = self.figures_of(key), self.figures_of(candidate)
            if find_copy_rule(alike, figures, theirs, self.rules):
                one, two = sorted((key, candidate))
                yield Copy(one, two, alike, len(figures & theirs))

    def state_of(self, key: str) -> tuple[str | None, str | None]:
        """The cluster that an article is in, and whom it credits."""
        row = self.db.execute("SELECT cluster_id, wire FROM syndication WHERE article_id = ?", [key]).fetchone()
        return tuple(row) if row else (None, None)

    def members_of(self, cluster: str | None) -> list[str]:
        rows = self.db.execute("SELECT article_id FROM syndication WHERE cluster_id = ?", [cluster])
        return [key for (key,) in rows.fetchall()]


def _sign_anew(store: Store, key: str, rules: Rules) -> Row | None:
    """Take out what is stored of an article and sign its newest text; one without a claim has nothing to be counted.

    One whose text was forgotten keeps its signature, and so stays the copy that it was.
    """
    old = store.db.execute("SELECT wire, signature FROM syndication WHERE article_id = ?", [key]).fetchone()
    store.delete("signature_bands", "article_id", key)
    store.delete("syndication", "article_id", key)
    row = store.db.execute(
        """SELECT text, outlet FROM articles
           WHERE id = ? AND EXISTS (SELECT 1 FROM claims WHERE claims.article_id = articles.id)""",
        [key],
    ).fetchone()
    if row is None:
        return None
    text, outlet = row
    if not text and old is not None:
        return {"article_id": key, "wire": old[0], "signature": old[1]}
    # A text too short to be compared has no signature, but whom it credits still counts.
    signature = sign(text, rules.copies) or b""
    return {"article_id": key, "wire": find_wire(text, outlet, rules.wires), "signature": signature}


def _band_rows(article: Print, rules: CopyRules) -> Iterator[Row]:
    # With the day, for of a form that is filled in every month only the prints of these days need be looked at.
    day = article.published or ""
    for band, found in enumerate(cut_bands(article.signature, rules)):
        yield {"band": band, "hash": found, "day": day, "article_id": article.article}


def _replace_clusters(
    store: Store, old: Iterable[str | None], prints: Mapping[str, Print], copies: Iterable[Copy]
) -> None:
    """Put the clusters that these pairs make in the place of the old ones."""
    for key in prints:
        store.update("syndication", "article_id", key, dict.fromkeys(UNCLUSTERED))
    for cluster in filter(None, old):
        store.delete("clusters", "id", cluster)
    nearest: dict[str, list[tuple[float, tuple[str, str], int]]] = {}
    links = sorted(copies, key=lambda copy: (copy.one, copy.other))
    for copy in links:
        for key, other in ((copy.one, copy.other), (copy.other, copy.one)):
            nearest.setdefault(key, []).append((-copy.similarity, prints[other].order, copy.shared_figures))
    for component in connect([(copy.one, copy.other) for copy in links]):
        members = sorted((prints[key] for key in component), key=lambda member: member.order)
        lead = members[0]
        wires = Counter(member.wire for member in members if member.wire)
        store.insert(
            "clusters",
            [
                {
                    "id": lead.article,
                    "lead_article": lead.article,
                    "articles": len(members),
                    "outlets": len({member.outlet for member in members}),
                    "wire": min(wires, key=lambda wire: (-wires[wire], wire)) if wires else None,
                    "first_published": lead.published,
                }
            ],
        )
        for member in members:
            change: Row = {"cluster_id": lead.article}
            if member is not lead:
                alike, (_, other), shared = min(nearest[member.article])
                change |= {"copied_from": other, "similarity": -alike, "shared_figures": shared}
            store.update("syndication", "article_id", member.article, change)


UNCLUSTERED = ("cluster_id", "copied_from", "similarity", "shared_figures")


def _mark_counts_due(store: Store, key: str) -> None:
    for kind, column in (("region", "region"), ("speaker", "speaker")):
        store.db.execute(
            f"""INSERT OR IGNORE INTO comparisons_due
                SELECT DISTINCT '{kind}', {column} FROM standing WHERE article_id = ? AND {column} IS NOT NULL""",
            [key],
        )
