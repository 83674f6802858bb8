"""A database without articles: nothing breaks, and the front says how to fill it."""

import pytest

from corpus.store import Store


@pytest.fixture
def empty(visit, tmp_path):
    path = tmp_path / "new.db"
    Store.open(path).close()
    return visit(path)


EMPTY = [("id", "Basis data ini masih kosong"), ("en", "This database is empty")]


@pytest.mark.parametrize(("language", "told"), EMPTY)
def test_the_front_says_how_to_fill_it(empty, language, told):
    page = empty.get(f"/?lang={language}")
    assert page.status == 200 and told in page.words
    assert {"cakupan demo --serve", "cakupan run", "cakupan backfill FILE..."} <= set(page.tree.xpath("//code/text()"))


@pytest.mark.parametrize("address", ["/cari", "/cari?q=a", "/kontradiksi", "/sumber", "/tentang", "/periksa", "/data"])
def test_other_pages_are_there(empty, address):
    assert empty.get(address).status == 200


def test_a_csv_without_rows_is_empty(empty):
    answer = empty.get("/kontradiksi.csv")
    assert answer.status == 200 and answer.text == ""


def test_the_queue_is_empty(empty):
    empty.sign_in("Ana")
    assert "Antrean kosong" in empty.get("/tinjau").words
