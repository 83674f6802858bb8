"""A crawl that is recorded, and the same crawl answered from its files once the server is gone."""

import contextlib
import gzip
from pathlib import Path
from types import SimpleNamespace

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

PAGE = "<html><h1>{title}</h1><div class='entry-content'><p>Peserta JKN di Kota Tual 77.512 jiwa.</p></div></html>"


def feed(host, *paths):
    items = "".join(f"<item><title>JKN {path}</title><link>http://{host}{path}</link></item>" for path in paths)
    return f"<rss><channel>{items}</channel></rss>".encode()


def facts(result):
    """What a replay must give again; whose turn came first among outlets is chance."""
    return {
        "articles": sorted(result["articles"], key=lambda page: page["url"]),
        **{name: result[name] for name in ("listings", "pages", "statuses", "errors", "unchanged", "irrelevant")},
        "outlets": sorted(result["outlets"], key=lambda outlet: outlet["outlet"]),
    }


def records(folder):
    """Every record of an archive as warcio reads it: type, address and status, and the headers of the record."""
    found = []
    for path in sorted(Path(folder).rglob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                headers = dict(record.rec_headers.headers)
                status = record.http_headers.get_statuscode() if record.http_headers else None
                found.append((headers["WARC-Type"], headers.get("WARC-Target-URI"), status, headers))
    return found


def kinds(folder, host):
    """What every answer came to, in the order in which they came."""
    return [
        (kind, url.removeprefix(f"http://{host}"), status)
        for kind, url, status, _ in records(folder)
        if kind not in {"warcinfo", "request"}
    ]


@pytest.fixture
def record_and_replay(crawl, serving, tmp_path, outlet_toml):
    """Crawl a server that answers as told, then crawl its archive; both results, the host and the archive."""

    def go(answer, way="feed", path="/feed", **options):
        with serving(answer) as (host, _):
            recorded = crawl(outlets=outlet_toml(host, way, path), archive=str(tmp_path / "archive"), **options)
        # By now nobody answers there.
        replayed = crawl(replay=[str(tmp_path / "archive")], **options)
        return recorded, replayed, host, tmp_path / "archive"

    return go


def test_every_exchange_is_kept_and_the_replay_gives_the_same(record_and_replay):
    def answer(path, asked):
        match path:
            case "/feed":
                return 200, {}, feed(asked["Host"], "/a", "/moved", "/gone", "/robbed")
            case "/a" | "/b":
                return 200, {"ETag": '"1"'}, PAGE.format(title=path).encode()
            case "/moved":
                return 301, {"Location": "/b"}, b""
            case "/robots.txt":
                return 200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /robbed\n"
        return 410, {}, b"gone"

    recorded, replayed, host, archive = record_and_replay(answer)
    assert len(recorded["articles"]) == 2
    assert recorded["errors"] == {"forbidden_by_robots": 1, "http_410": 1}
    assert facts(replayed) == facts(recorded)
    assert kinds(archive, host)[:2] == [("response", "/robots.txt", "200"), ("response", "/feed", "200")]
    assert sorted(kinds(archive, host)[2:]) == [
        ("response", "/a", "200"),
        ("response", "/b", "200"),
        ("response", "/gone", "410"),
        ("response", "/moved", "301"),
    ]
    # Each article says where its bytes lie.
    for page in recorded["articles"]:
        name, offset = page["archived"]
        with next(archive.rglob(name)).open("rb") as file:
            file.seek(offset)
            kept = next(iter(ArchiveIterator(file)))
            assert kept.rec_headers.get_header("WARC-Target-URI") == page["final_url"]


def test_the_request_stands_beside_its_answer(record_and_replay):
    _, _, host, archive = record_and_replay(lambda path, asked: (404, {}, b""))
    asked, answered = [one for one in records(archive) if one[1] == f"http://{host}/feed"]
    assert (asked[0], answered[0]) == ("request", "response")
    assert asked[3]["WARC-Concurrent-To"] == answered[3]["WARC-Record-ID"]
    assert asked[3]["WARC-Date"] == answered[3]["WARC-Date"]
    assert answered[3]["WARC-IP-Address"] == "127.0.0.1"


def test_what_is_kept_is_what_came_over_the_wire(record_and_replay):
    """A body is kept packed as it was sent, so that its digest is that of what the server sent."""

    def answer(path, asked):
        if path == "/feed":
            return 200, {"Content-Encoding": "gzip"}, gzip.compress(feed(asked["Host"], "/a"), mtime=0)
        return (200, {}, PAGE.format(title="JKN").encode()) if path == "/a" else (404, {}, b"")

    recorded, replayed, host, archive = record_and_replay(answer)
    assert len(recorded["articles"]) == 1
    assert facts(replayed) == facts(recorded)
    for path in archive.rglob("*.warc.gz"):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type == "response" and record.rec_headers["WARC-Target-URI"] == f"http://{host}/feed":
                    assert gzip.decompress(record.raw_stream.read()) == feed(host, "/a")


def test_a_retry_is_answered_as_it_was(record_and_replay):
    asked_for = []

    def answer(path, asked):
        asked_for.append(path)
        if path == "/feed" and asked_for.count("/feed") < 3:
            return 503, {}, b"busy"
        return 200, {}, feed(asked["Host"]) if path == "/feed" else b""

    recorded, replayed, host, archive = record_and_replay(answer)
    assert recorded["statuses"] == {"200": 2, "503": 2}
    assert facts(replayed) == facts(recorded)
    assert [status for _, path, status in kinds(archive, host) if path == "/feed"] == ["503", "503", "200"]


def test_a_wait_that_was_asked_for_is_not_waited_again(record_and_replay):
    asked_for = []

    def answer(path, asked):
        asked_for.append(path)
        if path == "/feed" and asked_for.count("/feed") == 1:
            return 429, {"Retry-After": "3"}, b""
        return 200, {}, feed(asked["Host"]) if path == "/feed" else b""

    recorded, replayed, _, _ = record_and_replay(answer)
    assert facts(replayed) == facts(recorded)
    assert recorded["seconds"] > 2.9 > replayed["seconds"]


def test_a_request_without_an_answer_fails_alike(crawl, tmp_path, outlet_toml):
    archive = str(tmp_path / "archive")
    # nobody listens there
    recorded = crawl(outlets=outlet_toml("127.0.0.1:9", "feed", "/feed"), archive=archive, settings={"RETRY_TIMES": 1})
    replayed = crawl(replay=[archive], settings={"RETRY_TIMES": 1})
    assert recorded["errors"] == {"unreachable": 1}
    assert facts(replayed) == facts(recorded)
    assert [kind for kind, *_ in records(archive)] == ["warcinfo", "request", "metadata", "request", "metadata"]


def test_a_second_run_repeats_nothing_it_need_not(crawl, known, serving, tmp_path, outlet_toml):
    """A payload that lies in the archive already is not kept twice; "not modified" says what it means."""

    def answer(path, asked):
        if path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow:\n"
        if asked.get("If-None-Match") == '"1"':
            return 304, {"ETag": '"1"'}, b""
        return 200, {"ETag": '"1"'}, feed(asked["Host"], "/a") if path == "/feed" else PAGE.format(title="JKN").encode()

    archive = str(tmp_path / "archive")
    with serving(answer) as (host, _):
        outlets = outlet_toml(host, "feed", "/feed")
        first = crawl(outlets=outlets, archive=archive, now="2025-05-06T00:00:00+00:00")
        second = crawl(outlets=outlets, archive=archive, known=known(first), number=2, now="2025-05-07T00:00:00+00:00")
    assert kinds(archive, host)[3:] == [("revisit", "/robots.txt", "200"), ("revisit", "/feed", "304")]
    originals = {(url, headers["WARC-Record-ID"]) for kind, url, _, headers in records(archive) if kind == "response"}
    for kind, url, _, headers in records(archive):
        if kind == "revisit":
            assert headers["WARC-Refers-To-Target-URI"] == url
            assert (url, headers["WARC-Refers-To"]) in originals
            assert headers["WARC-Profile"].endswith(("identical-payload-digest", "server-not-modified"))

    assert facts(crawl(replay=[archive], known=known(first), number=2)) == facts(second)
    # Without what the first run left behind, "not modified" would be no answer, and what it means is given.
    afresh = crawl(replay=[archive], number=2)
    assert afresh["statuses"] == {"200": 2}
    assert afresh["errors"] == {"not_archived": 1}, "the article itself was fetched by the first run"

    # With the second file alone there is nothing to give.
    [file] = Path(archive).rglob("*run2.warc.gz")
    alone = crawl(replay=[str(file)], number=2)
    assert alone["statuses"] == {"404": 1}, "a robots.txt that is not there forbids nothing"
    assert alone["errors"] == {"not_archived": 2}, "robots.txt and the feed"


def test_what_was_not_recorded_is_counted_and_not_fetched(crawl, serving, tmp_path, outlet_toml):
    def answer(path, asked):
        return 200, {}, feed(asked["Host"], "/a", "/b") if path == "/feed" else PAGE.format(title="JKN").encode()

    with serving(answer) as (host, asked):
        crawl(outlets=outlet_toml(host, "feed", "/feed"), archive=str(tmp_path), limit=1)
        before = list(asked)
        replayed = crawl(replay=[str(tmp_path)])
        assert asked == before, "the server is there, and is not asked"
    assert len(replayed["articles"]) == 1
    assert replayed["errors"] == {"not_archived": 1}


def test_an_interrupted_recording_is_whole_as_far_as_it_goes(crawl, serving, tmp_path, outlet_toml):
    pages = [f"/{number}" for number in range(6)]

    def answer(path, asked):
        return 200, {}, feed(asked["Host"], *pages) if path == "/feed" else PAGE.format(title=path).encode()

    with serving(answer) as (host, _):
        recorded = crawl(outlets=outlet_toml(host, "feed", "/feed"), archive=str(tmp_path), interrupt_after=2)
    assert recorded["interrupted"]
    replayed = crawl(replay=[str(tmp_path)])
    mine = {page["url"] for page in recorded["articles"]}
    assert mine <= {page["url"] for page in replayed["articles"]}
    assert len(replayed["articles"]) + replayed["errors"].get("not_archived", 0) == len(pages)


def test_outlets_have_a_file_each_and_one_run(crawl, serving, tmp_path, outlet_toml):
    def answer(path, asked):
        return 200, {}, feed(asked["Host"], "/a") if path == "/feed" else PAGE.format(title="JKN").encode()

    with contextlib.ExitStack() as stack:
        hosts = [stack.enter_context(serving(answer))[0] for _ in range(2)]
        outlets = "\n".join(outlet_toml(host, "feed", "/feed") for host in hosts)
        recorded = crawl(outlets=outlets, archive=str(tmp_path))
    assert sorted(path.parent.name for path in tmp_path.rglob("*.warc.gz")) == sorted(
        host.replace(":", "_") for host in hosts
    )
    replayed = crawl(replay=[str(tmp_path)])
    assert len(replayed["articles"]) == 2
    assert facts(replayed) == facts(recorded)
    # An outlet's file alone is that outlet's part of the run.
    [one] = [path for path in tmp_path.rglob("*.warc.gz") if path.parent.name == hosts[0].replace(":", "_")]
    assert [page["outlet"] for page in crawl(replay=[str(one)])["articles"]] == [hosts[0]]


def test_other_tools_find_nothing_to_object_to(record_and_replay, capsys):
    def answer(path, asked):
        return 200, {}, feed(asked["Host"], "/a") if path == "/feed" else PAGE.format(title="JKN").encode()

    _, _, _, archive = record_and_replay(answer)

    asked = SimpleNamespace(inputs=[str(path) for path in archive.rglob("*.warc.gz")], verbose=True)
    assert Checker(asked).process_all() == 0
    told = capsys.readouterr().out
    assert "digest pass" in told and "digest not present" not in told.replace("warcinfo\n", "")


def test_a_full_disk_ends_the_crawl(crawl, serving, tmp_path, outlet_toml):
    def answer(path, asked):
        return 200, {}, feed(asked["Host"], "/a")

    (tmp_path / "archive").write_bytes(b"a file where the folder should be")
    with serving(answer) as (host, asked):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed"), archive=str(tmp_path / "archive"))
    assert result["articles"] == []
    assert "cannot be written" in result["archive_failure"]
    assert len(asked) == 1, "nothing more is fetched that could not be kept"


def test_an_archive_of_other_peoples_is_no_run(tmp_path):
    from crawler.archive.index import iter_runs
    from crawler.errors import NotReplayable

    body = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 14\r\n\r\nsoftware: wget\r\n\r\n"
    file = tmp_path / "theirs.warc.gz"
    file.write_bytes(gzip.compress(body))
    with pytest.raises(NotReplayable, match="backfill"):
        list(iter_runs([file]))


def test_a_host_that_asked_for_a_long_wait_is_left_alone_in_the_replay_too(record_and_replay):
    def answer(path, asked):
        if path == "/feed":
            return 200, {}, feed(asked["Host"], "/a", "/b", "/c")
        return (503, {"Retry-After": "86400"}, b"") if path == "/a" else (404, {}, b"")

    recorded, replayed, _, _ = record_and_replay(answer)
    assert recorded["errors"] == {"http_503": 1, "told_to_wait": 2}
    assert facts(replayed) == facts(recorded)


def test_a_host_that_fails_too_often_is_given_up_in_the_replay_too(record_and_replay):
    pages = [f"/{number}" for number in range(6)]

    def answer(path, asked):
        return (200, {}, feed(asked["Host"], *pages)) if path == "/feed" else (500, {}, b"")

    def robots(path, asked):
        return (404, {}, b"") if path == "/robots.txt" else answer(path, asked)

    recorded, replayed, _, _ = record_and_replay(robots)
    assert recorded["errors"]["given_up"] > 0
    # Which of the pages were tried once more before, is chance.
    assert (replayed["errors"], replayed["statuses"]) == (recorded["errors"], recorded["statuses"])
