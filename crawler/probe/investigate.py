"""The questions that a probe asks a site, one after the other, each with what the earlier answers told.

Nothing is asked here: `steps` is a generator that gives addresses and is sent answers, whoever fetches them.
"""

from __future__ import annotations

import datetime as dt
import urllib.parse
from collections.abc import Generator, Iterable
from typing import Any

from crawler.listings import Entry, parse_blogger, parse_feed, parse_json, parse_sitemap, parse_wordpress
from crawler.manners.networks import same_network
from crawler.outlets import Discovery, Way
from crawler.probe.findings import ArticleFound, Asked, FeedFound, Findings, ListFound, SearchFound, SitemapFound
from crawler.probe.sample import read_sample
from crawler.probe.signs import (
    Answer,
    feeds_named,
    find_network,
    find_system,
    lead_home,
    lists_named,
    paged_address,
    printed_zone,
    site_name,
    sitemap_kind,
    sitemaps_named,
    stories_on,
    zone_of_offsets,
)
from crawler.spiders.search import NONSENSE
from crawler.urls import canonical_url, is_front_page
from crawler.zones import ZONES

MOST_REQUESTS = 20
SAMPLES = 2
MOST_FEEDS, MOST_SITEMAPS, MOST_LISTS = 3, 5, 3
ENOUGH_STORIES = 5
"""A page that links to fewer is no list of the news."""
SHORTEST_ARTICLE = 300
"""In characters; less is a page about something."""
GUESSED_FEEDS = ("/feed/", "/rss", "/rss/terkini.xml")
GUESSED_SITEMAPS = ("/sitemap-news.xml", "/news-sitemap.xml", "/sitemap.xml", "/wp-sitemap.xml")

Steps = Generator[str, Answer, None]
Step = Generator[str, Answer, Answer]


