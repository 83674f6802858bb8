"""Whom the crawler may ask, what it says of itself, and how long it waits when told to."""

import datetime as dt

import pytest

from crawler.errors import NoContact
from crawler.manners.guard import is_local, parse_retry_after
from crawler.settings import crawl_settings


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:8000/", True),
        ("http://localhost/", True),
        ("http://kabar.localhost/", True),
        ("http://10.1.2.3/", True),
        ("http://192.168.1.1/", True),
        ("http://169.254.169.254/latest/meta-data", True),
        ("http://[::1]/", True),
        ("http://[::ffff:127.0.0.1]/", True),
        ("http://[fe80::1]/", True),
        ("http://0.0.0.0/", True),
        ("http://127.1/", True),
        ("http://2130706433/", True),
        ("http://0x7f.0.0.1/", True),
        ("http://user@127.0.0.1/", True),
        ("http://kabar.example./", False),
        ("https://kalteng.antaranews.com/berita/1/x", False),
        ("http://8.8.8.8/", False),
        ("http://[2001:4860:4860::8888]/", False),
    ],
)
def test_private_addresses_in_every_spelling(url, local):
    assert is_local(url) is local


def test_no_real_site_without_a_contact():
    with pytest.raises(NoContact):
        crawl_settings(None)
    with pytest.raises(NoContact):
        crawl_settings("   ")


def test_the_user_agent_says_who_runs_the_crawl():
    settings = crawl_settings("https://example.org/crawl")
    assert settings["USER_AGENT"].startswith("cakupan/")
    assert settings["USER_AGENT"].endswith("(+https://example.org/crawl)")


def test_the_defaults_are_modest():
    settings = crawl_settings("uji@example.org")
    assert "crawler.manners.robots.Robots" in settings["DOWNLOADER_MIDDLEWARES"]
    assert settings["CONCURRENT_REQUESTS_PER_DOMAIN"] == 1
    assert settings["PAUSE"] >= 2
    assert not settings["COOKIES_ENABLED"]
    assert not settings["ALLOW_LOCAL"]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Sun, 22 Nov 2026 12:01:00 GMT", 60),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("soon", None),
        ("-5", None),
        ("12.5", None),
        ("9" * 400, float("inf")),
        ("Sun, 22 Nov 99999 12:01:00 GMT", None),
        ("Sunday, 22-Nov-26 12:01:00 GMT", 60),
        ("Sun Nov 22 12:01:00 2026", 60),
        ("", None),
    ],
)
def test_how_long_a_server_asks_to_wait(header, seconds):
    assert parse_retry_after(header, dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)) == seconds
