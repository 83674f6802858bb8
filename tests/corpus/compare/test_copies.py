"""Copies of one text are one source; stories that only share figures, or only a form, are not."""

import pytest

from corpus.compare.copies import find_wire, telling_figures
from corpus.compare.rules import load_rules
from corpus.compare.sources import count_sources
from corpus.compare.told import told_of_region
from corpus.readings import restate
from corpus.trust.erase import erase_text
from corpus.trust.traces import traces_of

from . import texts

DAY = "2025-05-06"


@pytest.mark.parametrize(
    ("version", "why"),
    [
        (texts.RELEASE, "printed as it came"),
        (texts.EDITED, "a few words changed"),
        (texts.WITH_LEAD, "a local lead before it"),
        (texts.CUT, "the last sentence cut"),
    ],
)
def test_a_press_release_is_known_in_every_form(room, version, why):
    room.print("kabar.id", DAY, texts.RELEASE)
    room.print("siwalima.id", DAY, version)
    room.compare()
    assert room.clusters() == [["kabar.id", "siwalima.id"]], why


@pytest.mark.parametrize(
    ("day", "story", "why"),
    [
        (DAY, texts.OTHER_STORY, "the same figures in a reporter's own words"),
        (DAY, texts.OTHER_PLACE, "the same form filled in for another region"),
        ("2025-05-12", texts.NEXT_MONTH, "the same form with newer figures"),
        ("2025-07-06", texts.RELEASE, "printed again two months later"),
        (DAY, "Cakupan JKN Kabupaten Maluku Tenggara 98,29 persen per 1 Mei 2025.", "a bulletin of one sentence"),
    ],
)
def test_other_stories_are_not_taken_for_copies(room, day, story, why):
    room.print("kabar.id", DAY, texts.RELEASE)
    room.print("siwalima.id", day, story)
    room.compare()
    assert room.clusters() == [], why


def test_the_cluster_is_named_by_its_first_article_and_tells_how_each_copy_came(room):
    later = room.print("kabar.id", "2025-05-07", texts.RELEASE)
    first = room.print("siwalima.id", "2025-05-06", texts.EDITED)
    room.compare()
    assert room.rows("SELECT id, lead_article, articles, outlets, first_published FROM clusters") == [
        (first, first, 2, 2, "2025-05-06")
    ]
    ((copied_from, similarity, figures),) = room.rows(
        "SELECT copied_from, similarity, shared_figures FROM syndication WHERE article_id = ?", later
    )
    assert (copied_from, figures) == (first, 4)
    assert 0.7 < similarity < 1


def test_a_copy_that_is_rewritten_leaves_its_cluster(room):
    room.print("kabar.id", DAY, texts.RELEASE)
    room.print("siwalima.id", DAY, texts.RELEASE)
    room.compare()
    assert room.clusters() == [["kabar.id", "siwalima.id"]]
    room.print("siwalima.id", DAY, texts.OTHER_STORY)
    room.compare()
    assert room.clusters() == []
    assert room.rows("SELECT count(*) FROM clusters") == [(0,)]


def test_one_that_was_forgotten_is_the_copy_that_it_was_and_no_other(room):
    """Its text is gone and its figures stay: a form that was filled in for another region is still another story."""
    forgotten = room.print("kabar.id", DAY, texts.RELEASE)
    room.print("siwalima.id", DAY, texts.EDITED)
    room.print("pos.id", DAY, texts.OTHER_PLACE)
    room.compare()
    erase_text(room.store, forgotten, traces_of([texts.RELEASE]))
    for key in (forgotten, *(key for (key,) in room.rows("SELECT id FROM articles WHERE outlet = 'pos.id'"))):
        restate(room.store, key)
    room.compare()
    assert room.clusters() == [["kabar.id", "siwalima.id"]]


def test_when_the_link_between_two_copies_goes_they_part(room):
    """The cut text with another lead is like the middle one only; without that one, nothing ties the three."""
    room.print("a.id", DAY, texts.WITH_LEAD)
    room.print("b.id", DAY, texts.RELEASE)
    room.print("c.id", DAY, texts.CUT)
    room.compare()
    assert room.clusters() == [["a.id", "b.id", "c.id"]]
    room.print("b.id", DAY, texts.OTHER_PLACE)
    room.compare()
    assert all("b.id" not in cluster for cluster in room.clusters())


def test_sources_are_counted_and_not_pages(room):
    """Three papers print the release, one reporter asks for herself: two sources."""
    for outlet in ("kabar.id", "siwalima.id", "terasmaluku.id"):
        room.print(outlet, DAY, texts.RELEASE)
    room.print("lapangan.id", DAY, texts.OTHER_STORY)
    room.compare()
    assert room.rows("SELECT sources FROM latest_claims WHERE region = '81.02' AND metric = 'coverage_rate'") == [(2,)]


@pytest.mark.parametrize(
    ("credits", "sources"),
    [
        (("Ambon (ANTARA) - ", "Langgur (ANTARA) - "), 1),
        (("Ambon (ANTARA) - ", ""), 2),
        (("", ""), 2),
    ],
)
def test_reports_that_credit_one_agency_for_a_figure_are_one_source(room, credits, sources):
    story = "Sebanyak 98,29 persen penduduk Kabupaten Maluku Tenggara sudah menjadi peserta JKN per 1 Mei 2025."
    for number, credit in enumerate(credits):
        room.print(f"koran{number}.id", DAY, credit + story)
    room.compare()
    told = told_of_region(room.store.db, "81.02")
    assert count_sources([told], load_rules().sources) == sources


@pytest.mark.parametrize(
    ("text", "outlet", "wire"),
    [
        ("Jakarta (ANTARA) - Menteri Kesehatan mengatakan ...", "kabar.id", "ANTARA"),
        ("Cakupan JKN naik.", "ambon.antaranews.com", "ANTARA"),
        ("Cakupan JKN naik. Sumber: Humas BPJS Kesehatan", "kabar.id", "BPJS Kesehatan"),
        ("Cakupan JKN naik. (Tim MC Kominfo Malra)", "kabar.id", "Kominfo"),
        ("Dalam keterangan tertulis, Selasa, bupati menyebut cakupan JKN naik.", "kabar.id", "siaran pers"),
        ("Bupati berkata kepada antara lain wartawan dan warga.", "kabar.id", None),
        ("Selisih antara - dan + kecil saja.", "kabar.id", None),
        ("Bantaran sungai itu ramai. Humas hadir.", "kabar.id", None),
    ],
)
def test_credits(text, outlet, wire):
    assert find_wire(text, outlet, load_rules().wires) == wire


def test_figures_that_every_story_prints_tell_nothing():
    printed = ["98,29 persen", "98.29%", "95 persen", "100 persen", "20.000 jiwa", "127.172 jiwa"]
    assert telling_figures(printed, load_rules().copies) == {"9829", "127172"}
