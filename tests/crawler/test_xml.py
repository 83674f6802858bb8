"""Feeds and sitemaps whose XML reaches for files, for the network, or for all the memory there is."""

import gzip

import pytest

from crawler.listings import parse_feed, parse_sitemap

BASE = "https://kabar.example/list"
ITEMS = {
    "rss": "<rss><channel><item><link>https://kabar.example/a</link><title>JKN {0}</title>"
    '<description>{0}</description><enclosure url="{1}"/></item></channel></rss>',
    "atom": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="https://kabar.example/a"/>'
    '<link rel="enclosure" href="{1}"/><title>JKN {0}</title><content>{0}</content></entry></feed>',
    "sitemap": "<urlset><url><loc>https://kabar.example/a</loc><news><title>JKN {0}</title></news>"
    '<x y="{1}"/></url></urlset>',
}


def read(form, document):
    if form != "sitemap":
        return parse_feed(document.encode(), BASE)
    plain, packed = parse_sitemap(document.encode(), BASE), parse_sitemap(gzip.compress(document.encode()), BASE)
    assert plain == packed
    return None if plain is None else list(plain.entries)


def told(entries):
    return " ".join(
        str(part) for entry in entries or () for part in (entry.url, entry.title, entry.teaser, entry.content)
    )


@pytest.mark.parametrize("form", ITEMS)
def test_a_sound_one_is_read(form):
    assert [entry.url for entry in read(form, ITEMS[form].format("naik", "/b"))] == ["https://kabar.example/a"]


@pytest.mark.parametrize("form", ITEMS)
@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY x SYSTEM "file://{path}">',
        '<!ENTITY x SYSTEM "{path}">',
        '<!ENTITY x PUBLIC "x" "file://{path}">',
        '<!ENTITY % p SYSTEM "file://{path}"> %p;<!ENTITY x "y">',
        "<!ENTITY % p \"<!ENTITY x SYSTEM 'file://{path}'>\"> %p;",
    ],
)
def test_no_file_is_read(form, declared, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("RAHASIA")
    entries = read(form, f"<!DOCTYPE r [{declared.format(path=secret)}]>" + ITEMS[form].format("&x;", "/b"))
    assert "RAHASIA" not in told(entries)
    assert [entry.url for entry in entries] == ["https://kabar.example/a"]


@pytest.mark.parametrize("form", ITEMS)
@pytest.mark.parametrize("doctype", ['SYSTEM "http://{host}/r.dtd"', '[<!ENTITY x SYSTEM "http://{host}/x">]'])
def test_nothing_is_asked_for(form, doctype, serving):
    with serving(lambda path, headers: (200, {}, b"RAHASIA")) as (host, asked):
        entries = read(form, f"<!DOCTYPE r {doctype.format(host=host)}>" + ITEMS[form].format("&x;", "/b"))
    assert asked == []
    assert "RAHASIA" not in told(entries)


LAUGHS = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
LONG = '<!ENTITY a9 "' + "x" * 50_000 + '">'


@pytest.mark.parametrize("form", ITEMS)
@pytest.mark.parametrize(("declared", "text"), [(LAUGHS, "&a9;"), (LONG, "&a9;" * 50_000)])
def test_entities_do_not_multiply(form, declared, text):
    """A thousand million words, or 2,500 MB, if they were put in; in text and in attributes."""
    document = f"<!DOCTYPE r [{declared}]>" + ITEMS[form].format(text, text)
    assert len(told(read(form, document))) < len(document) + 200_000
