"""A desk on a small newsroom's database, and a visitor who opens its pages without a server."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import shutil
from dataclasses import dataclass, field

import pytest
from lxml import html

from corpus.compare import refresh
from corpus.desk.app import open_desk
from corpus.desk.settings import DeskSettings
from corpus.runs import read_new
from corpus.store import RunStatus, Store
from extract.models import Article
from extract.regions.gazetteer import load_gazetteer

SEEN = dt.datetime(2025, 12, 31, tzinfo=dt.UTC)
MALRA, MALUKU = "81.02", "81"
REVIEWERS = ("Ana", "Budi")

# Outlet, day, headline, text: a bupati, an office that contradicts, the bupati again, a garbled figure
# that is borne out, one that is not, a figure that fell too far, a province.
ARTICLES = (
    (
        "kabarkei.example",
        "2025-05-06",
        "Malra Menuju UHC",
        "Bupati Maluku Tenggara Yosep Renur mengatakan, per 1 Mei 2025 sebanyak 126.000 jiwa warga Maluku Tenggara "
        "atau 97,67 persen dari 129.000 penduduk sudah terdaftar JKN.\nAcara itu dihadiri para camat.",
    ),
    (
        "wartatual.example",
        "2025-05-07",
        "Dinkes: Belum Semua Warga Terdaftar",
        "Kepala Dinas Kesehatan Maluku Tenggara Siti Rahma menyebut cakupan kepesertaan JKN Maluku Tenggara per "
        "1 Mei 2025 baru 89,10 persen.",
    ),
    (
        "kabarkei.example",
        "2025-09-03",
        "Bupati Sampaikan Capaian",
        "Bupati Maluku Tenggara Yosep Renur mengatakan cakupan kepesertaan JKN Maluku Tenggara per 1 September 2025 "
        "mencapai 98,50 persen.",
    ),
    (
        "wartatual.example",
        "2025-05-08",
        "Angka dalam Rapat",
        "Dari 129.000 penduduk Maluku Tenggara, 100.026.000 jiwa atau 97,67 persen sudah terdaftar JKN per 1 Mei 2025.",
    ),
    (
        "kabarkei.example",
        "2025-05-09",
        "Angka yang Membingungkan",
        "Dari 129.000 penduduk Maluku Tenggara, 100.026.000 jiwa sudah terdaftar JKN per 1 Mei 2025.",
    ),
    (
        "wartatual.example",
        "2025-10-20",
        "Cakupan Anjlok",
        "Cakupan kepesertaan JKN Kota Tual per 1 Oktober 2025 sebesar 98,40 persen.\n"
        "Per 15 Oktober 2025 cakupan kepesertaan JKN Kota Tual 41,20 persen.",
    ),
    (
        "kabarkei.example",
        "2025-07-02",
        "Maluku Capai UHC",
        "Cakupan kepesertaan JKN Provinsi Maluku per 1 Juli 2025 mencapai 95,20 persen.",
    ),
)


def fill(store, articles):
    """Store articles, read and compare them."""
    store.save_regions(load_gazetteer().regions.values())
    run = store.begin_run("demo", version="tests", started_at=SEEN)
    for number, (outlet, day, title, text) in enumerate(articles):
        url = f"https://{outlet}/{day}/{number}"
        published = dt.date.fromisoformat(day)
        article = Article(id=url, url=url, outlet=outlet, title=title, published=published, text=text)
        store.save_article(article, seen_at=SEEN, run=run)
    read_new(store)
    refresh(store)
    store.finish_run(run, RunStatus.FINISHED, ended_at=SEEN, counts={"articles_new": len(articles), "claims": 9})


@pytest.fixture(name="fill")
def fill_fixture():
    """A function that stores articles, reads and compares them."""
    return fill


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """The newsroom's database, filled once and never written to."""
    path = tmp_path_factory.mktemp("desk") / "cakupan.db"
    with Store.open(path) as store:
        fill(store, ARTICLES)
    return path


@pytest.fixture
def own(filled, tmp_path):
    """A copy of it that a test may write to."""
    path = tmp_path / "own.db"
    shutil.copy(filled, path)
    return path


@dataclass
class Page:
    """What came back."""

    status: int
    headers: dict
    text: str
    cookies: dict

    @property
    def tree(self):
        return html.fromstring(self.text)

    @property
    def json(self):
        return json.loads(self.text)

    @property
    def words(self):
        """The text of the page's main part, on one line."""
        (main,) = self.tree.xpath("//main")
        return " ".join(main.text_content().split())

    def links(self):
        return self.tree.xpath("//@href")


@dataclass
class Visitor:
    """Opens pages of a desk, and keeps cookies as a browser does."""

    desk: object
    cookies: dict = field(default_factory=dict)

    def get(self, path, **headers):
        return self.ask("GET", path, headers=headers)

    def post(self, path, data=None, headers=None, form_at=None):
        """Send a form; `form_at` is the page whose token goes with it."""
        sent = dict(data or {})
        if form_at is not None:
            sent["csrftoken"] = self.get(form_at).tree.xpath("//input[@name='csrftoken']/@value")[0]
        return self.ask("POST", path, data=sent, headers=headers or {})

    def ask(self, method, path, **options):
        async def fetch():
            return await getattr(self.desk.client, method.lower())(path, cookies=self.cookies, **options)

        answer = asyncio.run(fetch())
        self.cookies.update({name: value for name, value in answer.cookies.items() if value})
        return Page(answer.status_code, dict(answer.headers), answer.text, dict(answer.cookies))

    def sign_in(self, name):
        return self.get(self.desk.invitations.paths()[name])


@pytest.fixture
def visit():
    """A function that opens a desk on a database and gives a visitor of it."""
    opened = []

    def visit(path, **settings):
        desk = open_desk(DeskSettings(path, **{"reviewers": REVIEWERS} | settings))
        opened.append(desk)
        return Visitor(desk)

    yield visit
    for desk in opened:
        desk.executor.shutdown()
        for database in desk.databases.values():
            database.close()


@pytest.fixture
def visitor(visit, filled):
    """Somebody who is not signed in, at the newsroom's desk."""
    return visit(filled)


@pytest.fixture
def look_up(filled):
    """A function that gives the first column of the first row of a query on the newsroom's database."""

    def look_up(sql, *values):
        with Store.open(filled) as store:
            return store.db.execute(sql, values).fetchone()[0]

    return look_up
