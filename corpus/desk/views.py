"""Requests to pages: what was asked for, in which language and by whom, and the answer in the form of it."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from sqlite_utils import Database

from corpus.desk.archived import load_copy
from corpus.desk.page import Asked, NoSuchPage, Page
from corpus.desk.pages import check, review
from corpus.desk.render import host_of, query_string, render_csv, render_html, render_json
from corpus.desk.security import COPY_POLICY, PAGE_POLICY, is_from_elsewhere
from corpus.desk.settings import DATABASE, DeskSettings
from corpus.desk.signin import COOKIE, PERMISSION, Invitations, reviewer_of
from corpus.desk.words import load_words
from corpus.review.problems import BadCorrection, ReviewError
from corpus.review.verdicts import Verdict, claim_as_read, save_review, take_back
from corpus.store import Store
from extract.wording import Language

LANGUAGE_COOKIE = "cakupan_lang"
YEAR_SECONDS = 365 * 24 * 3600

View = Callable[[Request, Datasette], Awaitable[Response]]


def view_of(page: Page[Any], settings: DeskSettings) -> View:
    """What answers requests for a page, as HTML, or as JSON or CSV where the address ends so."""

    async def view(request: Request, datasette: Datasette) -> Response:
        asked = await asked_of(request, datasette, settings)
        form = request.url_vars.get("format")
        if page.is_for_reviewers and asked.reviewer is None:
            return refused(asked, form)
        # Who is signed in can sign out on any page, which is a form, too.
        tokens = token_of(request) if form is None and (page.has_form or asked.reviewer is not None) else {}

        def answer(db: Database) -> Response:
            try:
                found = page.gather(db, asked)
            except NoSuchPage:
                return missing(asked, form)
            return answer_with(page, found, asked, form, here_of(request) | tokens)

        return with_language(await ask(datasette, answer), request, asked)

    return view


def answer_with(page: Page[Any], found: object, asked: Asked, form: str | None, context: Mapping[str, Any]) -> Response:
    """What was gathered, in the form that was asked for."""
    if form == "json":
        return Response(render_json(found), headers=policy(), content_type="application/json; charset=utf-8")
    if form == "csv":
        headers = policy() | {"content-disposition": f'attachment; filename="cakupan-{page.name}.csv"'}
        return Response(render_csv(page.table(found)), headers=headers, content_type="text/csv; charset=utf-8")
    extras = page.extras(found, asked.language)
    html = render_html(f"{page.name}.html", asked, {"page": found, **extras, **context})
    return Response.html(html, headers=policy())


def check_view(settings: DeskSettings) -> View:
    """The check: its form, and the verdict on what is sent with it. `form=json` in the form asks for JSON."""
    empty = view_of(check.PAGE, settings)

    async def view(request: Request, datasette: Datasette) -> Response:
        if request.method != "POST":
            return await empty(request, datasette)
        asked = await asked_of(request, datasette, settings)
        sent = await sent_with(request)
        wanted = request.url_vars.get("format")
        given, published = sent.get("text", ""), sent.get("published", "").strip()
        if is_from_elsewhere(request.headers):
            found = check.failed(check.Check(given, published, check.may_fetch(asked)), "check.from_elsewhere")
            return answer_with(check.PAGE, found, asked, wanted, here_of(request) | token_of(request))
        context = here_of(request) | token_of(request)

        def answer(db: Database) -> Response:
            found = check.answer(db, asked, given, published)
            return answer_with(check.PAGE, found, asked, wanted, context)

        return await ask(datasette, answer)

    return view


def review_view(settings: DeskSettings) -> View:
    """The queue: the claim whose turn it is, and the verdict that is sent on it. Nobody writes who is not signed in."""
    queue = view_of(review.PAGE, settings)

    async def view(request: Request, datasette: Datasette) -> Response:
        if request.method != "POST":
            return await queue(request, datasette)
        asked = await asked_of(request, datasette, settings)
        if asked.reviewer is None or is_from_elsewhere(request.headers):
            return refused(asked, request.url_vars.get("format"))
        sent = await sent_with(request)
        kept = {name: asked.text(name) for name in ("wilayah", "ukuran", "dari", "lewati")}
        try:
            told = await asyncio.to_thread(write_review, settings, asked.reviewer, sent)
        except ReviewError as problem:
            kept |= {"klaim": sent.get("klaim", ""), "masalah": tell_refusal(problem, asked.language)}
            return Response.redirect("/tinjau" + query_string(kept), headers=policy())
        return Response.redirect("/tinjau" + query_string(kept | told), headers=policy())

    return view


def tell_refusal(problem: ReviewError, language: Language) -> str:
    """Why a verdict was not kept, after the form's name of the field that is at fault."""
    told = problem.tell(language)
    label = load_words(language).get(f"review.field_{problem.field}") if isinstance(problem, BadCorrection) else None
    return f"{label}: {told}" if label else told


def write_review(settings: DeskSettings, reviewer: str, sent: Mapping[str, str]) -> dict[str, str]:
    """Store the verdict of a form, or take the last one back; gives what the next page tells. Raises ReviewError."""
    now = dt.datetime.now(dt.UTC)
    with Store.open(settings.database) as store:
        undone = sent.get("batalkan", "")
        if undone.isascii() and undone.isdigit():
            own = store.db.execute(
                "SELECT claim_id FROM reviews WHERE id = ? AND reviewer = ?", [int(undone), reviewer]
            ).fetchone()
            if own is None:
                return {}
            take_back(store, int(undone), at=now)
            return {"klaim": str(own[0]), "dibatalkan": "1"}
        key = sent.get("klaim", "")
        verdict = next((one for one in Verdict if one.value == sent.get("putusan")), None)
        if verdict is None:
            return {"klaim": key}
        corrections = {}
        if verdict is Verdict.CORRECT:
            corrections = review.given_corrections(sent, claim_as_read(store.db, key))
        reason = sent.get("alasan", "").strip() or None
        number = save_review(store, key, reviewer, verdict, corrections, reason, at=now)
    return {"tersimpan": str(number)}


