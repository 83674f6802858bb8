"""The four looks of the demo, each with the furniture that real sites of its kind put around and into an article."""

from __future__ import annotations

import datetime as dt
import functools
import html
import json
import zlib
from pathlib import Path
from string import Template

from crawler.demo.stories import Story
from crawler.zones import ZONES

TEMPLATES = Path(__file__).with_name("templates")
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip


def number_of(story: Story) -> int:
    """A number such as content systems give a post; the same on every run."""
    return 10_000 + zlib.crc32(story.id.encode()) % 900_000


def path_of(story: Story) -> str:
    """The address of the article on its site, in the way such sites make them."""
    if story.site == "wordpress":
        return f"/{story.published:%Y/%m/%d}/{story.id}/"
    if story.site == "blogger":
        return f"/{story.published:%Y/%m}/{story.id}.html"
    if story.site == "portal":
        return f"/berita/{number_of(story)}/{story.id}"
    return f"/read/{number_of(story)}/713/{story.id}-{int(story.published.timestamp())}"


def render_page(story: Story, others: tuple[Story, ...], base: str) -> str:
    """The article's page; `others` are the site's other articles, for its sidebars."""
    zone = next((name for name, zone in ZONES.items() if zone.utcoffset(None) == story.published.utcoffset()), "WIB")
    links = [f'<a href="{path_of(other)}">{html.escape(other.title)}</a>' for other in others[:4]]
    date = f"{story.published.day} {MONTHS[story.published.month - 1]} {story.published.year}"
    return template(story.site).substitute(
        title=html.escape(story.title),
        title_json=json.dumps(story.title).replace("<", "\\u003c"),
        url=base + path_of(story),
        number=number_of(story),
        body=render_body(story, links),
        author=html.escape(" dan ".join(story.authors)),
        editor=html.escape(" dan ".join(story.editors)),
        date_short=date,
        date_long=f"{DAYS[story.published.weekday()]}, {date}",
        clock=f"{story.published:%H:%M}",
        zone=zone,
        published_iso=story.published.isoformat(),
        published_utc=story.published.astimezone(dt.UTC).isoformat(),
        modified_utc=story.modified.astimezone(dt.UTC).isoformat(),
        # Many portals write the local clock and call it Greenwich's.
        wall_clock_z=f"{story.published:%Y-%m-%dT%H:%M:%S}Z",
        popular="".join(
            f"<li>{link} <small>{3 + place}.{place}12 kali dibaca</small></li>" for place, link in enumerate(links)
        ),
        neighbours=" | ".join(links[:2]),
    )


@functools.cache
def template(site: str) -> Template:
    return Template((TEMPLATES / f"{site}.html").read_text(encoding="utf-8"))


def render_body(story: Story, links: list[str]) -> str:
    """The paragraphs with what stands between them."""
    paragraphs = [html.escape(paragraph, quote=False) for paragraph in story.body]
    elsewhere = links[0] if links else "Indeks berita"
    if story.site == "wordpress":
        lines = [f"<p>{paragraph}</p>" for paragraph in paragraphs]
        lines.insert(min(2, len(lines)), f"<p><strong>Baca juga: {elsewhere}</strong></p>")
        lines.insert(min(5, len(lines)), '<div class="code-block code-block-2">ADVERTISEMENT</div>')
        return "\n".join(lines)
    if story.site == "blogger":
        lines = [f"<div>{paragraph}</div><div><br /></div>" for paragraph in paragraphs]
        lines.insert(min(3, len(lines)), f"<b>Baca Juga : {elsewhere}</b><br />")
        return "\n".join(lines)
    if story.site == "portal":
        lines = [f"<p>{paragraph}</p>" for paragraph in paragraphs[:-1]]
        lines.insert(min(2, len(lines)), f'<span class="baca-juga"><b>Baca juga: {elsewhere}</b></span>')
        # The agency's content system leaves no space between the last sentence, the names and the copyright.
        foot = (
            f'<span class="text-muted">Pewarta: {html.escape(" dan ".join(story.authors))}</span>'
            f"<span>Editor: {html.escape(' dan '.join(story.editors))}</span> Copyright © CAKRA {story.published.year}"
        )
        return "\n".join([*lines, f"<p>{paragraphs[-1] if paragraphs else ''}{foot}</p>"])
    lines = list(paragraphs)
    lines.insert(min(2, len(lines)), f"Baca Juga: {elsewhere}")
    return "<br><br>\n".join(lines)
