"""What is derived depends on what is stored, not on how it came there."""

import random

import pytest

from corpus.compare import refresh
from corpus.readings import restate
from corpus.runs import read_new

from . import texts

SAID = "Cakupan kepesertaan JKN di Kabupaten Maluku Tenggara mencapai {} persen per 1 Mei 2025, kata {}."
NEWS = (
    ("kabar.id", "2025-05-06", texts.RELEASE),
    ("siwalima.id", "2025-05-07", texts.EDITED),
    ("teras.id", "2025-05-05", texts.WITH_LEAD),
    ("lapangan.id", "2025-05-06", texts.OTHER_STORY),
    ("aru.id", "2025-05-06", texts.OTHER_PLACE),
    ("juni.id", "2025-06-06", texts.NEXT_MONTH),
    ("juli.id", "2025-07-10", "Cakupan kepesertaan JKN di Kabupaten Maluku Tenggara 41,20 persen per 1 Juli 2025."),
    ("tual.id", "2025-05-08", SAID.format("61,14", "Bupati Maluku Tenggara Muhamad Thaher Hanubun")),
    ("langgur.id", "2025-05-09", SAID.format("97,89", "Bupati Malra Thaher Hanubun")),
)


@pytest.fixture
def at_once(new_room):
    """Everything that is derived when all articles are there from the start."""
    room = new_room()
    for article in NEWS:
        room.print(*article)
    room.compare()
    return room.derived()


def test_there_is_something_of_everything(at_once):
    assert all(at_once.values()), {table: len(rows) for table, rows in at_once.items()}


@pytest.mark.parametrize("seed", range(4))
def test_articles_may_come_in_any_order_and_one_by_one(new_room, at_once, seed):
    room = new_room()
    for article in random.Random(seed).sample(NEWS, len(NEWS)):
        room.print(*article)
        room.compare()
    assert room.derived() == at_once


def test_comparing_again_changes_nothing(new_room, at_once):
    room = new_room()
    for article in NEWS:
        room.print(*article)
    room.compare()
    assert refresh(room.store) == 0
    room.store.db.execute("INSERT INTO comparisons_due SELECT 'article', id FROM articles")
    room.store.db.execute(
        "INSERT INTO comparisons_due SELECT DISTINCT 'region', region FROM standing WHERE region IS NOT NULL"
    )
    room.store.db.execute(
        "INSERT INTO comparisons_due SELECT DISTINCT 'speaker', speaker FROM standing WHERE speaker IS NOT NULL"
    )
    room.store.db.conn.commit()
    assert refresh(room.store) > len(NEWS)
    assert room.derived() == at_once


def test_interrupted_it_goes_on_where_it_was(new_room, at_once, monkeypatch):
    """Stopped after each batch in turn, and begun anew."""
    monkeypatch.setattr("corpus.compare.BATCHES", (("article", 2), ("speaker", 1), ("region", 1)))
    room = new_room()
    for article in NEWS:
        room.print(*article)

    def stop(done, total):
        raise KeyboardInterrupt

    read_new(room.store)
    stops = 0
    while True:
        try:
            refresh(room.store, stop)
        except KeyboardInterrupt:
            stops += 1
            continue
        break
    assert stops > len(NEWS) // 2
    assert room.derived() == at_once


def test_a_revision_is_as_if_it_had_been_the_first(new_room, at_once):
    room = new_room()
    for outlet, day, _ in NEWS:
        room.print(outlet, day, texts.RELEASE)
    room.compare()
    for article in NEWS:
        room.print(*article)
    room.compare()
    assert room.derived() == at_once


def test_a_verdict_taken_back_leaves_no_trace(new_room, at_once):
    room = new_room()
    for article in NEWS:
        room.print(*article)
    room.compare()
    db = room.store.db
    db.execute(
        """INSERT INTO reviews (claim_id, article_id, figure, fingerprint, reviewer, verdict, judged, reviewed_at)
           SELECT id, article_id, figure, fingerprint, 'rina', 'reject', '{}', '2025-06-01T00:00:00+00:00'
           FROM claims"""
    )
    articles = [key for (key,) in room.rows("SELECT id FROM articles")]
    for key in articles:
        restate(room.store, key)
    refresh(room.store)
    emptied = room.derived()
    assert not any(emptied[table] for table in ("latest_claims", "disputes", "jumps", "speakers", "speaker_names"))
    db.execute("DELETE FROM reviews")
    db.conn.commit()
    for key in articles:
        restate(room.store, key)
    refresh(room.store)
    assert room.derived() == at_once
