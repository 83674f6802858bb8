"""Markup, scripts and addresses from articles never run, whichever field they come in."""

from urllib.parse import quote

import pytest

from corpus.store import Store

MARKUP = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>{{ 7*7 }}"
SCRIPT_URL = "javascript:alert(3)"
TEXT = "Bupati {markup} Yosep Renur: cakupan JKN Maluku Tenggara per 1 Oktober 2025 mencapai 98,77 persen. {markup}"

# Every text that a page shows and that comes from elsewhere.
FIELDS = {
    "articles": ("title", "published"),
    "revisions": ("title",),
    "claims": ("speaker", "speaker_role", "region_name", "rule", "extractor"),
    "standing": ("speaker_role",),
    "quotes": ("text",),
    "checks": ("message", "expected", "got", "name"),
    "speakers": ("name", "role"),
    "outlets": ("name", "source"),
    "regions": ("name",),
    "mentions": ("name", "role"),
    "runs": ("version",),
    "data_dictionary": ("description", "unit"),
}


@pytest.fixture
def poisoned(own):
    """A copy of the newsroom's database in which every such field is hostile."""
    with Store.open(own) as store:
        db = store.db
        for table, columns in FIELDS.items():
            for column in columns:
                # Beside what it was, for some have to stay apart.
                db.execute(f"UPDATE {table} SET {column} = coalesce({column}, '') || ?", [MARKUP])
        # The speaker is a key: the same words everywhere.
        db.execute("UPDATE standing SET speaker = speaker || ? WHERE speaker IS NOT NULL", [MARKUP])
        db.execute("UPDATE standing SET speaker_role = NULL")
        db.execute("UPDATE speaker_names SET name = name || ?, role = NULL", [MARKUP])
        db.execute("UPDATE articles SET url = ?", [SCRIPT_URL])
        db.execute("UPDATE revisions SET url = ?, authors = json_array(?)", [SCRIPT_URL, MARKUP])
        db.execute("UPDATE repairs SET witnesses = json_array(json_object('name', 'x', 'message', ?))", [MARKUP])
        db.execute("UPDATE claims SET reasons = json_array(json_object('field', ?, 'rule', ?, 'cue', ?))", [MARKUP] * 3)
        db.execute("UPDATE runs SET counts = json_object('errors', json_object(?, 1))", [MARKUP])
        db.execute(
            "INSERT INTO feeds (url, outlet, way, failures, problem) VALUES (?, 'kabarkei.example', 'feed', 3, ?)",
            [SCRIPT_URL, MARKUP],
        )
        db.execute(
            """INSERT INTO reviews (claim_id, article_id, figure, fingerprint, reviewer, verdict, corrections, reason,
                                    judged, reviewed_at)
               SELECT id, article_id, figure, 'another', ?, 'correct', json_object(?, ?), ?, '{}',
                      '2025-05-06T00:00:00+00:00' FROM claims""",
            [MARKUP] * 4,
        )
        db.execute("UPDATE standing SET review = 'changed', queue = 0")
        db.conn.commit()
    return own


def assert_harmless(page, address):
    """Nothing in a page but what its templates have: their scripts, no handlers, no address that is a script."""
    assert page.status == 200, address
    tree = page.tree
    assert set(tree.xpath("//script/@src")) <= {"/-/desk/review.js"}, address
    assert not tree.xpath("//script[not(@src)] | //iframe | //object | //embed | //img"), address
    assert not tree.xpath("//@*[starts-with(name(), 'on')]"), address
    links = [link.strip().lower() for link in tree.xpath("//@href | //@action | //@src")]
    assert not [link for link in links if link.startswith(("javascript:", "data:", "vbscript:"))], address
    assert "49" not in tree.xpath("string(//title)"), address


def test_fields_of_the_database(visit, poisoned):
    visitor = visit(poisoned)
    visitor.sign_in("Ana")
    with Store.open(poisoned) as store:
        claims = [key for (key,) in store.db.execute("SELECT id FROM claims")]
        people = [key for (key,) in store.db.execute("SELECT id FROM speakers")]
    addresses = ["/", "/cari?q=persen", "/cari?q=maluku", "/wilayah/81.02", "/wilayah/81", "/kontradiksi", "/sumber"]
    addresses += ["/tentang", "/tinjau", *(f"/klaim/{key}" for key in claims), *(f"/pejabat/{key}" for key in people)]
    told = ""
    for address in addresses:
        page = visitor.get(address)
        assert_harmless(page, address)
        told += page.text
    # It is shown, as text.
    assert "&lt;img src=x onerror=alert(1)&gt;" in told and "{{ 7*7 }}" in told


def test_the_text_of_an_article(visit, tmp_path, fill):
    path = tmp_path / "hostile.db"
    text = TEXT.format(markup=MARKUP)
    with Store.open(path) as store:
        fill(store, [("kabarkei.example", "2025-10-02", MARKUP, text)])
        (claim,) = store.db.execute("SELECT id FROM claims WHERE value = 98.77").fetchone()
    page = visit(path).get(f"/klaim/{claim}")
    assert_harmless(page, "the claim")
    # Offsets hold, for the text is cut before it is escaped.
    assert page.tree.xpath("string(//p[@class='text'])") == text
    assert page.tree.xpath("string(//mark[contains(@class, 'focus')])") == "98,77 persen"


ARGUMENTS = ("/cari?q={}", "/cari?wilayah={}", "/cari?pejabat={}", "/?lang={}", "/masuk?kunci={}")


@pytest.mark.parametrize("address", ARGUMENTS)
def test_arguments_of_an_address(visitor, address):
    page = visitor.get(address.format(quote(MARKUP)))
    page.status = 200 if page.status == 403 else page.status
    assert_harmless(page, address)


def test_a_text_that_is_checked(visitor):
    page = visitor.post("/periksa", {"text": TEXT.format(markup=MARKUP)}, form_at="/periksa")
    assert_harmless(page, "/periksa")
    assert "98,77 persen" in page.words


def test_cells_of_a_csv_are_no_formulas(visit, own):
    with Store.open(own) as store:
        store.db.execute("UPDATE articles SET title = '=HYPERLINK(\"https://evil.example\")'")
        store.db.conn.commit()
    answer = visit(own).get("/wilayah/81.02.csv")
    assert "'=HYPERLINK" in answer.text
    assert ",=HYPERLINK" not in answer.text and ',"=HYPERLINK' not in answer.text
