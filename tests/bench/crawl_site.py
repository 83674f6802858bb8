"""A site of many articles on loopback to time a crawl on; `crawl_site.py PAGES KILOBYTES` prints its address."""

from __future__ import annotations

import datetime as dt
import html
import random
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from inputs import iter_articles

from crawler.demo.themes import MONTHS

PUBLISHED = dt.datetime.now(dt.timezone(dt.timedelta(hours=7))).replace(microsecond=0) - dt.timedelta(days=1)
DAY = f"{PUBLISHED.day} {MONTHS[PUBLISHED.month - 1]} {PUBLISHED.year}"
PAGE = """<!DOCTYPE html><html lang="id"><head><title>{title} - Bench</title>
<meta property="article:published_time" content="{published}"><link rel="canonical" href="{url}">{scripts}</head><body>
<nav><ul>{menus}</ul></nav><main><article><h1 class="entry-title">{title}</h1>
<time class="entry-date published" datetime="{published}">{day}</time><span class="author vcard">Rina Lestari</span>
<div class="entry-content">{body}</div></article></main><aside>{aside}</aside></body></html>"""
SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>"""


def main() -> None:
    pages, kilobytes = int(sys.argv[1]), int(sys.argv[2])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    host = f"127.0.0.1:{server.server_port}"
    Handler.answers = dict(answers(host, pages, kilobytes * 1024))
    print(host, flush=True)
    server.serve_forever()


def answers(host: str, pages: int, size: int):
    """Every address of the site with its type and body."""
    paths = [f"/2025/05/06/berita-{number}/" for number in range(pages)]
    for path, text in zip(paths, iter_articles(pages), strict=True):
        yield path, ("text/html; charset=utf-8", page(f"http://{host}{path}", text, size))
    urls = "".join(
        f"<url><loc>http://{host}{path}</loc><lastmod>{PUBLISHED.isoformat()}</lastmod></url>" for path in paths
    )
    yield "/sitemap-news.xml", ("application/xml", SITEMAP.format(urls=urls).encode())
    yield "/robots.txt", ("text/plain", b"User-agent: *\nDisallow: /wp-admin/\n")


def page(url: str, text: str, size: int) -> bytes:
    """An article's page with menus, boxes and scripts around it, as large as asked for."""
    chance = random.Random(url)
    title, *paragraphs = text.split("\n")
    around = max(0, size - len(text))
    links = [
        f'<li class="menu-item m{n}"><a href="/kanal/{n}/{chance.getrandbits(40):x}">Kanal {n}</a></li>'
        for n in range(around // 3 // 70)
    ]
    boxes = [
        f'<div class="box"><a href="/berita/{chance.getrandbits(40):x}"><img src="/foto/{n}.jpg" alt="">'
        f"<h3>Kabar lain {n}</h3></a></div>"
        for n in range(around // 3 // 110)
    ]
    script = (
        "<script>" + "".join(f'w["{n}"]="{chance.getrandbits(64):x}";' for n in range(around // 3 // 26)) + "</script>"
    )
    body = "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs if paragraph.strip())
    return PAGE.format(
        title=html.escape(title),
        day=DAY,
        published=PUBLISHED.isoformat(),
        url=url,
        scripts=script,
        menus="".join(links),
        body=body,
        aside="".join(boxes),
    ).encode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    answers: dict[str, tuple[str, bytes]]

    def do_GET(self) -> None:
        kind, body = self.answers.get(self.path, ("text/html", b""))
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    main()
