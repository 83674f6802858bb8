"""Signing in, judging, taking back; and that nobody writes who is not signed in."""

import pytest

from corpus.store import Store

VERDICT = {"putusan": "accept"}


@pytest.fixture
def desk(visit, own):
    return visit(own)


@pytest.fixture
def rows(own):
    """A function that gives the rows of a query on the desk's database."""

    def rows(sql):
        with Store.open(own) as store:
            return store.db.execute(sql).fetchall()

    return rows


@pytest.fixture
def judge(desk):
    """A function that sends a verdict on the claim whose turn it is."""

    def judge(**fields):
        turn = desk.get("/tinjau").tree.xpath("//form[@id='penilaian']//input[@name='klaim']/@value")[0]
        answer = desk.post("/tinjau", {"klaim": turn, **fields}, form_at="/tinjau")
        assert answer.status == 302
        return turn, desk.get(answer.headers["location"])

    return judge


def test_the_queue_is_closed_to_who_is_not_signed_in(desk):
    for address in ("/tinjau", "/tinjau.json", "/tinjau.csv"):
        assert desk.get(address).status == 403
    assert "Minta tautan masuk" in desk.get("/tinjau").words


def test_nobody_writes_who_is_not_signed_in(desk, rows):
    claim = rows("SELECT id FROM claims LIMIT 1")[0][0]
    assert desk.post("/tinjau", VERDICT | {"klaim": claim}).status == 403
    # Nor with a token that anybody gets.
    assert desk.post("/tinjau", VERDICT | {"klaim": claim}, form_at="/periksa").status == 403
    desk.cookies["ds_actor"] = "eyJhIjp7ImlkIjoiQW5hIn19.forged"
    assert desk.post("/tinjau", VERDICT | {"klaim": claim}, form_at="/periksa").status == 403
    assert rows("SELECT * FROM reviews") == []


def test_a_signed_cookie_of_somebody_else_does_not_do(desk, rows):
    desk.cookies["ds_actor"] = desk.desk.sign({"a": {"id": "root"}}, "actor")
    assert desk.get("/tinjau").status == 403


def test_a_link_signs_in_once(desk, visit, own):
    link = desk.desk.invitations.paths()["Ana"]
    answer = desk.get(link)
    assert answer.status == 302 and answer.headers["location"] == "/tinjau"
    assert "httponly" in answer.headers["set-cookie"].lower() and "samesite=lax" in answer.headers["set-cookie"].lower()
    assert "Masuk sebagai Ana" in desk.get("/tinjau").text
    desk.cookies.clear()
    assert desk.get(link).status == 403
    assert desk.get("/tinjau").status == 403


def test_without_a_token_a_verdict_is_refused(desk, rows):
    desk.sign_in("Ana")
    claim = rows("SELECT id FROM claims LIMIT 1")[0][0]
    desk.get("/tinjau")
    assert desk.post("/tinjau", VERDICT | {"klaim": claim}).status == 403
    assert rows("SELECT * FROM reviews") == []


def test_a_verdict_from_another_site_is_refused(desk, rows):
    desk.sign_in("Ana")
    claim = rows("SELECT id FROM claims LIMIT 1")[0][0]
    page = desk.post("/tinjau", VERDICT | {"klaim": claim}, {"Sec-Fetch-Site": "cross-site"}, form_at="/tinjau")
    assert page.status == 403 and rows("SELECT * FROM reviews") == []


def test_suspect_claims_come_first(desk, rows):
    desk.sign_in("Ana")
    turn = desk.get("/tinjau.json").json["task"]["claim_id"]
    assert turn == rows("SELECT id FROM claims WHERE suspect")[0][0]


def test_accepting(desk, judge, rows):
    desk.sign_in("Ana")
    claim, page = judge(putusan="accept")
    assert rows("SELECT claim_id, reviewer, verdict FROM reviews") == [(claim, "Ana", "accept")]
    assert rows(f"SELECT review, suspect FROM standing WHERE claim_id = '{claim}'") == [("accept", 0)]
    assert "Tersimpan." in page.words
    assert "Ana: benar" in desk.get(f"/klaim/{claim}").words


