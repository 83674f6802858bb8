"""What a journalist does at the desk: search, check a sentence, read a claim, follow it to its source, cite it."""

from __future__ import annotations

import re

import pytest

# The word that is wrong: 126 of 129 thousand are 97,67 percent.
WRONG = (
    "Sebanyak 126.000 jiwa dari 129.000 penduduk Kabupaten Maluku Tenggara atau 57,67 persen sudah terdaftar sebagai "
    "peserta JKN per 1 Mei 2025."
)
REPAIRED = """
    SELECT claim_id FROM repairs JOIN claims ON claims.id = claim_id JOIN revisions USING (article_id, revision)
    WHERE suspect = 0 AND claims.value <> printed_value AND fetch IS NOT NULL ORDER BY claim_id
"""


def search(page, words):
    """Type into the search box of the page and press Enter."""
    box = page.get_by_role("searchbox").first
    box.fill(words)
    with page.expect_navigation():
        box.press("Enter")


def follow(page, link):
    """Click on a link and wait for what it leads to."""
    with page.expect_navigation():
        link.click()


def test_a_region_is_found_by_its_name_and_its_page_opens(visitor):
    page = visitor.open("/")
    search(page, "Maluku Tenggara")
    follow(page, page.get_by_role("link", name="Kabupaten Maluku Tenggara").first)
    assert page.url.endswith("/wilayah/81.02")
    assert "Maluku Tenggara" in page.get_by_role("heading", level=1).inner_text()


def test_a_region_is_found_by_what_people_call_it(visitor):
    page = visitor.open("/")
    search(page, "Malra")
    assert page.locator("a[href^='/wilayah/81.02']").count() >= 1


def test_an_official_is_found_by_name_and_all_that_was_said_stands_on_one_page(visitor, desk):
    person = "SELECT {} FROM speakers ORDER BY statements DESC, id"
    name, said = desk.one(person.format("name")), desk.one(person.format("statements"))
    page = visitor.open("/")
    search(page, name)
    follow(page, page.get_by_role("main").get_by_role("link", name=name).first)
    assert name in page.get_by_role("heading", level=1).inner_text()
    assert len(set(page.locator("main a[href^='/klaim/']").evaluate_all("links => links.map(a => a.href)"))) >= said


def test_words_are_found_in_the_sentences_that_claims_stand_in(visitor):
    page = visitor.open("/")
    search(page, "terdaftar")
    found = page.locator("main a[href^='/klaim/']")
    assert found.count() >= 1
    follow(page, found.first)
    assert "terdaftar" in page.get_by_role("main").inner_text().casefold()


def test_what_is_not_there_is_told_and_not_an_error(visitor):
    page = visitor.open("/")
    search(page, 'zzzz tidak-ada" OR 1=1 --')
    assert page.locator("main a[href^='/klaim/']").count() == 0
    assert page.get_by_role("main").inner_text().strip()


@pytest.mark.parametrize("path", ["/wilayah/99.99", "/klaim/000000000000", "/pejabat/tidak-ada", "/arsip/999999"])
def test_an_address_that_leads_nowhere_says_so_in_the_house_s_own_page(visitor, path):
    page = visitor.window(refused=404)
    answer = page.goto(path)
    assert answer.status == 404
    assert page.get_by_role("heading", level=1).inner_text() == "Tidak ditemukan"


def test_a_sentence_is_checked_and_what_is_wrong_is_marked_in_it(visitor):
    page = visitor.open("/periksa")
    page.get_by_label("Teks atau tautan").fill(WRONG)
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Periksa").click()
    said = page.get_by_role("main").inner_text()
    assert "Ada yang meragukan." in said
    marked = page.locator("main mark").all_inner_texts()
    assert any("57,67 persen" in mark for mark in marked)
    assert any("126.000 jiwa" in mark for mark in marked)


