"""Each page in both languages and in every form, and what a person finds on it."""

import csv
import datetime as dt
import io
import sqlite3

import pytest

from corpus.desk.words import load_words
from corpus.store import Store

CLAIM = """
    SELECT claim_id FROM standing
    WHERE region = '81.02' AND metric = 'coverage_rate' AND value = ? AND speaker IS NOT NULL
"""
GARBLED = "SELECT id FROM claims WHERE text = '100.026.000 jiwa' AND suspect = 0"
SUSPECT = "SELECT id FROM claims WHERE text = '100.026.000 jiwa' AND suspect = 1"
PAGES = ("/", "/cari", "/cari?q=terdaftar", "/wilayah/81.02", "/wilayah/81", "/wilayah/0", "/periksa", "/kontradiksi")
PAGES += ("/sumber", "/tentang")


@pytest.fixture
def addresses(look_up):
    """Every kind of page that needs no signing in."""
    claim, person = look_up(CLAIM, 98.5), look_up("SELECT id FROM speakers WHERE name = 'Yosep Renur'")
    claims = (claim, look_up(GARBLED), look_up(SUSPECT))
    return [*PAGES, *(f"/klaim/{key}" for key in claims), f"/pejabat/{person}"]


@pytest.mark.parametrize(("language", "skip"), [("id", "Langsung ke isi"), ("en", "Skip to content")])
def test_every_page_is_there_in_both_languages(visitor, addresses, language, skip):
    for address in addresses:
        page = visitor.get(f"{address}{'&' if '?' in address else '?'}lang={language}")
        assert page.status == 200, address
        assert page.tree.get("lang") == language
        assert skip in page.text


def test_every_page_has_landmarks_one_heading_and_labels(visitor, addresses):
    for address in addresses:
        tree = visitor.get(address).tree
        assert len(tree.xpath("//main")) == len(tree.xpath("//h1")) == len(tree.xpath("//header")) == 1, address
        assert tree.xpath("//a[@class='skip']/@href") == ["#isi"]
        labelled = set(tree.xpath("//label/@for"))
        fields = tree.xpath("//input[@type!='hidden' or not(@type)]/@id | //select/@id | //textarea/@id")
        assert set(fields) <= labelled, address
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids)), address


def test_every_page_has_its_json_and_csv(visitor, addresses):
    for address in addresses:
        path, _, query = address.partition("?")
        path = "/beranda" if path == "/" else path
        record = visitor.get(f"{path}.json?{query}")
        assert record.status == 200 and record.headers["content-type"].startswith("application/json")
        assert isinstance(record.json, dict)
        rows = visitor.get(f"{path}.csv?{query}")
        assert rows.status == 200 and rows.headers["content-type"].startswith("text/csv"), address
        list(csv.DictReader(io.StringIO(rows.text), strict=True))


def test_no_page_asks_for_anything_from_elsewhere(visitor, addresses):
    for address in addresses:
        tree = visitor.get(address).tree
        drawn_in = tree.xpath("//link/@href | //script/@src | //img/@src | //*[local-name()='use']/@href")
        assert drawn_in and all(one.startswith("/-/desk/") for one in drawn_in), address
        for one in drawn_in:
            assert visitor.get(one).status == 200
        assert not tree.xpath("//style | //@style | //script[not(@src)]")


def test_the_language_is_remembered(visitor):
    assert "Coverage desk" in visitor.get("/?lang=en").text
    assert "Coverage desk" in visitor.get("/sumber").text
    assert "Meja Cakupan" in visitor.get("/sumber?lang=id").text


def test_the_front_has_the_map_the_newest_claims_and_the_last_run(visitor):
    page = visitor.get("/")
    assert "95,2" in page.tree.xpath("string(//figure)")
    assert "98,5 persen" in page.words
    assert "contoh, selesai" in page.words


