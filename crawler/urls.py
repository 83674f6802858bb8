"""One article, one address: the many spellings under which sites, feeds and share buttons link the same page."""

from __future__ import annotations

import functools
import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from crawler.manners.networks import network_of
from extract.models import Article

TRACKING_PREFIXES = ("utm_", "_ga", "mc_")
TRACKING = frozenset({"fbclid", "gclid", "dclid", "msclkid", "igshid", "twclid", "yclid", "ref_src", "spm"})
# Views of the same article: Blogger's mobile page, all pages of a split article on one (Kompas, SINDOnews), AMP.
VIEWS = frozenset(
    {("m", "0"), ("m", "1"), ("page", "all"), ("page", "1"), ("showpage", "all"), ("outputtype", "amp")}
    | {("amp", value) for value in ("", "1", "true")}
)
# m.kompas.com, amp.kompas.com, mobile.detik.com
TWIN_HOSTS = ("www.", "m.", "amp.", "mobile.", "wap.")
# detik and WordPress write AMP behind the path, Tribun and Okezone before it.
AMP_END = re.compile(r"(?:/amp/?|\.amp)$")
AMP_START = re.compile(r"^/amp(?=/)")
# The number of an article in its path; years are shorter, and a day in one piece (20250506) is none.
NUMBER = re.compile(r"(?<!\d)(?!20\d{6}(?!\d))\d{5,}(?!\d)")
REMEMBERED = 4096  # a page is asked for by its address a dozen times on its way to the store
FRONT_PAGES = frozenset({"", "/", "/index.html", "/index.php", "/home"})


@functools.lru_cache(maxsize=REMEMBERED)
def canonical_url(url: str) -> str:
    """Give the one spelling under which an address is known, for comparing and not for fetching.

    `http` and `https`, with and without `www.`, pages for telephones (m., ?m=1) and AMP, a slash at the end, fragments,
    tracking parameters, the order of parameters and escapes do not tell two articles apart. An address that cannot be
    taken apart comes back stripped.

    >>> canonical_url("http://www.kabar.id/jkn/?utm_source=wa#komentar")
    'https://kabar.id/jkn'
    """
    url = url.strip()
    try:
        parts = urlsplit(canonicalize_url(url))
        host = without_twin(parts.hostname or "")
        port = "" if parts.port in {None, 80, 443} else f":{parts.port}"
    except ValueError:  # such as an unclosed bracket in the host
        return url
    if parts.scheme not in {"http", "https"} or not host:
        return url
    path = AMP_START.sub("", AMP_END.sub("", parts.path)).rstrip("/")
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _is_noise(*pair)]
    return urlunsplit(("https", host + port, path, urlencode(query), ""))


def without_twin(host: str) -> str:
    """The host without the prefix by which a site names its other views: "m.kabar.id" is "kabar.id"."""
    for prefix in TWIN_HOSTS:
        rest = host.removeprefix(prefix)
        if rest != host and "." in rest:
            return rest
    return host


def article_address(fetched: str, named: str | None) -> str:
    """The address that an article goes by: the one that its page names, where that can be the same article's.

    `fetched` is where redirects led, `named` the page's rel=canonical. Many themes name the front page, another story
    or nothing (ANTARA 2015: empty, or the wrong slug), so it counts only on the same network of sites, and if it shares
    the last part of the path, or the article's number.
    """
    if not named or not named.strip():
        return fetched
    try:
        named = urljoin(fetched, named.strip())
        mine, other = urlsplit(canonical_url(fetched)), urlsplit(canonical_url(named))
        same_site = network_of(mine.netloc) == network_of(other.netloc)
    except ValueError:
        return fetched
    if other.scheme != "https" or not same_site or other.path in FRONT_PAGES:
        return fetched
    same_slug = mine.path.rpartition("/")[2] == other.path.rpartition("/")[2] and mine.query == other.query
    same_number = bool(set(NUMBER.findall(mine.path)) & set(NUMBER.findall(other.path)))
    return named if same_slug or same_number else fetched


def is_front_page(url: str) -> bool:
    """Whether it is a site's first page, to which many redirect what they no longer have."""
    parts = urlsplit(canonical_url(url))
    return parts.path in FRONT_PAGES and not parts.query


def article_id(url: str) -> str:
    """Give the stable ID of the article at this address: 16 hexadecimal digits, the same for every spelling."""
    return short_hash(canonical_url(url))


def key_of(article: Article) -> str:
    """Give the stable ID of an article: that of its address, or of its own `id` where it has none."""
    return article_id(article.url) if article.url else short_hash("id", article.id)


def short_hash(*parts: str) -> str:
    """Give 16 hexadecimal digits for a sequence of strings: among a million, two meet with odds of 1 in 37 million."""
    packed = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(packed).hexdigest()[:16]


def _is_noise(name: str, value: str) -> bool:
    return name in TRACKING or name.startswith(TRACKING_PREFIXES) or (name.casefold(), value.casefold()) in VIEWS
