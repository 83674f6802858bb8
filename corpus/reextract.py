"""Every claim derived once more from the stored texts by the current rules, and what that changed.

Batch by batch, each in one transaction; an article that is read as before is not touched, so that the same rules change
no row at all. First come all articles on whose figures the article alone decides, then those that lean on earlier
ones: so these find the past as the current rules have it. Both can be broken off anywhere and called again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from corpus import rows
from corpus.derived import READINGS, TABLES, DerivedRows, as_stored, read_alone
from corpus.readings import save_derived
from corpus.second_looks import mark_undecided, read_with_past
from corpus.store import Store
from corpus.workers.work import ThisProcess, Workers
from extract import __version__ as extractor_version
from extract.models import Article

BATCH = 100
MOST_EXAMPLES = 20
COMPARED = (*rows.JUDGED, "suspect")
"""The fields whose change is told: what a verdict answers for, and whether the figure could be settled."""

# What was taken out, or never came with a copy of the data, cannot be read again; its claims stay as they were.
WITHOUT_TEXT = """
    (id IN (SELECT article_id FROM removals WHERE article_id IS NOT NULL)
     OR (text = '' AND EXISTS (SELECT 1 FROM claims WHERE claims.article_id = articles.id)))
"""
ORDERED = {
    "mentions": "SELECT * FROM mentions WHERE article_id = ? ORDER BY ordinal",
    "quotes": "SELECT * FROM quotes WHERE article_id = ? ORDER BY start_char",
    "claims": "SELECT * FROM claims WHERE article_id = ? ORDER BY ordinal",
    "repairs": """SELECT repairs.* FROM repairs JOIN claims ON claims.id = claim_id
                  WHERE article_id = ? ORDER BY claims.ordinal""",
    "checks": "SELECT * FROM checks WHERE article_id = ? ORDER BY ordinal",
    "check_claims": "SELECT * FROM check_claims WHERE article_id = ? ORDER BY check_ordinal, claim_id",
}
JUDGING = """
    SELECT v.id FROM verdicts AS v JOIN claims AS c ON c.id = v.claim_id AND c.fingerprint = v.fingerprint
    WHERE v.article_id = ?