class Investigation:
    """One probe. Send answers to `steps()` until it ends; `findings` stand at any time for what is known so far."""

    def __init__(self, url: str, today: dt.date) -> None:
        self.url = url
        self.today = today
        self.findings = Findings(front=url)
        self.answers: dict[str, Answer] = {}

    def steps(self) -> Steps:
        """Every address to ask, in order; ends early where the front page cannot be had."""
        first = yield from self.ask(self.url)
        front = first
        if not is_front_page(first.url) or first.problem:
            front = yield from self.ask(self.at("/"))
            if front.problem:
                # A site below a folder, such as a blog of a newspaper's.
                front = first
        if front.problem:
            return
        self.findings.front = front.url
        # Asked for, "/" and the page itself may lie on different hosts.
        self.findings.name = site_name(front)
        self.learn(front)
        self.learn(first)
        robots = yield from self.ask(self.at("/robots.txt"))
        if first is not front and not first.problem:
            self.findings.announced.append(Entry(first.url))
        yield from self.interface()
        yield from self.feeds(front)
        self.findings.announced += stories_on(front)
        yield from self.interface()
        yield from self.sitemaps(robots)
        yield from self.articles()
        # A bare front page and no feed: only its articles tell what made them.
        yield from self.interface()
        yield from self.lists(front)

    def learn(self, answer: Answer) -> None:
        """What made the site and whose it is, where this answer is the first to tell."""
        if not answer.problem:
            self.findings.network = self.findings.network or find_network(answer)
            self.findings.system = self.findings.system or find_system(answer)

    def ask(self, url: str) -> Step:
        """The answer to one address; the one given before where it was asked already, none where enough was asked."""
        key = urllib.parse.urldefrag(url)[0]
        if key in self.answers:
            return self.answers[key]
        if len(self.findings.asked) >= MOST_REQUESTS:
            return Answer(url, url, problem="not asked, enough was")
        answer = yield url
        self.answers[key] = answer
        self.findings.asked.append(Asked(url, answer.status, answer.problem))
        return answer

    def at(self, path: str) -> str:
        """The address of a path on the site's host."""
        return urllib.parse.urljoin(self.findings.front, path)

    def interface(self) -> Steps:
        """WordPress' and Blogger's interfaces: whether they answer, and whether their search heeds what it is asked."""
        system = self.findings.system
        if system is None or self.findings.search is not None or self.findings.search_problem is not None:
            return
        root = system.root or self.at("/")
        if system.platform.key == "wordpress":
            settings = yield from self.ask(f"{root}wp-json/?_fields=name,gmt_offset,timezone_string")
            self.read_settings(settings)
            api = f"{root}wp-json/wp/v2/posts?_fields=link,date,date_gmt,title"
            yield from self.search(Way.WORDPRESS, root, f"{api}&per_page=5", f"{api}&per_page=1&search={NONSENSE}")
        elif system.platform.key == "blogger":
            api = f"{root}feeds/posts/default?alt=json"
            yield from self.search(Way.BLOGGER, root, f"{api}&max-results=5", f"{api}&max-results=1&q={NONSENSE}")

    def search(self, way: Way, root: str, all_url: str, nonsense_url: str) -> Steps:
        """Ask for the newest posts, then for those that hold a word that nobody writes."""
        answer = yield from self.ask(all_url)
        posts = posts_of(way, answer)
        if posts is None:
            self.findings.search_problem = answer.problem or "answers with something else than posts"
            return
        self.findings.announced += posts
        # Both tell the clock that the site is set to.
        self.findings.zone_set = self.findings.zone_set or zone_of_offsets([post.published for post in posts])
        answer = yield from self.ask(nonsense_url)
        found = posts_of(way, answer)
        heeds = None if found is None else not found
        self.findings.search = SearchFound(way.value, root, len(posts), heeds)

    def read_settings(self, answer: Answer) -> None:
        """The name and clock of WordPress' settings, where they are told."""
        settings = parse_json(answer.body) if not answer.problem else None
        if not isinstance(settings, dict):
            return
        name = settings.get("name")
        self.findings.name = self.findings.name or (name if isinstance(name, str) and name else None)
        self.findings.zone_set = zone_of_settings(settings)

    def feeds(self, front: Answer) -> Steps:
        """The feeds that the site names, its network has, or many sites have, until one can be read."""
        if self.findings.search is not None and self.findings.search.way == Way.BLOGGER:
            return  # the same posts, as JSON
        system, network = self.findings.system, self.findings.network
        guesses = [] if network or system else list(GUESSED_FEEDS)
        if system and system.platform.key == "wordpress":
            guesses.append("/feed/")
        urls = [*(network.platform.feeds if network else ()), *guesses]
        for url in list(dict.fromkeys([*feeds_named(front), *map(self.at, urls)]))[:MOST_FEEDS]:
            answer = yield from self.ask(url)
            self.learn(answer)
            entries = parse_feed(answer.body, answer.url) if not answer.problem else None
            if not entries:
                continue
            days = [day for entry in entries if (day := entry.newest())]
            useless = lead_home(entries)
            self.findings.feeds.append(FeedFound(url, len(entries), max(days, default=None), useless))
            self.findings.zone_of_feed = zone_of_offsets([entry.published for entry in entries])
            if not useless:
                self.findings.announced += entries
                return

    def articles(self) -> Steps:
        """A few of the stories met so far, read as the crawler would read them."""
        for url in sample(self.findings.announced, self.findings.front):
            if len(self.findings.articles) == SAMPLES:
                return
            answer = yield from self.ask(url)
            if answer.problem:
                continue
            self.learn(answer)
            reading = read_sample(answer)
            article = reading.article
            if len(article.text) < SHORTEST_ARTICLE:
                continue
            self.findings.articles.append(
                ArticleFound(
                    url=answer.url,
                    layout=article.layout or "generic",
                    title=article.title,
                    published=article.published,
                    printed_zone=printed_zone(answer),
                    authors=article.authors,
                    length=len(article.text),
                    drift=reading.drift,
                )
            )

    def sitemaps(self, robots: Answer) -> Steps:
        """The sitemaps that robots.txt names or many sites have, and a news sitemap that lies below one of them."""
        text = robots.body.decode("utf-8", "replace") if not robots.problem else ""
        named = sitemaps_named(text, self.findings.front)
        # A search that answers makes guesses needless.
        guesses = GUESSED_SITEMAPS if self.findings.search is None else ()
        waiting = [*named, *map(self.at, guesses)]
        asked: set[str] = set()
        while waiting and len(asked) < MOST_SITEMAPS:
            url = waiting.pop(0)
            kinds = {found.kind for found in self.findings.sitemaps}
            # What the site itself names is asked for in any case; guesses only until there is news.
            if url in asked or (url not in named and ("news" in kinds or (kinds and "news" not in url))):
                continue
            asked.add(url)
            answer = yield from self.ask(url)
            sitemap = parse_sitemap(answer.body, answer.url) if not answer.problem else None
            if sitemap is None:
                continue
            kind = sitemap_kind(sitemap)
            self.learn(answer)
            self.findings.announced += sitemap.entries[-SAMPLES:] if kind == "plain" else sitemap.entries[:SAMPLES]
            self.findings.sitemaps.append(SitemapFound(url, kind, len(sitemap.below) or len(sitemap.entries)))
            below = [address for address, _ in sitemap.below if "news" in urllib.parse.urlsplit(address).path]
            named += below[:1]
            waiting[:0] = below[:1]

    def lists(self, front: Answer) -> Steps:
        """Pages of headlines, where there is no search: the network's, those the site names, or its front page."""
        if self.findings.search is not None:
            return
        network = self.findings.network
        for template in network.platform.index if network else ():
            address = self.at("/") + template.removeprefix("/")
            answer = yield from self.ask(Discovery(Way.INDEX, address).address(1, self.today))
            if self.keep_list(address, answer):
                return
        for url in lists_named(front)[:MOST_LISTS]:
            answer = yield from self.ask(url)
            if self.keep_list(paged_address(answer) if not answer.problem else None, answer, url):
                return
        self.keep_list(None, front, self.findings.front)

    def keep_list(self, address: str | None, answer: Answer, url: str = "") -> bool:
        """Note a page of headlines if it is one."""
        stories = stories_on(answer) if not answer.problem else []
        if len(stories) >= ENOUGH_STORIES:
            self.findings.lists.append(ListFound(address or url, len(stories)))
        return len(stories) >= ENOUGH_STORIES


def posts_of(way: Way, answer: Answer) -> list[Entry] | None:
    """The posts that an interface lists; None where it is none."""
    if answer.problem:
        return None
    if way is Way.WORDPRESS:
        return parse_wordpress(answer.body, answer.url)
    posts = parse_blogger(answer.body, answer.url)
    return None if posts is None else posts[0]


def zone_of_settings(settings: dict[str, Any]) -> str | None:
    """The zone that WordPress is set to; None where it is none of Indonesia's: many sites were never set."""
    named = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
    told = named.get(str(settings.get("timezone_string")))
    offset = settings.get("gmt_offset")
    if told or isinstance(offset, bool) or not isinstance(offset, int | float | str):
        return told
    hours = {str(zone.utcoffset(None)): name for name, zone in ZONES.items()}
    try:
        return hours.get(str(dt.timedelta(hours=float(offset))))
    except (ValueError, OverflowError):
        return None


def sample(entries: Iterable[Entry], front: str) -> list[str]:
    """The addresses of stories on the site's own network, each once."""
    found: dict[str, str] = {}
    for entry in entries:
        if same_network(entry.url, front) and not is_front_page(entry.url):
            found.setdefault(canonical_url(entry.url), entry.url)
    return list(found.values())
