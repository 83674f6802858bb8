"""Which records of anybody's archive are worth parsing: by site, address, day, language and topic."""

import datetime as dt
import gzip
import io

import pytest
from fastwarc.warc import ArchiveIterator

from crawler.archive.sift import Capture, Dropped, Sieve, is_later_page
from crawler.archive.write import Draft, record_bytes
from crawler.errors import RegistryError
from crawler.language import load_language
from crawler.outlets import parse_outlets
from crawler.relevance import load_relevance

MAY = dt.datetime(2025, 5, 6, 5, 0, tzinfo=dt.UTC)
INDONESIAN = (
    "<p>Pemerintah kota mengatakan bahwa warga yang belum terdaftar dan warga yang sudah menunggak bisa berobat di "
    "rumah sakit dengan kartu mereka, karena iuran untuk peserta ini dari daerah dan tidak pada warga.</p>"
)
MALAY = (
    "<p>Kerajaan negeri berkata bahawa rakyat yang sakit dan rakyat di luar bandar boleh ke hospital dengan kad untuk "
    "rawatan, kerana JKN telah membuka pelbagai klinik di daerah ini dan tidak pada hari cuti.</p>"
)
ENGLISH = "<p>The JKN programme covers 98 percent of the people, officials of BPJS Kesehatan said in Jakarta.</p>"
NAMED = "<p>Peserta JKN 77.512 jiwa.</p>"

OUTLETS = parse_outlets(
    """
["kabar.id"]
name = "Kabar"
regions = ["81"]
feed = ["https://kabar.id/feed"]
zone = "WIT"
state = "unverified"
source = "test"

["berita.go.id"]
name = "Berita"
regions = ["81"]
feed = ["https://berita.go.id/feed"]
article = "/berita/\\\\d+/"
zone = "WIT"
state = "unverified"
source = "test"
""",
    "test.toml",
)
KNOWN = Sieve(OUTLETS)
ANY = Sieve(OUTLETS, any_site=True)


def record(
    url="https://kabar.id/peserta-jkn", page=INDONESIAN + NAMED, head="HTTP/1.1 200 OK\r\n", kind="response", at=MAY
):
    block = f"{head}Content-Type: text/html\r\n\r\n".encode() + page.encode()
    raw = record_bytes(Draft(kind, at, (("WARC-Target-URI", url),), block, "<urn:uuid:1>"))
    return next(iter(ArchiveIterator(io.BytesIO(gzip.compress(raw)), parse_http=False)))


CASES = [
    (KNOWN, {}, None),
    (KNOWN, {"url": "https://www.kabar.id/peserta-jkn"}, None),
    (KNOWN, {"url": "<https://kabar.id/peserta-jkn>"}, None),
    # a known outlet's page is trusted to be in its language
    (KNOWN, {"page": NAMED}, None),
    (KNOWN, {"url": "https://kabar.id/peserta-jkn?page=1"}, None),
    (KNOWN, {"url": "https://kabar.id/peserta-jkn?page=all"}, None),
    (KNOWN, {"url": "https://kabar.id/peserta-jkn?page=2"}, Dropped.NO_STORY),
    (KNOWN, {"url": "https://kabar.id/"}, Dropped.NO_STORY),
    (KNOWN, {"url": "https://kabar.id/?p=77"}, None),
    (KNOWN, {"url": "https://kabar.id/tag/jkn"}, Dropped.NO_STORY),
    (KNOWN, {"url": "https://kabar.id/2025/05/"}, Dropped.NO_STORY),
    (KNOWN, {"url": "https://kabar.id/2025/05/peserta-jkn/"}, None),
    (KNOWN, {"url": "https://berita.go.id/berita/12/peserta"}, None),
    (KNOWN, {"url": "https://berita.go.id/layanan/jkn"}, Dropped.NO_STORY),
    (KNOWN, {"url": "https://lain.id/peserta-jkn"}, Dropped.OTHER_SITE),
    (KNOWN, {"url": "http://[::1"}, Dropped.OTHER_SITE),
    (KNOWN, {"url": "urn:x"}, Dropped.OTHER_SITE),
    (KNOWN, {"kind": "request"}, Dropped.OTHER_RECORD),
    (KNOWN, {"kind": "revisit"}, Dropped.OTHER_RECORD),
    (KNOWN, {"head": "HTTP/1.1 404 Not Found\r\n"}, Dropped.NO_PAGE),
    (KNOWN, {"head": "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nX-"}, Dropped.NO_PAGE),
    (KNOWN, {"head": "rubbish"}, Dropped.DAMAGED),
    (KNOWN, {"head": "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n", "page": "\x01\x02 packed?"}, Dropped.DAMAGED),
    (KNOWN, {"page": INDONESIAN}, Dropped.OTHER_TOPIC),
    (KNOWN, {"page": INDONESIAN + "<p>jknews</p>"}, Dropped.OTHER_TOPIC),
    (ANY, {"url": "https://lain.id/peserta-jkn"}, None),
    (ANY, {"url": "https://lain.id/peserta-jkn", "page": ENGLISH}, Dropped.OTHER_LANGUAGE),
    (ANY, {"url": "https://lain.my/jkn-johor", "page": MALAY}, Dropped.OTHER_LANGUAGE),
    (ANY, {"url": "https://lain.id/cuaca", "page": INDONESIAN}, Dropped.OTHER_TOPIC),
    # what was fetched before a day cannot have been published on it
    (Sieve(OUTLETS, since=dt.date(2025, 5, 9)), {}, Dropped.OUTSIDE_WINDOW),
    (Sieve(OUTLETS, since=dt.date(2025, 5, 6)), {}, None),
]


