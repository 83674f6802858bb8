"""Reporters and editors told apart, and taken off the end of the last sentence."""

import pytest

from crawler.pages.bylines import parse_people, split_foot, split_names


@pytest.mark.parametrize(
    ("text", "authors", "editors"),
    [
        ("Pewarta: Rina Wulandari dan Joko Susilo", ("Rina Wulandari", "Joko Susilo"), ()),
        (
            "Pewarta: Rina WulandariEditor: Dewi Lestari Copyright (c) ANTARA 2026",
            ("Rina Wulandari",),
            ("Dewi Lestari",),
        ),
        ("Rep: C31/ Red: Dewi Lestari", ("C31",), ("Dewi Lestari",)),
        ("Penulis\n: Rina Wulandari\nEditor\n: Dewi Lestari", ("Rina Wulandari",), ("Dewi Lestari",)),
        ("Editor: Redaksi", (), ()),
        ("Bupati berkata tidak", (), ()),
    ],
)
def test_labels_tell_who_did_what(text, authors, editors):
    people = parse_people(text)
    assert (people.authors, people.editors) == (authors, editors)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Oleh Rina Wulandari pada 26 Apr 2021, 07:00 WIB", ["Rina Wulandari"]),
        ("By admin", ["admin"]),
        ("Rina, Joko & Dewi", ["Rina", "Joko", "Dewi"]),
        ("Nurlaila Hi. Ahmad", ["Nurlaila Hi. Ahmad"]),
        ("https://kabar.example/penulis", []),
        ("Kabar.com", []),
        ("", []),
    ],
)
def test_names_out_of_a_byline(text, names):
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("lines", "body", "authors", "editors"),
    [
        (
            [
                "Peserta bertambah.",
                "Begitu kata dia.Pewarta: Rina WulandariEditor: Dewi Lestari Copyright © ANTARA 2026",
            ],
            ["Peserta bertambah.", "Begitu kata dia."],
            ("Rina Wulandari",),
            ("Dewi Lestari",),
        ),
        (
            [
                "Peserta bertambah.",
                "Begitu kata dia.",
                "Editor: Dewi Lestari",
                "Penulis: Rina",
                "COPYRIGHT © ANTARA 2015",
            ],
            ["Peserta bertambah.", "Begitu kata dia."],
            ("Rina",),
            ("Dewi Lestari",),
        ),
        (
            ["Reporter: Rina Wulandari", "Peserta bertambah.", "Begitu kata dia."],
            ["Peserta bertambah.", "Begitu kata dia."],
            ("Rina Wulandari",),
            (),
        ),
        # A label inside a sentence is none, and a copyright of a song is news.
        (
            ["Peserta bertambah.", "Menurut editor: angka itu keliru.", "Ia setuju."],
            ["Peserta bertambah.", "Menurut editor: angka itu keliru.", "Ia setuju."],
            (),
            (),
        ),
        ([], [], (), ()),
    ],
)
def test_the_foot_comes_off(lines, body, authors, editors):
    kept, people = split_foot(lines)
    assert (kept, people.authors, people.editors) == (body, authors, editors)
