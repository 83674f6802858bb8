"""A text or a link that somebody gives, and the verdict on it."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

FINE = "Peserta JKN di Kota Tual 77.512 jiwa per 1 Mei 2025."
WRONG = "Dari 329.934 penduduk Kabupaten Jembrana, 244.956 orang atau 84,24 persen terdaftar JKN per 1 Mei 2025."
NO_CLAIM = "Sebanyak 300 orang menonton pertandingan bola di lapangan."


@pytest.fixture
def check(visitor):
    """A function that sends the form as a reader does."""
    return lambda text, **fields: visitor.post("/periksa", {"text": text, **fields}, form_at="/periksa")


def test_wrong_arithmetic_is_told_and_the_figures_are_marked(check):
    page = check(WRONG)
    assert "Ada yang meragukan." in page.words
    assert "setara dengan 74,24 persen, bukan 84,24 persen" in page.words
    marks = [mark.text for mark in page.tree.xpath("//p[@class='text']/mark[contains(@class, 'focus')]")]
    assert marks == ["329.934 penduduk", "244.956 orang", "84,24 persen"]
    assert page.tree.xpath("//textarea")[0].text.strip() == WRONG


def test_what_is_suspect_and_no_figure_is_told(check, visitor):
    text = "Kepesertaan JKN di Kota Ambon sudah 95 persen lebih, Selasa (9/6/2025)."
    page = check(text)
    assert "Ada yang meragukan." in page.words
    assert "9 Juni 2025 jatuh pada hari Senin, bukan Selasa." in page.words
    answer = visitor.post("/periksa.json", {"text": text}, form_at="/periksa")
    assert [line["label"] for line in answer.json["checked"]["besides"]] == ["meragukan"]


def test_a_fine_text(check):
    assert "Tidak ada yang meragukan." in check(FINE).words


def test_a_text_without_claims(check):
    assert "Tidak ditemukan angka tentang cakupan JKN" in check(NO_CLAIM).words


def test_what_was_told_before_is_told(check):
    text = "Cakupan kepesertaan JKN Maluku Tenggara per 1 Oktober 2025 sebesar 98,9 persen."
    page = check(text, published="2025-10-02")
    assert "98,5 persen" in page.words and "menurut Yosep Renur" in page.words


def test_the_verdict_in_english(visitor):
    page = visitor.post("/periksa?lang=en", {"text": WRONG}, form_at="/periksa?lang=en")
    assert "make 74.24%, not 84.24%" in page.words


def test_the_verdict_as_json(visitor):
    answer = visitor.post("/periksa.json", {"text": WRONG}, form_at="/periksa")
    assert answer.json["checked"]["verdict"] == "suspect"
    assert [one["printed"] for one in answer.json["checked"]["figures"]][2] == "84,24 persen"


@pytest.mark.parametrize(
    ("text", "fields", "told"),
    [
        ("  ", {}, "Belum ada teks"),
        ("a" * 100_001, {}, "paling banyak 100.000 huruf"),
        (FINE, {"published": "kemarin"}, "tulis seperti 2025-05-06"),
    ],
)
def test_what_cannot_be_checked_is_told(check, text, fields, told):
    page = check(text, **fields)
    assert page.status == 200 and told in page.words


def test_a_link_is_for_those_who_are_signed_in_where_others_can_come(check):
    assert "Tautan hanya dapat diperiksa oleh peninjau" in check("https://kabar.example/berita").words


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("http://127.0.0.1:1/berita", "on this machine or its network"),
        ("http://[::1]/berita", "on this machine or its network"),
        ("file:///etc/passwd", "not an http or https address"),
        ("https://user@kabar.example/berita", "holds a user name"),
    ],
)
def test_links_go_through_the_guard_of_the_command(visit, filled, link, told):
    desk = visit(filled, fetches=True, contact="redaksi@example.org")
    page = desk.post("/periksa", {"text": link}, form_at="/periksa")
    assert "Halaman itu tidak dapat diambil." in page.words and told in page.words


def test_a_site_must_be_able_to_reach_whoever_asks(visit, filled):
    page = visit(filled, fetches=True).post("/periksa", {"text": "https://kabar.example/"}, form_at="/periksa")
    assert "a site must be able to reach whoever asks it" in page.words


def test_another_site_cannot_make_the_desk_check(visitor):
    page = visitor.post("/periksa", {"text": FINE}, {"Sec-Fetch-Site": "cross-site"}, form_at="/periksa")
    assert "Permintaan datang dari situs lain" in page.words
    assert "Hasil" not in page.words


def test_nothing_is_kept(visitor, look_up, check):
    before = look_up("SELECT count(*) FROM articles")
    check(WRONG)
    assert look_up("SELECT count(*) FROM articles") == before


@pytest.fixture
def address():
    """The address of a page with wrong arithmetic, served on this machine."""
    paragraphs = (WRONG, "Acara itu digelar di aula kantor bupati dan dihadiri para kepala dinas.")
    page = f"<html><body><article><h1>JKN di Jembrana</h1><p>{'</p><p>'.join(paragraphs)}</p></article></body></html>"

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = b"" if self.path == "/robots.txt" else page.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format, *args):
            """Keep the tests' output clean."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/berita"
        server.shutdown()


def test_a_link_is_fetched_read_and_judged(visit, filled, address):
    desk = visit(filled, fetches=True, allow_local=True)
    page = desk.post("/periksa", {"text": address}, form_at="/periksa")
    assert "Ada yang meragukan." in page.words
    assert "setara dengan 74,24 persen, bukan 84,24 persen" in page.words
    assert "JKN di Jembrana" in page.words and address in page.links()
