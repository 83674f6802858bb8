"""A small database with everything in it that an export tells: two outlets, a copy, a contradiction, people's verdicts.

The bupati says 126.000 members and 97,89 percent (kabar.id); lintas.id prints the same text, and pos.id 95,1 percent.
"""

import json
from dataclasses import replace

import pytest

from corpus.export.publish import export
from corpus.readings import restate, save_extraction
from corpus.rows import utc

EXTRA = " Selebihnya tidak dikutip di mana pun."


@pytest.fixture
def database(store, article, read, noon):
    """The path of it; `store` may still write to it."""
    store.insert("outlets", [{"domain": "kabar.id", "name": "Kabar"}, {"domain": "sepi.id", "name": "Sepi"}])
    store.insert("outlet_regions", [{"outlet": "sepi.id", "region": "81"}])
    run = store.begin_run("run", version="rules 1", started_at=noon)
    first = replace(article, text=article.text + EXTRA)
    copy = replace(first, url="https://lintas.id/jkn", outlet="lintas.id", title="=HYPERLINK(1)")
    other = replace(
        first, url="https://pos.id/jkn", outlet="pos.id", text=first.text.replace("97,89 persen", "95,10 persen")
    )
    for number, one in enumerate((first, copy, other), start=1):
        store.insert(
            "fetches",
            [
                {
                    "id": number,
                    "run": run,
                    "kind": "article",
                    "url": one.url,
                    "fetched_at": utc(noon),
                    "warc_file": f"{one.outlet}.warc.gz",
                    "warc_offset": 100,
                }
            ],
        )
        stored = store.save_article(one, seen_at=noon, run=run, fetch=number)
        extraction = read(one) if one is not other else read_other(read, one)
        save_extraction(store, stored.article_id, stored.revision, extraction)
    compare(store)
    return store.path


def read_other(read, article):
    """What the extractor says of the third article, whose rate is another."""
    extraction = read(replace(article, text=article.text.replace("95,10 persen", "97,89 persen")))
    members, rate = extraction.claims
    return replace(extraction, claims=(members, replace(rate, raw="95,10 persen", value=95.1, printed_value=95.1)))


def compare(store):
    """What `corpus.compare` would find: the copy, the person, the contradiction, and the newest rate."""
    ids = dict(store.db.execute("SELECT outlet, id FROM articles"))
    rates = dict(
        store.db.execute(
            "SELECT a.outlet, c.id FROM claims c JOIN articles a ON a.id = article_id WHERE unit = 'percent'"
        )
    )
    store.insert(
        "clusters",
        [
            {
                "id": ids["kabar.id"],
                "lead_article": ids["kabar.id"],
                "articles": 2,
                "outlets": 2,
                "first_published": "2025-05-06",
            }
        ],
    )
    for outlet, key in ids.items():
        cluster = None if outlet == "pos.id" else ids["kabar.id"]
        store.insert("syndication", [{"article_id": key, "cluster_id": cluster, "signature": b"secret"}])
    place = {"role": "Bupati Maluku Tenggara", "region": "81.02"}
    store.insert("speakers", [{"id": "andre", "name": "André Rettob", "statements": 6, **place}])
    store.insert(
        "speaker_names",
        [{"name": "André Rettob", "speaker_id": "andre", "rule": "name.same", "evidence": "one spelling", **place}],
    )
    where = {"region": "81.02", "metric": "coverage_rate"}
    store.insert("latest_claims", [{"claim_id": rates["kabar.id"], "sources": 1, **where}])
    store.insert(
        "disputes",
        [
            {
                "id": "d1",
                "unit": "percent",
                "as_of_start": "2025-05-01",
                "as_of_end": "2025-05-01",
                "sides": 2,
                "sources": 2,
                "low_claim": rates["pos.id"],
                "high_claim": rates["kabar.id"],
                **where,
            }
        ],
    )
    sides = {"kabar.id": 1, "lintas.id": 1, "pos.id": 0}
    store.insert(
        "dispute_claims",
        [{"dispute_id": "d1", "claim_id": rates[outlet], "side": side} for outlet, side in sides.items()],
    )


@pytest.fixture
def judge(store, noon):
    """Call it with an outlet, a unit and a verdict: a person's word on that claim."""

    def say(outlet, unit, verdict, **corrections):
        claim = next(
            store.db.query(
                "SELECT c.* FROM claims c JOIN articles a ON a.id = article_id WHERE outlet = ? AND unit = ?",
                [outlet, unit],
            )
        )
        judged = {name: claim[name] for name in ("id", "article_id", "figure", "fingerprint")}
        judged["claim_id"] = judged.pop("id")
        more = {"reviewer": "ani", "verdict": verdict, "corrections": json.dumps(corrections), "judged": "{}"}
        store.insert("reviews", [judged | more | {"reviewed_at": utc(noon)}])
        restate(store, claim["article_id"])
        return claim["id"]

    return say


@pytest.fixture
def published(database, tmp_path):
    """An export of it."""
    return export(database, tmp_path / "out").folder


def claims_of(folder):
    """The claims of an export, by outlet and unit."""
    rows = map(json.loads, (folder / "jsonl" / "claims.jsonl").read_text(encoding="utf-8").splitlines())
    return {(row["outlet"], row["unit"]): row for row in rows}


@pytest.fixture(name="claims_of")
def claims_of_fixture():
    return claims_of
