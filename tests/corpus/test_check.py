"""A journalist's verdict: what is taken for a text, a file or a page, what is said of each figure, and how it ends."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from corpus.commands.check import command
from corpus.errors import CorpusError
from corpus.sources import Address, Files, Stdin, Text, parse_source
from crawler.errors import CrawlerError

FINE = "Peserta JKN di Kota Tual 77.512 jiwa per 1 Mei 2025."
GARBLED = "Dari 129.000 penduduk Maluku Tenggara, 100.026.000 jiwa sudah terdaftar JKN per 1 Mei 2025."
WRONG = "Dari 329.934 penduduk Kabupaten Jembrana, 244.956 orang atau 84,24 persen terdaftar JKN per 1 Mei 2025."
NO_CLAIM = "Sebanyak 300 orang menonton pertandingan bola di lapangan."


def cakupan(*arguments, stdin="", cwd=None, columns="80"):
    """Run `cakupan` as a user would; with no settings from the environment."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("CAKUPAN_")}
    done = subprocess.run(
        [sys.executable, "-m", "corpus.cli", *arguments],
        input=stdin.encode(),
        capture_output=True,
        cwd=cwd,
        env=outside | {"COLUMNS": columns},
        timeout=120,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def check(*arguments, stdin="", cwd=".", columns="80"):
    """Run `cakupan check` in this process, since loading takes longer than checking."""
    with contextlib.chdir(cwd):
        environment = {"COLUMNS": columns} | {name: None for name in os.environ if name.startswith("CAKUPAN_")}
        done = CliRunner().invoke(command, arguments, input=stdin.encode(), env=environment)
    if done.exception is not None and not isinstance(done.exception, SystemExit | CorpusError | CrawlerError):
        raise done.exception
    # What the packages foresee is told by `main`, in one line.
    foreseen = f"Error: {done.exception}\n" if isinstance(done.exception, CorpusError | CrawlerError) else ""
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr + foreseen)


