"""The desk as a Datasette: the database to read, this project's pages in front, and who may judge claims."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm
from datasette.utils.asgi import NotFound, Request, Response

from corpus.desk import views
from corpus.desk.bounds import bound
from corpus.desk.page import Page
from corpus.desk.pages import about, check, claim, contradictions, front, official, region, review, search, sources
from corpus.desk.security import App, guard
from corpus.desk.settings import DATABASE, DeskSettings
from corpus.desk.signin import PERMISSION, Invitations, reviewer_of
from corpus.desk.words import load_words
from corpus.schema import load_columns

STATIC = Path(__file__).with_name("static")
SETTINGS = {
    "default_page_size": 50,
    "num_sql_threads": 3,
    "sql_time_limit_ms": 1_000,
    "allow_download": False,
    "suggest_facets": False,
    "default_facet_size": 20,
}
FACETS = {
    "region_latest": ("metric",),
    "contradictions": ("metric",),
    "standing": ("metric", "review"),
    "fetches": ("kind",),
}
PAGES: tuple[Page[Any], ...] = (
    *(search.PAGE, region.PAGE, claim.PAGE, official.PAGE),
    *(contradictions.PAGE, sources.PAGE, about.PAGE),
)
Route = tuple[str, views.View]
F = TypeVar("F", bound=Callable[..., object])
hook: Callable[[F], F] = hookimpl
"""Datasette's mark, with a type."""


class Desk(Datasette):  # type: ignore[misc]  # Datasette has no types
    """A Datasette that knows what the desk was started with."""

    def __init__(self, settings: DeskSettings) -> None:
        # First, for Datasette asks for the pages while it is being made.
        self.desk = settings
        self.invitations = Invitations.of(settings.reviewers)
        super().__init__(
            memory=True, settings=SETTINGS, metadata=metadata(settings), static_mounts=[("-/desk", str(STATIC))]
        )
        self.remove_database("_memory")
        self.add_database(Database(self, str(settings.database.resolve())), name=DATABASE)


def open_desk(settings: DeskSettings) -> Desk:
    """The desk on a database that is there; nothing is served before somebody runs its `app()`."""
    # With rich at hand it would print every address that leads nowhere, with all that the frames hold.
    pm.get_plugin("datasette.handle_exception").rich = None
    if not pm.has_plugin(Hooks.__name__):
        pm.register(Hooks, Hooks.__name__)
    return Desk(settings)


class Hooks:
    """What Datasette asks the desk, of any Datasette in this process; only a Desk has pages."""

    @staticmethod
    @hook
    def register_routes(datasette: Datasette) -> list[Route]:
        """The pages."""
        return routes(datasette) if isinstance(datasette, Desk) else []

    @staticmethod
    @hook
    def permission_allowed(datasette: Datasette, actor: object, action: str) -> bool | None:
        """Reviewers may review; all else is Datasette's to say."""
        if action != PERMISSION or not isinstance(datasette, Desk):
            return None
        return reviewer_of(actor, datasette.desk.reviewers) is not None

    @staticmethod
    @hook
    def menu_links(datasette: Datasette, request: Request | None) -> list[dict[str, str]]:
        """The way back from Datasette's own pages."""
        if not isinstance(datasette, Desk):
            return []
        language = views.language_of(request, datasette.desk) if request else datasette.desk.language
        return [{"href": "/", "label": load_words(language)["site.name"]}]

    @staticmethod
    @hook
    def handle_exception(
        datasette: Datasette, request: Request, exception: Exception
    ) -> Callable[[], Awaitable[Response]] | None:
        """An address of no page is told by a page of ours; what goes wrong within Datasette's own is its to tell."""
        if not isinstance(datasette, Desk) or not isinstance(exception, NotFound) or is_datasette_s(request.path):
            return None
        return partial(views.nowhere, request, datasette, datasette.desk)

    @staticmethod
    @hook
    def asgi_wrapper(datasette: Datasette) -> Any:  # noqa: ANN401 - a wrapper of applications
        """Headers on every answer."""

        def unchanged(app: App) -> App:
            return app

        return partial(guard, names=datasette.desk.names) if isinstance(datasette, Desk) else unchanged

    @staticmethod
    @hook
    def prepare_connection(conn: sqlite3.Connection, datasette: Datasette) -> None:
        """Bound what a reader's own SQL may take."""
        if isinstance(datasette, Desk):
            bound(conn)


def is_datasette_s(path: str) -> bool:
    """Whether an address belongs to Datasette's own pages."""
    return path.startswith((f"/{DATABASE}", "/-/"))


def routes(desk: Desk) -> list[Route]:
    """The address of each page, and what answers there."""
    settings = desk.desk
    form = r"(?:\.(?P<format>json|csv))?$"
    found: list[Route] = [
        (f"^{page.address}{form}", views.view_of(page, settings)) for page in PAGES if page.name != "front"
    ]
    return [
        # "/.json" is no address that a person would type.
        (r"^/$", views.view_of(front.PAGE, settings)),
        (rf"^/beranda{form}", views.view_of(front.PAGE, settings)),
        *found,
        (f"^{check.PAGE.address}{form}", views.check_view(settings)),
        (f"^{review.PAGE.address}{form}", views.review_view(settings)),
        (r"^/arsip/(?P<fetch>\d{1,15})$", views.copy_view(settings)),
        (r"^/masuk$", views.sign_in_view(settings, desk.invitations)),
        (r"^/keluar$", views.sign_out_view(settings)),
    ]


def metadata(settings: DeskSettings) -> dict[str, Any]:
    """Titles, and what each table and column holds, for Datasette's own pages."""
    words = load_words(settings.language)
    tables = {
        name: {
            "description": table.description,
            "columns": {column.name: f"{column.description} ({column.unit})" for column in table.columns},
            **({"facets": list(FACETS[name])} if name in FACETS else {}),
        }
        for name, table in load_columns().items()
    }
    return {
        "title": words["site.name"],
        "description": words["site.tagline"],
        "databases": {DATABASE: {"tables": tables}},
    }