def test_rejecting_needs_a_reason(desk, judge, rows):
    desk.sign_in("Ana")
    claim, page = judge(putusan="reject")
    assert "Belum tersimpan" in page.words and rows("SELECT * FROM reviews") == []
    again, _ = judge(putusan="reject", alasan="bukan tentang cakupan")
    assert again == claim
    assert rows("SELECT verdict, reason FROM reviews") == [("reject", "bukan tentang cakupan")]


def test_correcting_as_typed(desk, judge, rows):
    desk.sign_in("Ana")
    claim, _ = judge(putusan="correct", value="126.000")
    assert rows("SELECT json_extract(corrections, '$.value') FROM reviews") == [(126000,)]
    assert rows(f"SELECT value, review FROM standing WHERE claim_id = '{claim}'") == [(126000.0, "correct")]
    page = desk.get(f"/klaim/{claim}")
    assert page.tree.xpath("//dt[.='Menurut peninjau']/following-sibling::dd[1]")[0].text_content() == "126.000 jiwa"


def test_a_form_sent_as_it_was_corrects_nothing(desk, rows):
    desk.sign_in("Ana")
    form = desk.get("/tinjau").tree.xpath("//form[@id='penilaian']")[0]
    fields = {name: value or "" for name, value in form.fields.items() if name and name != "csrftoken"}
    answer = desk.post("/tinjau", fields | {"putusan": "correct"}, form_at="/tinjau")
    assert "Belum tersimpan: tidak ada yang berbeda dari isi klaim" in desk.get(answer.headers["location"]).words
    assert rows("SELECT * FROM reviews") == []


@pytest.mark.parametrize("value", ["banyak", "-5", "126.00", "126 000", "<b>1</b>"])
def test_a_figure_that_cannot_be_read_is_not_saved(desk, judge, rows, value):
    desk.sign_in("Ana")
    _, page = judge(putusan="correct", value=value)
    assert "Belum tersimpan" in page.words and rows("SELECT * FROM reviews") == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"putusan": "correct", "value": "126 000"}, "Angka: '126 000' dapat dibaca lebih dari satu cara"),
        ({"putusan": "correct", "region": "99.99"}, "Kode daerah: '99.99' bukan kode daerah, seperti 81.02"),
        ({"putusan": "reject"}, "penolakan perlu alasan"),
    ],
)
def test_why_a_verdict_is_not_saved_is_told_in_the_reader_s_language(desk, judge, fields, told):
    desk.sign_in("Ana")
    _, page = judge(**fields)
    assert told in page.words


def test_skipping_shows_the_next_one(desk):
    desk.sign_in("Ana")
    first = desk.get("/tinjau.json").json
    second = desk.get("/tinjau.json?lewati=1").json
    assert second["task"]["claim_id"] == first["waiting"][0]["claim_id"]


def test_taking_back(desk, judge, rows):
    desk.sign_in("Ana")
    claim, page = judge(putusan="accept")
    number = page.tree.xpath("//input[@name='batalkan']/@value")[0]
    answer = desk.post("/tinjau", {"batalkan": number}, form_at="/tinjau")
    page = desk.get(answer.headers["location"])
    assert "Penilaian terakhir dibatalkan" in page.words
    assert page.tree.xpath("//input[@name='klaim']/@value") == [claim]
    assert rows(f"SELECT review FROM standing WHERE claim_id = '{claim}'") == [(None,)]


def test_nobody_takes_back_what_another_said(desk, judge, rows):
    desk.sign_in("Ana")
    judge(putusan="accept")
    desk.cookies.clear()
    desk.sign_in("Budi")
    desk.post("/tinjau", {"batalkan": "1"}, form_at="/tinjau")
    assert rows("SELECT reviewer, verdict FROM reviews") == [("Ana", "accept")]


def test_a_claim_that_is_gone_is_no_error(desk, rows):
    desk.sign_in("Ana")
    answer = desk.post("/tinjau", VERDICT | {"klaim": "0123456789abcdef"}, form_at="/tinjau")
    page = desk.get(answer.headers["location"])
    assert page.status == 200 and "Belum tersimpan: tidak ada klaim" in page.words


def test_signing_out(desk):
    desk.sign_in("Ana")
    answer = desk.post("/keluar", form_at="/tinjau")
    assert answer.status == 302 and "ds_actor=" in answer.headers["set-cookie"]
    assert "max-age=0" in answer.headers["set-cookie"].lower()
