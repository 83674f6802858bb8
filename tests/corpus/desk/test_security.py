"""Headers of every answer, and what is refused."""

import asyncio

import httpx
import pytest

ADDRESSES = ("/", "/beranda.json", "/cari.csv", "/klaim/0123456789abcdef", "/tinjau", "/data", "/-/desk/desk.css")
ADDRESSES += ("/zzz",)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_says_what_it_may_do(visitor, address):
    headers = visitor.get(address).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] in {"same-origin", "no-referrer"}
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("address", ["/", "/cari", "/wilayah/81", "/periksa", "/tinjau", "/klaim/0123456789abcdef"])
def test_our_pages_run_nothing_of_their_own_and_draw_nothing_in(visitor, address):
    policy = visitor.get(address).headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy and "http" not in policy
    for rule in ("style-src 'self'", "script-src 'self'", "form-action 'self'", "base-uri 'none'"):
        assert rule in policy


def test_the_database_is_not_given_away_as_a_file(visitor):
    assert visitor.get("/data.db").status in {403, 404}


def test_a_body_that_is_too_long_is_refused_unread(visitor):
    assert visitor.post("/periksa", {"text": "a" * 1_000_001}).status == 413


def test_a_body_of_untold_length_is_refused(visitor):
    async def body():
        yield b"text=a"

    assert visitor.ask("POST", "/periksa", content=body()).status == 411


@pytest.fixture
def asked_as(visit, filled):
    """A function that asks a desk, by these names of its own, under a Host header; gives status."""

    def asked_as(host, names=frozenset()):
        return visit(filled, names=names).get("/beranda.json", host=host).status

    return asked_as


OWN_NAMES = ["localhost", "localhost:8080", "127.0.0.1:8080", "127.0.0.1", "[::1]:8080", "LOCALHOST"]


@pytest.mark.parametrize("host", OWN_NAMES)
def test_a_desk_on_this_machine_is_asked_as_this_machine(asked_as, host):
    assert asked_as(host) == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "10.0.0.1", "[", ""])
def test_a_name_of_somebody_elses_that_resolves_to_this_machine_is_not_answered(asked_as, host):
    """A page there could read the desk, and have it fetch pages, as its own site (DNS rebinding)."""
    assert asked_as(host) == 421


def test_a_desk_answers_to_the_names_that_it_was_given_and_where_it_listens_for_all_to_any(asked_as):
    assert asked_as("desk.example", names=frozenset({"desk.example"})) == 200
    assert asked_as("evil.example", names=frozenset({"desk.example"})) == 421
    assert asked_as("desk.example", names=None) == 200


@pytest.mark.parametrize(("scheme", "secure"), [("http", False), ("https", True)])
def test_the_cookie_of_a_reviewer_stays_on_https_where_it_was_given_there(visit, filled, scheme, secure):
    desk = visit(filled).desk

    async def sign_in():
        app = httpx.ASGITransport(app=desk.app())
        async with httpx.AsyncClient(transport=app, base_url=f"{scheme}://localhost") as browser:
            return await browser.get(desk.invitations.paths()["Ana"])

    told = asyncio.run(sign_in()).headers["set-cookie"].lower()
    assert "httponly" in told and "samesite=lax" in told
    assert ("secure" in told) is secure
