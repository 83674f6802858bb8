"""Pages that no editor would write on purpose: marks, controls and lines by which reading once tripped."""

import json

from crawler.pages.read import read_page

STORY = "Peserta JKN di kelurahan itu terus bertambah dalam tiga bulan terakhir, kata kepala dinas kesehatan."
URL = "https://kabar.example/a"


def test_a_link_around_several_paragraphs_leaves_no_mark_in_the_text():
    page = f'<div class="entry-content"><a href="/a"><p>{STORY}</p><p>{STORY} Lagi.</p></a></div>'
    assert read_page(page, URL).text == f"{STORY}\n{STORY} Lagi."


def test_control_characters_are_no_part_of_the_text_and_no_obstacle():
    caption = f"<figure><figcaption>Warga\x07 berobat.<br>{STORY * 3}\x08</figcaption></figure>"
    page = f'<div class="entry-content"><p>\x01{STORY}\x02\x1f\uffff</p>{caption}</div>'
    assert read_page(page, URL).text == f"{STORY}\n{STORY * 3}"


def test_control_characters_in_json_are_none_of_the_text_either():
    data = {"@type": "NewsArticle", "headline": "JKN", "articleBody": f"\x01{STORY}\x00 \ud800\n\x02{STORY}"}
    page = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    assert read_page(page, URL).text == f"{STORY} ?\n{STORY}"


def test_a_line_of_page_numbers_is_read_in_no_time_that_doubles_with_each():
    page = f'<div class="entry-content"><p>{STORY}</p><p>halaman {"1" * 4000}!</p></div>'
    assert read_page(page, URL).text.startswith(STORY)


def test_letters_that_look_like_ours_do_not_spoil_a_date():
    date = '<span class="date">6 Deſember 2025, 06:00 WİB</span>'
    page = f'<h1>JKN</h1>{date}<div class="entry-content"><p>{STORY}</p></div>'
    assert read_page(page, URL).published.isoformat() == "2025-12-06T06:00:00+07:00"
