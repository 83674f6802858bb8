"""Full-text search over articles and over the sentences of claims, for what a person types.

Of a word that stands in every second article no ranking tells anything, and to rank them all takes seconds. So only the
`MOST` matches that came in last are ranked, by day or by BM25, and of a region, an outlet or a time only the `LATEST`
claims or articles are looked through; `Found.is_capped` tells when there were more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlite_utils import Database

from corpus.errors import EmptySearch

MOST = 2_000
LATEST = 3_000
"""Of a region, an outlet or the time since a day, so many claims or articles are looked through."""
WORDS_AROUND = 24
"""So many words of an article's text are shown around what was found."""

TOKEN = re.compile(r'(?P<without>-?)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
WORD = re.compile(r"\w")


class Order(StrEnum):
    """Which matches come first: the latest published, or those that fit best by BM25."""

    NEWEST = "newest"
    BEST = "best"


@dataclass(frozen=True, slots=True)
class Within:
    """Where to look. `region` is a code, a province's with all that lies in it; `since` an ISO day of publication."""

    region: str | None = None
    outlet: str | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One match. `text` is a quote, or what stands around the words in an article, `[...]` around the words."""

    article_id: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    given_id: str | None
    """What a text of one's own came under."""
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found; with `is_capped` there was more than is looked through, and only the latest of it was."""

    hits: tuple[Hit, ...]
    is_capped: bool


@dataclass(frozen=True, slots=True)
class _Shelf:
    """A full-text index `f`, and how the numbers of its rows lead to articles and back."""

    index: str
    article: str
    """The article `a` of a candidate `c`."""
    shown: str
    of_article: str
    """Number, from an article `a`."""
    of_claim: str
    """Number, from the ID of a claim in `s`."""


ARTICLES = _Shelf(
    index="articles_fts",
    article="articles AS a ON a.number = c.number",
    shown=f"snippet(articles_fts, 1, '[', ']', '…', {WORDS_AROUND})",
    of_article="a.number FROM articles AS a",
    of_claim=(
        "a.number FROM s CROSS JOIN claims AS k ON k.id = s.claim_id CROSS JOIN articles AS a ON a.id = k.article_id"
    ),
)
QUOTES = _Shelf(
    index="quotes_fts",
    article="quotes AS q ON q.number = c.number JOIN articles AS a ON a.id = q.article_id",
    shown="highlight(quotes_fts, 0, '[', ']')",
    of_article="q.number FROM articles AS a CROSS JOIN quotes AS q ON q.article_id = a.id",
    of_claim=(
        "q.number FROM s CROSS JOIN claims AS k ON k.id = s.claim_id "
        "CROSS JOIN quotes AS q ON q.article_id = k.article_id AND q.start_char = k.quote_start"
    ),
)


def search_articles(
    db: Database, words: str, within: Within = Within(), *, order: Order = Order.NEWEST, limit: int = 20
) -> Found:
    """Articles whose title or text has these words; raises EmptySearch where none is asked for."""
    return _search(db, ARTICLES, words, within, order, limit)


def search_quotes(
    db: Database, words: str, within: Within = Within(), *, order: Order = Order.NEWEST, limit: int = 20
) -> Found:
    """Sentences with figures that have these words; raises EmptySearch where none is asked for."""
    return _search(db, QUOTES, words, within, order, limit)


def known_sites(db: Database) -> Sequence[tuple[str, str | None]]:
    """Domain and name of every outlet that the database knows."""
    found: list[tuple[str, str | None]] = db.execute("SELECT domain, name FROM outlets ORDER BY domain").fetchall()
    return found


def match_expression(words: str) -> str:
    """What a person typed, as an FTS5 query: all words, "phrases", prefixes*, and none of -these.

    Nothing else that FTS5 knows is an operator here, so that no input is an error. Case and accents do not matter; a
    quotation mark without its partner is passed over. Raises EmptySearch where no word is asked for.

    >>> match_expression('peserta "Kota Tual" iur* -target')
    '("peserta" AND "Kota Tual" AND "iur"*) NOT "target"'
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for token in TOKEN.finditer(words):
        text = token["phrase"] if token["phrase"] is not None else token["word"]
        # A star of its own, or one within a word, is no prefix.
        is_prefix = token["phrase"] is None and text.endswith("*")
        if not WORD.search(text):
            continue
        quoted = '"' + text.rstrip("*").replace('"', " ").replace("\0", " ") + '"' + ("*" if is_prefix else "")
        (unwanted if token["without"] else wanted).append(quoted)
    if not wanted:
        raise EmptySearch(words)
    asked = " AND ".join(wanted)
    return f"({asked}) NOT {' NOT '.join(unwanted)}" if unwanted else asked


def candidates_sql(shelf: _Shelf, within: Within, order: Order) -> str:
    """The question for the best candidates; its parameters are words, region, outlet, since, most, latest and limit."""
    places = dict(_places(shelf, within))
    sets = "".join(f"{name} (number) AS MATERIALIZED ({question}),\n    " for name, question in places.items())
    # The `+` keeps SQLite from asking the index once for each number; CROSS keeps it from asking for each article.
    inside = "".join(f" AND +f.rowid IN (SELECT number FROM {name})" for name in places)
    full = "".join(f" OR (SELECT count(*) FROM {name}) >= :latest" for name in places)
    score = f"bm25({shelf.index})" if order is Order.BEST else "NULL"
    first = "c.score, c.number DESC" if order is Order.BEST else "a.published_date DESC, c.number DESC"
    return f"""
    WITH {sets}c AS MATERIALIZED (
        SELECT f.rowid AS number, {score} AS score FROM {shelf.index} AS f
        WHERE {shelf.index} MATCH :words{inside}
        ORDER BY f.rowid DESC LIMIT :most
    )
    SELECT c.number, a.id, a.title, a.outlet, a.published, a.url,
           (SELECT given_id FROM own_texts WHERE article_id = a.id),
           (SELECT count(*) FROM c) >= :most{full} AS is_capped
    FROM c CROSS JOIN {shelf.article} ORDER BY {first} LIMIT :limit
    """


def _places(shelf: _Shelf, within: Within) -> Iterator[tuple[str, str]]:
    """The numbers that each condition leaves, the latest first."""
    if within.region is not None:
        # "/" follows "." in ASCII: a province's code, and all codes that begin with it and a dot.
        inside = "region >= :region AND region < :region || '/'"
        # The index alone tells day and claim, so that only the latest are looked up.
        claims = f"SELECT claim_id FROM standing WHERE {inside} ORDER BY day DESC LIMIT :latest"
        yield "in_region", f"WITH s AS MATERIALIZED ({claims}) SELECT {shelf.of_claim}"
    if within.outlet is not None:
        yield "in_outlet", f"SELECT {shelf.of_article} WHERE a.outlet = :outlet ORDER BY a.number DESC LIMIT :latest"
    if within.since is not None:
        latest = "WHERE a.published_date >= :since ORDER BY a.published_date DESC LIMIT :latest"
        yield "since_day", f"SELECT {shelf.of_article} {latest}"


def _search(db: Database, shelf: _Shelf, words: str, within: Within, order: Order, limit: int) -> Found:
    expression = match_expression(words)
    given = {"words": expression, "region": within.region, "outlet": within.outlet, "since": within.since}
    limits = {"most": MOST, "latest": LATEST, "limit": limit}
    rows = db.execute(candidates_sql(shelf, within, order), given | limits).fetchall()
    shown = _shown(db, shelf, expression, [row[0] for row in rows])
    hits = tuple(
        Hit(key, title, outlet, day, url, given, shown[number])
        for number, key, title, outlet, day, url, given, _ in rows
    )
    return Found(hits, is_capped=bool(rows) and bool(rows[0][-1]))


def _shown(db: Database, shelf: _Shelf, expression: str, numbers: list[int]) -> dict[int, str]:
    """What is shown of each hit: only of these few is the text read at all."""
    question = f"SELECT {shelf.shown} FROM {shelf.index} WHERE {shelf.index} MATCH ? AND rowid = ?"
    return {number: db.execute(question, [expression, number]).fetchone()[0] for number in numbers}
