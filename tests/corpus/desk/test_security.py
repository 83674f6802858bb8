"""Headers of every answer, and what is refused."""

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
