"""Texts by which extraction once tripped, each of them found by machine."""

import datetime as dt

import pytest

from extract.dates.resolve import parse_date
from extract.figures.read import parse_figure
from extract.letters import folded
from extract.models import Article, Unit
from extract.pipeline import extract


@pytest.mark.parametrize(
    "text", ["semesterİ II 2024", "triwulan ſatu", "harı inİ", "dua harİ lalu", "2,1 mİliar jiwa", "awaſ tahun 2024"]
)
def test_letters_that_patterns_take_for_ours_are_no_obstacle(text):
    extract(Article(id="1", text=text))


def test_what_they_spell_is_read():
    assert parse_date("6 Deſember 2025") == parse_date("6 Desember 2025")
    assert parse_figure("2,1 mİliar", Unit.PEOPLE) == parse_figure("2,1 miliar", Unit.PEOPLE)


def test_folding_keeps_every_offset():
    text = "".join(map(chr, range(0x110000)))
    assert len(folded(text)) == len(text)
    assert folded("MİNGGU ſelasa") == "minggu selasa"


@pytest.mark.parametrize("text", ["Plt", "Plt.", "Plt .", "Plt " * 3000])
def test_an_acting_office_that_is_not_named_is_none(text):
    assert all(mention.kind != "speaker" for mention in extract(Article(id="1", text=text)).mentions)


def test_an_acting_office_is_read_with_its_mark():
    (speaker,) = (
        mention
        for mention in extract(
            Article(id="1", text="Hal itu dikatakan Plt. Kepala Dinas Kesehatan, Rustam Djalil.")
        ).mentions
        if mention.kind == "speaker"
    )
    assert speaker.raw == "Plt. Kepala Dinas Kesehatan, Rustam Djalil"


@pytest.mark.parametrize("group", ["1.ooo", ".111", " .111", " 111", ". 111"])
def test_a_run_of_groups_is_one_number_at_most_and_each_group_is_looked_at_once(group):
    extract(Article(id="1", text="1" + group * 3000 + " jiwa"))


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
@pytest.mark.parametrize(
    "text", ["bulan lalu", "pekan depan", "minggu lalu", "tahun lalu", "Selasa pekan depan", "awal bulan depan"]
)
def test_an_article_of_the_first_or_last_day_of_the_calendar_is_read(day, text):
    extract(Article(id="1", text=f"Cakupan JKN di Kota Tual 98,2 persen {text}.", published=day))


@pytest.mark.parametrize(
    "text",
    [
        "Peserta JKN Kota Tual 2024 jiwa atau 73,78 persen dari 0 penduduk.",
        "Dari 1 juta penduduk Kota Tual, 8 jiwa peserta aktif (0%), 1 jiwa belum.",
        "Peserta JKN Kota Tual 1.000 jiwa dari 0 penduduk (100%); peserta aktif 1.000 jiwa (0%), nonaktif 100 jiwa.",
    ],
)
def test_nothing_of_nobody_is_no_obstacle_to_repair(text):
    assert extract(Article(id="1", text=text)).claims


@pytest.mark.parametrize("text", ["Kepala Dinas Kesehatan Rustam dan", "Kepala Dinas Kesehatan, Rustam,", "kata Plt"])
def test_an_office_at_the_end_of_a_text_is_no_obstacle(text):
    extract(Article(id="1", text=text))
