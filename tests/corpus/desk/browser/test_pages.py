"""Every page of the desk, in both languages, wide and narrow, by keyboard, read aloud, and without JavaScript."""

from __future__ import annotations

import pytest

# The pages by what they are; what stands in braces is looked up in the demo's database.
PAGES = {
    "front": "/",
    "search": "/cari?q=peserta",
    "province": "/wilayah/72",
    "kabupaten": "/wilayah/81.02",
    "claim": "/klaim/{claim}",
    "official": "/pejabat/{official}",
    "check": "/periksa",
    "contradictions": "/kontradiksi",
    "sources": "/sumber",
    "about": "/tentang",
    "copy": "/arsip/{fetch}",
    "not signed in": "/tinjau",
}
OWN = [name for name in PAGES if name not in ("copy", "not signed in")]
LANGUAGES = ("id", "en")
WANTED = {
    "claim": "SELECT claim_id FROM repairs JOIN claims ON claims.id = claim_id WHERE suspect = 0 ORDER BY claim_id",
    "official": "SELECT id FROM speakers ORDER BY statements DESC, id",
    "fetch": "SELECT id FROM fetches WHERE warc_file IS NOT NULL AND kind = 'article' ORDER BY id",
}


@pytest.fixture
def path_of(desk):
    """The address of a page by its name."""

    def path_of(name, language="id"):
        known = {wanted: desk.one(sql) for wanted, sql in WANTED.items() if f"{{{wanted}}}" in PAGES[name]}
        path = PAGES[name].format(**known)
        return f"{path}{'&' if '?' in path else '?'}lang={language}"

    return path_of


@pytest.fixture
def opened(visitor, path_of):
    """A page that answers, whatever it answers with."""

    def opened(name, language="id", **options):
        page = visitor.window(refused=403 if name == "not signed in" else None, **options)
        page.goto(path_of(name, language))
        return page

    return opened


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OWN)
def test_each_page_opens_in_its_language_without_a_fault(visitor, path_of, name, language):
    page = visitor.open(path_of(name, language))
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert page.title()
    skip = {"id": "Langsung ke isi", "en": "Skip to content"}[language]
    assert page.get_by_role("link", name=skip).count() == 1
    assert page.get_by_role("main").inner_text().strip()


@pytest.mark.parametrize("name", OWN)
def test_each_page_is_to_be_had_as_json_and_csv(visitor, desk, path_of, name):
    path = "/beranda" if name == "front" else path_of(name).partition("?")[0]
    query = "?q=peserta" if name == "search" else ""
    page = visitor.window()
    for form, kind in (("json", "application/json"), ("csv", "text/csv")):
        answer = page.request.get(f"{desk.address}{path}.{form}{query}")
        assert answer.status == 200
        assert answer.headers["content-type"].startswith(kind)
        assert form == "csv" or answer.json() is not None


@pytest.mark.parametrize("name", PAGES)
def test_nothing_sticks_out_of_a_narrow_screen(opened, name):
    page = opened(name, viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, page.evaluate(WIDEST)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_serious_fault(opened, audit, name, language):
    # Only axe's own script needs the policy out of its way.
    page = opened(name, language, bypass_csp=True)
    # What stands in a copy is its outlet's; what the desk says above it is the desk's.
    assert audit(page, "header" if name == "copy" else "html") == []


@pytest.mark.parametrize("name", OWN)
def test_the_first_tab_offers_to_skip_the_menu(opened, name):
    page = opened(name)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Langsung ke isi"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    # What comes next is no more of the menu.
    assert page.evaluate("document.activeElement.closest('header') === null")


@pytest.mark.parametrize("name", OWN)
def test_the_tab_key_goes_through_a_page_from_top_to_bottom_and_is_always_seen(opened, name):
    page = opened(name)
    stops = []
    for _ in range(40):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or stop["place"] in [one["place"] for one in stops]:
            break
        stops.append(stop)
    assert len(stops) > 8
    assert [stop["place"] for stop in stops] == sorted(stop["place"] for stop in stops)
    assert [stop for stop in stops if not stop["named"]] == []
    assert [stop for stop in stops if not stop["seen"]] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_the_same_without_javascript(opened, name):
    without, with_it = (opened(name, java_script_enabled=on).locator("body").inner_text() for on in (False, True))
    assert without == with_it


def test_an_empty_desk_says_how_to_fill_it(visitor, empty_desk):
    page = visitor.window()
    page.goto(empty_desk.address)
    said = page.get_by_role("main").inner_text()
    assert "cakupan demo" in said
    assert "cakupan run" in said
    assert page.locator("svg").count() == 0


@pytest.mark.parametrize(
    "path", ["/data", "/data/claims_flat", "/data/claims_flat?_facet=outlet", "/data?sql=select+count(*)+from+claims"]
)
def test_datasette_s_own_pages_work_within_their_policy(visitor, path):
    page = visitor.open(path)
    assert page.locator("h1").count() >= 1
    assert page.locator("a[href='/']", has_text="Meja Cakupan").count() >= 1


@pytest.mark.parametrize(("name", "path"), [("front", "/"), ("province", "/wilayah/72"), ("kabupaten", "/wilayah/17")])
def test_a_chart_is_named_and_its_numbers_stand_in_a_table_under_it(visitor, name, path):
    page = visitor.open(path)
    charts = page.locator("svg[role=group]")
    assert charts.count() >= 1
    chart = charts.first
    for attribute in ("aria-labelledby", "aria-describedby"):
        assert page.locator(f"#{chart.get_attribute(attribute)}").text_content()
    links = chart.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert links
    assert set(links) <= set(page.locator("table a").evaluate_all("links => links.map(a => a.getAttribute('href'))"))


# The element that has the focus: where it stands in the page, whether it has a name, and whether the focus shows.
STOP = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const named = (one.getAttribute('aria-label') || one.textContent.trim() || one.title || one.value
    || (one.labels && one.labels[0] && one.labels[0].textContent.trim())
    || one.getAttribute('aria-labelledby'));
  return {
    place: [...document.querySelectorAll('*')].indexOf(one),
    what: one.outerHTML.slice(0, 120),
    named: Boolean(named),
    seen: box.width > 0 && (style.outlineStyle !== 'none' || style.boxShadow !== 'none'),
  };
}"""
WIDEST = """() => [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > 361).slice(0, 5).map(one => one.outerHTML.slice(0, 120))"""
