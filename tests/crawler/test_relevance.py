"""What is about JKN, what may lead there, and what is neither."""

import pytest

from crawler.errors import RegistryError
from crawler.relevance import load_relevance

RELEVANCE = load_relevance()


@pytest.mark.parametrize(
    ("text", "relevant", "promising"),
    [
        ("Peserta JKN-KIS bertambah", True, True),
        ("Warga diminta cek status BPJS\nKesehatan", True, True),
        ("Kota itu meraih predikat UHC.", True, True),
        ("Jamkesda ditanggung pemkab", True, True),
        ("universal health coverage tercapai", True, True),
        # The workers' insurance has BPJS in its name too.
        ("Klaim BPJS Ketenagakerjaan cair", False, True),
        ("Pasien miskin dirawat gratis di RSUD", False, True),
        ("Panen raya padi di tiga kecamatan", False, False),
        # whole words only
        ("Kisah penyintas banjir", False, False),
        ("", False, False),
    ],
)
def test_relevance(text, relevant, promising):
    assert RELEVANCE.is_relevant(text) is relevant
    assert RELEVANCE.is_promising(text) is promising


def test_one_of_several_texts_is_enough():
    assert RELEVANCE.is_relevant(None, "Bupati bertemu camat", "Ia menyebut peserta JKN.")
    assert not RELEVANCE.is_relevant(None, None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('programme = ["JKN"]\nrelated = ["sakit"]', "search"),
        ('programme = ["JKN", "jkn"]\nrelated = ["sakit"]\nsearch = ["JKN"]', "'JKN' stands there twice"),
        ('programme = ["JKN"]\nrelated = ["sakit"]\nsearch = ["JKN"]\nmore = ["x"]', "more"),
        ("programme = [", "the whole file"),
    ],
)
def test_a_broken_word_list_is_named(tmp_path, text, problem):
    path = tmp_path / "relevance.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError, match=r"relevance\.toml") as raised:
        load_relevance(path)
    assert problem in str(raised.value)
