"""One region, one measure, one time, two sources, two values that cannot be one."""

import datetime as dt

import pytest

from corpus.compare import refresh
from corpus.compare.contradictions import is_moment
from corpus.readings import restate

from . import texts

PER_MAY = "Cakupan kepesertaan JKN di Kabupaten Maluku Tenggara mencapai {} per 1 Mei 2025."


def disputes(room):
    """The values on each side of every contradiction, and how many sources there are."""
    found = []
    for key, sources in room.rows("SELECT id, sources FROM disputes ORDER BY region, metric, as_of_start"):
        sides = room.rows(
            """SELECT side, min(value) FROM dispute_claims JOIN standing USING (claim_id)
               WHERE dispute_id = ? GROUP BY side ORDER BY side""",
            key,
        )
        found.append(([value for _, value in sides], sources))
    return found


@pytest.fixture
def tell(room):
    """Has each outlet print a sentence on the same day, then compares."""

    def tell(*sentences, day="2025-05-06"):
        for number, sentence in enumerate(sentences):
            room.print(f"koran{number}.id", day, sentence)
        room.compare()
        return disputes(room)

    return tell


@pytest.mark.parametrize(
    ("one", "other", "sides"),
    [
        ("98,29 persen", "97,89 persen", [97.89, 98.29]),
        ("98,29 persen", "lebih dari 99 persen", [98.29, 99]),
        ("98,29 persen", "98,3 persen", None),
        ("98,29 persen", "98 persen", None),
        ("98,29 persen", "sekitar 98 persen", None),
        ("98,29 persen", "lebih dari 95 persen", None),
        ("98,29 persen", "98,29 persen", None),
    ],
)
def test_values_apart_by_more_than_their_words_allow(tell, one, other, sides):
    assert tell(PER_MAY.format(one), PER_MAY.format(other)) == ([(sides, 2)] if sides else [])


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ("Cakupan kepesertaan JKN di Kabupaten Maluku Tenggara mencapai 97,89 persen per 1 Juni 2025.", "another day"),
        ("Cakupan kepesertaan JKN di Kabupaten Kepulauan Aru mencapai 97,89 persen per 1 Mei 2025.", "another region"),
        ("Cakupan kepesertaan JKN di Kabupaten Maluku Tenggara mencapai 97,89 persen.", "told without a day"),
        ("Cakupan kepesertaan JKN di Kabupaten Maluku Tenggara ditargetkan 99 persen per 1 Mei 2025.", "a target"),
        ("Tingkat keaktifan peserta JKN di Kabupaten Maluku Tenggara 81,4 persen per 1 Mei 2025.", "another measure"),
    ],
)
def test_other_things_are_no_contradiction(tell, other, why):
    assert tell(PER_MAY.format("98,29 persen"), other) == [], why


def test_a_year_is_too_long_to_contradict_oneself_in(tell):
    said = "Cakupan kepesertaan JKN di Kabupaten Maluku Tenggara mencapai {} pada tahun 2024."
    assert tell(said.format("98,29 persen"), said.format("97,89 persen")) == []


def test_a_rounded_value_that_fits_both_sides_is_on_neither(tell):
    values = ("98,29 persen", "97,89 persen", "98 persen")
    assert tell(*(PER_MAY.format(value) for value in values)) == [([97.89, 98.29], 2)]


def test_an_article_at_odds_with_itself_contradicts_nobody(tell):
    """Which of its two values stands is open; the check `one_value` has told so already."""
    both = PER_MAY.format("97,89 persen") + " " + PER_MAY.format("98,29 persen")
    assert tell(both, PER_MAY.format("98,29 persen")) == []


def test_a_slip_in_a_copy_is_no_second_source(tell):
    """One release, two papers, one of which mistyped: the text is one, and says one thing."""
    assert tell(texts.RELEASE, texts.RELEASE.replace("98,29", "98,92")) == []


def test_sources_are_counted_once_each(tell):
    told = (texts.RELEASE, texts.EDITED, texts.OTHER_STORY.replace("98,29", "97,89"))
    assert tell(*told) == [([97.89, 98.29], 2)]


def test_today_is_the_day_of_the_article(tell):
    said = "Hingga saat ini cakupan kepesertaan JKN di Kabupaten Maluku Tenggara mencapai {}."
    assert tell(said.format("98,29 persen"), said.format("97,89 persen")) == [([97.89, 98.29], 2)]


def judge(room, value, verdict, corrections="{}"):
    """A reviewer's word on the claim of this value."""
    room.store.db.execute(
        """INSERT INTO reviews (claim_id, article_id, figure, fingerprint, reviewer, verdict, corrections, judged,
                                reviewed_at)
           SELECT id, article_id, figure, fingerprint, 'rina', ?, ?, '{}', '2025-06-01T00:00:00+00:00'
           FROM claims WHERE value = ?""",
        [verdict, corrections, value],
    )
    for (article,) in room.rows("SELECT article_id FROM claims WHERE value = ?", value):
        restate(room.store, article)
    room.store.db.conn.commit()
    refresh(room.store)


def test_a_rejected_claim_contradicts_nobody(room, tell):
    assert tell(PER_MAY.format("98,29 persen"), PER_MAY.format("97,89 persen"))
    judge(room, 97.89, "reject")
    assert disputes(room) == []


def test_a_corrected_claim_says_what_the_reviewer_read(room, tell):
    assert tell(PER_MAY.format("98,29 persen"), PER_MAY.format("97,89 persen"))
    judge(room, 97.89, "correct", '{"value": 98.29}')
    assert disputes(room) == []


@pytest.mark.parametrize(
    ("start", "end", "moment"),
    [
        ("2025-05-01", "2025-05-01", True),
        ("2025-05-01", "2025-05-31", True),
        ("2025-04-01", "2025-06-30", True),
        ("2024-07-01", "2024-12-31", True),
        ("2024-01-01", "2024-12-31", False),
        ("2025-05-01", "2025-05-20", False),
        ("2025-05-01", "2025-07-31", False),
    ],
)
def test_days_months_quarters_and_semesters_are_moments(start, end, moment):
    assert is_moment(dt.date.fromisoformat(start), dt.date.fromisoformat(end)) is moment
