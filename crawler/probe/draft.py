"""From what a probe found to a table for the registry, and to sentences that say what it rests on."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from crawler.indexes import story_forms
from crawler.outlets import Discovery, Outlet, State, Way
from crawler.pages.layouts import GENERIC, load_layouts
from crawler.probe.findings import FORBIDDEN, ArticleFound, Findings
from crawler.probe.regions import guess_regions
from crawler.zones import zone_of
from extract.regions.gazetteer import load_gazetteer
from extract.regions.names import NATION

DEFAULT_ZONE = "WIB"


@dataclass(frozen=True, slots=True)
class Draft:
    """The table that a probe proposes. `outlet` is None where no way of discovery was found."""

    outlet: Outlet | None
    zone_why: str
    regions_guessed: bool


def draft_outlet(findings: Findings, today: dt.date) -> Draft:
    """The table of a probed site: unverified, with what it rests on as its source."""
    regions = guess_regions(findings.name, findings.front)
    zone, zone_why = choose_zone(findings, regions)
    ways = tuple(choose_ways(findings))
    if not ways:
        return Draft(None, zone_why, bool(regions))
    domain = urlsplit(findings.front).netloc.rpartition("@")[2].casefold().removeprefix("www.")
    guess = "regions guessed by its name" if regions else "its regions are not known yet"
    made = f", {findings.system.platform.name}" if findings.system else ""
    outlet = Outlet(
        domain=domain,
        name=findings.name or domain,
        regions=regions or (NATION,),
        ways=ways,
        zone=zone,
        state=State.UNVERIFIED,
        source=f"probed on {today}{made}; zone {zone_why}; {guess}",
        layout=choose_layout(findings),
    )
    return Draft(outlet, zone_why, bool(regions))


def choose_ways(findings: Findings) -> Iterator[Discovery]:
    """The ways in that are worth having: of each kind the first that brings articles.

    A search brings the past as well, so beside it no index and no old sitemap is asked.
    """
    news = [found for found in findings.sitemaps if found.kind == "news"]
    feeds = [found for found in findings.feeds if not found.leads_home]
    yield from (Discovery(Way.SITEMAP, found.url) for found in news[:1])
    if findings.search is not None:
        # The newest posts are among what it finds.
        yield Discovery(Way(findings.search.way), findings.search.root)
        return
    yield from (Discovery(Way.FEED, found.url) for found in feeds[:1])
    yield from (Discovery(Way.INDEX, found.address) for found in findings.lists[:1])
    past = [found for kind in ("dated index", "index", "plain") for found in findings.sitemaps if found.kind == kind]
    yield from (Discovery(Way.PAST, found.url) for found in past[:1])


def choose_zone(findings: Findings, regions: tuple[str, ...]) -> tuple[str, str]:
    """The zone of the newsroom's times, and how it is known."""
    printed = Counter(found.printed_zone for found in findings.articles if found.printed_zone)
    if printed:
        (zone, _), *others = printed.most_common()
        also = f", beside {', '.join(name for name, _ in others)}" if others else ""
        return zone, f"printed on its pages{also}"
    if findings.zone_set:
        return findings.zone_set, "of its system's clock"
    if findings.zone_of_feed and findings.zone_of_feed != DEFAULT_ZONE:
        return findings.zone_of_feed, "of its feed's times"
    zones = {zone_of(code) for code in regions}
    guessed = zones.pop() if len(zones) == 1 else None
    if guessed is not None:
        return guessed, "of the regions guessed"
    if findings.zone_of_feed:
        return findings.zone_of_feed, "of its feed's times"
    return DEFAULT_ZONE, "taken for want of anything that tells"


def choose_layout(findings: Findings) -> str | None:
    """The family that read the samples; of a network whose samples could not be had, the family that it should be."""
    read = Counter(family(found.layout) for found in findings.articles if found.layout != GENERIC)
    if read:
        return read.most_common(1)[0][0]
    known = {layout.family for layout in load_layouts()}
    named = findings.network.platform.layout if findings.network else None
    if named is None and findings.system and not findings.articles:
        named = findings.system.platform.key
    return named if named in known and not findings.articles else None


def family(layout: str) -> str:
    """The family of a layout's name: "antara" of "antara-2015"."""
    return layout.partition("-")[0]


