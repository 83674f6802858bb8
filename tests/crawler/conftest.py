"""Crawls in processes of their own, and small servers that answer what a test says."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("crawl_once.py")
Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture
def crawl() -> Callable[..., dict[str, Any]]:
    """Crawl once with these arguments; warnings are errors there too."""

    def crawl_in_process(**asked: Any) -> dict[str, Any]:
        done = subprocess.run(
            [sys.executable, "-W", "error", str(SCRIPT)],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return {**json.loads(done.stdout), "stderr": done.stderr}

    return crawl_in_process


@pytest.fixture
def known() -> Callable[[dict[str, Any]], dict[str, Any]]:
    """What a store would remember of a crawl."""

    def remembered(result: dict[str, Any]) -> dict[str, Any]:
        return {"listings": result["listings"], "pages": result["pages"]}

    return remembered


@contextlib.contextmanager
def serve(
    answer: Callable[[str, dict[str, str]], Answer], address: str = "127.0.0.1"
) -> Iterator[tuple[str, list[str]]]:
    """A server on loopback that answers each path as told; gives its host and the paths asked for so far."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked.append(self.path)
            status, headers, body = answer(self.path, dict(self.headers))
            self.send_response(status)
            for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer((address, 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"{address}:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def serving() -> Callable[..., contextlib.AbstractContextManager[tuple[str, list[str]]]]:
    return serve


@pytest.fixture
def outlet_toml() -> Callable[..., str]:
    """A registry of one outlet on this host, found by this way."""

    def table(host: str, way: str, path: str, **more: str) -> str:
        lines = [
            f'["{host}"]',
            'name = "Uji"',
            'regions = ["21"]',
            'zone = "WIB"',
            'state = "unverified"',
            'source = "test"',
        ]
        lines += [f'{way} = ["http://{host}{path}"]', *(f'{key} = "{value}"' for key, value in more.items())]
        return "\n".join(lines)

    return table


def run_probe(**asked: Any) -> dict[str, Any]:
    """Probe once with these arguments; warnings are errors there too."""
    done = subprocess.run(
        [sys.executable, "-W", "error", str(SCRIPT.with_name("probe_once.py"))],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture
def probe_once() -> Callable[..., dict[str, Any]]:
    return run_probe


@pytest.fixture
def probe_demo() -> Callable[[], dict[str, dict[str, Any]]]:
    """What probes of the demo's four sites find."""
    from crawler.demo import demo_site

    def probe_all() -> dict[str, dict[str, Any]]:
        with demo_site() as site:
            return {name: run_probe(url=f"{url}/", gateway=site.gateway) for name, url in site.base_urls.items()}

    return probe_all
