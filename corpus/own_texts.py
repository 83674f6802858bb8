"""Texts of one's own, out of files or a pipe: stored, then read, looked at again and compared as what a run brings.

A text is known by its address; without one by the `id` it came with, or its file's name; without either by what it
says. So the same files loaded twice change nothing, and a corrected text is a new revision of its article.
"""

from __future__ import annotations

import datetime as dt
import itertools
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from corpus import removals
from corpus.intake import Clock
from corpus.rows import revision_digest, storable_value
from corpus.runs import READ_TOGETHER, Progress, Reading, Stage, compare_new, read_new, silent, utc_now
from corpus.second_looks import look_again
from corpus.store import Outcome, RunStatus, Store
from corpus.unattended.stop import Stop
from corpus.workers.work import ThisProcess, Workers
from crawler.errors import UnknownOutlet
from crawler.manners.networks import host_of
from crawler.outlets import Outlet, outlet_of, resolve_outlet
from crawler.urls import canonical_url, is_front_page, key_of, without_twin
from extract import __version__ as extractor_version
from extract.models import Article
from extract.regions.gazetteer import load_gazetteer

logger = logging.getLogger(__name__)

KIND = "extract"

NEWEST = """
    SELECT digest, fetch FROM revisions JOIN articles ON id = article_id AND articles.revision = revisions.revision
    WHERE id = ?
"""
NOTE_ID = """
    INSERT INTO own_texts (article_id, given_id, shares_id) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET given_id = excluded.given_id, shares_id = excluded.shares_id
"""


@dataclass(frozen=True, slots=True)
class LoadSummary:
    """What loading texts did. Claims are those of the articles read by it.

    `shared_ids` texts came under an id that another text of the same call has, `left_as_fetched` ones have the address
    of a page that a run fetched, whose own text stays. `unusable` counts files and lines that gave no article;
    `without_text` and `without_day` what came and says nothing, or not when it was published; `forgotten` what a
    publisher asked to be removed, and is not stored again.
    """

    run: int
    status: RunStatus
    started_at: dt.datetime
    ended_at: dt.datetime
    articles_new: int = 0
    articles_revised: int = 0
    articles_unchanged: int = 0
    shared_ids: int = 0
    left_as_fetched: int = 0
    forgotten: int = 0
    without_text: int = 0
    without_day: int = 0
    unusable: int = 0
    articles_read: int = 0
    claims: int = 0
    repaired: int = 0
    suspect: int = 0
    disputed: int = 0
    settled_by_history: int = 0

    def counts(self) -> dict[str, object]:
        """The counts alone, as the runs table keeps them."""
        facts = asdict(self)
        return {name: facts[name] for name in facts if name not in {"run", "status", "started_at", "ended_at"}}

    def to_json(self) -> dict[str, object]:
        """Everything, ready for `json.dumps`."""
        times = {"started_at": self.started_at.isoformat(), "ended_at": self.ended_at.isoformat()}
        return {"run": self.run, "kind": KIND, "status": self.status.value, **times, **self.counts()}


def nothing_unusable() -> int:
    """For who reads from something that is always an article."""
    return 0


def load_texts(
    articles: Iterable[Article],
    store: Store,
    outlets: Sequence[Outlet],
    *,
    unusable: Callable[[], int] = nothing_unusable,
    progress: Progress = silent,
    clock: Clock = utc_now,
    stop: Stop | None = None,
    workers: Workers = ThisProcess(),  # noqa: B008 - it has no state
) -> LoadSummary:
    """Store these articles in batches, then read all that are unread.

    `outlets` are those by whose names and domains an article's outlet is known; `unusable` is asked at the end how much
    of the input was no article. Where `stop` says so, it ends after the batch at hand. However it ends, it is recorded
    as a run. Raises CorpusError where the store gives out or those who work are lost; what was stored by then stays.
    """
    stop = stop or Stop()
    loading = _Loading(store, outlets, clock)
    try:
        store.save_regions(load_gazetteer().regions.values())
        loading.take_all(articles, progress, stop)
        loading.reading = read_new(store, progress, stop.ends_here, workers)
        loading.settled_by_history = look_again(store, stop.ends_here)
        compare_new(store, progress, stop.ends_here)
        loading.status = RunStatus.STOPPED if stop.has_left_work or stop.is_asked_for else RunStatus.FINISHED
    except KeyboardInterrupt:
        loading.status = RunStatus.INTERRUPTED
        raise
    finally:
        summary = loading.close(unusable())
    return summary