def describe(findings: Findings, draft: Draft) -> Iterator[str]:
    """What was found, in plain sentences."""
    for kind, sign in (("system", findings.system), ("network", findings.network)):
        if sign is not None:
            yield f"The {kind} is {sign.platform.name}: {sign.why}."
    if findings.system is None and findings.network is None:
        yield "The platform is unknown."
    yield from describe_ways(findings)
    for article in findings.articles:
        yield describe_article(article)
    if not findings.articles:
        yield "No article could be read to try the layouts on."
    if all(found.layout == GENERIC for found in findings.articles) and findings.articles:
        yield "No layout fits, so its pages will be read without one."
    outlet = draft.outlet
    if outlet is None:
        yield "No way of discovery was found, so there is no table to propose."
        return
    yield f"The time zone is {outlet.zone}: {draft.zone_why}."
    if draft.regions_guessed:
        regions = load_gazetteer().regions
        yield f"The regions are guessed by its name: {', '.join(regions[code].name for code in outlet.regions)}."
    else:
        yield 'Its name tells no region: the table says "0", the nation. Put in the codes that it serves.'
    if any(found.way is Way.INDEX for found in outlet.ways) and not story_forms(outlet):
        yield "Links to articles are told by their words; `article` can say what their paths look like."


def describe_ways(findings: Findings) -> Iterator[str]:
    """Search, feeds, sitemaps and lists."""
    search = findings.search
    if search is not None:
        heeded = {
            True: "and heeds what it is asked for",
            False: "but ignores what it is asked for, so all of it is read",
            None: "but could not be asked for a word",
        }[search.heeds_query]
        yield f"The search at {search.root} answers {heeded}."
    elif findings.search_problem:
        yield f"Its search cannot be used: {findings.search_problem}."
    for feed in findings.feeds:
        newest = f", the newest of {feed.newest}" if feed.newest else ""
        useless = "; all its links lead to front pages, so it is of no use" if feed.leads_home else ""
        yield f"The feed {feed.url} has {feed.entries} stories{newest}{useless}."
    if not findings.feeds and search is None:
        yield "No feed was found."
    for sitemap in findings.sitemaps:
        things = "sitemaps" if "index" in sitemap.kind else "addresses"
        yield f"The sitemap {sitemap.url} is {A_KIND[sitemap.kind]} of {sitemap.size} {things}."
    for found in findings.lists:
        yield f"The list {found.address} links to {found.stories} stories."
    refused = [asked.url for asked in findings.asked if asked.problem == FORBIDDEN]
    if refused:
        yield f"Its robots.txt asks to leave alone: {', '.join(refused)}."


A_KIND = {
    "news": "a news sitemap",
    "plain": "a plain sitemap",
    "dated index": "an index by days",
    "index": "an index",
    "empty": "an empty sitemap",
}


def describe_article(article: ArticleFound) -> str:
    """What was read off a sample."""
    how = "without a layout" if article.layout == GENERIC else f"by the layout {article.layout}"
    when = "no date"
    if isinstance(article.published, dt.datetime):
        when = f"{article.published:%Y-%m-%d %H:%M %z}"
    elif article.published is not None:
        when = f"{article.published}, without a time"
    zone = f" ({article.printed_zone} printed)" if article.printed_zone else ""
    who = ", ".join(article.authors) or "no reporter"
    lost = f"; not found where the layout says: {', '.join(article.drift)}" if article.drift else ""
    body = f"{article.length} characters"
    return f"{article.url} reads {how}: {article.title or 'no title'!r}, {when}{zone}, {who}, {body}{lost}."


def findings_record(findings: Findings, draft: Draft) -> dict[str, Any]:
    """Everything found, ready for `json.dumps`."""

    def sign(name: str) -> dict[str, Any] | None:
        found = getattr(findings, name)
        return {"key": found.platform.key, "name": found.platform.name, "why": found.why} if found else None

    return {
        "front": findings.front,
        "name": findings.name,
        "system": sign("system"),
        "network": sign("network"),
        "search": dataclasses.asdict(findings.search) if findings.search else None,
        "search_problem": findings.search_problem,
        "feeds": [dataclasses.asdict(feed) | {"newest": text(feed.newest)} for feed in findings.feeds],
        "sitemaps": [dataclasses.asdict(sitemap) for sitemap in findings.sitemaps],
        "lists": [dataclasses.asdict(found) for found in findings.lists],
        "articles": [
            dataclasses.asdict(article) | {"published": text(article.published)} for article in findings.articles
        ],
        "zone": draft.outlet.zone if draft.outlet else None,
        "zone_why": draft.zone_why,
        "regions_guessed": list(draft.outlet.regions) if draft.outlet and draft.regions_guessed else [],
        "asked": [dataclasses.asdict(asked) for asked in findings.asked],
    }


def text(moment: dt.date | dt.datetime | None) -> str | None:
    """A day or time in ISO form."""
    return moment.isoformat() if moment is not None else None
