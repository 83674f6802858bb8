"""The demo's server answers as real sites do: searches, pages of results, conditional requests, revisions."""

import functools
import json
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

import pytest

from crawler.demo import demo_site
from crawler.demo.stories import load_stories
from crawler.errors import RegistryError
from crawler.listings import parse_blogger, parse_feed, parse_sitemap, parse_wordpress


@pytest.fixture(scope="module")
def get(site):
    """Ask a site through the demo's gateway, as the crawler does."""
    return functools.partial(ask, site.gateway)


def ask(gateway, url, **headers):
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": gateway} if gateway else {}))
    try:
        with opener.open(request, timeout=10) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


@pytest.fixture(scope="module")
def site():
    with demo_site() as running:
        yield running


def test_four_sites_each_with_its_articles(site):
    assert set(site.base_urls) == {"wordpress", "blogger", "portal", "br"}
    assert len({outlet.layout for outlet in site.outlets}) == 4
    assert {story.site for story in site.stories} == set(site.base_urls)


def test_wordpress_searches_and_pages(site, get):
    api = site.base_urls["wordpress"] + "/wp-json/wp/v2/posts"
    _, headers, body = get(f"{api}?search=JKN&per_page=2&page=2")
    total, pages = int(headers["X-WP-Total"]), int(headers["X-WP-TotalPages"])
    assert pages == -(-total // 2)
    assert len(parse_wordpress(body, api)) == 2
    assert get(f"{api}?search=JKN&page=99")[0] == 400
    # a search that finds anything would hide that it ignores its words
    assert json.loads(get(f"{api}?search=qwxzv")[2]) == []
    assert json.loads(get(f"{api}?modified_after=2099-01-01T00:00:00")[2]) == []


def test_every_site_announces_its_articles(site, get):
    own = {name: sum(story.site == name for story in site.stories) for name in site.base_urls}
    for name, path, count in (
        ("wordpress", "/feed/", lambda body: len(parse_feed(body, "http://x/"))),
        ("blogger", "/feeds/posts/default?alt=json", lambda body: parse_blogger(body, "http://x/")[1]),
        ("portal", "/rss/terkini.xml", lambda body: len(parse_feed(body, "http://x/"))),
        ("br", "/sitemap-news.xml", lambda body: len(parse_sitemap(body, "http://x/").entries)),
    ):
        assert count(get(site.base_urls[name] + path)[2]) == own[name]


def test_an_unchanged_page_is_not_sent_again(site, get):
    url = site.base_urls["portal"] + "/rss/terkini.xml"
    _, headers, _ = get(url)
    status, again, body = get(url, If_None_Match=headers["ETag"])
    assert (status, again["ETag"], body) == (304, headers["ETag"], b"")
    assert get(url, If_Modified_Since=headers["Last-Modified"])[0] == 304
    assert get(url, If_None_Match='"other"', If_Modified_Since=headers["Last-Modified"])[0] == 200


def test_robots_and_missing_pages(site, get):
    assert b"Disallow: /wp-admin/" in get(site.base_urls["br"] + "/robots.txt")[2]
    assert get(site.base_urls["br"] + "/tidak-ada")[0] == 404


def test_a_revision_changes_one_article_and_its_stamp():
    first = {story.id: story for story in load_stories()}
    second = {story.id: story for story in load_stories(revised=True)}
    changed = [name for name in first if first[name] != second[name]]
    assert len(changed) == 1
    assert second[changed[0]].modified > first[changed[0]].modified == first[changed[0]].published


@pytest.mark.parametrize(
    ("old", "new", "entry"),
    [
        ('site = "br"', 'site = "gopher"', "site"),
        ("+07:00", "", "published"),
        ('title = "x"', "", "title"),
        ('body = ["x"]', 'body = "x"', "body"),
        ("editors", "editor", "editor"),
        ('id = "x"', "id = ", "(the whole file)"),
    ],
)
def test_a_broken_article_is_named(tmp_path, old, new, entry):
    whole = """id = "x"
site = "br"
title = "x"
published = 2025-05-07T10:15:00+07:00
authors = []
editors = []
body = ["x"]
"""
    (tmp_path / "x.toml").write_text(whole.replace(old, new), encoding="utf-8")
    with pytest.raises(RegistryError, match=r"x\.toml") as raised:
        load_stories(tmp_path)
    assert raised.value.entry == entry


def test_a_person_can_look_at_the_sites():
    process = subprocess.Popen([sys.executable, "-m", "crawler.demo"], stdout=subprocess.PIPE, text=True)
    lines = [process.stdout.readline() for _ in range(5)]
    url, name = lines[0].split(maxsplit=1)
    assert name.strip() == "Kabar Nusa"
    host = urllib.parse.urlsplit(url)
    # A browser resolves *.localhost by itself; here the address is asked and the host named.
    assert b"<h1>Kabar Nusa</h1>" in ask("", f"http://127.0.0.1:{host.port}/", Host=host.netloc)[2]
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == 0
    process.stdout.close()
