"""The demo's four sites as servers of their own on loopback, each at an address of its own, with faults to order."""

from __future__ import annotations

import contextlib
import socket
import struct
import subprocess
import threading
from collections.abc import Callable, Iterator

from crawler.demo.site import DOMAINS, REGISTRY, Site, SiteHandler, SiteServer
from crawler.demo.stories import load_stories
from crawler.outlets import load_outlets

Trouble = Callable[["Handler", bytes], None]
"""What becomes of an answer's body in the place of its being sent."""


class Press:
    """The running sites. `registry` is a table of outlets as `cakupan run` reads it; addresses last as long as this."""

    def __init__(self) -> None:
        self.names = {outlet.domain: outlet.name for outlet in load_outlets(REGISTRY)}
        self.servers = {look: Server(self, f"127.0.0.{number}") for number, look in enumerate(DOMAINS, start=2)}
        self.hosts = {look: f"{server.host}:{server.server_port}" for look, server in self.servers.items()}
        self.registry = REGISTRY.read_text(encoding="utf-8")
        for look, domain in DOMAINS.items():
            self.registry = self.registry.replace(domain, self.hosts[look])
        self.trouble: Trouble | None = None
        self.progress = threading.Condition()
        self.answered = 0
        self.whole: list[str] = []
        """Addresses asked for without "has it changed?", that is, sent whole."""
        self.publish()

    def publish(self, *, revised: bool = False) -> None:
        """Print the articles, as they were first or as one outlet corrected them."""
        stories = load_stories(revised=revised)
        for look, server in self.servers.items():
            server.sites = {server.host: Site(look, self.names[DOMAINS[look]], stories)}

    def calm(self) -> None:
        """No trouble any more, and nothing answered yet."""
        with self.progress:
            self.trouble, self.answered = None, 0
            self.whole.clear()

    def count(self) -> None:
        """Note that an answer has been sent, and wake who waits for it."""
        with self.progress:
            self.answered += 1
            self.progress.notify_all()

    def wait_for(self, answers: int, process: subprocess.Popen[str]) -> bool:
        """Wait until so many answers have been sent; False where the process ends before."""
        with self.progress:
            while not self.progress.wait_for(lambda: self.answered >= answers, timeout=0.05):
                if process.poll() is not None:
                    return False
        return True


class Server(SiteServer):
    def __init__(self, press: Press, host: str) -> None:
        self.press, self.host = press, host
        super().__init__({}, host, Handler)


class Handler(SiteHandler):
    server: Server

    def do_GET(self) -> None:  # noqa: N802 - named by the library
        super().do_GET()
        self.server.press.count()

    def send_body(self, body: bytes) -> None:
        press = self.server.press
        press.whole.append(f"http://{self.headers['Host']}{self.path}")
        if press.trouble is None:
            super().send_body(body)
        else:
            press.trouble(self, body)

    def cut(self, body: bytes) -> None:
        """Send the first half, and break the connection off as a dead line does."""
        self.wfile.write(body[: len(body) // 2])
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True


@contextlib.contextmanager
def running() -> Iterator[Press]:
    """The sites, until the block is left."""
    press = Press()
    threads = [
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        for server in press.servers.values()
    ]
    for thread in threads:
        thread.start()
    try:
        yield press
    finally:
        for server in press.servers.values():
            server.shutdown()
            server.server_close()
        for thread in threads:
            thread.join()
