"""The registry: every entry is whole, a broken one is named, a misspelt name finds its neighbours."""

import datetime as dt
import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from crawler.errors import RegistryError, UnknownOutlet
from crawler.outlets import (
    Discovery,
    State,
    Way,
    choose_outlets,
    load_outlets,
    outlet_of,
    parse_outlet,
    parse_outlets,
    registry,
    resolve_outlet,
)
from crawler.pages import read_page
from crawler.pages.layouts import load_layouts
from crawler.registry import registry_with
from crawler.zones import zone_of
from extract.regions.gazetteer import load_gazetteer

PAGES = Path(__file__).parents[3] / "shared" / "pages" / "articles"
REGIONS = load_gazetteer().regions

TABLE = """
["kabar.example"]
name = "Kabar Contoh"
regions = ["81", "81.02"]
feed = ["https://kabar.example/feed/"]
wordpress = ["https://kabar.example/"]
zone = "WIT"
state = "unverified"
source = "test"
"""


def test_a_table_becomes_an_outlet():
    (outlet,) = parse_outlets(TABLE, "t.toml")
    assert (outlet.domain, outlet.name, outlet.regions) == ("kabar.example", "Kabar Contoh", ("81", "81.02"))
    assert outlet.ways == (
        Discovery(Way.FEED, "https://kabar.example/feed/"),
        Discovery(Way.WORDPRESS, "https://kabar.example/"),
    )
    assert outlet.state is State.UNVERIFIED


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('zone = "WIT"', "", "lacks zone"),
        ('zone = "WIT"', 'zone = "WITTA"', "zone must be one of WIB, WITA, WIT"),
        ('state = "unverified"', 'state = "fine"', "state must be one of"),
        ('"81.02"', '"Maluku"', "'Maluku' is no region code"),
        ('["https://kabar.example/"]', '["kabar.example"]', "is no web address"),
        ('["https://kabar.example/"]', '"https://kabar.example/"', "wordpress must be a list of strings"),
        ("feed =", "feeds =", "keys that nothing reads: feeds"),
        ('name = "Kabar Contoh"', 'name = ""', "name must be a string that is not empty"),
        ('["kabar.example"]', '["Kabar Contoh"]', "must be a host name"),
        ('zone = "WIT"', 'zone = "WIT"\njudge = "reader"', "judge must be one of listing, page"),
        ('zone = "WIT"', 'zone = "WIT"\narticle = "/berita/(\\\\d+"', "article is no regular expression"),
        ('["https://kabar.example/"]', '["https://[kabar.example/"]', "is no web address"),
        ("/feed/", "/{page}", "holds {page}, which only the addresses of index pages may"),
        (
            "wordpress =",
            'index = ["https://kabar.example/indeks?p={halaman}"]\nwordpress =',
            "holds {halaman}; known are",
        ),
        ("wordpress =", 'index = ["https://kabar.example/{offset:0}"]\nwordpress =', "holds {offset:0}; known are"),
        ("wordpress =", 'index = ["https://kabar.example/{page}/{offset:9}"]\nwordpress =', "is paged or dated twice"),
        ("wordpress =", 'index = ["https://kabar.example/{page"]\nwordpress =', "holds {; known are"),
        ("wordpress =", 'index = ["https://{page}.kabar.example/"]\nwordpress =', "placeholder in its host"),
        ('["https://kabar.example/feed/"]', "[]", None),
        ('state = "unverified"', 'state = "recorded"', "state is 'recorded' where pages names a recorded page"),
        ('state = "unverified"', 'state = "unverified"\npages = ["kabar-1"]', "state is 'recorded' where pages"),
        ('zone = "WIT"', "zone = ", "(the whole file)"),
    ],
)
def test_a_broken_table_is_named(old, new, problem):
    text = TABLE.replace(old, new)
    if problem is None:
        assert parse_outlets(text, "t.toml")
        return
    with pytest.raises(RegistryError, match=r"t\.toml") as raised:
        parse_outlets(text, "t.toml")
    assert problem in str(raised.value)
    assert raised.value.entry in ("kabar.example", "Kabar Contoh", "(the whole file)")


def test_an_outlet_without_any_way_is_refused():
    text = "\n".join(line for line in TABLE.splitlines() if not line.startswith(("feed", "wordpress")))
    with pytest.raises(RegistryError, match="names no way of discovery"):
        parse_outlets(text, "t.toml")


@pytest.mark.parametrize(
    ("template", "page", "address"),
    [
        ("https://k.example/indeks?page={page}", 3, "https://k.example/indeks?page=3"),
        ("https://k.example/indeks/7/{offset:20}?t={date}", 1, "https://k.example/indeks/7/0?t=2026-03-09"),
        ("https://k.example/indeks/7/{offset:20}?t={date}", 3, "https://k.example/indeks/7/40?t=2026-03-09"),
        ("https://k.example/terkini", 1, "https://k.example/terkini"),
    ],
)
def test_an_index_address_is_filled_with_page_and_day(template, page, address):
    assert Discovery(Way.INDEX, template).address(page, dt.date(2026, 3, 9)) == address


