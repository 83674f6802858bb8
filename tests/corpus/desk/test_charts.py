"""Charts of the desk: what is drawn, what it says to who cannot see it, and the table of the same numbers."""

import datetime as dt
import re

import pytest
from altair.utils.schemapi import debug_mode
from lxml import etree

from corpus.desk.charts import Latest, Point, province_map, region_history, small_histories, small_history
from corpus.desk.charts import history as history_module
from corpus.desk.charts.provinces import bin_of, load_tiles
from extract.models import Metric, Modality, RegionLevel
from extract.regions.gazetteer import load_gazetteer

SVG = {"s": "http://www.w3.org/2000/svg"}
MALUKU = Latest("81", 98.29, dt.date(2025, 5, 1), "c81", "kabar.id")
BALI = Latest("51", 100.53, dt.date(2024, 12, 31), "c51", "suara.id")


def point(claim, day, value, metric=Metric.COVERAGE_RATE, modality=Modality.REPORTED, outlet="kabar.id", suspect=False):
    """A claim as the region's page would give it."""
    return Point(claim, dt.date.fromisoformat(day), metric, modality, value, outlet, suspect)


HISTORY = (
    point("first", "2023-02-01", 91.5),
    point("wish", "2023-06-01", 98, modality=Modality.TARGET, outlet="suara.id"),
    point("rule", "2023-07-01", 95, modality=Modality.REQUIREMENT),
    point("doubt", "2024-03-01", 92.75, suspect=True),
    point("active", "2024-05-01", 78.2, metric=Metric.ACTIVE_RATE),
    point("newest", "2025-05-01", 97.89, outlet="suara.id"),
)


def parsed(chart):
    """The drawing as a tree."""
    return etree.fromstring(chart.svg.encode())


def link(chart, href):
    """The one link of a drawing that leads there."""
    [found] = parsed(chart).xpath(f"//s:a[@href='{href}']", namespaces=SVG)
    return found


def texts(chart):
    """What the drawing prints."""
    return [element.text for element in parsed(chart).iterfind(".//s:text", SVG)]


def cells(chart):
    """The table as it is read."""
    return [[cell.text for cell in row] for row in chart.table]


def test_every_province_has_one_tile_and_no_two_overlap():
    provinces = [region.code for region in load_gazetteer().regions.values() if region.level is RegionLevel.PROVINCE]
    tiles = load_tiles()
    assert [tile.code for tile in tiles] == sorted(provinces)
    assert len(tiles) == 38
    for tile in tiles:
        for other in tiles:
            if tile is not other:
                assert abs(tile.column - other.column) >= 1 or abs(tile.row - other.row) >= 1, (tile, other)


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (0, "< 80"),
        (79.99, "< 80"),
        (80, "80–90"),
        (94.99, "90–95"),
        (95, "95–98"),
        (98, "98–100"),
        (100, "98–100"),
        (100.01, "> 100"),
    ],
)
def test_a_rate_falls_into_the_bin_it_reached(value, label):
    assert bin_of(value).label == label


def test_a_tile_prints_name_figure_and_month_and_leads_to_its_province():
    chart = province_map([MALUKU, BALI], "id")
    assert {"Maluku", "98,29", "Mei 2025", "Bali", "100,53", "Des 2024"} <= set(texts(chart))
    assert link(chart, "/wilayah/81").get("aria-label") == "Maluku: 98,29% per 1 Mei 2025, kabar.id"


def test_a_province_without_report_is_told_so_and_never_coloured_as_a_low_rate():
    chart = province_map([MALUKU, BALI], "id")
    silent = link(chart, "/wilayah/11")
    assert silent.get("aria-label") == "Aceh: tak ada laporan"
    shape = silent.find("s:path", SVG)
    assert shape.get("fill") == "#ffffff"
    assert shape.get("stroke-dasharray")
    assert link(chart, "/wilayah/81").find("s:path", SVG).get("fill") == bin_of(98.29).fill
    assert texts(chart).count("belum ada") == 36


def test_the_map_in_english():
    chart = province_map([MALUKU], "en", base="/desk")
    assert link(chart, "/desk/wilayah/81").get("aria-label") == "Maluku: 98.29% as of 1 May 2025, kabar.id"
    assert chart.headings == ("Province", "Coverage", "Date", "Source")


