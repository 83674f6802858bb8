"""How each demo site announces its articles, in the very shapes that real ones use."""

from __future__ import annotations

import datetime as dt
import email.utils
import html
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from crawler.demo.stories import Story
from crawler.demo.themes import number_of, path_of, render_body

GREENWICH = "%Y-%m-%dT%H:%M:%S"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answers: a body, its type, and the day that conditional requests are measured by."""

    body: str
    content_type: str = "text/html; charset=UTF-8"
    modified: dt.datetime | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def newest(stories: tuple[Story, ...]) -> dt.datetime | None:
    return max((story.modified for story in stories), default=None)


def is_match(story: Story, words: str) -> bool:
    """Whether the article holds all these words, as the searches of WordPress and Blogger have it."""
    text = " ".join([story.title, *story.body]).casefold()
    return all(word in text for word in words.casefold().split())


def wordpress_posts(stories: tuple[Story, ...], base: str, query: Mapping[str, str]) -> Reply:
    """wp-json/wp/v2/posts with search, after, before, modified_after, page and per_page."""
    page, per_page = whole_number(query.get("page"), 1), min(100, whole_number(query.get("per_page"), 10))
    found = [story for story in stories if is_match(story, query.get("search", ""))]
    for name, stamp in (("after", "published"), ("modified_after", "modified")):
        if name in query:
            found = [story for story in found if wall_clock(getattr(story, stamp)) > query[name]]
    if "before" in query:
        found = [story for story in found if wall_clock(story.published) < query["before"]]
    pages = -(-len(found) // per_page)
    if page > max(1, pages):
        error = {
            "code": "rest_post_invalid_page_number",
            "message": "Nomor halaman lebih besar.",
            "data": {"status": 400},
        }
        return Reply(json.dumps(error), "application/json; charset=UTF-8", status=400)
    posts = [
        {
            "id": number_of(story),
            "link": base + path_of(story),
            "date": wall_clock(story.published),
            "date_gmt": f"{story.published.astimezone(dt.UTC):{GREENWICH}}",
            "modified_gmt": f"{story.modified.astimezone(dt.UTC):{GREENWICH}}",
            "title": {"rendered": html.escape(story.title)},
            "excerpt": {"rendered": f"<p>{teaser(story)} [&hellip;]</p>"},
            "content": {"rendered": render_body(story, [])},
        }
        for story in found[(page - 1) * per_page : page * per_page]
    ]
    counts = {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(pages)}
    return Reply(json.dumps(posts), "application/json; charset=UTF-8", headers=counts)


def wall_clock(moment: dt.datetime) -> str:
    return f"{moment:{GREENWICH}}"


def whole_number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and int(text) else default


def blogger_posts(stories: tuple[Story, ...], base: str, query: Mapping[str, str]) -> Reply:
    """feeds/posts/default?alt=json with q, updated-min, published-max, start-index and max-results."""
    start, most = whole_number(query.get("start-index"), 1), whole_number(query.get("max-results"), 25)
    found = [story for story in stories if is_match(story, query.get("q", ""))]
    if "updated-min" in query:
        found = [story for story in found if story.modified >= dt.datetime.fromisoformat(query["updated-min"])]
    if "published-max" in query:
        found = [story for story in found if story.published < dt.datetime.fromisoformat(query["published-max"])]
    entries = [
        {
            "id": {"$t": f"tag:blogger.com,1999:blog-1.post-{number_of(story)}"},
            "published": {"$t": story.published.isoformat(timespec="milliseconds")},
            "updated": {"$t": story.modified.isoformat(timespec="milliseconds")},
            "title": {"type": "text", "$t": story.title},
            "content": {"type": "html", "$t": render_body(story, [])},
            "link": [{"rel": "alternate", "type": "text/html", "href": base + path_of(story), "title": story.title}],
            "author": [{"name": {"$t": ", ".join(story.authors)}}],
        }
        for story in found[start - 1 : start - 1 + most]
    ]
    feed = {
        "openSearch$totalResults": {"$t": str(len(found))},
        "openSearch$startIndex": {"$t": str(start)},
        "entry": entries,
    }
    return Reply(json.dumps({"version": "1.0", "encoding": "UTF-8", "feed": feed}), "application/json; charset=UTF-8")


def rss(stories: tuple[Story, ...], base: str, name: str) -> Reply:
    """An RSS 2.0 feed of the newest articles, with teasers only."""
    items = "".join(
        f"<item><title>{html.escape(story.title)}</title><link>{base}{path_of(story)}</link>"
        f"<pubDate>{email.utils.format_datetime(story.published)}</pubDate>"
        f"<description><![CDATA[<img src='/foto.jpg'/>{teaser(story)} ...]]></description></item>\n"
        for story in stories
    )
    changed = newest(stories)
    built = f"<lastBuildDate>{email.utils.format_datetime(changed)}</lastBuildDate>" if changed else ""
    channel = f"<title>{name}</title><link>{base}/</link><language>id</language>{built}\n{items}"
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>{channel}</channel></rss>\n'
    return Reply(body, "application/rss+xml; charset=UTF-8", changed)


def news_sitemap(stories: tuple[Story, ...], base: str, name: str) -> Reply:
    """A news sitemap."""
    urls = "".join(
        f"<url><loc>{base}{path_of(story)}</loc><lastmod>{story.modified.isoformat()}</lastmod><news:news>"
        f"<news:publication><news:name>{name}</news:name><news:language>id</news:language></news:publication>"
        f"<news:publication_date>{story.published.isoformat()}</news:publication_date>"
        f"<news:title>{html.escape(story.title)}</news:title></news:news></url>\n"
        for story in stories
    )
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {spaces}>\n{urls}</urlset>\n'
    return Reply(body, "application/xml; charset=UTF-8", newest(stories))


def teaser(story: Story) -> str:
    return html.escape(story.body[0][:160], quote=False) if story.body else ""