def test_what_a_check_speaks_against_is_suspect_on_every_page(own, fill, visit):
    """By one name: on the front, beside the latest figure of the region, on the claim's own page, and in the filter."""
    text = "Dari 232.788 penduduk Kabupaten Belu, 221.540 orang atau 98,29 persen terdaftar JKN per 1 Mei 2025."
    with Store.open(own) as store:
        fill(store, [("belu.id", "2025-05-08", "UHC Belu", text)])
        (claim,) = store.db.execute("SELECT id FROM claims WHERE region = '53.04' AND value = 98.29").fetchone()
    visitor = visit(own)
    (front,) = visitor.get("/").tree.xpath("//section[@aria-labelledby='ragu']")
    assert f"/klaim/{claim}" in front.xpath(".//a/@href") and "Meragukan" in front.text_content()
    assert f"/klaim/{claim}" in visitor.get("/cari?ragu=1").links()
    (latest,) = visitor.get("/wilayah/53.04").tree.xpath(
        f"//section[@aria-labelledby='terakhir']//td[a[@href='/klaim/{claim}']]"
    )
    assert latest.xpath("string(span)") == "Meragukan"
    assert "meragukan Di Kabupaten Belu, 221.540 peserta dari 232.788 penduduk" in visitor.get(f"/klaim/{claim}").words


def test_a_region_has_its_figures_contradictions_officials_and_claims(visitor):
    page = visitor.get("/wilayah/81.02")
    assert "129.000" not in page.tree.xpath("string(//h1)")
    for told in ("Kabupaten Maluku Tenggara", "98,5 persen", "Yosep Renur", "Pertentangan", "89,1 persen"):
        assert told in page.words
    assert page.tree.xpath("//figure//*[local-name()='svg']") and page.tree.xpath("//figure//table")


def test_a_province_lists_its_regions(visitor):
    page = visitor.get("/wilayah/81")
    assert "/wilayah/81.02" in page.links()
    assert len(visitor.get("/wilayah/81.json").json["parts"]) == 11


def test_a_step_that_cannot_be_is_told(visitor):
    page = visitor.get("/wilayah/81.72")
    (steps,) = page.tree.xpath("//section[@aria-labelledby='langkah']")
    assert "98,4 persen" in steps.text_content() and "41,2 persen" in steps.text_content()


def test_a_region_without_claims_says_so(visitor):
    assert "Belum ada klaim tentang daerah ini" in visitor.get("/wilayah/11").words


def test_a_claim_marks_what_its_paragraph_says(visitor, look_up):
    page = visitor.get(f"/klaim/{look_up(CLAIM, 97.67)}")
    (focus,) = page.tree.xpath("//p[@class='text']/mark[contains(@class, 'focus')]")
    assert focus.text == "97,67 persen"
    kinds = {mark.get("class").split()[0] for mark in page.tree.xpath("//p[@class='text']/mark")}
    assert kinds == {"percent", "count", "date", "region", "speaker"}
    legend = page.tree.xpath("string(//p[@class='legend'])")
    assert all(word in legend for word in ("persentase", "jumlah", "waktu", "daerah", "narasumber"))
    assert "dihadiri para camat" not in page.tree.xpath("string(//p[@class='text'])")


def test_a_repaired_claim_tells_what_is_printed_what_is_meant_and_why(visitor, look_up):
    page = visitor.get(f"/klaim/{look_up(GARBLED)}")
    assert "“100.026.000 jiwa”" in page.words and "126.000 jiwa" in page.words
    assert "angka lisan ditulis sepotong-sepotong" in page.words
    assert "wajar untuk daerah berpenduduk" in page.words


def test_a_suspect_claim_stays_as_printed_with_what_else_it_could_be(visitor, look_up):
    page = visitor.get(f"/klaim/{look_up(SUSPECT)}")
    assert "Belum dapat dipastikan" in page.words
    assert "Kemungkinan lain" in page.words and "126.000 jiwa" in page.words
    assert f"/klaim/{look_up(SUSPECT)}" in visitor.get("/cari?ragu=1").links()


