"""One article, one address: the many spellings under which sites, feeds and share buttons link the same page."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

TRACKING_PREFIXES = ("utm_", "_ga", "mc_")
TRACKING = frozenset({"fbclid", "gclid", "dclid", "msclkid", "igshid", "twclid", "yclid", "ref_src", "spm"})
# Views of the same article: Blogger's mobile page, all pages of a split article on one.
VIEWS = frozenset({("m", "0"), ("m", "1"), ("page", "all"), ("page", "1"), ("amp", ""), ("amp", "1")})


def canonical_url(url: str) -> str:
    """Give the one spelling under which an address is known, for comparing and not for fetching.

    `http` and `https`, with and without `www.`, a slash at the end, fragments, tracking parameters, the order of
    parameters and escapes do not tell two articles apart. An address that cannot be taken apart comes back stripped.

    >>> canonical_url("http://www.kabar.id/jkn/?utm_source=wa#komentar")
    'https://kabar.id/jkn'
    """
    url = url.strip()
    try:
        parts = urlsplit(canonicalize_url(url))
        host = (parts.hostname or "").removeprefix("www.")
        port = "" if parts.port in {None, 80, 443} else f":{parts.port}"
    except ValueError:  # such as an unclosed bracket in the host
        return url
    if parts.scheme not in {"http", "https"} or not host:
        return url
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _is_noise(*pair)]
    return urlunsplit(("https", host + port, parts.path.rstrip("/"), urlencode(query), ""))


def article_id(url: str) -> str:
    """Give the stable ID of the article at this address: 16 hexadecimal digits, the same for every spelling."""
    return short_hash(canonical_url(url))


def short_hash(*parts: str) -> str:
    """Give 16 hexadecimal digits for a sequence of strings: among a million, two meet with odds of 1 in 37 million."""
    packed = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(packed).hexdigest()[:16]


def _is_noise(name: str, value: str) -> bool:
    return name in TRACKING or name.startswith(TRACKING_PREFIXES) or (name, value) in VIEWS
