"""Reviewing at the desk: who may, and how it is done without a mouse. Who is not signed in can write nothing."""

from __future__ import annotations

import pytest

# Verdicts stay for as long as the desk is served, so they are given on claims that no other test looks at.
QUEUE = "/tinjau?ukuran=segment_members"
VERDICTS = "SELECT count(*) FROM reviews"
NEWEST = "SELECT {} FROM reviews ORDER BY id DESC"


def test_the_queue_is_closed_to_who_is_not_signed_in(visitor):
    page = visitor.window(refused=403)
    answer = page.goto("/tinjau")
    assert answer.status == 403
    assert page.locator("form[method=post]").count() == 0
    assert "Hanya untuk peninjau" in page.get_by_role("main").inner_text()


def test_who_is_not_signed_in_can_write_nothing(visitor, desk):
    page, before = visitor.window(), desk.one(VERDICTS)
    claim = desk.one("SELECT claim_id FROM standing WHERE queue IS NOT NULL ORDER BY queue, claim_id")
    for path in ("/tinjau", "/tinjau.json", "/data/reviews/-/insert", "/data/-/create", "/-/permissions"):
        answer = page.request.post(f"{desk.address}{path}", form={"klaim": claim, "putusan": "accept"})
        assert answer.status >= 400, path
    assert page.request.get(f"{desk.address}/data.json?sql=delete+from+reviews").status >= 400
    assert desk.one(VERDICTS) == before


def test_a_link_signs_its_reviewer_in_once(visitor, desk):
    page = visitor.window()
    page.goto(desk.links["Tono"])
    assert page.url.endswith("/tinjau")
    assert "Masuk sebagai Tono" in page.locator("body").inner_text()
    again = visitor.window(refused=403)
    assert again.goto(desk.links["Tono"]).status == 403
    assert "Masuk sebagai" not in again.locator("body").inner_text()


def test_a_reviewer_can_sign_out(visitor, signed_in):
    page = visitor.open("/", storage_state=signed_in)
    with page.expect_navigation():
        page.get_by_role("button", name="Keluar").click()
    assert "Masuk sebagai" not in page.locator("body").inner_text()


def test_a_claim_is_judged_with_one_key_and_the_next_one_comes(visitor, desk, signed_in):
    page = visitor.open(QUEUE, storage_state=signed_in)
    before = desk.one(VERDICTS)
    shown = page.locator("input[name=klaim]").first.get_attribute("value")
    with page.expect_navigation():
        page.keyboard.press("b")
    assert "Tersimpan." in page.get_by_role("main").inner_text()
    assert page.locator("input[name=klaim]").first.get_attribute("value") != shown
    assert desk.one(VERDICTS) == before + 1
    assert [desk.one(NEWEST.format(name)) for name in ("claim_id", "reviewer", "verdict")] == [shown, "Rina", "accept"]
    assert desk.one("SELECT review FROM standing WHERE claim_id = ?", shown) == "accept"


def test_a_verdict_is_taken_back(visitor, desk, signed_in):
    page = visitor.open(QUEUE, storage_state=signed_in)
    shown = page.locator("input[name=klaim]").first.get_attribute("value")
    with page.expect_navigation():
        page.keyboard.press("b")
    with page.expect_navigation():
        page.get_by_role("button", name="Batalkan").click()
    assert desk.one("SELECT count(*) FROM standing WHERE claim_id = ? AND review IS NULL", shown) == 1


def test_a_rejection_needs_a_reason_and_takes_it_from_the_keyboard(visitor, desk, signed_in):
    page = visitor.open(QUEUE, storage_state=signed_in)
    shown = page.locator("input[name=klaim]").first.get_attribute("value")
    page.keyboard.press("t")
    page.keyboard.type("bukan tentang cakupan JKN")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert [desk.one(NEWEST.format(name)) for name in ("claim_id", "verdict", "reason")] == [
        shown,
        "reject",
        "bukan tentang cakupan JKN",
    ]


def test_the_enter_key_in_a_field_is_no_verdict(visitor, desk, signed_in):
    page, before = visitor.open(QUEUE, storage_state=signed_in), desk.one(VERDICTS)
    page.get_by_label("Alasan").fill("ragu-ragu")
    page.get_by_label("Alasan").press("Enter")
    plain = visitor.open(QUEUE, storage_state=signed_in, java_script_enabled=False)
    plain.get_by_label("Alasan").fill("ragu-ragu")
    with plain.expect_navigation():
        plain.get_by_label("Alasan").press("Enter")
    assert page.get_by_label("Alasan").input_value() == "ragu-ragu"
    assert desk.one(VERDICTS) == before


def test_a_correction_is_typed_and_saved_with_enter(visitor, desk, signed_in):
    shown = desk.one("SELECT claim_id FROM standing WHERE metric = 'segment_rate' AND review IS NULL")
    page = visitor.open(f"/tinjau?klaim={shown}", storage_state=signed_in)
    page.keyboard.press("k")
    field = page.get_by_label("Angka", exact=True)
    assert field.evaluate("one => one === document.activeElement")
    field.fill("12,5")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert desk.one(NEWEST.format("verdict")) == "correct"
    assert desk.one("SELECT value FROM standing WHERE claim_id = ?", shown) == 12.5


def test_letters_that_are_typed_into_a_field_judge_nothing(visitor, desk, signed_in):
    page, before = visitor.open(QUEUE, storage_state=signed_in), desk.one(VERDICTS)
    page.get_by_label("Alasan").first.fill("")
    page.get_by_label("Alasan").first.press_sequentially("batal lewat tolak")
    assert page.get_by_label("Alasan").first.input_value() == "batal lewat tolak"
    assert desk.one(VERDICTS) == before


def test_a_claim_is_passed_over(visitor, desk, signed_in):
    page, before = visitor.open(QUEUE, storage_state=signed_in), desk.one(VERDICTS)
    shown = page.locator("input[name=klaim]").first.get_attribute("value")
    with page.expect_navigation():
        page.keyboard.press("l")
    assert page.locator("input[name=klaim]").first.get_attribute("value") != shown
    assert desk.one(VERDICTS) == before


def test_another_site_cannot_judge_in_a_reviewer_s_name(visitor, desk, signed_in):
    page, before = visitor.window(storage_state=signed_in), desk.one(VERDICTS)
    claim = desk.one("SELECT claim_id FROM standing WHERE queue IS NOT NULL ORDER BY queue, claim_id")
    form = {"klaim": claim, "putusan": "accept"}
    assert page.request.post(f"{desk.address}/tinjau", form=form).status == 403
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert page.request.post(f"{desk.address}/tinjau", form=form, headers=headers).status == 403
    assert desk.one(VERDICTS) == before


def test_reviewing_is_done_without_javascript_too(visitor, desk, signed_in):
    page = visitor.open(QUEUE, storage_state=signed_in, java_script_enabled=False)
    before = desk.one(VERDICTS)
    with page.expect_navigation():
        page.get_by_role("button", name="Benar").first.click()
    assert desk.one(VERDICTS) == before + 1


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_queue_is_for_everybody(visitor, audit, signed_in, language):
    page = visitor.open(
        f"/tinjau?lang={language}",
        storage_state=signed_in,
        bypass_csp=True,
        viewport={"width": 360, "height": 740},
    )
    page.locator("#koreksi summary").click()
    assert audit(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
