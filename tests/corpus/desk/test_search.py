"""What is found by words, region, official, measure and day, and what is said where nothing is."""

import pytest


def found(visitor, query):
    return [(claim["region"], claim["value"]) for claim in visitor.get(f"/cari.json?{query}").json["claims"]]


def test_words_of_the_sentence(visitor):
    assert found(visitor, "q=mencapai+persen") == [("81.02", 98.5), ("81", 95.2)]


def test_the_last_word_may_be_unfinished(visitor):
    assert found(visitor, "q=Siti+Rah") == [("81.02", 89.1)]


def test_a_region_by_any_of_its_names(visitor):
    for name in ("81.02", "Malra", "Kabupaten+Maluku+Tenggara"):
        values = found(visitor, f"wilayah={name}&ukuran=coverage_rate")
        assert sorted(values) == [("81.02", 89.1), ("81.02", 97.67), ("81.02", 97.67), ("81.02", 98.5)]
        assert values[0] == ("81.02", 98.5)


def test_an_official(visitor):
    claims = visitor.get("/cari.json?pejabat=renur").json["claims"]
    assert {claim["speaker"] for claim in claims} == {"Yosep Renur"}
    assert {98.5, 97.67} <= {claim["value"] for claim in claims}


def test_days_are_inclusive(visitor):
    assert found(visitor, "dari=2025-07-01&sampai=2025-09-01") == [("81.02", 98.5), ("81", 95.2)]


def test_regions_and_officials_called_so_are_offered(visitor):
    page = visitor.get("/cari?q=maluku+tenggara")
    assert "/wilayah/81.02" in page.links()
    assert any(link.startswith("/pejabat/") for link in visitor.get("/cari?q=siti").links())


def test_a_region_that_is_none_is_told(visitor):
    page = visitor.get("/cari?wilayah=Atlantis")
    assert "Tidak ada daerah bernama “Atlantis”" in page.words
    assert not page.tree.xpath("//table")


def test_nothing_found_says_what_to_do(visitor):
    assert "Coba kata yang lebih sedikit" in visitor.get("/cari?q=zzzz").words


@pytest.mark.parametrize("words", ['"', "AND", "NOT", "a OR", "*", "(", "quotes_fts:x", "persen NEAR", "%00", "'; --"])
def test_words_are_never_taken_for_a_command(visitor, words):
    assert visitor.get(f"/cari?q={words}").status == 200


ODD = ("hal=0", "hal=-1", "hal=x", "hal=" + "9" * 20, "dari=x", "ukuran=x", "q=" + "a" * 5000)


@pytest.mark.parametrize("query", ODD)
def test_odd_arguments_are_no_errors(visitor, query):
    assert visitor.get(f"/cari?{query}").status == 200


@pytest.mark.parametrize("field", ["q", "pejabat", "wilayah", "ukuran", "dari"])
@pytest.mark.parametrize("text", ["kata+" * 3000, "a" * 30_000, "%25_!" * 5000, "%22*%22-^()%00" * 1000])
def test_whatever_is_asked_for_is_answered(visitor, field, text):
    assert visitor.get(f"/cari?{field}={text}").status == 200