# What is given


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with a text, a note without ending, a picture and a folder in it."""
    monkeypatch.chdir(tmp_path)
    for name in ("berita.txt", "dua.json", "catatan", "foto.jpg"):
        Path(name).write_text(FINE, encoding="utf-8")
    Path("folder").mkdir()


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ([FINE], Text(FINE)),
        (FINE.split(), Text(FINE)),
        (["98,29%"], Text("98,29%")),
        (["UHC/JKN 98,29%"], Text("UHC/JKN 98,29%")),
        (["Baca", "https://kabar.id/a.html"], Text("Baca https://kabar.id/a.html")),
        (["kata " * 5000], Text("kata " * 5000)),
        (["berita.txt"], Files((Path("berita.txt"),))),
        (["berita.txt", "dua.json"], Files((Path("berita.txt"), Path("dua.json")))),
        (["catatan"], Files((Path("catatan"),))),
        (["https://kabar.id/jkn"], Address("https://kabar.id/jkn")),
        (["HTTP://kabar.id"], Address("HTTP://kabar.id")),
        (["ftp://kabar.id/x"], Address("ftp://kabar.id/x")),  # refused when it comes to fetching
        (["-"], Stdin()),
        ([], Stdin()),
    ],
)
def test_text_file_and_address_are_told_apart_by_their_form(here, words, source):
    assert parse_source(words) == source


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (["beritaa.txt"], "There is no file beritaa.txt"),
        (["laporan rapat.txt"], "There is no file laporan rapat.txt"),
        (["berita.txt", "beritaa.txt"], "There is no file beritaa.txt"),
        (["rilis.docx"], "There is no file rilis.docx"),
        (["foto.jpg"], "foto.jpg does not end in .txt"),
        (["folder"], "folder is a folder"),
        (["www.kabar.id/jkn"], "cakupan check https://www.kabar.id/jkn"),
        (["kabar.id/2025/jkn"], "cakupan check https://kabar.id/2025/jkn"),
        (["https://kabar.id/1", "https://kabar.id/2"], "One address at a time"),
        ([""], "The text is empty"),
        ([" ", "\n"], "The text is empty"),
    ],
)
def test_what_looks_like_a_file_or_address_and_is_none_is_misuse(here, words, advice):
    with pytest.raises(click.UsageError, match=advice.replace("(", r"\(")):
        parse_source(words)


@pytest.mark.parametrize(
    "given",
    [
        FINE,
        json.dumps({"id": 1, "text": FINE}),
        f"<html><body><h1>Tual</h1><article><p>{FINE}</p></article></body></html>",
        f"\ufeff  {FINE}",
    ],
    ids=["text", "json", "page", "mark"],
)
def test_stdin_is_a_text_a_record_or_a_page_by_its_first_sign(given):
    done = check("--json", "-", stdin=given)
    assert done.returncode == 0, done.stderr
    (claim,) = json.loads(done.stdout)["claims"]
    assert claim["value"] == 77512


def test_without_arguments_stdin_is_read():
    assert check(stdin=FINE).stdout == check("-", stdin=FINE).stdout == check(FINE).stdout


# How it ends


@pytest.mark.parametrize(
    ("text", "code"),
    [(FINE, 0), (NO_CLAIM, 0), (GARBLED, 3), (WRONG, 3), ("Rapat digelar Senin (6/5/2025).", 3)],
    ids=["fine", "no claim", "garbled", "arithmetic", "weekday"],
)
def test_the_exit_code_says_whether_anything_is_suspect(text, code):
    assert check(text).returncode == code
    assert check("--json", text).returncode == code


def test_a_suspect_one_among_several_is_enough(tmp_path):
    for name, text in (("a.txt", WRONG), ("b.txt", FINE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = check("a.txt", "b.txt", cwd=tmp_path)
    assert done.returncode == 3
    assert "84,24 persen" in done.stdout
    assert "77.512 jiwa" in done.stdout


@pytest.mark.parametrize("content", ["", " \n"])
def test_nothing_to_read_is_a_failure_and_not_a_clean_bill(tmp_path, content):
    (tmp_path / "kosong.txt").write_text(content, encoding="utf-8")
    for done in (check("kosong.txt", cwd=tmp_path), check("-", stdin=content)):
        assert done.returncode == 1
        assert "holds no text, so there is nothing to check" in done.stderr


@pytest.mark.parametrize("text", [NO_CLAIM, "Cuaca cerah."])
@pytest.mark.parametrize(
    ("lang", "sentence"), [("en", "No figure about JKN coverage was found"), ("id", "Tidak ditemukan angka")]
)
def test_a_text_without_a_claim_is_told_so(text, lang, sentence):
    assert sentence in check("--lang", lang, text).stdout


@pytest.mark.parametrize("figure", ["95 persen lebih", "belum diketahui"])
def test_what_is_suspect_besides_the_figures_is_counted(figure):
    done = check("--lang", "id", f"Kepesertaan JKN di Kota Ambon sudah {figure}, Selasa (9/6/2025).")
    assert done.returncode == 3
    assert "    meragukan   9 Juni 2025 jatuh pada hari Senin, bukan Selasa.\n" in done.stdout
    assert done.stdout.endswith("\nHal lain yang meragukan: 1.\n")


def test_a_day_of_publication_is_a_day():
    done = check("--published", "6/5/2025", FINE)
    assert done.returncode == 2
    assert "is no day like 2025-05-06" in done.stderr


# What is said


def test_each_figure_is_told_as_printed_as_read_and_checked():
    assert check("--lang", "id", WRONG).stdout == (
        "Dari [1: 329.934 penduduk] Kabupaten Jembrana, [2: 244.956 orang] atau [3: 84,24\n"
        "persen] terdaftar JKN per 1 Mei 2025.\n"
        "[1] 329.934 penduduk: MERAGUKAN\n"
        "    dibaca      Jumlah penduduk Kabupaten Jembrana: 329.934 jiwa, per 1 Mei 2025\n"
        "    meragukan   Di Kabupaten Jembrana, 244.956 peserta dari 329.934 penduduk\n"
        "                setara dengan 74,24 persen, bukan 84,24 persen.\n"
        "    sesuai      Di Kabupaten Jembrana, 244.956 peserta memang tidak lebih dari\n"
        "                329.934 penduduk.\n"
        "    sesuai      Jumlah penduduk 329.934 jiwa cocok dengan data Kabupaten\n"
        "                Jembrana: Dukcapil mencatat 330.221 jiwa pada akhir 2024.\n"
        "    penduduk    330.221 jiwa di Kabupaten Jembrana (Dukcapil, semester II 2024)\n"
        "[2] 244.956 orang: MERAGUKAN\n"
        "    dibaca      Jumlah peserta di Kabupaten Jembrana: 244.956 jiwa, per 1 Mei\n"
        "                2025\n"
        "    lihat juga  [1]\n"
        "[3] 84,24 persen: MERAGUKAN\n"
        "    dibaca      Cakupan kepesertaan di Kabupaten Jembrana: 84,24 persen, per 1\n"
        "                Mei 2025\n"
        "    lihat juga  [1]\n"
        "\n"
        "Klaim sebelumnya tidak dicari karena basis data cakupan.db belum ada.\n"
        "Angka tentang cakupan: 3. Meragukan: 3, sesuai: 0, belum pasti: 0, tanpa\npembanding: 0.\n"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Sebanyak 300 orang menonton bola, 20 persen anak-anak.", "Not about coverage: 300 orang, 20 persen."),
        (GARBLED, "is doubtful as printed"),
        ("Peserta JKN di Kota Tual 77,512 jiwa per 1 Mei 2025.", "“77,512 jiwa”: comma and dot used the English way"),
        ("Peserta JKN di Papua Barat 1,2 juta jiwa pada 2021.", "unknown for Papua Barat in 2021, since its area"),
        ("Peserta JKN di Papua Barat 1,2 juta jiwa.", "unknown for Papua Barat without a date"),
        (FINE, "77,512 is 85.68% of the 90,470 people in Kota Tual (Dukcapil, semester II 2024)"),
        ("Cakupan JKN Kota Tual 98,3 persen pada 2025.", "98.3% of the 90,470 people in Kota Tual"),
        ("Cakupan UHC Kota Tual ditargetkan 99 persen.", "a target, not yet a fact"),
        ("Peserta JKN mencapai 98 persen.", "(several regions, or none told)"),
        ("Cakupan JKN Kota Tual saat ini 98,3 persen.", 'words like "now" give no date'),
    ],
)
def test_what_a_journalist_wants_to_know_is_told(text, told):
    assert told in " ".join(check(text).stdout.split())


@pytest.mark.parametrize("arguments", [["--published", "2025-05-06"], ["--published", "today"]])
def test_a_day_of_publication_dates_what_is_said_of_now(arguments):
    done = check(*arguments, "Cakupan JKN Kota Tual saat ini 98,3 persen.")
    assert "as of" in done.stdout
    assert "no date given" not in done.stdout
    assert "words like" not in done.stdout


@pytest.mark.parametrize(("lang", "columns"), [("id", "50"), ("en", "80")])
@pytest.mark.parametrize(
    "text", [GARBLED, WRONG, FINE, "kata " * 20_000 + FINE, "https://kabar.id/" + "x" * 200 + " " + FINE]
)
def test_no_line_is_wider_than_the_screen_nor_ends_in_blanks(lang, columns, text):
    lines = check("--lang", lang, "-", columns=columns, stdin=text).stdout.splitlines()
    assert max(map(len, lines)) <= int(columns)
    assert all(line == line.rstrip() for line in lines)
    assert len(lines) < 60


def test_signs_that_steer_a_terminal_are_not_passed_on():
    done = check("-", stdin="Peserta JKN\x1b]0;judul\x07 di Kota Tual \x1b[31m77.512 jiwa\u202e per 1 Mei 2025.")
    assert "77.512 jiwa" in done.stdout
    assert not set(done.stdout) & {"\x1b", "\x07", "\u202e"}


def test_json_is_the_shape_of_extract_and_more():
    extracted = json.loads(cakupan("extract", stdin=json.dumps({"id": "text", "text": WRONG})).stdout)
    told = json.loads(check("--json", WRONG).stdout)
    assert told["verdict"] == "suspect"
    assert told.keys() - extracted.keys() == {"verdict", "title", "url", "published", "not_about_coverage"}
    for claim, bare in zip(told["claims"], extracted["claims"], strict=True):
        assert bare.items() <= claim.items()
        assert claim.keys() - bare.keys() == {"standing", "checks", "against_past", "population", "earlier"}
    assert [claim["standing"] for claim in told["claims"]] == ["suspect"] * 3
    assert told["claims"][0]["population"] == 330221
    assert {told["checks"][at]["name"] for at in told["claims"][2]["checks"]} == {"rate_against_counts"}


def test_the_same_verdict_is_told_once():
    whole = "Sebanyak 345.118 jiwa atau 98,29 persen dari 351.120 penduduk Kota Ambon terdaftar JKN per 1 Mei 2025."
    told = " ".join(check(f"{whole} Cakupan JKN di Kota Ambon mencapai 9829 persen.").stdout.split())
    assert told.count("345,118 members out of 351,120 inhabitants") == 1


# Earlier claims


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """What the demo has collected."""
    path = tmp_path_factory.mktemp("check") / "demo.db"
    assert cakupan("demo", "--db", str(path)).returncode == 0
    return path


@pytest.mark.parametrize(("published", "found"), [("2025-05-15", False), ("2025-05-16", True), (None, True)])
def test_earlier_claims_are_those_published_before(database, published, found):
    day = ["--published", published] if published else []
    done = check("--db", str(database), *day, "Cakupan JKN Kabupaten Halmahera Barat 98,29 persen.")
    assert ("97.34%, as of 14 May 2025, according to Rustam Djalil" in done.stdout) is found
    assert ("No earlier claim like these" in done.stdout) is not found


def test_the_address_of_an_earlier_claim_is_in_one_piece(database):
    done = check("--db", str(database), "Cakupan JKN Kabupaten Halmahera Barat 98,29 persen.", columns="50")
    addresses = [line.strip() for line in done.stdout.splitlines() if "http" in line]
    assert "http://kabarnusa.localhost/2025/05/15/halbar-forum/" in addresses
    assert all(address.startswith("http") for address in addresses)


@pytest.mark.parametrize(
    ("published", "text", "code", "told"),
    [
        (
            "2025-11-20",
            "Cakupan JKN Kota Sorong saat ini 60 persen.",
            3,
            "From the 94.44% told for 1 November 2025",  # 34 points in 19 days
        ),
        ("2025-11-20", "Cakupan JKN Kota Sorong saat ini 94,9 persen.", 0, "neither borne out nor contradicted"),
        (None, "Cakupan JKN Kabupaten Halmahera Barat per 14 Mei 2025 98,29 persen.", 3, "Elsewhere 97.34% is told"),
        # The officials of one article disagree, and this is what one of them says.
        (
            None,
            "Cakupan JKN Kabupaten Merauke per 30 Juni 2025 96,13 persen.",
            0,
            "this is told for the same time, and",
        ),
    ],
)
def test_a_figure_is_held_against_what_was_told_before(database, published, text, code, told):
    done = check("--db", str(database), *(["--published", published] if published else []), text, columns="120")
    assert (done.returncode, told in done.stdout, "nothing to check it against\n" in done.stdout) == (code, True, False)


def test_an_article_is_not_held_against_itself(database):
    record = {"url": "http://kabarnusa.localhost/2025/05/15/halbar-forum/", "published": None}
    text = "Cakupan JKN Kabupaten Halmahera Barat 98,29 persen."
    done = check("--db", str(database), "--json", "-", stdin=json.dumps({"id": 1, "text": text} | record))
    assert json.loads(done.stdout)["claims"][0]["earlier"] == []


def test_no_database_is_made(tmp_path):
    done = check(FINE, cwd=tmp_path)
    assert "Earlier claims were not looked up: there is no cakupan.db." in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_database_asked_for_by_name_must_be_there(tmp_path):
    done = check("--db", "tidak-ada.db", FINE, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "no such database" in done.stderr


def test_one_that_happens_to_be_there_and_is_none_only_costs_the_earlier_claims(tmp_path):
    (tmp_path / "cakupan.db").write_text("bukan basis data", encoding="utf-8")
    done = check(FINE, cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.startswith("Earlier claims are left out: cakupan.db is not an SQLite database.")
    assert "77.512 jiwa" in done.stdout


# A page


@pytest.fixture
def site():
    """A site of one article on loopback, which counts what it was asked for."""
    asked = []
    head = "<head><title>JKN di Tual</title></head>"
    page = f"<html>{head}<body><h1>JKN di Tual</h1><time>1 Mei 2025</time><article><p>{WRONG}</p></article>"

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
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
        yield f"http://127.0.0.1:{server.server_port}/berita", asked
        server.shutdown()


def test_a_page_is_fetched_read_and_judged(site):
    address, asked = site
    # In a process of its own, for the reactor runs only once.
    done = cakupan("check", "--allow-local", address)
    assert done.returncode == 3
    assert done.stdout.startswith("JKN di Tual (1 May 2025)\n")
    told = "244,956 members out of 329,934 inhabitants make 74.24%, not 84.24%."
    assert told in " ".join(done.stdout.split())
    assert (done.stderr, asked) == ("", ["/robots.txt", "/berita"])


def test_a_page_on_this_machine_is_not_asked_without_leave(site):
    address, asked = site
    for arguments in ([address], ["--contact", "uji@example.org", address]):
        done = check(*arguments)
        assert (done.returncode, done.stdout) == (1, "")
        assert "Use --allow-local if you trust it." in done.stderr
    assert asked == []


@pytest.mark.parametrize(
    ("arguments", "code", "advice"),
    [
        (["https://kabar.example/jkn"], 1, "Give an e-mail address or web page with --contact"),
        (["--contact", "x", "https://kabar.example/jkn"], 2, "is to be an e-mail address"),
        (["ftp://kabar.example/jkn"], 2, "is not an http or https address"),
        (["https://bps.go.id@kabar.example/"], 2, "the host it leads to is kabar.example"),
        (["http://[::1/"], 2, "is no web address"),
        (["--contact", "uji@example.org", "http://0x7f.1/"], 1, "--allow-local"),
    ],
)
def test_an_address_that_cannot_be_asked_is_told_with_what_to_do(arguments, code, advice):
    done = check(*arguments)
    assert done.returncode == code
    assert advice in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_ctrl_c_ends_the_waiting_for_a_page_at_once():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        called = [sys.executable, "-m", "corpus.cli", "check", "--allow-local"]
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with subprocess.Popen([*called, address], stderr=subprocess.PIPE, text=True) as waiting:
            connection, _ = silent.accept()
            with connection:
                connection.recv(1)
                waiting.send_signal(signal.SIGINT)
                assert waiting.wait(timeout=10) == 130
            assert waiting.stderr is not None
            assert waiting.stderr.read() == "Interrupted.\n"


def test_a_text_is_checked_without_loading_the_crawler():
    code = (
        "import sys\nfrom corpus.cli import cli\n"
        f"try:\n    cli.main(['check', {FINE!r}], prog_name='cakupan')\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('scrapy', 'twisted', 'trafilatura') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.endswith("[]\n")
