"""`cakupan outlets`: what is listed, how it fares, and how a file of one's own comes on top."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from corpus.config import ConfigError, load_config
from corpus.health import ListingHealth, OutletHealth, load_health
from corpus.outlet_table import describe_all, print_outlets, remarks
from corpus.schema import open_database
from crawler.outlet_text import write_outlet
from crawler.outlets import load_outlets, parse_outlets, registry

OWN = """
["kabar.example"]
name = "Kabar Contoh"
regions = ["81.02"]
feed = ["https://kabar.example/feed/"]
zone = "WIT"
state = "unverified"
source = "test"
"""


def cakupan(*arguments, cwd, stdin="", **environment):
    """Run `cakupan` as a user would, on 80 columns and with no settings but these."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("CAKUPAN_")}
    done = subprocess.run(
        [sys.executable, "-m", "corpus.cli", *arguments],
        input=stdin.encode(),
        capture_output=True,
        cwd=cwd,
        env=given | {"COLUMNS": "80"} | environment,
        timeout=120,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def seeded(path):
    """A database in which one outlet fares well, one fails, one is silent and one has changed its pages."""
    db = open_database(path)
    with db.conn:
        for domain in ("baik.id", "gagal.id", "diam.id", "geser.id"):
            db["outlets"].insert({"domain": domain, "name": domain, "state": "unverified", "source": "test"})
        db["runs"].insert(
            {"id": 1, "kind": "run", "status": "finished", "version": "1", "started_at": "2026-05-19T00:00:00+00:00"}
        )
        feeds = [
            ("https://baik.id/feed/", "baik.id", 0, None, None, "2026-05-19", 10),
            ("https://baik.id/arsip.xml", "baik.id", 0, None, None, "2020-01-01", 10),
            ("https://gagal.id/feed/", "gagal.id", 4, "http_403", "2026-05-26T05:00:00+00:00", "2026-04-01", 10),
            ("https://diam.id/feed/", "diam.id", 0, None, None, "2026-03-02", 10),
        ]
        for url, outlet, failures, problem, attempt, newest, entries in feeds:
            db["feeds"].insert(
                {
                    "url": url,
                    "outlet": outlet,
                    "way": "past" if "arsip" in url else "feed",
                    "entries": entries,
                    "newest_story": newest,
                    "last_read_at": "2026-05-19T05:00:00+00:00",
                    "last_new_at": f"{newest}T05:00:00+00:00",
                    "failures": failures,
                    "problem": problem,
                    "next_attempt_at": attempt,
                }
            )
        for number, drift in enumerate((None, '["title"]', '["title", "date"]')):
            page = f"https://geser.id/{number}"
            db["fetches"].insert(
                {
                    "run": 1,
                    "kind": "article",
                    "url": page,
                    "outlet": "geser.id",
                    "fetched_at": "2026-05-19T05:00:00+00:00",
                    "drift": drift,
                }
            )
        seen = {"first_seen_at": "2026-05-19T05:00:00+00:00", "last_seen_at": "2026-05-19T05:00:00+00:00"}
        for number in range(2):
            page = f"https://baik.id/{number}"
            db["urls"].insert(
                {"page": page, "canonical": page, "url": page, "outlet": "baik.id", "state": "pending"} | seen
            )
    return db


@pytest.fixture
def health(tmp_path):
    db = seeded(tmp_path / "s.db")
    yield load_health(db)
    db.close()


def table_of(domain):
    return OWN.replace("kabar.example", domain).replace("Kabar Contoh", domain)


def shown(capsys, health, *domains):
    outlets = parse_outlets("\n".join(map(table_of, domains)), "t.toml")
    print_outlets(outlets, health)
    return capsys.readouterr().out


def test_an_outlet_that_fares_well_takes_one_line(capsys, health):
    lines = shown(capsys, health, "baik.id").splitlines()
    assert lines[1].split() == ["baik.id", "unverified", "Kab.", "Maluku", "Tenggara", "0", "2026-05-19"]
    assert lines[2] == ""


@pytest.mark.parametrize(
    ("domain", "remark"),
    [
        ("gagal.id", "http_403 4 times in a row at https://gagal.id/feed/; next attempt 2026-05-26 05:00 UTC"),
        ("diam.id", "nothing new since 2026-03-02"),
        ("geser.id", "its layout no longer fits 2 of the last 3 pages (not found: title, date)"),
    ],
)
def test_what_is_wrong_stands_below(capsys, health, domain, remark):
    assert remark in " ".join(shown(capsys, health, domain).split())


@pytest.mark.parametrize(
    ("hour", "told"),
    [
        ("2026-05-20T05:00:00+00:00", ["left alone until 2026-05-20 05:00 UTC, as its server asks"]),
        # A listing of a day long past, that nobody asks again, keeps the wish; others were read after that hour.
        ("2026-05-18T05:00:00+00:00", []),
    ],
)
def test_the_wish_of_a_server_is_told_until_a_listing_was_read_after_it(hour, told):
    read = ListingHealth("https://a.id/feed", "feed", 3, None, "2026-05-19T05:00:00+00:00", None, 0, None, None)
    left = ListingHealth("https://a.id/1", "index", 3, None, None, None, 0, "told_to_wait", hour)
    assert list(remarks(OutletHealth((read, left)))) == told


def test_each_failure_is_told_with_its_own_next_attempt():
    often = ListingHealth("https://a.id/x", "feed", 0, None, None, None, 3, "http_404", "2026-05-26T05:00:00+00:00")
    once = ListingHealth("https://a.id/y", "feed", 0, None, None, None, 2, "http_500", "2026-05-20T05:00:00+00:00")
    (remark,) = remarks(OutletHealth((often, once)))
    assert remark == "http_404 3 times in a row at https://a.id/x; next attempt 2026-05-26 05:00 UTC"


def test_health_counts_what_waits_and_forgives_the_sitemaps_of_the_past(health):
    assert health["baik.id"].pending == 2
    assert health["baik.id"].silent_since is None
    assert health["geser.id"].drift_share == pytest.approx(2 / 3)
    assert "unbekannt.id" not in health


@pytest.mark.parametrize(
    ("way", "newest", "silent"),
    [("feed", "2026-05-10", None), ("feed", "2026-05-01", "2026-05-01"), ("wordpress", "2026-05-01", None)],
)
def test_silence_is_longer_where_only_words_are_searched(way, newest, silent):
    listing = ListingHealth("https://a.id/", way, 3, newest, "2026-05-20T00:00:00+00:00", None, 0, None, None)
    assert OutletHealth((listing,)).silent_since == silent


def test_a_list_of_one_day_is_not_silent_because_that_day_is_long_ago():
    read_at = "2020-01-02T00:00:00+00:00"
    listing = ListingHealth("https://a.id/2020-01-01", "index", 30, "2020-01-01", read_at, read_at, 0, None, None)
    assert OutletHealth((listing,)).silent_since is None


def test_the_summary_names_provinces_without_a_recorded_outlet():
    outlets = parse_outlets(OWN, "t.toml")
    assert describe_all(outlets) == (
        "1 outlet: 0 recorded, 1 unverified, 0 quarantined. Provinces without a recorded outlet of their own: Maluku."
    )
    assert "Jawa Tengah" in describe_all(registry())


def test_every_table_of_the_registry_can_be_written_and_read_again():
    for outlet in registry():
        assert parse_outlets(write_outlet(outlet), "t.toml") == (outlet,)


def test_the_list_fits_80_columns_and_says_that_nothing_was_crawled(tmp_path):
    done = cakupan("outlets", cwd=tmp_path)
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "There is no database at cakupan.db yet" in done.stderr
    assert len(done.stdout.splitlines()) >= len(registry())


@pytest.mark.parametrize("province", ["76", "Sulawesi Barat", "sulbar"])
def test_a_province_is_known_by_code_and_names(tmp_path, province):
    done = cakupan("outlets", "--province", province, "--json", "--state", "unverified", cwd=tmp_path)
    domains = [json.loads(line)["domain"] for line in done.stdout.splitlines()]
    assert "transtipo.com" in domains and "makassar.antaranews.com" in domains
    assert "balipost.com" not in domains


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["--province", "Papua Selatn"], "did you mean 'Papua Selatan'?"),
        (["--province", "99"], "is no province"),
        (["--state", "fine"], "'fine' is not one of"),
        (["show"], "Missing argument 'NAME'"),
    ],
)
def test_misuse_is_answered_with_what_was_meant(tmp_path, arguments, hint):
    done = cakupan("outlets", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert hint in done.stderr


def test_a_misspelt_outlet_and_a_missing_database_are_errors(tmp_path):
    done = cakupan("outlets", "liputan12.com", cwd=tmp_path)
    assert done.returncode == 1 and "nearest: liputan21.com" in done.stderr
    done = cakupan("outlets", "--db", "none.db", cwd=tmp_path)
    assert done.returncode == 1 and "none.db: no such database" in done.stderr


def test_one_outlet_is_shown_with_its_table_and_its_listings(tmp_path):
    seeded(tmp_path / "cakupan.db").close()
    (tmp_path / "mine.toml").write_text(table_of("gagal.id"))
    done = cakupan("outlets", "show", "gagal.id", cwd=tmp_path, CAKUPAN_REGISTRY="mine.toml")
    assert done.returncode == 0, done.stderr
    table, _, rest = done.stdout.partition("\n\n")
    assert parse_outlets(table, "t.toml")[0].domain == "gagal.id"
    assert "Serves Kabupaten Maluku Tenggara." in rest
    assert "http_403 4 times in a row, next attempt 2026-05-26 05:00 UTC" in rest


def test_an_own_registry_comes_on_top(tmp_path):
    (tmp_path / "mine.toml").write_text(OWN)
    (tmp_path / "cakupan.toml").write_text('registry = "mine.toml"\n')
    done = cakupan("outlets", "kabar.example", "--json", cwd=tmp_path)
    assert json.loads(done.stdout)["regions"] == ["81.02"]
    assert json.loads(done.stdout)["health"] is None


POSTS = [
    {"link": "http://{host}/jkn/", "date": "2026-05-18T09:30:00", "date_gmt": "2026-05-18T00:30:00"},
]
PAGE = """<html><body><h1 class="entry-title">Peserta JKN</h1><time class="entry-date">18 Mei 2026 09:30 WIT</time>
    <div class="entry-content">{}</div></body></html>""".format("<p>Jumlah peserta bertambah di kecamatan itu.</p>" * 9)


@pytest.fixture
def site():
    """A WordPress site on loopback; gives its host."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            host = self.headers["Host"]
            front = '<title>Kabar Maluku</title><link rel="https://api.w.org/" href="/wp-json/"><p>x'
            posts = json.dumps([] if "search=" in self.path else POSTS).replace("{host}", host)
            path = self.path.partition("?")[0]
            body = {"/": front, "/wp-json/wp/v2/posts": posts, "/jkn/": PAGE}.get(path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "application/json" if "json" in path else "text/html")
            self.end_headers()
            self.wfile.write((body or "").encode())

        def log_message(self, format, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_probe_prints_a_table_that_add_takes(tmp_path, site):
    probed = cakupan("outlets", "probe", f"http://{site}/", "--allow-local", cwd=tmp_path)
    assert probed.returncode == 0, probed.stderr
    (outlet,) = parse_outlets(probed.stdout, "t.toml")
    assert (outlet.domain, outlet.regions, outlet.zone, outlet.layout) == (site, ("81",), "WIT", "wordpress")
    assert "answers and heeds what it is asked for" in probed.stderr
    assert "The regions are guessed by its name: Maluku." in probed.stderr

    mended = probed.stdout.replace('regions = ["81"]', 'regions = ["81.02"]')
    added = cakupan("outlets", "add", "-", cwd=tmp_path, stdin=mended, CAKUPAN_REGISTRY="mine.toml")
    assert added.returncode == 0, added.stderr
    assert added.stdout == f"Added {site} to mine.toml. Next: cakupan run {site} --limit 5\n"
    listed = cakupan("outlets", site, "--json", cwd=tmp_path, CAKUPAN_REGISTRY="mine.toml")
    assert json.loads(listed.stdout)["regions"] == ["81.02"]

    again = cakupan("outlets", "add", "-", cwd=tmp_path, stdin=mended, CAKUPAN_REGISTRY="mine.toml")
    assert again.returncode == 1
    assert f"{site} is in mine.toml already" in again.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_add_probes_an_address(tmp_path, site, host):
    site = site.replace("127.0.0.1", host)
    (tmp_path / "cakupan.toml").write_text('registry = "mine.toml"\n')
    (tmp_path / "mine.toml").write_text(OWN.strip())
    done = cakupan("outlets", "add", f"http://{site}/", "--allow-local", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [outlet.domain for outlet in load_outlets(tmp_path / "mine.toml")] == ["kabar.example", site]


def test_a_site_that_the_file_has_is_refused_before_it_is_asked(tmp_path):
    table = OWN.replace('"kabar.example"', '"127.0.0.1:9"')
    (tmp_path / "mine.toml").write_text(table)
    done = cakupan("outlets", "add", "http://127.0.0.1:9/", "--allow-local", cwd=tmp_path, CAKUPAN_REGISTRY="mine.toml")
    # Where it were asked, the connection would be refused.
    assert (done.returncode, done.stderr) == (1, "Error: 127.0.0.1:9 is in mine.toml already. Mend its table there.\n")


def test_a_registry_that_is_yet_to_be_made_does_not_bar_a_probe_and_others_tell_how_to_make_it(tmp_path, site):
    probed = cakupan("outlets", "probe", f"http://{site}/", "--allow-local", cwd=tmp_path, CAKUPAN_REGISTRY="mine.toml")
    assert (probed.returncode, len(parse_outlets(probed.stdout, "t.toml"))) == (0, 1), probed.stderr
    listed = cakupan("outlets", cwd=tmp_path, CAKUPAN_REGISTRY="mine.toml")
    assert "there is no such file; `cakupan outlets add` makes it" in listed.stderr


def test_probe_gives_all_that_it_found_as_json(tmp_path, site):
    done = cakupan("outlets", "probe", f"http://{site}/", "--allow-local", "--json", cwd=tmp_path)
    found = json.loads(done.stdout)
    assert found["system"]["key"] == "wordpress"
    assert parse_outlets(found["table"], "t.toml")[0].domain == site


@pytest.mark.parametrize(
    ("arguments", "stdin", "complaint"),
    [
        (["probe", "https://kabar.example/"], "", "sites must be able to reach whoever asks them"),
        (["probe", "http://127.0.0.1:9/", "--allow-local"], "", "the connection is refused"),
        (["probe", "http://127.0.0.1:9/", "--contact", "a@b.id"], "", "is a private address"),
        (["add", "-"], OWN, "there is no registry of your own to add to"),
    ],
)
def test_what_cannot_be_asked_or_added_is_told(tmp_path, arguments, stdin, complaint):
    done = cakupan("outlets", *arguments, cwd=tmp_path, stdin=stdin)
    assert done.returncode == 1
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("stdin", "complaint"),
    [
        ("", "there is no table on stdin"),
        ("hello", "stdin, entry '(the whole file)'"),
        (OWN.replace("81.02", "99"), "stdin, entry 'kabar.example': there is no region '99'"),
        (OWN.replace("WIT", "GMT"), "zone must be one of"),
    ],
)
def test_only_whole_tables_are_added(tmp_path, stdin, complaint):
    done = cakupan("outlets", "add", "-", cwd=tmp_path, stdin=stdin, CAKUPAN_REGISTRY="mine.toml")
    assert done.returncode == 1
    assert complaint in done.stderr
    assert not (tmp_path / "mine.toml").exists()


def test_a_table_that_overrules_the_packages_is_told(tmp_path):
    table = OWN.replace("kabar.example", "jpnn.com")
    done = cakupan("outlets", "add", "-", cwd=tmp_path, stdin=table, CAKUPAN_REGISTRY="mine.toml")
    assert done.returncode == 0
    assert "The registry has jpnn.com already, unverified; a table of yours overrules it." in done.stderr


def test_a_broken_own_registry_is_named_by_its_path(tmp_path):
    (tmp_path / "mine.toml").write_text(OWN.replace('zone = "WIT"', ""))
    done = cakupan("run", "kabar.example", "--contact", "a@b.id", cwd=tmp_path, CAKUPAN_REGISTRY="mine.toml")
    assert done.returncode == 1
    assert done.stderr == "Error: mine.toml, entry 'kabar.example': lacks zone\n"


def test_the_setting_is_a_path(tmp_path):
    assert load_config(None, {"CAKUPAN_REGISTRY": "a/b.toml"}).registry.as_posix() == "a/b.toml"
    file = tmp_path / "c.toml"
    file.write_text("registry = 3\n")
    with pytest.raises(ConfigError, match="'registry' is to be a string"):
        load_config(file, {})
