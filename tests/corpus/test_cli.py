"""The command line as its users meet it: each test runs the real command in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.config import is_contact

ROOT = Path(__file__).parents[2]
CLAIM_KEYS = """metric modality value unit approx region region_name as_of_start as_of_end as_of_basis speaker
    speaker_role quoted segment start end text printed_value suspect repair rule"""
SENTENCE = "Kepesertaan JKN di Kota Tual mencapai 98,2 persen."


def cakupan(*arguments: str, stdin: str | bytes = "", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run `cakupan` as a user would; with no settings from the environment."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CAKUPAN_")}
    given = stdin if isinstance(stdin, bytes) else stdin.encode()
    done = subprocess.run(
        [sys.executable, "-m", "corpus.cli", *arguments],
        input=given,
        capture_output=True,
        cwd=cwd,
        env=environment | {"COLUMNS": "80"},
        timeout=120,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_help_imports_neither_spacy_nor_scrapy():
    code = (
        "import sys\nfrom corpus.cli import cli\n"
        "try:\n    cli.main(['--help'], prog_name='cakupan')\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('spacy', 'scrapy', 'rich', 'sqlite_utils') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.endswith("[]\n")


def test_help_names_every_command_within_80_columns():
    done = cakupan("--help")
    assert done.returncode == 0
    for name in ("demo", "run", "read", "extract", "score", "init"):
        assert f"\n  {name}" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize("arguments", [["reed"], ["extract", "--lang", "nl"], ["run", "--limit", "0"], ["score"]])
def test_misuse_exits_2_with_a_hint_and_no_traceback(arguments):
    done = cakupan(*arguments)
    assert done.returncode == 2
    assert "Usage:" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("typed", "meant"), [("extarct", "extract"), ("explane", "explain"), ("scor", "score")])
def test_a_mistyped_command_is_answered_with_the_one_that_was_meant(typed, meant):
    done = cakupan(typed)
    assert done.returncode == 2
    assert f"No such command '{typed}'. Did you mean '{meant}'?" in done.stderr


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["extract", "-"],
        ["score", str(ROOT / "tests" / "gold" / "demo" / "solok-segmen.json")],
    ],
)
def test_a_full_disk_under_the_output_is_told(arguments):
    with FULL.open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "corpus.cli", *arguments],
            input=json.dumps({"id": 1, "text": SENTENCE}).encode(),
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.decode() == "Error: the output could not be written (No space left on device)\n"


@pytest.mark.parametrize(
    ("line", "code", "complaint"),
    [
        ("extract <&-", 2, "There is no standard input; name files instead."),
        ("extract - </dev/null >&-", 1, "there is no standard output to write to"),
        ("extract - </dev/null 2>&-", 0, ""),
    ],
)
def test_closed_streams_are_told_and_no_traceback(line, code, complaint):
    done = subprocess.run(
        f'"{sys.executable}" -m corpus.cli {line}', shell=True, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == code
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


def test_extract_reads_json_lines_and_gives_the_id_back_as_it_came():
    lines = [json.dumps({"id": 7, "text": SENTENCE}), json.dumps({"id": None, "text": SENTENCE, "published": None})]
    done = cakupan("extract", stdin="\n".join(lines))
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 0
    assert first["id"] == 7
    assert second["id"] is None
    (claim,) = first["claims"]
    assert (claim["metric"], claim["value"], claim["region_name"]) == ("coverage_rate", 98.2, "Kota Tual")
    assert SENTENCE[claim["start"] : claim["end"]] == claim["text"] == "98,2 persen"


def test_extract_shape_is_the_public_one():
    done = cakupan("extract", stdin=json.dumps({"id": "a", "text": SENTENCE}))
    record = json.loads(done.stdout)
    assert set(record) == {"id", "version", "mentions", "claims", "checks"}
    assert set(record["claims"][0]) == set(CLAIM_KEYS.split())
    assert {mention["kind"] for mention in record["mentions"]} == {"percent", "region"}


def test_a_broken_line_is_named_and_the_others_are_still_processed():
    good = json.dumps({"id": 1, "text": SENTENCE})
    done = cakupan("extract", stdin=f"{good}\n{{broken\n[1, 2]\n\n{good}\n")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2
    assert "stdin, line 2: not JSON" in done.stderr
    assert "stdin, line 3: a JSON list, not an object" in done.stderr
    assert "Traceback" not in done.stderr


def test_bytes_that_are_not_utf8_are_named_by_line():
    good = json.dumps({"id": 1, "text": SENTENCE}).encode()
    done = cakupan("extract", stdin=b'{"id": 0, "text": "caf\xe9"}\n' + good)
    assert done.returncode == 1
    assert "stdin, line 1: not UTF-8" in done.stderr
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("record", "complaint"),
    [
        ({"id": 1}, "the key 'text' is missing"),
        ({"id": 1, "text": 5}, "'text' is int, not a string"),
        ({"id": 1, "text": "x", "published": "kemarin"}, "'published' is 'kemarin', not an ISO date"),
        ({"id": 1, "text": "x", "authors": "Budi"}, "'authors' is not a list of strings"),
    ],
)
def test_a_record_that_is_no_article_is_told_by_its_key(record, complaint):
    done = cakupan("extract", stdin=json.dumps(record))
    assert done.returncode == 1
    assert f"stdin, line 1: {complaint}" in done.stderr


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"id": 1, "text": "x", "n": ' + "9" * 5_000 + "}", "not usable: a number has too many digits"),
        ('{"id": NaN, "text": "x"}', "not usable: NaN is no JSON"),
        ('{"id": 1e999, "text": "x"}', "'id' is float, not a string or a number"),
        ("[" * 100_000, "not usable: nested too deeply"),
    ],
)
def test_a_line_that_no_reader_of_json_would_give_back_is_told_and_the_next_one_read(line, complaint):
    done = cakupan("extract", "-", stdin=line + "\n" + json.dumps({"id": 2, "text": SENTENCE}))
    assert done.returncode == 1
    assert f"stdin, line 1: {complaint}" in done.stderr
    assert [json.loads(given)["id"] for given in done.stdout.splitlines()] == [2]


def test_a_text_of_more_than_a_million_characters_is_read():
    book = "Warga desa itu datang ke balai pada pagi hari. " * 22_000
    assert len(book) > 1_000_000
    lines = [json.dumps({"id": 1, "text": book + SENTENCE}), json.dumps({"id": 2, "text": SENTENCE})]
    done = cakupan("extract", stdin="\n".join(lines))
    assert done.returncode == 0
    assert [len(json.loads(line)["claims"]) for line in done.stdout.splitlines()] == [1, 1]


@pytest.mark.parametrize("text", ["", None, "   \n"])
def test_an_article_without_text_is_kept_and_has_no_claims(text):
    done = cakupan("extract", stdin=json.dumps({"id": 1, "text": text}))
    record = json.loads(done.stdout)
    assert done.returncode == 0
    assert record["claims"] == record["mentions"] == []


def test_files_of_every_kind_that_extract_takes(tmp_path):
    (tmp_path / "satu.txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "dua.json").write_text(json.dumps({"id": "dua", "text": SENTENCE}, indent=2), encoding="utf-8")
    (tmp_path / "tiga.jsonl").write_text(json.dumps({"id": "tiga", "text": SENTENCE}) + "\n", encoding="utf-8")
    page = f"<html><body><div class='entry-content'><p>{SENTENCE}</p><p>Warga lain menyusul.</p></div></body></html>"
    (tmp_path / "empat.html").write_text(page, encoding="utf-8")
    done = cakupan("extract", "satu.txt", "dua.json", "tiga.jsonl", "empat.html", cwd=tmp_path)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["id"] for record in records] == ["satu.txt", "dua", "tiga", "empat.html"]
    assert [claim["value"] for record in records for claim in record["claims"]] == [98.2] * 4


def test_an_unreadable_file_is_named_and_the_others_are_still_read(tmp_path):
    (tmp_path / "ada.txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    done = cakupan("extract", "hilang.txt", "latin.txt", "ada.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert "hilang.txt: cannot be read (No such file or directory)" in done.stderr
    assert "latin.txt: not UTF-8 (byte 3)" in done.stderr
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("data.csv", "a,b", "it is to end in .txt, .json, .jsonl, .ndjson, .html, .htm"),
        ("kosong.json", "", 'empty, not an object like {"id": ..., "text": ...}'),
        ("rusak.json", '{"id": 1,\n"text": }', "not JSON: Expecting value at line 2, column 9"),
    ],
)
def test_a_file_that_holds_no_article_is_told_with_the_place(tmp_path, name, content, complaint):
    (tmp_path / name).write_text(content, encoding="utf-8")
    done = cakupan("extract", name, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"{name}: ")
    assert complaint in done.stderr


def test_an_address_that_cannot_be_taken_apart_is_kept_as_it_is():
    done = cakupan("read", "-", stdin=json.dumps({"id": 1, "url": "http://[::1", "html": "<p>x"}))
    assert done.returncode == 0
    assert json.loads(done.stdout)["url"] == "http://[::1"


def test_read_turns_pages_into_articles():
    page = "<html><head><title>Judul</title></head><body><article><p>Satu paragraf pendek.</p></article></body></html>"
    done = cakupan("read", stdin=json.dumps({"id": 3, "url": "https://contoh.id/a", "html": page}))
    record = json.loads(done.stdout)
    assert set(record) >= {"id", "url", "title", "published", "authors", "editors", "text", "layout"}
    assert record["id"] == 3


@pytest.mark.parametrize(
    "content",
    [b"", b"Peserta JKN di Kota Tual.", b"PK\x03\x04\x14\0<w:p>", b"%PDF-1.7 <</Type /Catalog>>", b"1 < 2 dan 3 > 2"],
)
def test_read_of_what_is_no_page_is_told(tmp_path, content):
    (tmp_path / "surat.docx").write_bytes(content)
    done = cakupan("read", "surat.docx", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "surat.docx: no web page" in done.stderr


@pytest.mark.parametrize("page", ["<p>Satu.".encode("utf-16"), b"<!-- x -->teks", b"Satu.<br/>Dua."])
def test_read_takes_any_page(tmp_path, page):
    (tmp_path / "halaman").write_bytes(page)
    assert cakupan("read", "halaman", cwd=tmp_path).returncode == 0


def test_an_empty_file_is_told_and_kept(tmp_path):
    (tmp_path / "kosong.txt").touch()
    done = cakupan("extract", "kosong.txt", cwd=tmp_path)
    assert (done.returncode, json.loads(done.stdout)["claims"]) == (0, [])
    assert "'kosong.txt': holds no text" in done.stderr


@pytest.mark.parametrize("command", ["check", "explain"])
def test_a_missing_file_is_misuse(tmp_path, command):
    done = cakupan(command, "hilang.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "hilang.txt" in done.stderr


def test_an_unknown_outlet_names_the_nearest():
    done = cakupan("run", "kalteng.antranews.com")
    assert done.returncode == 1
    assert "kalteng.antaranews.com" in done.stderr


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--contact", "not a contact"], "is to be an e-mail address"),
        (["--contact", "a@b.id (x)"], "is to be an e-mail address"),
        (["--contact", "http://"], "is to be an e-mail address"),
        (["--since", "2025-02-01", "--until", "2025-01-01"], "--since 2025-02-01 is later than --until 2025-01-01"),
    ],
)
def test_nonsense_is_refused_before_anything_is_asked(tmp_path, options, complaint):
    done = cakupan("run", *options, "liputan21.com", cwd=tmp_path)
    assert done.returncode == 2
    assert complaint in " ".join(done.stderr.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("contact", ["redaksi@example.org", "https://example.org/~crawl?x=1", "http://a-b.co.id"])
def test_an_address_for_mail_or_of_a_page_is_a_contact(contact):
    assert is_contact(contact)


def test_real_outlets_need_a_contact(tmp_path):
    done = cakupan("run", "liputan21.com", cwd=tmp_path)
    assert done.returncode == 1
    assert "--contact" in done.stderr
    assert not (tmp_path / "cakupan.db").exists()


def test_init_writes_settings_that_load_and_never_overwrites(tmp_path):
    assert cakupan("init", cwd=tmp_path).returncode == 0
    written = (tmp_path / "cakupan.toml").read_text(encoding="utf-8")
    again = cakupan("init", cwd=tmp_path)
    assert again.returncode == 1
    assert "is there already" in again.stderr
    assert (tmp_path / "cakupan.toml").read_text(encoding="utf-8") == written
    # The template is valid: what stops this run is the missing contact, not the file.
    assert "--contact" in cakupan("run", cwd=tmp_path).stderr


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [
        ('databse = "x.db"', "unknown setting 'databse'; did you mean 'database'?"),
        ("database = 5", "'database' is to be a string"),
        ("outlets = 'x'", "'outlets' is to be a list"),
        ("database = ", "is not TOML"),
        ('contact = "saya"', "'contact' ('saya') is to be an e-mail address"),
    ],
)
def test_broken_settings_are_told_by_name(tmp_path, toml, complaint):
    (tmp_path / "cakupan.toml").write_text(toml, encoding="utf-8")
    done = cakupan("run", cwd=tmp_path)
    assert done.returncode == 1
    assert complaint in done.stderr


def test_score_prints_a_table_or_json():
    folder = ROOT / "tests" / "gold" / "demo"
    table = cakupan("score", str(folder / "solok-segmen.json"))
    record = json.loads(cakupan("score", "--json", str(folder / "solok-segmen.json")).stdout)
    assert table.returncode == 0
    assert "claims core" in table.stdout
    assert record["articles"] == 1
    assert record["percent"]["f1"] == 1.0


def test_score_names_a_gold_file_that_cannot_be_used(tmp_path):
    (tmp_path / "a.json").write_text('{"id": "a", "text": "x"}', encoding="utf-8")
    done = cakupan("score", str(tmp_path))
    assert done.returncode == 1
    assert "a.json: lacks the key" in done.stderr
    assert cakupan("score", str(tmp_path / "nirgends")).returncode == 1
