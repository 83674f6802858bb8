"""Strategies: any text at all, and texts of the project's own words, each a short recipe that shrinks well."""

from __future__ import annotations

import gzip
import json

from hypothesis import strategies as st

from . import words

P = words.PIECES
ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
"""Any code points whatever, lone surrogates and null among them."""
BYTES = st.binary(max_size=120)


def one(*found):
    """One of many; `sampled_from` would print them all where a test fails."""
    return st.integers(0, len(found) - 1).map(lambda at: found[at])


def joined(piece, most, between=""):
    return st.lists(piece, max_size=most).map(between.join)


def encoded(text):
    return text.encode("utf-8", "surrogatepass")


# -- text

PIECE = st.one_of(*(one(*kind) for kind in words.kinds()), ANY)
PHRASE = joined(PIECE, 24, " ")
REPEATED = st.builds(lambda text, times: (text * times)[:6000], joined(PIECE, 3, " "), st.integers(2, 300))
TEXT = st.one_of(PHRASE, PHRASE, joined(PIECE, 24), REPEATED, ANY)
FIGURE = st.one_of(
    one(*words.slips()),
    joined(one(*words.NUMBERS, ".", ",", " ", "l", "O", "Rp", " juta", " ribu", " jiwa", "%"), 8),
    st.integers(0, 10**18).map(str),
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
    TEXT,
)
IN_DATES = "6 31 Mei Februari Selasa 2025 / - , ( lalu WIB 25.61 awal semester II".split()  # noqa: SIM905
DATE = st.one_of(one(*P["stamps"]), st.dates().map(str), joined(one(*P["stamps"], *IN_DATES, " ", " "), 6), TEXT)
PUBLISHED = st.one_of(st.none(), st.dates(), st.datetimes(timezones=st.timezones()))

# -- pages, feeds and sitemaps


def nested(tags, attributes, leaf):
    """Markup that nests, closes what it never opened, and leaves open what it began."""
    tag, extra = one(*tags), one(*attributes)
    whole = st.builds(lambda name, more, inside: f"<{name}{more}>{inside}</{name}>", tag, extra, leaf)
    deep = st.builds(lambda name, times, inside: f"<{name}>" * times + inside, tag, st.integers(1, 400), leaf)
    opened, closed = st.builds("<{}{}>".format, tag, extra), tag.map("</{}>".format)
    return joined(st.one_of(whole, whole, opened, closed, leaf, one(*P["broken_markup"]), deep), 14)


LEAF = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXT, one(*P["stamps"], *words.ADDRESSES))
KEY = one(*P["json_keys"])
JSON = st.recursive(
    LEAF,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEY, inner, max_size=5)),
    max_leaves=12,
)
PARAGRAPH = st.one_of(PHRASE, DATE, one(*words.sentences()), JSON.map(json.dumps))
PAGE = nested(P["tags"], P["attributes"], PARAGRAPH)
CODINGS = one("utf-8", "cp1252", "utf-16", "utf-7")
PAGE_BYTES = st.one_of(
    st.builds(lambda page, coding: page.encode(coding, "replace"), PAGE, CODINGS), PAGE.map(encoded), BYTES
)
ADDRESS = st.one_of(one(*words.ADDRESSES), TEXT, joined(one(*words.ADDRESSES, *P["address_parts"]), 6))
XML = st.builds(
    lambda head, kind, inside: encoded(f"{head}<{kind}>{inside}</{kind}>"),
    one(*P["xml_heads"]),
    one(*P["xml_roots"]),
    nested(P["xml_tags"], P["xml_attributes"], st.one_of(one(*P["stamps"], *words.ADDRESSES), PHRASE)),
)
LISTING = st.one_of(XML, XML.map(gzip.compress), XML.map(lambda body: gzip.compress(body)[:-9]), BYTES)
POSTS = st.lists(st.dictionaries(KEY, JSON, max_size=6), max_size=4)
TOTAL = st.dictionaries(st.just("$t"), st.one_of(JSON, one(*words.ODD, *words.NUMBERS)), min_size=1)
BLOGGER = st.fixed_dictionaries({"feed": st.fixed_dictionaries({"openSearch$totalResults": TOTAL, "entry": POSTS})})
INTERFACE = st.one_of(st.one_of(JSON, POSTS, BLOGGER).map(json.dumps).map(encoded), BYTES)
RULES = st.one_of(joined(st.one_of(one(*words.ROBOTS), PHRASE), 14, "\n").map(encoded), BYTES)

# -- registries

QUOTED = st.one_of(TEXT, one(*P["registry_texts"])).map(json.dumps)
LISTED = st.lists(QUOTED, max_size=3).map(lambda listed: f"[{', '.join(listed)}]")
VALUE = st.one_of(QUOTED, LISTED, one(*P["registry_values"], "[" * 500, "9" * 5000))
DOMAIN = st.one_of(one(*P["domains"]), ANY).map(json.dumps)
KEYS = st.dictionaries(one(*P["registry_keys"]), VALUE, max_size=8)
GOOD = {
    "name": '"Kabar"', "regions": '["0"]', "zone": '"WIB"', "state": '"unverified"', "source": '"made"',
    "feed": '["https://kabar.example/feed"]',
}  # fmt: skip


def table(domain, keys, rest=""):
    return "\n".join([f"[{domain}]", *(f"{key} = {value}" for key, value in keys.items()), rest])


ALMOST_GOOD = st.dictionaries(one(*P["registry_keys"]), VALUE, min_size=1, max_size=2).map(
    lambda keys: table('"kabar.example"', GOOD | keys)
)
REGISTRY = st.one_of(st.builds(table, DOMAIN, KEYS, st.one_of(st.just(""), PHRASE)), ALMOST_GOOD, ALMOST_GOOD, TEXT)

# -- archives

BODY = st.one_of(BYTES, LISTING, one(b"5\r\nabcde\r\n0\r\n\r\n", b"ffffffff\r\n", b"<html>"))
HTTP = st.builds(
    lambda status, headers, body: "\r\n".join([status, *headers, "", ""]).encode() + body,
    one(*P["statuses"]),
    st.lists(one(*P["headers"]), max_size=4),
    BODY,
)
HEAD = "WARC/{}\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n"
RECORD = st.builds(
    lambda version, length, block: HEAD.format(version, length).encode() + block + b"\r\n\r\n",
    one(*P["warc_versions"]),
    one(*P["lengths"]),
    st.one_of(HTTP, BYTES),
)
ZIPPED = RECORD.map(gzip.compress)
ARCHIVE = st.one_of(
    st.lists(st.one_of(RECORD, ZIPPED, ZIPPED.map(lambda body: body[:-5])), max_size=4).map(b"".join), BYTES
)
