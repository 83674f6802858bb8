"""`cakupan run` as it is typed: an outlet of one's own on loopback, twice, interrupted, and replayed off line."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from corpus.schema import open_database

STORIES = [f"/berita/{number}/peserta-jkn-kecamatan-{number}" for number in range(1, 7)]
PAGE = """<html><body><h1 class="entry-title">Peserta JKN bertambah {path}</h1>
<time class="entry-date published" datetime="2025-05-06T10:00:00+09:00">6 Mei 2025</time><div class="entry-content">
<p>Sebanyak 77.512 jiwa warga Kota Tual terdaftar sebagai peserta JKN per 1 Mei 2025.</p></div></body></html>"""


@contextlib.contextmanager
def newspaper(
    halfway: threading.Event | None = None, go_on: threading.Event | None = None
) -> Iterator[tuple[str, list[str]]]:
    """A paper with a feed of six stories, and what was asked of it.

    `halfway` is set when three stories were; the fourth is not given before `go_on` is set.
    """
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            if go_on is not None and sum(path in STORIES for path in asked) > 3:
                go_on.wait(60)
            host = self.headers["Host"]
            status, body = 404, ""
            if self.path.partition("?")[0] == "/feed":
                items = "".join(
                    f"<item><title>Peserta JKN</title><link>http://{host}{story}</link></item>" for story in STORIES
                )
                status, body = 200, f"<rss><channel>{items}</channel></rss>"
            elif self.path in STORIES:
                status, body = 200, PAGE.format(path=self.path)
            self.send_response(304 if self.headers.get("If-None-Match") == '"1"' else status)
            self.send_header("ETag", '"1"')
            self.send_header("Content-Type", "text/xml" if self.path.startswith("/feed") else "text/html")
            self.end_headers()
            self.wfile.write(body.encode())
            if halfway is not None and sum(path in STORIES for path in asked) >= 3:
                halfway.set()

        def log_message(self, format: str, *args: object) -> None:
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def folder(tmp_path):
    """A working folder with settings that let this machine be asked without pauses."""
    (tmp_path / "cakupan.toml").write_text(
        'registry = "outlets.toml"\nallow_local = true\npause_seconds = 0\n', encoding="utf-8"
    )
    return tmp_path


def register(folder, host, feed="/feed"):
    lines = ['name = "Uji"', 'regions = ["81"]', f'feed = ["http://{host}{feed}"]', 'zone = "WIT"']
    lines += ['state = "unverified"', 'source = "test"', 'layout = "wordpress"']
    (folder / "outlets.toml").write_text("\n".join([f'["{host}"]', *lines]) + "\n", encoding="utf-8")


def start(folder, *arguments):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CAKUPAN_")}
    return subprocess.Popen(
        [sys.executable, "-m", "corpus.cli", "run", *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(folder, *arguments):
    with start(folder, "--json", *arguments) as process:
        out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return json.loads(out)


def rows(folder, query, name="cakupan.db"):
    return list(open_database(folder / name, read_only=True).query(query))


def test_the_second_run_asks_only_whether_anything_changed_and_a_replay_asks_nobody(folder):
    with newspaper() as (host, asked):
        register(folder, host)
        first = run(folder, host)
        assert (first["articles_new"], first["claims"], first["errors"]) == (6, 6, {})
        assert asked == ["/robots.txt", "/feed", *STORIES]
        asked.clear()
        second = run(folder, host)
        assert (second["articles_new"], second["articles_revised"]) == (0, 0)
        assert asked == ["/robots.txt", "/feed"]
        asked.clear()
        replayed = replay(folder)
        assert asked == []
    assert [summary["kind"] for summary in replayed] == ["replay", "replay"]
    columns = "id, article_id, metric, value, region, as_of_start, speaker, start_char, end_char"
    query = f"select {columns} from claims order by id"
    assert rows(folder, query) == rows(folder, query, "lagi.db") != []


def replay(folder):
    with start(folder, "--json", "--replay", "archive", "--db", "lagi.db") as process:
        out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize("option", [["--since", "2025-01-01"], ["--limit", "3"], ["--no-archive"]])
def test_a_replay_is_not_asked_for_anything_else(folder, option):
    with start(folder, "--replay", ".", *option) as process:
        _, err = process.communicate(timeout=60)
    assert (process.returncode, f"{option[0]} cannot be given with it" in err) == (2, True)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_stopped_is_gone_on_with_by_the_next(folder, how):
    """Whatever stops it, each story is asked for once; only one that was just being fetched may be asked for twice."""
    halfway = threading.Event()
    with newspaper(halfway) as (host, asked):
        register(folder, host)
        (folder / "cakupan.toml").write_text(
            'registry = "outlets.toml"\nallow_local = true\npause_seconds = 0.2\n', encoding="utf-8"
        )
        with start(folder, host) as process:
            assert halfway.wait(60)
            process.send_signal(how)
            process.communicate(timeout=60)
        assert process.returncode != 0
        stored = len(rows(folder, "select 1 from articles"))
        assert 1 <= stored < 6
        run(folder, host)
        assert len(rows(folder, "select 1 from articles")) == 6
        assert max(asked.count(story) for story in STORIES) <= 2
        assert sum(asked.count(story) for story in STORIES) <= 7
        statuses = [row["status"] for row in rows(folder, "select status from runs order by id")]
        assert statuses == ["interrupted", "finished"]


def test_sigterm_ends_a_run_in_order_while_another_is_told_to_wait(folder):
    """The summary comes, what came in is read, and the next run brings the rest."""
    halfway, go_on = threading.Event(), threading.Event()
    with newspaper(halfway, go_on) as (host, asked):
        register(folder, host)
        with start(folder, host, "--json") as process:
            assert halfway.wait(60)
            with start(folder, host) as second:
                out, err = second.communicate(timeout=60)
            process.send_signal(signal.SIGTERM)
            go_on.set()
            told, _ = process.communicate(timeout=60)
        assert (second.returncode, out) == (75, "")
        assert f"`cakupan run` (process {process.pid} on " in err
        summary = json.loads(told)
        assert (process.returncode, summary["status"], summary["unread"]) == (0, "stopped", 0)
        assert rows(folder, "select status from runs") == [{"status": "stopped"}]
        assert 2 <= summary["articles_read"] == len(rows(folder, "select 1 from articles")) < 6
        run(folder, host)
        assert len(rows(folder, "select 1 from articles")) == 6
        assert max(asked.count(story) for story in STORIES) <= 2


def test_the_log_has_scrapys_lines_too_and_no_token_in_an_address(folder):
    with newspaper() as (host, asked):
        register(folder, host, "/feed?token=rahasia123")
        run(folder, host, "--log", "run.log", "--log-format", "json", "--verbose")
        assert "/feed?token=rahasia123" in asked
    text = (folder / "run.log").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert {"scrapy.core.engine", "corpus.runs"} <= {line["logger"] for line in lines}
    assert "rahasia123" not in text
    assert f"http://{host}/feed?token=***" in text


def test_a_failed_run_is_summed_up_too(folder):
    """A paper that nobody serves."""
    with newspaper() as (host, _):
        register(folder, host)
    with start(folder, host, "--json") as process:
        told, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert json.loads(told)["status"] == "failed"
    assert "No page could be fetched" in err


def test_sites_of_others_are_not_asked_faster_than_once_a_second(folder):
    settings = 'contact = "uji@example.org"\npause_seconds = 0.1\n'
    (folder / "cakupan.toml").write_text(settings, encoding="utf-8")
    with start(folder) as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "once a second at the most" in err


def test_a_run_in_which_all_listings_rest_has_not_failed(folder):
    with newspaper() as (host, asked):
        register(folder, host)
        run(folder, host)
        settings = (folder / "cakupan.toml").read_text(encoding="utf-8")
        (folder / "cakupan.toml").write_text(f'{settings}outlets = ["{host}"]\n', encoding="utf-8")
        db = open_database(folder / "cakupan.db")
        with db.conn:
            # Within what a failing listing may rest; further ahead is what a wrong clock made.
            tomorrow = (dt.datetime.now(dt.UTC) + dt.timedelta(days=1)).isoformat()
            db.execute("update feeds set failures = 4, problem = 'http_500', next_attempt_at = ?", [tomorrow])
        db.close()
        asked.clear()
        # `run` looks at the exit code.
        assert (run(folder)["postponed"], asked) == (1, [])


def test_a_run_that_finishes_with_alarms_says_so_and_tells_of_each_once(folder):
    """The paper's feed is gone for the fifth time: nobody looks, but the webhook hears of it, and when it is back."""
    settings = (folder / "cakupan.toml").read_text(encoding="utf-8")
    with newspaper() as (host, _), webhook() as (address, came):
        (folder / "cakupan.toml").write_text(f'{settings}[alarms]\nwebhook = "{address}"\n', encoding="utf-8")
        register(folder, host)
        assert run(folder, host)["alarms"] == []
        db = open_database(folder / "cakupan.db")
        with db.conn:
            db.execute("update feeds set failures = 4")
        db.close()
        table = (folder / "outlets.toml").read_text(encoding="utf-8")
        (folder / "outlets.toml").write_text(table.replace("/feed", "/umpan"), encoding="utf-8")
        with_failures(folder, f"http://{host}/feed", f"http://{host}/umpan")
        for told in ({"webhook": 1}, {}):
            code, summary = run_to(folder, host)
            assert (code, summary["status"]) == (3, "finished")
            assert [alarm["id"] for alarm in summary["alarms"]] == [f"outlet_failing {host}"]
            assert (summary["told"], summary["untold"]) == (told, {})
        (folder / "outlets.toml").write_text(table, encoding="utf-8")
        with_failures(folder, f"http://{host}/umpan", f"http://{host}/feed")
        code, summary = run_to(folder, host)
        assert (code, summary["alarms"], summary["told"]) == (0, [], {"webhook": 1})
    assert [(len(body["raised"]), len(body["over"])) for body in came] == [(1, 0), (0, 1)]


def with_failures(folder, address, another):
    """The feed goes by another address from now on, with all that is known of it."""
    db = open_database(folder / "cakupan.db")
    with db.conn:
        db.execute("update feeds set url = ?, next_attempt_at = null, etag = null where url = ?", [another, address])
    db.close()


def run_to(folder, *arguments):
    with start(folder, "--json", *arguments) as process:
        out, err = process.communicate(timeout=120)
    assert out, err
    return process.returncode, json.loads(out)


@contextlib.contextmanager
def webhook() -> Iterator[tuple[str, list[dict]]]:
    """An address that takes JSON, and what came."""
    came: list[dict] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook", came
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_what_is_wrong_with_the_settings_of_alarms_is_told_before_anybody_is_asked(folder):
    with newspaper() as (host, asked):
        register(folder, host)
        settings = (folder / "cakupan.toml").read_text(encoding="utf-8")
        (folder / "cakupan.toml").write_text(f'{settings}[alarms]\nwebhok = "x"\n', encoding="utf-8")
        with start(folder, host) as process:
            _, err = process.communicate(timeout=60)
        assert (process.returncode, "did you mean 'webhook'" in err, asked) == (1, True, [])