"""


@dataclass(frozen=True, slots=True)
class Example:
    """One claim before and after; None where there was none. `fields` are those that differ."""

    article_id: str
    text: str
    fields: tuple[str, ...]
    old: Mapping[str, object] | None
    new: Mapping[str, object] | None


@dataclass(slots=True)
class Changes:
    """What a re-extraction came to. `rewritten` articles differ in anything at all, be it only the rule of a mention.

    `changed` claims are of the same printed figure; `fields` counts what differs in them, `metrics` counts new, changed
    and gone claims by their metric. `without_text` articles were left as they are. `reviews_returned` are verdicts that
    no longer fit the claim they judged. `examples` are the first so many changes.
    """

    articles: int = 0
    rewritten: int = 0
    without_text: int = 0
    same: int = 0
    new: int = 0
    changed: int = 0
    gone: int = 0
    reviews_returned: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    metrics: dict[str, Counter[str]] = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)

    def note(self, kind: str, metric: object, example: Example) -> None:
        """Count one difference."""
        self.metrics.setdefault(str(metric), Counter())[kind] += 1
        if len(self.examples) < MOST_EXAMPLES:
            self.examples.append(example)

    def to_json(self) -> dict[str, object]:
        """Everything, ready for `json.dumps`."""
        return {
            "version": extractor_version,
            "articles": self.articles,
            "rewritten": self.rewritten,
            "without_text": self.without_text,
            "claims": {"same": self.same, "new": self.new, "changed": self.changed, "gone": self.gone},
            "fields": dict(sorted(self.fields.items())),
            "metrics": {name: dict(sorted(counts.items())) for name, counts in sorted(self.metrics.items())},
            "reviews_returned": self.reviews_returned,
            "examples": [
                {
                    "article_id": one.article_id,
                    "text": one.text,
                    "fields": list(one.fields),
                    "old": dict(one.old) if one.old else None,
                    "new": dict(one.new) if one.new else None,
                }
                for one in self.examples
            ],
        }


def silent(done: int, total: int) -> None:
    """Progress for nobody."""


def reextract(
    store: Store,
    *,
    watch: Callable[[int, int], None] = silent,
    batch: int = BATCH,
    workers: Workers = ThisProcess(),  # noqa: B008 - it has no state
) -> Changes:
    """Read every stored article by the current rules, put in place what differs, and tell what changed.

    `workers` read what the article alone decides; what leans on earlier articles is read here, one after the other.
    """
    changes = Changes(without_text=store.count(f"articles WHERE {WITHOUT_TEXT}"))
    total = store.count(f"articles WHERE NOT {WITHOUT_TEXT}")
    undecided: list[str] = []
    watch(0, total)
    readings = workers.map(read_alone, iter_readable(store, batch), READINGS)
    while some := list(islice(readings, batch)):
        with store.transaction():
            for reading in some:
                if reading.undecided:
                    undecided.append(reading.key)
                else:
                    put(store, reading, changes)
        watch(changes.articles, total)
    mark_undecided(store, undecided)
    for first in range(0, len(undecided), batch):
        with store.transaction():
            for key in undecided[first : first + batch]:
                put(store, read_with_past(store, *store.newest(key)), changes)
        watch(changes.articles, total)
    return changes


def iter_readable(store: Store, batch: int) -> Iterator[tuple[int, Article]]:
    """Every article that can be read, with its newest revision, in the order of their numbers."""
    last = -1
    while keys := next_keys(store, last, batch):
        last, _ = keys[-1]
        yield from (store.newest(key) for _, key in keys)


def next_keys(store: Store, after: int, batch: int) -> list[tuple[int, str]]:
    """Number and ID of the next articles that can be read."""
    found: list[tuple[int, str]] = store.db.execute(
        f"SELECT number, id FROM articles WHERE number > ? AND NOT {WITHOUT_TEXT} ORDER BY number LIMIT ?",
        [after, batch],
    ).fetchall()
    return found


def put(store: Store, reading: DerivedRows, changes: Changes) -> None:
    """Put a reading in the place of the one before where it differs in anything, and count what differs."""
    key = reading.key
    old = {table: list(store.db.query(query, [key])) for table, query in ORDERED.items()}
    changes.articles += 1
    compare_claims(key, old["claims"], [as_stored("claims", row) for row in reading.tables["claims"]], changes)
    if is_stored(store, reading, old):
        return
    changes.rewritten += 1
    before = {number for (number,) in store.db.execute(JUDGING, [key])}
    save_derived(store, [reading])
    changes.reviews_returned += len(before - {number for (number,) in store.db.execute(JUDGING, [key])})


def is_stored(store: Store, reading: DerivedRows, old: Mapping[str, list[rows.Row]]) -> bool:
    """Whether this very reading is what the database has."""
    found = store.db.execute(
        """SELECT extracted_revision, extractor, past FROM articles
           LEFT JOIN second_looks ON article_id = id WHERE id = ?""",
        [reading.key],
    ).fetchone()
    if found != (reading.revision, reading.version, reading.past):
        return False
    return all(same_rows(old[table], reading.tables[table]) for table in TABLES)


def same_rows(old: list[rows.Row], new: list[rows.Row]) -> bool:
    """Whether rows of the database are those that would be stored; numbers that the database gives out do not count."""
    if len(old) != len(new):
        return False
    if new and "check_ordinal" in new[0]:
        new = sorted(new, key=lambda row: (int(str(row["check_ordinal"])), str(row["claim_id"])))
    return all(
        all(there[name] == value for name, value in rows.storable(row).items())
        for there, row in zip(old, new, strict=True)
    )


def compare_claims(key: str, old: list[rows.Row], new: list[rows.Row], changes: Changes) -> None:
    """Count the claims of an article that are the same, new, changed or gone.

    A claim is found again by its ID, else by its printed figure, so that one with another metric or region is changed.
    """
    after = {str(row["id"]): row for row in new}
    unmatched = [row for row in old if row["id"] not in after]
    known = {str(row["id"]) for row in old}
    pairs: list[tuple[rows.Row | None, rows.Row]] = [
        (next(row for row in old if row["id"] == there), here) for there, here in after.items() if there in known
    ]
    for there, here in after.items():
        if there not in known:
            heir = next((row for row in unmatched if row["figure"] == here["figure"]), None)
            if heir is not None:
                unmatched.remove(heir)
            pairs.append((heir, here))
    for was, now in pairs:
        if was is None:
            changes.new += 1
            changes.note("new", now["metric"], Example(key, str(now["text"]), (), None, told(now)))
            continue
        differing = tuple(name for name in COMPARED if was[name] != now[name])
        if not differing:
            changes.same += 1
            continue
        changes.changed += 1
        changes.fields.update(differing)
        changes.note("changed", was["metric"], Example(key, str(now["text"]), differing, told(was), told(now)))
    for was in unmatched:
        changes.gone += 1
        changes.note("gone", was["metric"], Example(key, str(was["text"]), (), told(was), None))


def told(row: rows.Row) -> rows.Row:
    """What is told of a claim that changed."""
    return {name: row[name] for name in COMPARED}