def test_the_table_under_the_map_holds_all_provinces():
    chart = province_map([MALUKU], "id")
    assert len(chart.table) == 38
    assert ["Maluku", "98,29%", "1 Mei 2025", "kabar.id"] in cells(chart)
    assert ["Aceh", "–", "", "tak ada laporan"] in cells(chart)
    [row] = [row for row in chart.table if row[0].text == "Maluku"]
    assert (row[0].href, row[1].href) == ("/wilayah/81", "/klaim/c81")


def test_each_point_of_a_history_leads_to_its_claim_and_says_what_it_is():
    chart = region_history(HISTORY, "Kabupaten Maluku Tenggara", "id")
    for each in HISTORY:
        link(chart, f"/klaim/{each.claim_id}")
    said = link(chart, "/klaim/doubt").find("s:title", SVG).text
    assert said == "Cakupan kepesertaan 92,75%, dilaporkan, 1 Maret 2024, kabar.id; maksudnya belum pasti"


def test_reports_targets_and_requirements_differ_in_shape_and_not_only_in_colour():
    chart = region_history(HISTORY, "Maluku", "id")
    shapes = {name: link(chart, f"/klaim/{name}").find("s:path", SVG).get("d") for name in ("first", "wish", "rule")}
    assert len(set(shapes.values())) == 3
    assert link(chart, "/klaim/newest").find("s:path", SVG).get("d") == shapes["first"]


def test_suspect_points_are_hollow_and_keep_the_colour_of_their_source():
    chart = region_history(HISTORY, "Maluku", "id")
    sound, doubted = (link(chart, f"/klaim/{name}").find("s:path", SVG) for name in ("first", "doubt"))
    assert doubted.get("fill") == "#ffffff"
    assert doubted.get("stroke") == sound.get("stroke") == sound.get("fill")
    assert "maksudnya belum pasti (kosong)" in texts(chart)


def test_sources_have_colours_of_their_own_until_there_are_more_than_eyes_tell_apart():
    few = region_history(HISTORY, "Maluku", "id")
    stroke = {name: link(few, f"/klaim/{name}").find("s:path", SVG).get("stroke") for name in ("first", "newest")}
    assert stroke["first"] != stroke["newest"]
    assert "sumber lain" not in texts(few)
    many = region_history([point(f"c{n}", "2024-01-01", 90 + n / 4, outlet=f"o{n:02}.id") for n in range(9)], "X", "id")
    assert [text for text in texts(many) if text.endswith(".id")] == [f"o{n:02}.id" for n in range(6)]
    assert "sumber lain" in texts(many)


def test_the_thresholds_are_drawn_and_named_on_the_panel_of_coverage():
    both = region_history(HISTORY, "Maluku", "id")
    assert texts(both).count("95% syarat UHC") == texts(both).count("98% target RPJMN") == 1
    active = region_history([point("a", "2024-05-01", 78.2, metric=Metric.ACTIVE_RATE)], "Maluku", "id")
    assert "95% syarat UHC" not in texts(active)


def test_the_newest_sound_report_is_written_beside_its_point():
    assert "97,89%" in texts(region_history(HISTORY, "Maluku", "id"))
    assert "97.89%" in texts(region_history(HISTORY, "Maluku", "en"))


def test_a_slip_does_not_squeeze_the_others_and_is_not_lost_either():
    chart = region_history([*HISTORY, point("slip", "2024-04-01", 9789, suspect=True)], "Maluku", "id")
    assert "Satu angka di luar skala hanya ada di tabel." in texts(chart)
    assert [text for text in texts(chart) if text in ("80%", "100%", "9800%", "9.800%")] == ["80%", "100%"] * 2
    assert [
        "1 April 2024",
        "Cakupan kepesertaan",
        "dilaporkan",
        "9.789%",
        "kabar.id",
        "maksudnya belum pasti",
    ] in cells(chart)


def test_the_table_of_a_history_is_newest_first_and_leads_to_the_claims():
    chart = region_history(HISTORY, "Maluku", "id")
    assert [row[3].href for row in chart.table][:2] == ["/klaim/newest", "/klaim/active"]
    assert len(chart.table) == len(HISTORY)


def test_other_metrics_and_changes_are_left_out():
    chart = region_history(
        [*HISTORY, point("m", "2024-01-01", 5, Metric.MEMBERS), point("c", "2024-01-01", 2, modality=Modality.CHANGE)],
        "Maluku",
        "id",
    )
    assert chart == region_history(HISTORY, "Maluku", "id")


def test_a_region_without_claims_has_a_chart_that_says_so():
    chart = region_history([], "Maluku", "id")
    assert texts(chart) == ["Belum ada klaim tentang cakupan atau keaktifan."]
    assert chart.table == ()