@pytest.mark.parametrize(("sieve", "given", "dropped"), CASES)
def test_records_are_sifted(sieve, given, dropped):
    found = sieve.sift(record(**given))
    if dropped is None:
        assert isinstance(found, Capture), found
        assert found.at == MAY
    else:
        assert found is dropped


def test_a_capture_knows_its_site():
    known = ANY.sift(record(url="https://m.kabar.id/peserta-jkn"))
    stranger = ANY.sift(record(url="https://www.lain.id/peserta-jkn"))
    assert (known.site, known.outlet.zone) == ("kabar.id", "WIT")
    assert (stranger.site, stranger.outlet) == ("lain.id", None)


@pytest.mark.parametrize(
    ("page", "expected"),
    [(INDONESIAN, True), (MALAY, False), (ENGLISH, False), ("", False), ("yang dan untuk", False)],
)
def test_indonesian_is_told_from_its_neighbours(page, expected):
    assert load_language().is_indonesian(page.encode()) is expected
    assert load_language().is_indonesian(page.upper().encode("cp1252")) is expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [('common = ["yang"]', "indonesian"), ("common = 1", "common"), ("[", "whole file"), ('x = ["a"]', "common")],
)
def test_a_broken_word_list_is_told(tmp_path, text, problem):
    (tmp_path / "language.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError, match=problem):
        load_language(tmp_path / "language.toml")


@pytest.mark.parametrize(
    "page",
    ["BPJS Kesehatan", "bpjs-kesehatan", "BPJS&nbsp;Kesehatan", "<b>BPJS</b> <i>Kesehatan</i>", "BPJS\xa0\n Kesehatan"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_the_programme_is_found_in_the_bytes_of_a_page(page, encoding):
    assert load_relevance().may_be_relevant(page.encode(encoding))


@pytest.mark.parametrize(
    ("url", "canonical", "expected"),
    [
        ("https://kabar.id/a-jkn/2", "https://kabar.id/a-jkn", True),
        ("https://kabar.id/a-jkn/2", "/a-jkn", True),
        ("https://kabar.id/a-jkn", "https://kabar.id/a-jkn", False),
        ("https://kabar.id/a-jkn/2", "https://kabar.id/a-jkn/2", False),
        ("https://kabar.id/a-jkn/2", None, False),
        ("https://kabar.id/a-jkn/2", "http://[", False),
    ],
)
def test_a_later_page_of_an_article_is_no_article(url, canonical, expected):
    assert is_later_page(url, canonical, ["https://kabar.id/a-jkn"]) is expected
    assert not is_later_page(url, canonical, []), "it has no other pages"