def test_an_index_tells_whether_it_has_pages_and_days():
    dated, plain = (
        Discovery(Way.INDEX, "https://k.example/{offset:20}?t={date}"),
        Discovery(Way.INDEX, "https://k.example/"),
    )
    assert (dated.is_paged, dated.is_dated, plain.is_paged, plain.is_dated) == (True, True, False, False)
    with pytest.raises(ValueError, match="no day is given"):
        dated.address(1)


def test_ways_are_worked_in_their_order_whatever_the_table_says():
    text = TABLE.replace(
        "wordpress", 'past = ["https://k.example/arsip.xml"]\nindex = ["https://k.example/indeks"]\nwordpress'
    )
    (outlet,) = parse_outlets(text, "t.toml")
    assert [discovery.way for discovery in outlet.ways] == [Way.FEED, Way.WORDPRESS, Way.INDEX, Way.PAST]


def test_the_form_of_an_articles_path_may_be_given():
    (outlet,) = parse_outlets(TABLE + "article = '/berita/\\d+/'", "t.toml")
    assert outlet.article.match("/berita/81/jkn-di-ambon")
    assert not outlet.article.match("/tag/berita/81/")


def test_an_own_registry_joins_and_overrules_the_packages(tmp_path):
    own = tmp_path / "outlets.toml"
    own.write_text(TABLE + TABLE.replace("kabar.example", "jpnn.com"))
    outlets = registry_with(own)
    assert len(outlets) == len(registry()) + 1
    assert outlets[-1].domain == "kabar.example"
    assert resolve_outlet("jpnn.com", outlets).name == "Kabar Contoh"
    assert registry_with(None) == registry()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"81.02"', '"99"', "there is no region '99'"),
        ('zone = "WIT"', 'zone = "WIT"\nlayout = "antrax"', "there is no layout 'antrax'"),
    ],
)
def test_an_own_outlet_names_regions_and_layouts_that_exist(tmp_path, old, new, problem):
    own = tmp_path / "mine.toml"
    own.write_text(TABLE.replace(old, new))
    with pytest.raises(RegistryError, match=rf"mine\.toml, entry 'kabar\.example': {problem}"):
        registry_with(own)


def test_a_missing_own_registry_is_named(tmp_path):
    with pytest.raises(RegistryError, match=r"mine\.toml.*there is no such file"):
        registry_with(tmp_path / "mine.toml")


def test_a_file_that_is_no_utf_8_is_named(tmp_path):
    path = tmp_path / "outlets.toml"
    path.write_bytes(b'["a.example"]\nname = "\xe9"\n')
    with pytest.raises(RegistryError, match=r"outlets\.toml"):
        load_outlets(path)


def test_every_layout_of_the_registry_exists():
    families = {name for layout in load_layouts() for name in (layout.name, layout.family)}
    assert {outlet.layout for outlet in registry() if outlet.layout} <= families


# One outlet of each province that serves no more than a few, and is crawled without being named.
LOCAL = {
    "11": "nukilan.id", "12": "mediasumutku.com", "13": "langgam.id", "14": "riau.antaranews.com",
    "15": "jambi.antaranews.com", "16": "sumeks.disway.id", "17": "bengkulu.antaranews.com",
    "18": "lampungpro.co", "19": "babelpos.disway.id", "21": "radarmalaka.com", "31": "megapolitan.antaranews.com",
    "32": "jabarekspres.com", "33": "suaramerdeka.com", "34": "jogja.antaranews.com", "35": "beritajatim.com",
    "36": "faktabanten.co.id", "51": "balipost.com", "52": "radarlombok.co.id", "53": "portalntt.com",
    "61": "kalbar.antaranews.com", "62": "kalteng.antaranews.com", "63": "wartaniaga.com",
    "64": "kaltim.antaranews.com", "65": "nosakaltara.com", "71": "manado.antaranews.com", "72": "kailipost.com",
    "73": "harian.fajar.co.id", "74": "sultrakini.com", "75": "gorontalo.antaranews.com", "76": "transtipo.com",
    "81": "harianmaluku.com", "82": "halmaherapost.com", "91": "papua.antaranews.com",
    "92": "papuabarat.antaranews.com", "93": "jubi.id", "94": "papuatengah.antaranews.com",
    "95": "papua.antaranews.com", "96": "balleonews.com",
}  # fmt: skip
PROVINCES = sorted(code for code, region in REGIONS.items() if region.level == "province")


@pytest.mark.parametrize("province", [pytest.param(code, id=REGIONS[code].name) for code in PROVINCES])
def test_every_province_has_an_outlet_of_its_own(province):
    outlet = resolve_outlet(LOCAL[province])
    assert province in outlet.regions
    assert outlet.state is not State.QUARANTINED


def test_the_registry_names_every_outlet_once_and_only_regions_that_exist():
    hosts = Counter(outlet.domain.removeprefix("www.") for outlet in registry())
    assert not [host for host, times in hosts.items() if times > 1]
    assert not [name for name, times in Counter(outlet.name.casefold() for outlet in registry()).items() if times > 1]
    assert {code for outlet in registry() for code in outlet.regions} <= REGIONS.keys()
    assert len(registry()) >= 60