def test_the_verdict_on_a_text_is_for_everybody(visitor, audit):
    page = visitor.open("/periksa", bypass_csp=True, viewport={"width": 360, "height": 740})
    page.get_by_label("Teks atau tautan").fill(WRONG)
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Periksa").click()
    assert audit(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_sentence_that_holds_is_not_called_suspect(visitor):
    page = visitor.open("/periksa")
    # Of a day that nobody has told anything of.
    page.get_by_label("Teks atau tautan").fill(WRONG.replace("57,67", "97,67").replace("1 Mei", "3 Mei"))
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Periksa").click()
    said = page.get_by_role("main").inner_text()
    assert "Tidak ada yang meragukan." in said


def test_a_claim_shows_its_figure_in_the_text_with_a_legend_and_why_it_means_what_it_does(visitor, desk):
    claim = desk.one(REPAIRED)
    page = visitor.open(f"/klaim/{claim}")
    printed = desk.one("SELECT text FROM claims WHERE id = ?", claim)
    assert any(printed in mark for mark in page.locator("main mark").all_inner_texts())
    said = page.get_by_role("main").inner_text()
    for heading in ("Tertulis", "Maksudnya", "Buktinya", "Pemeriksaan", "Kutip"):
        assert heading in said


def test_a_claim_leads_to_the_archived_copy_which_says_that_it_is_one(visitor, desk):
    claim = desk.one(REPAIRED)
    page = visitor.open(f"/klaim/{claim}")
    follow(page, page.get_by_role("link", name="Buka salinan arsip"))
    assert re.search(r"/arsip/\d+", page.url)
    said = page.locator("body").inner_text()
    assert "Ini salinan halaman" in said
    assert desk.one("SELECT text FROM claims WHERE id = ?", claim) in " ".join(said.split())
    live = page.get_by_role("link", name="Buka halaman asli")
    assert live.get_attribute("href") == desk.one(
        "SELECT url FROM revisions JOIN claims USING (article_id, revision) WHERE claims.id = ?", claim
    )


def test_a_claim_is_cited_in_apa_and_bibtex(visitor, desk):
    claim = desk.one(REPAIRED)
    page = visitor.open(f"/klaim/{claim}")
    said = page.get_by_role("main").inner_text()
    title = desk.one("SELECT title FROM articles JOIN claims ON articles.id = article_id WHERE claims.id = ?", claim)
    assert re.search(r"@(misc|online|article)\{", said)
    assert said.count(title) >= 2


def test_a_contradiction_is_shown_with_both_sides_and_each_leads_to_its_claim(visitor):
    page = visitor.open("/kontradiksi")
    said = page.get_by_role("main").inner_text()
    assert "88,12 persen" in said
    assert "97,89 persen" in said
    follow(page, page.get_by_role("link", name="88,12 persen"))
    assert "97,89 persen" in page.get_by_role("main").inner_text()


def test_a_suspect_figure_is_on_the_front(visitor, desk):
    suspect = desk.one("SELECT claim_id FROM standing WHERE suspect ORDER BY claim_id")
    page = visitor.open("/")
    follow(page, page.get_by_role("region", name="Perlu diperiksa").locator(f"a[href='/klaim/{suspect}']").first)
    assert "Maksudnya belum pasti" in page.get_by_role("main").inner_text()


def test_a_point_of_a_chart_leads_to_its_claim(visitor):
    page = visitor.open("/wilayah/17")
    point = page.locator("svg a[href^='/klaim/']").first
    claim = point.get_attribute("href")
    with page.expect_navigation():
        point.click()
    assert page.url.endswith(claim)


def test_a_province_lists_its_regions_with_their_newest_figure(visitor, desk):
    page = visitor.open("/wilayah/72")
    sigi = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Kabupaten Sigi"))
    newest = "SELECT value FROM region_latest WHERE region = '72.10' AND metric = 'coverage_rate'"
    assert f"{desk.one(newest)}%".replace(".", ",") in sigi.inner_text()
    assert sigi.get_by_role("img").get_attribute("aria-labelledby")


def test_a_tile_of_the_map_leads_to_its_province_by_keyboard(visitor):
    page = visitor.open("/")
    page.locator("svg a[href='/wilayah/72']").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Sulawesi Tengah" in page.get_by_role("heading", level=1).inner_text()


def test_the_language_is_switched_and_stays_switched(visitor):
    page = visitor.open("/wilayah/17")
    follow(page, page.get_by_role("link", name="English"))
    assert page.locator("html").get_attribute("lang") == "en"
    assert "/wilayah/17" in page.url
    page.goto("/periksa")
    assert page.get_by_role("heading", level=1).inner_text() == "Check a text"
    follow(page, page.get_by_role("link", name="Bahasa Indonesia"))
    page.goto("/periksa")
    assert page.get_by_role("heading", level=1).inner_text() == "Periksa teks"
