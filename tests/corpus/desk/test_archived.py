"""The copy of a page: what is shown of it, and what is taken out."""

import pytest

from corpus.desk.archived import find_file, sanitise
from corpus.store import Store

PAGE = """<!DOCTYPE html><html><head><title>Kei</title><style>@import url(https://evil.example/a.css)</style>
<script>alert(1)</script><base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=//evil.example">
</head><body onload="alert(1)"><h1>JKN di Kei</h1><p style="background:url(//evil.example)" onclick="x()">Cakupan
98,5 persen.</p><img src="https://evil.example/pixel.gif"><iframe src="https://evil.example"></iframe>
<form action="https://evil.example"><input name="q"><button>Kirim</button></form><svg><script>alert(1)</script></svg>
<a href="javascript:alert(1)">satu</a> <a href="https://kabar.example/b">dua</a> <a href="data:text/html,x">tiga</a>
<video src="//evil.example/v"></video><object data="x"></object><embed src="x"><link rel="stylesheet" href="//evil">
</body></html>"""


def write_archive(folder):
    """A WARC file of one page in the folder of its outlet; gives its name and where the record begins."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + PAGE.encode()
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:6f1d2f5e-0000-4000-8000-000000000001>\r\n"
        "WARC-Date: 2025-05-06T03:04:05Z\r\nWARC-Target-URI: https://kabarkei.example/a\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    outlet = folder / "kabarkei.example"
    outlet.mkdir(parents=True)
    (outlet / "kabarkei.warc").write_bytes(head.encode() + answer + b"\r\n\r\n")
    return "kabarkei.warc", 0


@pytest.fixture
def archived(visit, own, tmp_path):
    """A desk with an archive, and the number of a fetch that is kept in it; `change` is SQL to be run before."""

    def archived(change="", name=None):
        file, offset = write_archive(tmp_path / "archive")
        with Store.open(own) as store:
            fetch = store.db.execute(
                """INSERT INTO fetches (run, kind, url, outlet, status, fetched_at, warc_file, warc_offset)
                   VALUES (1, 'article', 'https://kabarkei.example/a', 'kabarkei.example', 200,
                           '2025-05-06T03:04:05+00:00', ?, ?)""",
                [name or file, offset],
            ).lastrowid
            store.db.execute("UPDATE revisions SET fetch = ?", [fetch])
            if change:
                store.db.execute(change)
            store.db.conn.commit()
        return visit(own, archive=tmp_path / "archive"), fetch

    return archived


def test_a_copy_is_shown_and_marked_as_one(archived):
    desk, fetch = archived()
    page = desk.get(f"/arsip/{fetch}")
    assert page.status == 200
    assert "JKN di Kei" in page.words and "98,5 persen" in page.words
    assert "Ini salinan halaman kabarkei.example seperti diambil pada 6 Mei 2025, 10.04 WIB" in page.text
    assert "https://kabarkei.example/a" in page.links()


def test_a_copy_may_do_nothing(archived):
    desk, fetch = archived()
    policy = desk.get(f"/arsip/{fetch}").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; sandbox;")


def test_a_claim_leads_to_its_copy(archived):
    desk, fetch = archived()
    with Store.open(desk.desk.desk.database) as store:
        (claim,) = store.db.execute("SELECT id FROM claims LIMIT 1").fetchone()
    assert f"/arsip/{fetch}" in desk.get(f"/klaim/{claim}").links()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("INSERT INTO dropped_files SELECT warc_file, outlet, 1, '2025-05-06', '2026-05-06' FROM fetches", "dibuang"),
        ("INSERT INTO removals SELECT id, url, id, 'x', '2025-06-01' FROM articles", "atas permintaan penerbitnya"),
    ],
)
def test_what_was_dropped_or_taken_out_is_not_shown_and_said_so(archived, change, told):
    desk, fetch = archived(change)
    assert desk.get(f"/arsip/{fetch}").status == 404
    with Store.open(desk.desk.desk.database) as store:
        (claim,) = store.db.execute("SELECT id FROM claims LIMIT 1").fetchone()
    assert told in desk.get(f"/klaim/{claim}").words


@pytest.mark.parametrize("name", ["../../secret.warc.gz", "missing.warc.gz"])
def test_a_file_that_is_not_there_is_not_found(archived, name):
    desk, fetch = archived(name=name)
    assert desk.get(f"/arsip/{fetch}").status == 404


def test_no_file_outside_the_archive_is_opened(tmp_path):
    (tmp_path / "secret.warc.gz").write_bytes(b"x")
    archive = tmp_path / "archive"
    archive.mkdir()
    assert find_file(archive, None, "../secret.warc.gz") is None
    assert find_file(archive, "..", "secret.warc.gz") is None


DOCTORED = ["../secret.warc", "/etc/passwd", "kabar\\..\\secret.warc", "C:secret.warc", "..", ".", "", "x\0.warc"]


@pytest.mark.parametrize("name", DOCTORED)
@pytest.mark.parametrize("outlet", [None, "kabarkei.example", "..", "/", "../..", "."])
def test_no_name_and_no_outlet_of_a_doctored_database_lead_out_of_the_archive(tmp_path, name, outlet):
    write_archive(tmp_path / "archive")
    (tmp_path / "secret.warc").write_bytes(b"x")
    assert find_file(tmp_path / "archive", outlet, name) is None
    assert find_file(tmp_path / "archive", "..", "secret.warc") is None


def test_a_link_that_leads_out_of_the_archive_is_not_followed(tmp_path):
    write_archive(tmp_path / "elsewhere")
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "folder.example").symlink_to(tmp_path / "elsewhere" / "kabarkei.example")
    (archive / "link.warc").symlink_to(tmp_path / "elsewhere" / "kabarkei.example" / "kabarkei.warc")
    assert find_file(archive, None, "link.warc") is None
    assert find_file(archive, "folder.example", "kabarkei.warc") is None
    # One that stays within does no harm.
    write_archive(archive)
    (archive / "within.warc").symlink_to(archive / "kabarkei.example" / "kabarkei.warc")
    assert find_file(archive, None, "within.warc") == archive / "within.warc"


def test_the_outlet_of_a_test_site_has_a_folder_without_its_colon(tmp_path):
    folder = tmp_path / "127.0.0.1_8080"
    folder.mkdir()
    (folder / "a.warc").write_bytes(b"x")
    assert find_file(tmp_path, "127.0.0.1:8080", "a.warc") == folder / "a.warc"


GONE = ("<script", "<style", "onload", "onclick", "style=", "<img", "<iframe", "<form", "<input", "<button", "<svg")
GONE += ("javascript:", "data:text", "evil.example", "<video", "<object", "<embed", "<link", "<meta", "<base", "alert")


@pytest.mark.parametrize("gone", GONE)
def test_what_does_or_asks_for_anything_is_taken_out(gone):
    assert gone not in sanitise(PAGE)


def test_words_and_links_stay():
    clean = sanitise(PAGE)
    assert "<h1>JKN di Kei</h1>" in clean and 'href="https://kabar.example/b"' in clean


@pytest.mark.parametrize("page", ["", "   ", "<", "<!DOCTYPE html>", "\x00", "<html></html>", "a < b & c"])
def test_odd_pages_are_no_errors(page):
    assert "<script" not in sanitise(page)


def test_a_declared_encoding_is_no_error():
    assert "é" in sanitise('<?xml version="1.0" encoding="latin-1"?><html><body>é</body></html>')
