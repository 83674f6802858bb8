"""Regions in running text: the sentence, and what is found in it as `mention=code`, in text order."""

from __future__ import annotations

import tomllib
from time import perf_counter

import pytest

from extract.language import Indonesian, NewsTokenizer
from extract.mentions.region import make_region_finder
from extract.models import Mention, Region
from extract.regions.gazetteer import LEXICON, load_gazetteer
from extract.regions.names import Use

VOCAB = Indonesian().vocab
TOKENIZE = NewsTokenizer(VOCAB)
FIND = make_region_finder(VOCAB)
GAZETTEER = load_gazetteer()
RULES = tomllib.loads((LEXICON / "region_rules.toml").read_text(encoding="utf-8"))


def find(text: str) -> tuple[Mention[Region], ...]:
    return FIND(TOKENIZE(text))


def shown(text: str) -> str:
    """Mentions as `raw=code`, a `*` behind towns of branches, `?` for a name that nothing settles."""
    return " | ".join(f"{m.raw}={m.value.code if m.value else '?'}{'*' * m.branch}" for m in find(text))


def cases(*pairs: tuple[str, str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("text", "expected"), pairs)


@cases(
    ("Rapat di Kabupaten Maluku Tenggara dan Kota Tual.", "Kabupaten Maluku Tenggara=81.02 | Kota Tual=81.72"),
    ("Pemprov Kepri dan Provinsi Kepulauan Riau (Kepri)", "Kepri=21 | Provinsi Kepulauan Riau=21 | Kepri=21"),
    ("Kab. Asahan, Kab.Dairi, Prov. Sulsel", "Kab. Asahan=12.09 | Kab.Dairi=12.11 | Prov. Sulsel=73"),
    ("Kab. Kep. Anambas", "Kab. Kep. Anambas=21.05"),
    ("Kota Administrasi Jakarta Pusat dan Jaktim", "Kota Administrasi Jakarta Pusat=31.71 | Jaktim=31.75"),
    # The longest name wins.
    ("Banggai, Banggai Laut, Banggai Kepulauan", "Banggai=72.01 | Banggai Laut=72.11 | Banggai Kepulauan=72.07"),
    ("Papua, Papua Barat, Papua Barat Daya", "Papua=91 | Papua Barat=92 | Papua Barat Daya=96"),
    ("Tangerang Selatan dan Kota Tangerang", "Tangerang Selatan=36.74 | Kota Tangerang=36.71"),
    # As typed: lower case, capitals, no blank, a line break inside.
    ("warga bandar lampung", "bandar lampung=18.71"),
    ("LUWU UTARA - Cakupan naik.", "LUWU UTARA=73.22"),
    ("Kota Ambon278.218 jiwa", "Kota Ambon=81.71"),
    ("Kabupaten Parigi\nMoutong 90 persen", "Kabupaten Parigi\nMoutong=72.08"),
    ("Kabupaten Bandung\n\nBarat daya angin", "Kabupaten Bandung=32.04"),
    ("HSS 100%, HST 95,87%, tetapi hst bukan", "HSS=63.06 | HST=63.07"),
)
def test_names_as_they_are_written(text, expected):
    assert shown(text) == expected


@cases(
    # An office's region stands before its holder's name of two words or more, or before no name at all.
    ("Kadinkes Kendal Siti Rahmah membenarkan.", "Kendal=33.24"),
    ("Sekda Muna Ali Basri, Kadinkes Muna membenarkan.", "Muna=74.03 | Muna=74.03"),
    ("Kepala Dinas Kesehatan Landak Petrus Akim hadir.", "Landak=61.08"),
    ("Sekda Muna Basri hadir.", ""),
    ("Kepala Puskesmas Bima Kusuma hadir.", ""),
    # An ordinary word with a capital inside a sentence, in an article on its province.
    ("Kota Cilegon mengungguli Lebak yang lebih luas.", "Kota Cilegon=36.72 | Lebak=36.02"),
    ("Kota Semarang dan tetangganya Kendal sama-sama naik.", "Kota Semarang=33.74 | Kendal=33.24"),
    ("Kota Cilegon naik. Lebak dalam arti lembah.", "Kota Cilegon=36.72"),
    ("Kota Ambon mengungguli Lebak yang lebih luas.", "Kota Ambon=81.71"),
    ("Kota Cilegon mengungguli lebak yang lebih luas.", "Kota Cilegon=36.72"),
    # Right beside a region of its province in a list.
    ("Intan Jaya, Puncak, dan Dogiyai", "Intan Jaya=94.07 | Puncak=94.05 | Dogiyai=94.06"),
    ("Ogan Ilir dan OKI", "Ogan Ilir=16.10 | OKI=16.02"),
    ("Bogor, Puncak, dan Cisarua macet.", "Bogor=32.71"),
    (
        "Muba, Pali, dan Lahat; PALI unggul.",
        "Muba=16.06 | Pali=16.12 | Lahat=16.04 | PALI=16.12",
    ),
    ("Kain Pali dijual.", ""),
    # Lines of a list name each region once, and no line hands its level on.
    ("1. Kota Bima 99 persen\n2. Bima 96 persen\n3. Dompu", "Kota Bima=52.72 | Bima=52.06 | Dompu=52.05"),
    ("- Kota Kediri 99 persen\n- Ngawi 96 persen", "Kota Kediri=35.71 | Ngawi=35.21"),
    # A programme is called after a region.
    ("Pemegang Kartu Papua Sehat di Papua Tengah", "Papua Tengah=94"),
    # Nicknames, which have capitals.
    ("Warga Bumi Handayani dan Kota Patriot", "Bumi Handayani=34.03 | Kota Patriot=32.75"),
    ("Ia jatuh cinta pada kota patriot itu.", ""),
)
def test_names_that_are_also_something_else(text, expected):
    assert shown(text) == expected


@cases(
    ("Bupati Malang bertemu Wali Kota Malang.", "Malang=35.07 | Malang=35.73"),
    ("Pemerintah Kota (Pemkot) Serang", "Serang=36.73"),
    ("Kabupaten Sorong 7.003 jiwa, Kota Sorong 6821 jiwa", "Kabupaten Sorong=96.01 | Kota Sorong=96.71"),
    ("Lebak 88 persen, Tangerang Kota 95 persen", "Lebak=36.02 | Tangerang Kota=36.71"),
    ("Seluruh kabupaten/kota di Banten", "Banten=36"),
    ("Seluruh kabupaten kota di Banten", "Banten=36"),
    ("ibu kota Provinsi Kepri", "Provinsi Kepri=21"),
    # Gorontalo three times.
    (
        "Kota Gorontalo, Kabupaten Gorontalo, Provinsi Gorontalo",
        "Kota Gorontalo=75.71 | Kabupaten Gorontalo=75.01 | Provinsi Gorontalo=75",
    ),
    ("Sulawesi Tengah, Gorontalo dan Maluku Utara", "Sulawesi Tengah=72 | Gorontalo=75 | Maluku Utara=82"),
    ("Boalemo, Gorontalo dan Pohuwato", "Boalemo=75.02 | Gorontalo=75.01 | Pohuwato=75.04"),
    ("Gorontalo – Kepesertaan naik.", "Gorontalo=75.71"),
    # Towns: datelines and places of speech.
    ("SERANG, BANTEN POS – Bupati Serang hadir.", "SERANG=36.73 | Serang=36.04"),
    ("Malang, Kabarbaru.com - Bupati Malang hadir.", "Malang=35.73 | Malang=35.07"),
    ("Bupati Kupang, kata Andi di Kupang, Rabu (27/11).", "Kupang=53.01 | Kupang=53.71"),
    ("jabar.kabarbaru.com, KABUPATEN BOGOR - Rapat digelar.", "KABUPATEN BOGOR=32.01"),
    ("Jambi - 98 persen", "Jambi=15"),
    # The article's own reading, and its province.
    ("Bupati Malang hadir. Warga Malang terdaftar.", "Malang=35.07 | Malang=35.07"),
    ("Di Kalteng, Mura 118 persen.", "Kalteng=62 | Mura=62.12"),
    ("Musi Rawas dan Mura di Sumatera Selatan", "Musi Rawas=16.05 | Mura=16.05 | Sumatera Selatan=16"),
    ("Mura menyusul.", "Mura=?"),
    ("Warga Malang terdaftar.", "Malang=35.73"),
    ("Kota Pontianak, dulu di Kabupaten Pontianak", "Kota Pontianak=61.71 | Kabupaten Pontianak=61.02"),
)
def test_namesakes(text, expected):
    assert shown(text) == expected


@cases(
    ("Kota Malang, Blitar, dan Mojokerto", "Kota Malang=35.73 | Blitar=35.72 | Mojokerto=35.76"),
    ("Kabupaten Malang, Blitar serta Kota Batu", "Kabupaten Malang=35.07 | Blitar=35.05 | Kota Batu=35.79"),
    (
        "Kabupaten Tangerang 89 persen, Kota Serang 83 persen, Tangerang 95 persen",
        "Kabupaten Tangerang=36.03 | Kota Serang=36.73 | Tangerang=36.71",
    ),
    # What a list has named it does not name again.
    ("Kota Bima 99 persen, Dompu 80 persen, Bima 70 persen", "Kota Bima=52.72 | Dompu=52.05 | Bima=52.06"),
    (
        "Kabupaten Flores Timur (Flotim), Ngada, dan Nagakeo.",
        "Kabupaten Flores Timur=53.06 | Flotim=53.06 | Ngada=53.09 | Nagakeo=53.16",
    ),
    # Among kabupaten alone a kabupaten is meant.
    ("Jember, Blitar, Tulungagung dan Tuban", "Jember=35.09 | Blitar=35.05 | Tulungagung=35.04 | Tuban=35.23"),
    # A full stop ends the list.
    ("Kabupaten Lebak sudah. Blitar belum.", "Kabupaten Lebak=36.02 | Blitar=35.72"),
)
def test_lists(text, expected):
    assert shown(text) == expected


@cases(
    ("Kabupaten Nagakeo dan kabupaten Talibau", "Kabupaten Nagakeo=53.16 | kabupaten Talibau=82.08"),
    ("Kabupaten Pulau Talibau 64 persen", "Kabupaten Pulau Talibau=82.08"),
    ("kabupaten Mamuju Utata 62 persen", "kabupaten Mamuju Utata=76.01"),
    ("Kata Nagakeo tidak ada di kamus.", ""),
    ("Kota Layak Anak, Kabupaten Sehat, Kota Banjir", ""),
    ("Bupati Sampaikan Terima Kasih", ""),
)
def test_misspellings_only_beside_a_level_word(text, expected):
    assert shown(text) == expected


@cases(
    ("Kepala BPJS Kesehatan Cabang Palopo", "Palopo=73.73*"),
    ("BPJS Cabang Batam dan BPJS Batam", "Batam=21.71* | Batam=21.71*"),
    ("Kantor Cabang (KC) Ternate", "Ternate=82.71*"),
    ("wilayah kerja BPJS Kesehatan Manokwari dan Sorong", "Manokwari=92.02* | Sorong=96.71*"),
    ("Kantor BPJS Kesehatan Kabupaten Bangka", "Kabupaten Bangka=19.01*"),
    ("Kepala Bidang Kepesertaan BPJS Kesehatan Tanjungpinang", "Tanjungpinang=21.72*"),
    ('"Cabang Kupang baru separuh," katanya.', "Kupang=53.71*"),
    # A seat of a kabupaten counts only as a branch's town.
    ("BPJS Kesehatan Cabang Atambua di Kupang", "Atambua=53.04* | Kupang=53.71"),
    ("Pasar di Atambua", ""),
    # About the region, not the branch.
    ("Kepesertaan BPJS Kesehatan Batam 98 persen", "Batam=21.71"),
    ("BPJS Lampung dan BPJS Kesehatan Maluku Utara", "Lampung=18 | Maluku Utara=82"),
    ("BPJS Kesehatan wilayah Sumut", "Sumut=12"),
    ("Warga ikut BPJS Kesehatan\n\nSERANG – Sudah 89 persen", "SERANG=36.73"),
)
def test_towns_of_branches(text, expected):
    assert shown(text) == expected


@cases(
    ("seluruh Indonesia, se-Indonesia, di Indonesia", "Indonesia=0 | Indonesia=0 | Indonesia=0"),
    ("target nasional, tingkat Nasional, secara nasional", "nasional=0 | Nasional=0 | nasional=0"),
    ("Jaminan Kesehatan Nasional, Universitas Indonesia, Republik Indonesia", ""),
    ("Ikatan Dokter Indonesia dan Kartu Indonesia Sehat", ""),
    ("Hari Pahlawan Nasional, bahasa Indonesia", ""),
)
def test_the_nation(text, expected):
    assert shown(text) == expected


@cases(
    # Persons
    ("Anggota dewan Zoni Anwar Tanjung, SE", ""),
    ("Ansar Ahmad dan Ahmad Batubara", ""),
    ("Arya Bima, dr. Bima dan Bima Hindro Kusumo", ""),
    ('"Sudah," kata Edi Kupang.', ""),
    ('"Sudah," kata Kapolres Kupang.', "Kupang=53.71"),
    ("Hadir pula Rudi Palu, S.Sos", ""),
    # Outlets and addresses
    ("Radar Malaka, Tribun Jambi, Batam Pos, NU Online Lampung", ""),
    ("KORANBATAM.COM, mediasumutku.com, www.lampungpro.co", ""),
    ("mediacenter.batam.go.id dan @pemkot_batam", ""),
    # Smaller places and streets
    ("Kecamatan Batu Ampar, Desa Siak, Kelurahan Solok Pandan", ""),
    ("Kecamatan Medan Timur dan Medan Barat di Kota Medan", "Kota Medan=12.71"),
    ("Jalan Surabaya, Jl. Ambon, Jalan Raya Bogor", ""),
    # Land, water, areas
    ("Danau Toba, Selat Malaka, Pulau Bali", ""),
    ("Malang Raya dan Luwu Raya", ""),
    ("dari Sabang sampai Merauke", ""),
    # A place in another province is not the kabupaten of that name.
    ("di Kuningan, Jakarta, dan di Kuningan, Jawa Barat", "Jakarta=31 | Kuningan=32.08 | Jawa Barat=32"),
    # Letters that stand for other things too count once the article spells the name out.
    ("Lahan KSB dijual.", ""),
    (
        "Kabupaten Sumbawa Barat (KSB) UHC. Warga senang, KSB siap.",
        "Kabupaten Sumbawa Barat=52.07 | KSB=52.07 | KSB=52.07",
    ),
    ("Kabupaten Pulau Morotai di Pulau Morotai", "Kabupaten Pulau Morotai=82.07 | Pulau Morotai=82.07"),
    # Schools, firms, clubs
    ("Universitas Lampung, Universitas Negeri Gorontalo, Bank Aceh, PSM Makassar", ""),
    # Offices of a region do name it.
    ("Kejaksaan Negeri Asahan, RSUD Kota Batam", "Asahan=12.09 | Kota Batam=21.71"),
    # Ordinary words
    ("medan berat, padang rumput, batu bara, tanah laut, lima puluh kota", ""),
    ("Batu Bara dan Minyak naik", ""),
    ("Medan, Toba, Batu Bara dan Binjai", "Medan=12.71 | Toba=12.12 | Batu Bara=12.19 | Binjai=12.75"),
    ("di Batu dan di batu", "Batu=35.79"),
    ("warga Toba", "Toba=12.12"),
)
def test_what_is_no_region(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_fires_on_its_example(rule):
    found = {(mention.rule, mention.value.code) for mention in find(RULES[rule]["example"]) if mention.value}
    assert (rule, RULES[rule]["expect"]) in found


@pytest.mark.parametrize("rule", RULES)
def test_no_rule_fires_on_its_counter_example(rule):
    assert rule not in {mention.rule for mention in find(RULES[rule]["counter"])}


LISTED = [
    pytest.param(name, id=f"{key}-{name.code}")
    for key, names in GAZETTEER.names.items()
    for name in names
    if name.use is not Use.BRANCH and name.code != "0"
]


@pytest.mark.parametrize("name", LISTED)
def test_every_name_of_the_lexicon_is_found_behind_its_level(name):
    region = GAZETTEER.get(name.code)
    level = {"province": "Provinsi", "kabupaten": "Kabupaten", "kota": "Kota"}[region.level.value]
    # The province tells the two kabupaten called Mura apart.
    province = GAZETTEER.get(region.province or "").name
    first, *_ = find(f"Cakupan {level} {name.surface} naik di Provinsi {province}.")
    assert (first.raw, first.value) == (f"{level} {name.surface}", region)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        "Kota",
        "Kabupaten .",
        "Kota Kota Kota",
        "di",
        "(",
        "BPJS",
        "Cabang",
        "Kab.",
        "\u00a0Batam\u00a0",
    ],
)
def test_odd_text_is_no_error(text):
    for mention in find(text):
        assert text[mention.start : mention.end] == mention.raw


def test_time_grows_with_the_length_of_the_text():
    # Long lists and many level words in front of unknown names are the costly texts.
    line = "Kabupaten Xyzabc, Kota Malang 12.000 jiwa, Blitar 98,2 persen, BPJS Cabang Serang - "
    short, long = TOKENIZE(line * 50), TOKENIZE(line * 200)
    FIND(short)

    def seconds(doc: object) -> float:
        begun = perf_counter()
        FIND(doc)  # type: ignore[arg-type]
        return perf_counter() - begun

    assert min(seconds(long) for _ in range(3)) < 12 * min(seconds(short) for _ in range(3))
