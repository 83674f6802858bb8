"""A status in which all is well, to be made unwell; and servers on this machine that take messages."""

import asyncio
import contextlib
import datetime as dt
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler

from corpus.health import ListingHealth, OutletHealth
from corpus.unattended.disk import Disk, Space
from corpus.unattended.rules import load_rules
from corpus.unattended.status import Fare, OutletFacts, RunFacts, Status

NOW = dt.datetime(2025, 5, 6, 5, 0, tzinfo=dt.UTC)
GIB = 1024**3


def a_run(number=7, status="finished", hours_ago=2, ended=True, **counts):
    """A run of half an hour."""
    begun = NOW - dt.timedelta(hours=hours_ago)
    return RunFacts(number, "run", status, begun, begun + dt.timedelta(minutes=30) if ended else None, counts)


def a_listing(url="https://kabar.id/feed", way="feed", newest="2025-05-05", failures=0, problem=None):
    """A feed that was read this morning."""
    return ListingHealth(url, way, 10, newest, "2025-05-06T03:00:00+00:00", None, failures, problem, None)


def an_outlet(*listings, fare=Fare.FINE, domain="kabar.id", pages=0, generic=0, **health):
    """An outlet with these listings."""
    return OutletFacts(domain, fare, OutletHealth(listings, **health), listings, pages, generic)


@pytest.fixture
def rules():
    """Those that come with cakupan."""
    return load_rules()


@pytest.fixture
def well():
    """A status without any alarm."""
    finished = a_run()
    return Status(
        now=NOW,
        database=Path("cakupan.db"),
        runs=(finished,),
        last_finished=finished,
        outlets=(an_outlet(a_listing()),),
        days=(),
        articles=10,
        claims=30,
        disk=Disk(database=5_000_000, wal=0, archive=None, spaces=(Space(Path("cakupan.db"), 100 * GIB, 200 * GIB),)),
        backups=None,
    )


class Post:
    """An HTTP server that takes JSON: what came, and what it answers next."""

    def __init__(self):
        self.came = []
        self.paths = []
        self.answer = 200
        taker = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                taker.paths.append(self.path)
                taker.came.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(taker.answer)
                if taker.answer == 302:
                    self.send_header("Location", "http://127.0.0.1:9/elsewhere")
                self.end_headers()

            def log_message(self, format, *args):
                """Keep the tests' output clean."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def post():
    """A server that takes what is posted."""
    taker = Post()
    thread = threading.Thread(target=taker.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield taker
    taker.server.shutdown()
    taker.server.server_close()
    thread.join()


class Box(MessageHandler):
    """Letters as they came."""

    def __init__(self):
        super().__init__()
        self.letters = []

    def handle_message(self, message):
        self.letters.append(message)


class PortOfItsOwn(Controller):
    """A mail server on any free port, which it has from the system."""

    def _trigger_server(self):
        (socket,) = self.server.sockets
        self.port = socket.getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def postbox():
    """A mail server on this machine: the box of letters, and its address."""
    box = Box()
    controller = PortOfItsOwn(box, hostname="127.0.0.1", port=0, loop=asyncio.new_event_loop())
    controller.start()
    box.address = f"127.0.0.1:{controller.port}"
    yield box
    with contextlib.suppress(RuntimeError):
        controller.stop()
