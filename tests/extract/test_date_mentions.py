"""Sentences with their dates marked by [ ], and the days that each stands for."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import Any

import pytest
from spacy.vocab import Vocab

from extract.dates.lexicon import calendar_words
from extract.language import NewsTokenizer
from extract.mentions.date import find_dates
from extract.models import Article, Mention, Period

TOKENIZER = NewsTokenizer(Vocab())
RULES = calendar_words().rules


def dates(text: str, published: str | None = None, url: str | None = None) -> tuple[Mention[Period], ...]:
    doc = TOKENIZER(text)
    day = dt.date.fromisoformat(published) if published else None
    doc._.article = Article(id="a", text=text, published=day, url=url)
    return find_dates(doc)


def marked(text: str, mentions: tuple[Mention[Period], ...]) -> str:
    for mention in reversed(mentions):
        text = f"{text[: mention.start]}[{mention.raw}]{text[mention.end :]}"
    return text


def starts(mentions: tuple[Mention[Period], ...]) -> list[str | None]:
    return [str(mention.value.start) if mention.value else None for mention in mentions]


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_fires_on_its_example(name: str) -> None:
    rule: dict[str, Any] = dict(RULES[name])
    text = re.sub(r"[\[\]]", "", rule["text"])
    published = str(rule["published"]) if "published" in rule else None
    mentions = dates(text, published)
    assert marked(text, mentions) == rule["text"], rule["truth"]
    assert [mention.rule for mention in mentions] == [name]
    value = mentions[0].value
    assert value is not None
    assert (value.start, value.end) == (rule["start"], rule["end"])


@pytest.mark.parametrize("name", sorted(RULES))
def test_no_rule_fires_on_its_counterexample(name: str) -> None:
    text = RULES[name]["counterexample"]
    assert name not in {mention.rule for mention in dates(text, "2024-02-10")}, marked(text, dates(text, "2024-02-10"))


@pytest.mark.parametrize(
    "text",
    [
        "Rapat [Senin (5/5/2025)] pagi, dilanjutkan [Rabu, 7 Mei 2025], lalu ditutup [Kamis].",
        "Data [semester I 2024] dipakai sampai [akhir tahun].",
        "Sejak [2014] hingga [Maret 2025], jumlahnya terus bertambah.",
        "Naik dari 2,9 juta ([2014]) menjadi 30,7 juta ([2024]).",
        "[Tahun 2023]: 1.200 orang\n[Tahun 2024]: 1.300 orang",
        "Kata kepala dinas itu, [Minggu (4/5/2025)], pada [minggu lalu] sudah tuntas.",
        "Pada [2024] peserta bertambah, untuk [2025] masih dihitung.",
        "Angka [Januari] 97,1 persen, [April] 98,2 persen, dan [Mei] 98,4 persen.",
        "Data per [Desember 2024].Per [Januari 2025],naik lagi.",
        "Target nasional RPJMN [2025-2029] berlaku.",
        "Hal itu disampaikan di Ternate, [Minggu], usai rapat.",
        "Digelar [Senin],[Selasa] dan [Rabu] di tiga desa.",
    ],
)
def test_spans(text: str) -> None:
    plain = re.sub(r"[\[\]]", "", text)
    assert marked(plain, dates(plain, "2025-05-08")) == text


@pytest.mark.parametrize(
    "text",
    [
        "Hingga saat ini, kini dan sekarang belum ada data.",
        "Sebanyak 2024 orang dan 2025 jiwa didaftarkan.",
        "Mendaftarkan 2024 peserta baru.",
        "Iurannya Rp 2000 sehari, kode 1998.",
        "UU Nomor 40 Tahun 2004, UU 24 Tahun 2011, dan Perpres No. 82/2018 menjadi dasarnya.",
        "Instruksi Presiden Nomor 1 Tahun 2022 dan surat Nomor 12/5/2025.",
        "Copyright © 2023 Kabar Contoh\nHak cipta dilindungi 2022",
        "Baca https://contoh.id/2025/05/06/cakupan-mei-2025.html atau #2024.",
        "Hubungi 0812-2025-2026 atau 1500400 pukul 08.00-10.00.",
        "Baru 1/2 selesai, 11/3 lagi, layanan 24/7 (24/7).",
        "Loket buka Senin-Jumat dan Senin hingga Kamis, setiap Sabtu libur.",
        "Ibu Mei, Juni Ardiansyah dan Pak April dari Universitas Sebelas Maret.",
        "Program Jumat Curhat di dekat Pasar Minggu usai salat Jumat.",
        "Enam tahun terakhir, beberapa tahun lalu, dua puluh tahun lalu, akhir-akhir ini.",
        "Iuran dibayar tiap bulan, setiap akhir bulan, selama dua tahun ini.",
        "Musik era 2000-an diputar.",
        "Mencapai 98,29 persen, 2.025 jiwa, 19.045.000 peserta, 20251 kartu.",
        "UHC2024 dan foto_2024",
        "",
    ],
)
def test_what_is_no_date(text: str) -> None:
    mentions = dates(text, "2025-05-08")
    assert marked(text, mentions) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the year of the text's own semester
        ("Sampai September ini 84 persen. Forum Semester II Tahun 2021.", ["2021-09-01", "2021-07-01"]),
        # only a copyright line gives the year
        ("Sampai September ini 84 persen.\nCopyright © KABAR 2021", ["2021-09-01"]),
        # the weekday picks the year
        ("Kata bupati, Kamis (17/8). 2022 95 persen, 2023 96 persen.", ["2023-08-17", "2022-01-01", "2023-01-01"]),
        # several years, none of them the article's own for sure
        ("Sejak 2014 naik, target 2024, kata bupati (17/8).", ["2014-01-01", "2024-01-01", None]),
        # "2019 ini" says which year it is
        ("Pada 2019 ini naik dari 2014, per 1 Maret.", ["2019-01-01", "2014-01-01", "2019-03-01"]),
        # the article's own dated day
        ("Acara Selasa (6/5/2025). Tahun lalu, Selasa, kemarin.", ["2025-05-06", "2024-01-01", "2025-05-06", None]),
        # "ini" goes with the woman, not with the year
        ("Kelahiran 15 Maret 2000 ini hadir Agustus ini. Per 1 Mei 2025.", ["2000-03-15", "2025-08-01", "2025-05-01"]),
        ("Hal itu dikatakannya, Selasa.", [None]),
        ("Data per 31 Februari 2018.", [None]),
    ],
)  # fmt: skip
def test_without_a_day_of_publication_the_text_gives_the_year(text: str, expected: list[str | None]) -> None:
    assert starts(dates(text)) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://contoh.id/2025/05/cakupan-jkn.html", ["2024-01-01", "2025-04-01", None]),
        ("https://contoh.id/2025/05/07/cakupan-jkn", ["2024-01-01", "2025-04-01", "2025-05-06"]),
        ("https://contoh.id/read/754267/13/cakupan", [None, None, None]),
    ],
)
def test_the_address_tells_the_month_of_publication(url: str, expected: list[str | None]) -> None:
    assert starts(dates("Tahun lalu, bulan lalu, Selasa.", url=url)) == expected


@pytest.mark.parametrize(
    ("published", "text", "expected"),
    [
        # what is told without a year has mostly been: half a year ago rather than in half a year
        (
            "2025-07-10",
            "Januari 88 persen, April 90 persen, Juli ini 92 persen.",
            ["2025-01-01", "2025-04-01", "2025-07-01"],
        ),
        ("2024-11-20", "Kuota ditambah sejak Maret.", ["2024-03-01"]),
        ("2025-02-03", "Cakupan November 94 persen, Desember 95 persen.", ["2024-11-01", "2024-12-01"]),
        # what is near, or later this year, is meant as it stands
        ("2025-12-05", "Iuran baru berlaku mulai Januari.", ["2026-01-01"]),
        ("2025-05-15", "Kuota ditambah paling lambat Oktober.", ["2025-10-01"]),
        ("2025-05-15", "Capaian triwulan ketiga ditargetkan naik.", ["2025-07-01"]),
        ("2025-02-15", "Capaian triwulan keempat naik.", ["2024-10-01"]),
        # months that are names too, behind a condition
        ("2025-02-15", "Kalau Maret tidak dibayar, kepesertaan diputus.", ["2025-03-01"]),
        ("2025-02-15", "Kata Mei Lestari, kepesertaan diputus.", []),
        # a number that counts is no year of the unit before it
        ("2025-02-15", "Target kami akhir tahun 95 persen.", ["2025-10-01"]),
        ("2025-02-15", "Target kami akhir bulan 12 ribu jiwa, akhir tahun 98,5 persen.", ["2025-02-21", "2025-10-01"]),
        ("2025-02-15", "Target kami akhir tahun 2027 98 persen.", ["2027-10-01"]),
        # with the word for month between
        ("2025-02-15", "Per tanggal 1 bulan Mei tahun 2024.", ["2024-05-01"]),
    ],
)
def test_which_year_is_meant(published: str, text: str, expected: list[str | None]) -> None:
    assert starts(dates(text, published)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Januari 2025 97 persen, April 99 persen, dan Mei 96 persen.", ["2025-01-01", "2025-04-01", "2025-05-01"]),
        ("Desember 2024 97 persen, Januari 98 persen.", ["2024-12-01", "2025-01-01"]),
        ("Pada Januari, Februari dan Maret 2024.", ["2024-01-01", "2024-02-01", "2024-03-01"]),
        ("Cakupan Januari 2024 rendah. Pada November naik.", ["2024-01-01", "2025-11-01"]),
        # in speech "kemarin" is any day lately
        ('"Kemarin kita anggarkan," katanya kemarin.', [None, "2026-01-14"]),
    ],
)
def test_what_stands_beside_a_date(text: str, expected: list[str | None]) -> None:
    assert starts(dates(text, "2026-01-15")) == expected


def test_offsets_hold_and_nothing_overlaps() -> None:
    text = "\n\n Selasa\n6 Mei 2025 – Januari-Maret 2025 (30/4-2/5/2025), 𝟙 Mei 2025 \ud800 akhir 2024 lalu."
    mentions = dates(text, "2025-05-07")
    shown = TOKENIZER(text).text
    assert [shown[mention.start : mention.end] for mention in mentions] == [mention.raw for mention in mentions]
    assert all(one.end <= other.start for one, other in pairwise(mentions))


def test_a_doc_without_an_article_is_read_too() -> None:
    assert starts(find_dates(TOKENIZER("Per 1 Juni 2023, kata dia, Selasa."))) == ["2023-06-01", None]


@pytest.mark.parametrize(
    "text",
    ["1" * 50_000, "1 " * 25_000, "Selasa " * 8_000, "(" * 50_000, "\n" * 50_000, "1/1/" * 12_000, "tahun " * 9_000,
     "akhir " * 9_000, "Januari, " * 6_000, '"kemarin ' * 6_000, "© " * 20_000, "Mei 2025 - " * 5_000],
)  # fmt: skip
def test_odd_text_is_no_error_and_costs_linear_time(text: str) -> None:
    mentions = dates(text, "2025-05-07")
    assert all(mention.raw for mention in mentions)