class _Loading:
    """A loading as it stands: failed until something better is known."""

    def __init__(self, store: Store, outlets: Sequence[Outlet], clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self.started_at = clock()
        self.run = store.begin_run(KIND, version=extractor_version, started_at=self.started_at)
        self.sites = _Sites(store, tuple(outlets))
        self.status = RunStatus.FAILED
        self.outcomes: Counter[Outcome] = Counter()
        self.shared_ids = self.left_as_fetched = self.forgotten = self.without_text = self.without_day = 0
        self.met: dict[str, str] = {}
        """The digest under which each article was met in this call, the last time."""
        self.earlier: dict[str, Article] = {}
        """Texts that their articles had once and have no more, till it is known whether the newest comes too."""
        self.reading = Reading()
        self.settled_by_history = 0

    def take_all(self, articles: Iterable[Article], progress: Progress, stop: Stop) -> None:
        """Store everything, so many in one transaction."""
        articles = iter(articles)
        taken = 0
        while batch := list(itertools.islice(articles, READ_TOGETHER)):
            with self.store.transaction():
                for article in batch:
                    self.take(article)
            taken += len(batch)
            progress(Stage.LOAD, taken, None)
            if stop.ends_here():
                break
        with self.store.transaction():
            self.take_back(is_whole=not stop.has_left_work)

    def take(self, article: Article) -> None:
        """Store one text, under what it is known by."""
        self.without_text += not article.text.strip()
        self.without_day += article.published is None
        given, digest = article.id, revision_digest(article)
        article = replace(article, outlet=self.sites.outlet_of(article), url=address_of(article))
        shares_id = False
        if article.url is None:
            article, shares_id = self.told_apart(article, digest)
        key = key_of(article)
        if removals.extend(self.store, (article.url or key,)):
            self.forgotten += 1
            return
        newest, fetch = self.store.db.execute(NEWEST, [key]).fetchone() or (None, None)
        if newest is not None and newest != digest and fetch is not None:
            # Its wording will differ in trifles, and would make a revision each time that one follows the other.
            self.left_as_fetched += 1
            self.outcomes[Outcome.UNCHANGED] += 1
        elif article.url is not None and newest != digest and self.had_once(key, digest):
            self.outcomes[Outcome.UNCHANGED] += key in self.earlier
            self.earlier[key] = article
        else:
            self.met[key] = digest
            self.save(article)
        self.shared_ids += shares_id
        self.store.db.execute(NOTE_ID, [key, storable_value(given or None), shares_id])

    def told_apart(self, article: Article, digest: str) -> tuple[Article, bool]:
        """A text without an address under what tells it from others, and whether another one has its id."""
        if not article.id:
            return replace(article, id=digest), False
        key, twin = key_of(article), replace(article, id=f"{article.id}\x1f{digest}")
        # In whatever order they come, each finds its own article again.
        is_twin = self.met.get(key, digest) != digest or self.store.exists("articles", "id", key_of(twin))
        if is_twin:
            logger.warning("id %s: another text has it, too; this one is kept as an article of its own", article.id)
        return (twin, True) if is_twin else (article, False)

    def had_once(self, key: str, digest: str) -> bool:
        """Whether an article had this text, be it in an earlier revision."""
        return self.store.count("revisions WHERE article_id = ? AND digest = ?", [key, digest]) > 0

    def take_back(self, *, is_whole: bool) -> None:
        """Settle what were texts of earlier revisions: where the newest came in the same call, they are old ones.

        Files in which one address stands twice would else make two revisions each time that they are loaded. Of a call
        that was stopped nobody knows whether it would have come.
        """
        for key, article in self.earlier.items():
            if key in self.met or not is_whole:
                self.outcomes[Outcome.UNCHANGED] += 1
            else:
                self.save(article)

    def save(self, article: Article) -> None:
        stored = self.store.save_article(article, seen_at=self.started_at, run=self.run)
        self.outcomes[stored.outcome] += 1

    def close(self, unusable: int) -> LoadSummary:
        """Write down how it ended."""
        summary = LoadSummary(
            run=self.run,
            status=self.status,
            started_at=self.started_at,
            ended_at=self.clock(),
            articles_new=self.outcomes[Outcome.NEW],
            articles_revised=self.outcomes[Outcome.REVISED],
            articles_unchanged=self.outcomes[Outcome.UNCHANGED],
            shared_ids=self.shared_ids,
            left_as_fetched=self.left_as_fetched,
            forgotten=self.forgotten,
            without_text=self.without_text,
            without_day=self.without_day,
            unusable=unusable,
            articles_read=self.reading.articles,
            claims=self.reading.claims,
            repaired=self.reading.repaired,
            suspect=self.reading.suspect,
            disputed=self.reading.disputed,
            settled_by_history=self.settled_by_history,
        )
        self.store.finish_run(self.run, self.status, ended_at=summary.ended_at, counts=summary.counts())
        return summary


def address_of(article: Article) -> str | None:
    """The address by which an article is known; None, and told, for what can be no article's."""
    url = (article.url or "").strip()
    if not url:
        return None
    if canonical_url(url).startswith("https://") and not is_front_page(url):
        return url
    logger.warning("id %s: %s is no address of an article, and is left out", article.id or "(none)", url)
    return None


class _Sites:
    """The outlets of articles by the names and addresses that these came with; those of the registry are stored."""

    def __init__(self, store: Store, outlets: tuple[Outlet, ...]) -> None:
        self.store = store
        self.outlets = outlets
        self.named: dict[str, str] = {}

    def outlet_of(self, article: Article) -> str | None:
        """Domain of the outlet that is named, or whose address it is; the name itself where nobody knows it."""
        name = (article.outlet or "").strip()
        if name:
            if name not in self.named:
                self.named[name] = self.resolve(name)
            return self.named[name]
        if not article.url:
            return None
        outlet = outlet_of(article.url, self.outlets)
        if outlet is not None:
            return self.known(outlet)
        return without_twin(host_of(article.url)) if canonical_url(article.url).startswith("https://") else None

    def resolve(self, name: str) -> str:
        try:
            return self.known(resolve_outlet(name, self.outlets))
        except UnknownOutlet:
            return name

    def known(self, outlet: Outlet) -> str:
        if outlet.domain not in self.named:
            self.store.save_outlets([outlet])
            self.named[outlet.domain] = outlet.domain
        return outlet.domain
