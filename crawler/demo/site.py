"""The demo's news sites: one small server on loopback for four, each with its own look and way to be found.

It stands before the sites as a proxy does, so that their addresses are the same in every run, whatever port is free:
a second crawl must know the first one's pages. A browser reaches them too, as http://kabarnusa.localhost:PORT/.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import email.utils
import hashlib
import html
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from crawler.demo.listings import Reply, blogger_posts, news_sitemap, rss, wordpress_posts
from crawler.demo.stories import ARTICLES, Story, load_stories
from crawler.demo.themes import path_of, render_page
from crawler.outlets import Outlet, load_outlets

REGISTRY = Path(__file__).with_name("outlets.toml")
DOMAINS = {
    "wordpress": "kabarnusa.localhost",
    "blogger": "wartapesisir.localhost",
    "portal": "cakra.localhost",
    "br": "lintasdaerah.localhost",
}
NO_SITE = "<!DOCTYPE html><title>404</title><h1>Tidak ada situs di alamat ini</h1>"
ROBOTS = "User-agent: *\nDisallow: /wp-admin/\nDisallow: /search\nCrawl-delay: 0\n"


@dataclass(frozen=True, slots=True)
class DemoSite:
    """The running sites: their outlets, ready to be crawled through `gateway`, and the address of each by its look."""

    outlets: tuple[Outlet, ...]
    base_urls: Mapping[str, str]
    stories: tuple[Story, ...]
    gateway: str


@contextlib.contextmanager
def demo_site(folder: Path = ARTICLES, *, revised: bool = False) -> Iterator[DemoSite]:
    """Serve the articles of `folder` until the block is left, in their revised versions where asked for.

    Raises RegistryError where an article's file is broken.
    """
    stories = load_stories(folder, revised=revised)
    outlets = load_outlets(REGISTRY)
    names = {outlet.domain: outlet.name for outlet in outlets}
    server = SiteServer({domain: Site(look, names[domain], stories) for look, domain in DOMAINS.items()})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        base_urls = {site: f"http://{domain}" for site, domain in DOMAINS.items()}
        yield DemoSite(outlets, base_urls, stories, f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass(frozen=True, slots=True)
class Site:
    """One of the sites; of `stories` it prints its own."""

    look: str
    name: str
    stories: tuple[Story, ...]

    def reply(self, base: str, target: str) -> Reply:
        """What it answers to an address or a path."""
        return reply_to(self.look, self.name, tuple(one for one in self.stories if one.site == self.look), base, target)


class SiteServer(ThreadingHTTPServer):
    """Sites by the host that is asked for. Its threads do not outlive it."""

    daemon_threads = True

    def __init__(
        self, sites: Mapping[str, Site], address: str = "127.0.0.1", handler: type[SiteHandler] | None = None
    ) -> None:
        super().__init__((address, 0), handler or SiteHandler)
        self.sites = sites

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over a client that hung up, as an interrupted crawl does; anything else is told as usual."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class SiteHandler(BaseHTTPRequestHandler):
    """Answers for the sites, with what a later request may ask "changed since?" by."""

    protocol_version = "HTTP/1.1"
    server: SiteServer

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        # A proxy is asked for the whole address, a site for its path alone.
        host = urlsplit(self.path).netloc or self.headers.get("Host", "")
        known = self.server.sites.get(host.partition(":")[0])
        reply = known.reply(f"http://{host}", self.path) if known else Reply(NO_SITE, status=404)
        body = reply.body.encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        conditional = {"ETag": etag}
        if reply.modified is not None:
            conditional["Last-Modified"] = email.utils.format_datetime(reply.modified.astimezone(dt.UTC), usegmt=True)
        asked = self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
        same = asked[0] == etag if asked[0] else asked[1] is not None and asked[1] == conditional.get("Last-Modified")
        unchanged = reply.status == 200 and same
        self.send_response(304 if unchanged else reply.status)
        for name, value in {**conditional, **reply.headers}.items():
            self.send_header(name, value)
        if not unchanged:
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body and not unchanged:
            self.send_body(body)

    def send_body(self, body: bytes) -> None:
        """Send what belongs to an answer."""
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the crawl's own output is what people want to see."""


def reply_to(site: str, name: str, stories: tuple[Story, ...], base: str, target: str) -> Reply:
    """What a site answers to an address or a path, with its query."""
    parts = urlsplit(target)
    query = dict(parse_qsl(parts.query))
    if parts.path == "/robots.txt":
        return Reply(ROBOTS, "text/plain; charset=UTF-8")
    if site == "wordpress" and parts.path.rstrip("/") == "/wp-json/wp/v2/posts":
        return wordpress_posts(stories, base, query)
    if site == "blogger" and parts.path == "/feeds/posts/default" and query.get("alt") == "json":
        return blogger_posts(stories, base, query)
    feeds = {"wordpress": "/feed/", "blogger": "/feeds/posts/default", "portal": "/rss/terkini.xml"}
    if parts.path == feeds.get(site):
        return rss(stories, base, name)
    if site == "br" and parts.path == "/sitemap-news.xml":
        return news_sitemap(stories, base, name)
    for story in stories:
        if parts.path == path_of(story):
            others = tuple(other for other in stories if other is not story)
            return Reply(render_page(story, others, base), modified=story.modified)
    if parts.path == "/":
        links = "".join(f'<li><a href="{path_of(story)}">{html.escape(story.title)}</a></li>' for story in stories)
        return Reply(f"<!DOCTYPE html><title>{name}</title><h1>{name}</h1><ul>{links}</ul>")
    return Reply("<!DOCTYPE html><title>404</title><h1>Halaman tidak ditemukan</h1>", status=404)