def test_small_charts_show_sound_reports_of_coverage_only():
    chart = small_history(HISTORY, "Maluku", "id")
    assert cells(chart) == [["1 Februari 2023", "91,5%"], ["1 Mei 2025", "97,89%"]]
    assert chart.title == "Cakupan di Maluku: 91,5% pada 1 Februari 2023, 97,89% pada 1 Mei 2025"
    assert (parsed(chart).get("width"), parsed(chart).get("height")) == ("120", "30")


def test_small_charts_come_in_the_order_they_were_asked_for_and_share_their_scales():
    low, none, high = small_histories(
        [("A", [point("a", "2023-01-01", 70)]), ("B", []), ("C", [point("c", "2025-01-01", 100)])], "id"
    )
    assert [chart.title.split(":")[0] for chart in (low, none, high)] == [f"Cakupan di {name}" for name in "ABC"]
    place = [
        [float(n) for n in re.findall(r"[\d.]+", dot.get("transform"))]
        for chart in (low, high)
        for dot in parsed(chart).iterfind(".//s:path[@transform]", SVG)
    ]
    (left, down), (right, up) = place
    assert left < right
    assert up < down
    assert parsed(none).findall(".//s:path", SVG) == []


def test_the_dot_of_a_small_chart_is_drawn_whole():
    chart = small_history([point("over", "2025-01-01", 118.4)], "Morowali", "id")
    [dot] = parsed(chart).iterfind(".//s:path[@transform]", SVG)
    assert float(re.findall(r"[\d.]+", dot.get("transform"))[1]) >= 1


def every_chart():
    """One of each kind, with text from articles that would like to be markup."""
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    return [
        province_map([MALUKU, Latest("11", 90, dt.date(2024, 1, 1), "x", hostile)], "id"),
        region_history([*HISTORY, point("h", "2024-01-01", 93, outlet=hostile)], hostile, "id"),
        *small_histories([(hostile, HISTORY), ("Maluku", [])], "id"),
    ]


@pytest.mark.parametrize("number", range(4))
def test_drawings_hold_nothing_that_runs_is_fetched_or_needs_a_style_attribute(number):
    tree = parsed(every_chart()[number])
    allowed = {"svg", "g", "a", "path", "line", "rect", "text", "title", "desc"}
    assert {etree.QName(element).localname for element in tree.iter()} <= allowed
    for element in tree.iter():
        assert not [name for name in element.attrib if name.startswith("on") or name in ("style", "src", "class")]
        assert element.get("href", "/").startswith("/")
    assert "url(" not in etree.tostring(tree, encoding="unicode")
    assert {text.get("font-family") for text in tree.iterfind(".//s:text", SVG)} <= {"sans-serif"}


@pytest.mark.parametrize("number", range(4))
def test_drawings_are_named_for_who_hears_them(number):
    chart = every_chart()[number]
    tree = parsed(chart)
    named, described = tree.find("s:title", SVG), tree.find("s:desc", SVG)
    assert named.text == chart.title
    assert (tree.get("aria-labelledby"), tree.get("aria-describedby")) == (named.get("id"), described.get("id"))
    # The insides of an image are skipped, so what holds links must be none.
    assert tree.get("role") == ("group" if tree.find(".//s:a", SVG) is not None else "img")


def test_charts_of_one_page_do_not_share_ids():
    ids = [element.get("id") for chart in every_chart() for element in parsed(chart).iterfind(".//*[@id]")]
    assert len(ids) == len(set(ids)) == 8


def test_the_tab_key_stops_at_provinces_and_leaves_the_points_to_the_table():
    assert link(province_map([MALUKU], "id"), "/wilayah/81").get("tabindex") is None
    assert link(region_history(HISTORY, "Maluku", "id"), "/klaim/first").get("tabindex") == "-1"


def test_the_same_claims_in_any_order_give_the_same_text():
    once = region_history(HISTORY, "Maluku", "id").svg
    history_module._region_history.cache_clear()
    assert region_history(HISTORY[::-1], "Maluku", "id").svg == once


def test_the_drawings_keep_to_the_schema_of_vega_lite():
    # Charts are built unchecked, for speed; here altair checks every part of them.
    history_module._region_history.cache_clear()
    with debug_mode(True):
        for chart in (
            province_map([BALI], "id", base="/checked"),
            region_history(HISTORY, "checked", "id"),
            small_history(HISTORY, "checked", "id"),
        ):
            assert chart.svg.startswith("<svg")
