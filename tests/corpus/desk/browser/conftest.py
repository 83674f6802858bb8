"""The desk on the demo's database, and a real browser in front of it: what a person meets, and what must not happen.

Every page that a test opens is watched: an error on the console, a dialog, or a request that leaves the machine fails
the test, whatever else it looks for. All tests here are of one xdist group, so that the desk is started once.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from corpus.store import Store

HERE = Path(__file__).parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REVIEWERS = ("Rina", "Tono")
Fault = tuple[str, str, list[str]]
"""The rule that is broken, what it asks for, and the elements that break it."""
PATIENCE_MS = 30_000  # of a machine that does much else at the same time; nothing is measured by it


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker for all of them."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.xdist_group("desk"))


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk that answers: its address, the sign-in link of each reviewer, and the database behind it."""

    address: str
    links: dict[str, str]
    database: Path

    def one(self, sql: str, *parameters: object) -> Any:
        """The first column of the first row that the database gives."""
        with closing(sqlite3.connect(self.database)) as connection:
            row = connection.execute(sql, parameters).fetchone()
        assert row is not None, f"the demo has nothing for: {sql}"
        return row[0]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo's database and archive, and an article in both that would like to run scripts."""
    folder = tmp_path_factory.mktemp("desk")
    subprocess.run([sys.executable, HERE / "fill.py", folder], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="session")
def desk(filled: Path) -> Iterator[Desk]:
    """The desk on that database, for two reviewers."""
    with serve(filled / "desk.db", "--archive", filled / "archive") as desk:
        yield desk


@pytest.fixture
def empty_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on a database in which nothing is yet."""
    Store.open(tmp_path / "empty.db").close()
    with serve(tmp_path / "empty.db") as desk:
        yield desk


@contextmanager
def serve(database: Path, *options: object) -> Iterator[Desk]:
    """`cakupan serve` on a port of the system's choosing; it is ready when it has said where it is."""
    call = [sys.executable, "-m", "corpus.cli", "serve", "--db", database, "--port", "0", *options]
    for name in REVIEWERS:
        call += ["--reviewer", name]
    with subprocess.Popen(
        list(map(str, call)), cwd=database.parent, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield _when_ready(process, database)
        finally:
            process.terminate()
            process.communicate()


def _when_ready(process: subprocess.Popen[str], database: Path) -> Desk:
    links: dict[str, str] = {}
    said = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        if found := re.search(r"(http://127\.0\.0\.1:\d+)(/\S*)?", line):
            links |= {name: found[0] for name in REVIEWERS if name in line}
            if len(links) == len(REVIEWERS):
                return Desk(found[1], links, database)
    raise AssertionError(f"cakupan serve ended before it was ready:\n{''.join(said)}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, driven by playwright, whose event loop no test of another module shall meet."""
    if CHROMIUM is None:
        pytest.skip("NO BROWSER TEST OF THE DESK RUNS: there is no Chromium here. `apt install chromium` brings it.")
    driver = pytest.importorskip(
        "playwright.sync_api", reason="NO BROWSER TEST OF THE DESK RUNS: pip install 'cakupan[dev]' brings playwright."
    )
    with driver.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass  # without slots: playwright notes things on it
class Visitor:
    """Opens pages of the desk as one person with one browser window would, and remembers what went wrong on them."""

    browser: Any
    desk: Desk
    contexts: list[Any] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def window(self, refused: int | None = None, **options: Any) -> Any:
        """A new window with cookies of its own; options are those of playwright's contexts.

        A browser notes on its console that a page answered with an error; `refused` is the status that is no surprise.
        """
        context = self.browser.new_context(base_url=self.desk.address, **{"locale": "id-ID", **options})
        context.set_default_timeout(PATIENCE_MS)
        self.contexts.append(context)
        context.route("**/*", self._pass_on)
        page = context.new_page()

        def hear(said: Any) -> None:
            if said.type == "error" and f"a status of {refused}" not in said.text:
                self._note("console", said.text)

        page.on("console", hear)
        page.on("pageerror", lambda error: self._note("script", error))
        page.on("dialog", self._dismiss)
        return page

    def open(self, path: str, **options: Any) -> Any:
        """A page of the desk, which must be there."""
        page = self.window(**options)
        answer = page.goto(path)
        assert answer.status == 200, f"{path} answers {answer.status}"
        return page

    def _pass_on(self, route: Any) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
            return
        self._note("leaves the machine", route.request.url)
        route.abort()

    def _dismiss(self, dialog: Any) -> None:
        self._note("dialog", dialog.message)
        dialog.dismiss()

    def _note(self, kind: str, what: object) -> None:
        self.problems.append(f"{kind}: {what}")


@pytest.fixture
def visitor(chromium: Any, desk: Desk) -> Iterator[Visitor]:
    """Somebody with a browser; fails the test where a page had a problem that the test did not take off the list."""
    visitor = Visitor(chromium, desk)
    yield visitor
    for context in visitor.contexts:
        context.close()
    assert visitor.problems == []


@pytest.fixture(scope="session")
def audit() -> Callable[..., list[Fault]]:
    """The serious and critical faults that axe-core finds on a page, or within one element of it."""
    script = (resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")

    def audit(page: Any, within: str = "html") -> list[Fault]:
        page.add_script_tag(content=script)
        found = page.evaluate("part => axe.run(part, {resultTypes: ['violations']})", within)["violations"]
        return [
            (fault["id"], fault["help"], [node["html"][:200] for node in fault["nodes"][:3]])
            for fault in found
            if fault["impact"] in ("serious", "critical")
        ]

    return audit


@pytest.fixture(scope="session")
def signed_in(desk: Desk) -> dict[str, Any]:
    """What the browser of the reviewer Rina keeps after she followed her link, which works but once."""
    link = urlsplit(desk.links["Rina"])
    with closing(HTTPConnection(link.netloc)) as connection:
        connection.request("GET", f"{link.path}?{link.query}")
        cookie = SimpleCookie(connection.getresponse().getheader("Set-Cookie", ""))["ds_actor"]
    kept = {"name": cookie.key, "value": cookie.coded_value, "domain": link.hostname, "path": "/"}
    return {"cookies": [kept | {"expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}], "origins": []}