def test_checks_are_told_in_the_language_of_the_page(visitor, look_up):
    address = f"/klaim/{look_up(GARBLED)}"
    assert "126.000 peserta dari 129.000 penduduk memang setara dengan 97,67 persen" in visitor.get(address).words
    assert "126,000 members out of 129,000 inhabitants make 97.67%" in visitor.get(f"{address}?lang=en").words


def test_a_claim_leads_to_its_article_its_region_and_its_official(visitor, look_up):
    links = visitor.get(f"/klaim/{look_up(CLAIM, 97.67)}").links()
    assert "https://kabarkei.example/2025-05-06/0" in links
    assert "/wilayah/81.02" in links
    assert f"/pejabat/{look_up('SELECT id FROM speakers WHERE name = ?', 'Yosep Renur')}" in links


def test_a_claim_can_be_cited(visitor, look_up):
    key = look_up(CLAIM, 89.1)
    words = visitor.get(f"/klaim/{key}").words
    assert "wartatual.example. (2025, 7 Mei). Dinkes: Belum Semua Warga Terdaftar." in words
    assert f"@online{{cakupan-{key}," in words
    assert "(2025, May 7)" in visitor.get(f"/klaim/{key}?lang=en").words


def test_an_official_has_statements_in_order_and_what_changed(visitor, look_up):
    page = visitor.get(f"/pejabat/{look_up('SELECT id FROM speakers WHERE name = ?', 'Yosep Renur')}")
    days = [node.text_content()[:16] for node in page.tree.xpath("//p[@class='when']")]
    assert days[0].startswith("1 September 2025") and days[-1].startswith("1 Mei 2025")
    assert "naik 0,83 poin persentase" in page.words


def test_contradictions_have_both_sides(visitor):
    page = visitor.get("/kontradiksi")
    (found,) = page.tree.xpath("//article[.//text()[contains(., 'cakupan')]]")
    sides = [side.text_content() for side in found.xpath(".//section")]
    assert "89,1 persen" in sides[0] and "Siti Rahma" in sides[0]
    assert "97,67 persen" in sides[1] and "Yosep Renur" in sides[1]


def test_unknown_addresses_are_not_found_and_say_so(visitor):
    for address in ("/klaim/0123456789abcdef", "/pejabat/0123456789abcdef", "/wilayah/99", "/arsip/1"):
        page = visitor.get(address)
        assert page.status == 404 and "Tidak ditemukan" in page.text, address
    assert visitor.get("/klaim/0123456789abcdef.json").status == 404


def test_datasettes_own_pages_have_the_tables_with_their_descriptions(visitor):
    page = visitor.get("/data/claims_flat")
    assert page.status == 200 and "one row a claim as it stands after review" in page.text
    assert visitor.get("/data.json?sql=select+count(*)+as+n+from+claims_flat&_shape=array").json[0]["n"] > 5


def test_the_database_cannot_be_written_to_by_sql(visitor):
    answer = visitor.get("/data.json?sql=delete+from+claims")
    assert answer.status == 400 and "SELECT" in answer.json["error"]
    database = visitor.desk.get_database("data").connect()
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        database.execute("DELETE FROM claims")


def test_a_word_that_is_newer_than_the_pages_stands_as_it_is(visit, own):
    with Store.open(own) as store:
        store.begin_run("moonshot", version="tests", started_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    desk = visit(own)
    assert "moonshot, berjalan" in desk.get("/").words and "moonshot" in desk.get("/sumber").words


def test_an_address_that_leads_nowhere_is_not_printed_on_the_console(visitor, capfd):
    assert visitor.get("/pejabat/nobody").status == 404
    assert capfd.readouterr() == ("", "")


def test_both_languages_have_all_words():
    assert load_words("id").keys() == load_words("en").keys()


def test_about_tells_how_well_it_reads_and_where_nothing_was_found(visitor):
    page = visitor.get("/tentang")
    rows = {
        row.xpath("string(th)"): row.xpath("string(td)")
        for row in page.tree.xpath("//section[@aria-labelledby]//tr[td]")
    }
    assert rows["klaim ditemukan"].endswith(" persen")
    assert rows["Aceh"] == "belum ada"
    assert rows["Maluku"].isdecimal()