@pytest.mark.parametrize(
    ("code", "zone"),
    [("11", "WIB"), ("62", "WIB"), ("51.08", "WITA"), ("65", "WITA"), ("76", "WITA"), ("81.02", "WIT")],
)
def test_a_region_lies_in_one_zone(code, zone):
    assert zone_of(code) == zone


def test_an_outlet_prints_its_regions_time_or_its_source_says_otherwise():
    for outlet in registry():
        zones = {zone_of(code) for code in outlet.regions}
        assert outlet.zone in zones or outlet.regions == ("0",) or "prints WIB" in outlet.source, outlet.domain


@pytest.mark.parametrize(
    "discovery", [way for outlet in registry() for way in outlet.ways if way.way is Way.INDEX], ids=lambda way: way.url
)
def test_every_index_gives_addresses_for_its_pages_and_days(discovery):
    first, second = (discovery.address(number, dt.date(2026, 5, 20)) for number in (1, 2))
    assert not set("{}") & set(first + second)
    assert (first != second) == discovery.is_paged


def test_no_way_of_tribun_leads_where_its_robots_txt_forbids():
    for outlet in registry():
        if outlet.layout == "tribun":
            assert outlet.state is State.QUARANTINED
            assert not [way for way in outlet.ways if any(part in way.url for part in ("/search", "/tag", "/topic"))]


RECORDED = [(outlet, page) for outlet in registry() for page in outlet.pages]


@pytest.mark.skipif(not PAGES.is_dir(), reason="no recorded pages beside the repository")
@pytest.mark.parametrize(("outlet", "page"), [pytest.param(o, p, id=p) for o, p in RECORDED])
def test_what_is_called_recorded_reads_a_page_of_its_own(outlet, page):
    # That the page is read aright in every field is test_recorded_pages' to say.
    recorded = json.loads((PAGES / f"{page}.json").read_text())
    html = gzip.decompress((PAGES / f"{page}.html.gz").read_bytes())
    assert recorded["kind"] == "article"
    assert outlet_of(recorded["url"]) == outlet
    article = read_page(html, recorded["url"], outlet=outlet)
    assert article.layout.startswith(outlet.layout)
    assert " ".join(article.title.split()) == " ".join(recorded["truth"]["title"].split())
    assert article.text and article.published


@pytest.mark.parametrize("name", ["jpnn.com", "www.jpnn.com", "JPNN", " jpnn "])
def test_an_outlet_answers_to_domain_and_name(name):
    assert resolve_outlet(name).domain == "jpnn.com"


def test_without_names_all_are_crawled_but_the_quarantined():
    chosen = choose_outlets((), registry())
    assert 0 < len(chosen) < len(registry())
    assert State.QUARANTINED not in {outlet.state for outlet in chosen}


def test_whoever_is_named_is_crawled_once_quarantined_or_not():
    chosen = choose_outlets(("kaltara.tribunnews.com", "JPNN", "www.jpnn.com"), registry())
    assert [outlet.domain for outlet in chosen] == ["kaltara.tribunnews.com", "jpnn.com"]


def test_a_misspelt_outlet_names_the_nearest():
    with pytest.raises(UnknownOutlet) as raised:
        resolve_outlet("liputan12.com")
    assert "liputan21.com" in raised.value.nearest
    assert "liputan21.com" in str(raised.value)


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.jpnn.com/news/x", "jpnn.com"),
        ("https://kalteng.antaranews.com/berita/1/x", "kalteng.antaranews.com"),
        ("https://jabar.jpnn.com/x", "jpnn.com"),
        ("https://notjpnn.com/x", None),
        ("nonsense", None),
        ("http://[::1", None),
    ],
)
def test_a_page_belongs_to_the_outlet_of_its_host(url, domain):
    found = outlet_of(url)
    assert (found.domain if found else None) == domain


@pytest.mark.parametrize(
    ("text", "entry", "problem"),
    [
        ("a = " + "[" * 5000, "(the whole file)", "is nested too deeply"),
        ("a = " + "9" * 5000, "(the whole file)", "digits"),
        (TABLE.replace('"WIT"', "[]"), "kabar.example", "zone must be one of WIB, WITA, WIT, not []"),
        (TABLE + "judge = {}", "kabar.example", "judge must be one of listing, page, not {}"),
        (TABLE + 'article = "a{99999999999999999999}"', "kabar.example", "article is no regular expression"),
    ],
)
def test_a_registry_that_trips_a_library_is_told_like_any_other(text, entry, problem):
    with pytest.raises(RegistryError) as raised:
        parse_outlets(text, "mine.toml")
    assert (raised.value.file, raised.value.entry) == ("mine.toml", entry)
    assert problem in str(raised.value)


NO_HOSTS = ["..", "../..", "/etc", "a/b.example", "a\\b.example", ".example", "kabar..example", "a.example\n", "C:"]


@pytest.mark.parametrize("domain", NO_HOSTS)
def test_a_host_is_no_path(domain):
    """Files of the archive are named after it."""
    with pytest.raises(RegistryError, match="must be a host name"):
        parse_outlet(domain, {}, "t.toml")
