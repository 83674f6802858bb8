"""Fills a folder for the desk: the demo's database and archive, and what the demo lacks.

That is an article that would like to run scripts, and one that contradicts it and has a figure that cannot be settled.
Both go the way of any page: as records of an archive that is backfilled. The address of the hostile one is then changed
in the database, as if it came from somewhere else. In a process of its own, since a crawl can be started but once in
each.
"""

from __future__ import annotations

import datetime as dt
import gzip
import sys
from pathlib import Path

from corpus.backfill import BackfillSettings, backfill
from corpus.runs import RunSettings, run
from corpus.store import Store
from crawler.archive.sift import Sieve
from crawler.archive.write import Draft, record_bytes
from crawler.demo import demo_site
from crawler.outlets import parse_outlets
from crawler.settings import crawl_settings

ADDRESS = "https://jahat.id/peserta-jkn-maluku-tenggara/"
OUTLET = (
    '["jahat.id"]\nname = "<b onmouseover=alert(1)>Jahat</b>"\nregions = ["81"]\nfeed = ["https://jahat.id/feed"]\n'
    'zone = "WIT"\nstate = "unverified"\nsource = "test"\nlayout = "wordpress"\n'
)
# As an author would type it: the title and text hold markup that is meant to be read as such, escaped on the page.
TITLE = "Peserta JKN naik &lt;script&gt;alert('judul')&lt;/script&gt;"
TEXT = (
    "Bupati Maluku Tenggara &lt;img src=x onerror=alert('nama')&gt; mengatakan cakupan JKN di Maluku Tenggara mencapai "
    "97,89 persen per 1 Mei 2025 &lt;svg onload=alert('teks')&gt;&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;."
)
PAGE = f"""<html><head><title>{TITLE}</title><link rel="stylesheet" href="https://luar.id/a.css">
<script>alert('skrip')</script><script src="https://luar.id/a.js"></script></head>
<body onload="alert('muat')"><h1 class="entry-title">{TITLE}</h1><time class="entry-date">06/05/2025</time>
<div class="entry-content" style="background: url(https://luar.id/latar.png)"><p>{TEXT}</p>
<p>Sebanyak 126.000 jiwa warga Maluku Tenggara sudah terdaftar sebagai peserta JKN.</p>
<p><a href="javascript:alert('tautan')">tautan</a> <img src="https://luar.id/g.png" onerror="alert('gambar')">
<iframe src="https://luar.id/"></iframe>
<form action="https://luar.id/"><input name="sandi"><button>Kirim</button></form>
</p></div></body></html>"""

OTHER_ADDRESS = "https://tenang.id/cakupan-jkn-maluku-tenggara/"
OTHER_OUTLET = OUTLET.replace("jahat.id", "tenang.id").replace("<b onmouseover=alert(1)>Jahat</b>", "Tenang")
OTHER = """<html><head><title>Cakupan JKN Maluku Tenggara</title></head><body>
<h1 class="entry-title">Cakupan JKN Maluku Tenggara</h1><time class="entry-date">07/05/2025</time>
<div class="entry-content"><p>Cakupan kepesertaan JKN di Maluku Tenggara baru 88,12 persen per 1 Mei 2025.</p>
<p>Peserta JKN di Kota Tual tercatat 2,1 jiwa per 1 Mei 2025.</p></div></body></html>"""


def main() -> None:
    """Fill the folder that is named."""
    folder = Path(sys.argv[1])
    database, archive = folder / "desk.db", folder / "archive"

    with Store.open(database) as store:
        with demo_site(revised=False) as site:
            scrapy = crawl_settings(allow_local=True, delay=0.0, gateway=site.gateway)
            run(site.outlets, store, settings=RunSettings(scrapy, kind="demo", archive=archive))
        outlets = parse_outlets(OUTLET + OTHER_OUTLET, "test.toml")
        files = [record(archive, ADDRESS, PAGE), record(archive, OTHER_ADDRESS, OTHER)]
        backfill(files, store, BackfillSettings(Sieve(outlets)))
        for address in (ADDRESS, OTHER_ADDRESS):
            assert store.exists("articles", "url", address), f"the article was not taken: {address}"
        for table in ("articles", "revisions"):
            store.update(table, "url", ADDRESS, {"url": "javascript:alert('alamat')"})


def record(archive: Path, address: str, page: str) -> Path:
    """An archive file of this page alone, in the folder of its outlet."""
    outlet = address.split("/")[2]
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    at = dt.datetime(2025, 5, 7, 5, 0, tzinfo=dt.UTC)
    draft = Draft("response", at, (("WARC-Target-URI", address),), http + page.encode(), f"<urn:uuid:{outlet}>")
    path = archive / outlet / f"{outlet}.warc.gz"
    path.parent.mkdir(parents=True)
    path.write_bytes(gzip.compress(record_bytes(draft), mtime=0))
    return path


if __name__ == "__main__":
    main()