def copy_view(settings: DeskSettings) -> View:
    """The archived copy of a page."""

    async def view(request: Request, datasette: Datasette) -> Response:
        asked = await asked_of(request, datasette, settings)
        fetch = int(request.url_vars["fetch"])

        def answer(db: Database) -> Response:
            try:
                copy = load_copy(db, fetch, settings.archive)
            except NoSuchPage:
                return missing(asked, None)
            context = {"page": copy, "host": host_of(copy.url)}
            return Response.html(render_html("copy.html", asked, context), headers=policy(COPY_POLICY))

        return await ask(datasette, answer)

    return view


def sign_in_view(settings: DeskSettings, invitations: Invitations) -> View:
    """The link of a reviewer: it signs them in, once."""

    async def view(request: Request, datasette: Datasette) -> Response:
        asked = await asked_of(request, datasette, settings)
        reviewer = invitations.redeem(asked.text("kunci"))
        if reviewer is None:
            context = {"title": "problem.bad_link_title", "text": "problem.bad_link"} | here_of(request)
            return Response.html(render_html("problem.html", asked, context), status=403, headers=policy())
        response = Response.redirect("/tinjau", headers=policy())
        response.set_cookie(
            COOKIE,
            datasette.sign({"a": {"id": reviewer}}, "actor"),
            secure=request.scheme == "https",
            httponly=True,
            samesite="lax",
            path="/",
        )
        return response

    return view


def sign_out_view(settings: DeskSettings) -> View:
    """Forget who is signed in."""
    del settings

    async def view(request: Request, datasette: Datasette) -> Response:
        del datasette
        response = Response.redirect("/", headers=policy())
        if request.method == "POST":
            response.set_cookie(COOKIE, "", max_age=0, expires=0, httponly=True, samesite="lax", path="/")
        return response

    return view


async def ask(datasette: Datasette, answer: Callable[[Database], Response]) -> Response:
    """What `answer` makes of the database, in a thread with a connection that can only read."""

    def read(connection: Any) -> Response:  # noqa: ANN401 - sqlite3's, or pysqlite3's where Datasette finds that
        return answer(Database(connection, execute_plugins=False))

    response: Response = await datasette.get_database(DATABASE).execute_fn(read)
    return response


async def asked_of(request: Request, datasette: Datasette, settings: DeskSettings) -> Asked:
    """What a request asks for."""
    reviewer = reviewer_of(request.actor, settings.reviewers)
    if reviewer is not None and not await datasette.permission_allowed(request.actor, PERMISSION, default=False):
        reviewer = None
    arguments = {name: request.args[name] for name in request.args}
    path = {name: value for name, value in request.url_vars.items() if value is not None}
    return Asked(settings, language_of(request, settings), path, arguments, reviewer)


def language_of(request: Request, settings: DeskSettings) -> Language:
    """The language that the address names, else the one chosen before, else the desk's."""
    for wanted in (request.args.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if wanted == "id":
            return "id"
        if wanted == "en":
            return "en"
    return settings.language


def with_language(response: Response, request: Request, asked: Asked) -> Response:
    """The answer, which remembers the language where the address names one."""
    if request.args.get("lang") == asked.language:
        response.set_cookie(LANGUAGE_COOKIE, asked.language, max_age=YEAR_SECONDS, samesite="lax", path="/")
    return response


def here_of(request: Request) -> dict[str, Any]:
    """Where the page is, for its links to itself."""
    form = request.url_vars.get("format")
    path = request.path.removesuffix(f".{form}") if form else request.path
    return {"here": "/beranda" if path == "/" else path, "path": path}


def token_of(request: Request) -> dict[str, str]:
    """The token against forged requests."""
    return {"csrftoken": request.scope["csrftoken"]()}


async def sent_with(request: Request) -> dict[str, str]:
    """The fields of a form."""
    body = await request.post_body()
    return dict(parse_qsl(body.decode("utf-8", errors="replace"), keep_blank_values=True))


def missing(asked: Asked, form: str | None) -> Response:
    """The answer where there is nothing."""
    return problem(asked, form, 404, "problem.not_found_title", "problem.not_found")


async def nowhere(request: Request, datasette: Datasette, settings: DeskSettings) -> Response:
    """The answer to an address of no page at all."""
    return missing(await asked_of(request, datasette, settings), "json" if request.path.endswith(".json") else None)


def refused(asked: Asked, form: str | None) -> Response:
    """The answer to whoever is not signed in."""
    return problem(asked, form, 403, "review.sign_in_title", "review.sign_in")


def problem(asked: Asked, form: str | None, status: int, title: str, text: str) -> Response:
    """A problem in words, or as JSON."""
    if form is not None:
        return Response.json({"ok": False, "status": status, "error": title}, status=status, headers=policy())
    context = {"title": title, "text": text, "here": "/", "path": "/"}
    return Response.html(render_html("problem.html", asked, context), status=status, headers=policy())


def policy(content: str = PAGE_POLICY) -> dict[str, str]:
    """The header that says what a page may do."""
    return {"content-security-policy": content}
