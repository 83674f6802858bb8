"""Short pages of sites that nobody has described: every sentence of theirs counts."""

import pytest

from crawler.pages import read_page

LEAD = "TUAL - Sebanyak 77.512 jiwa warga Kota Tual terdaftar sebagai peserta JKN hingga Mei 2025, kata kepala cabang."


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["Peserta JKN di Kota Tual 77.512 jiwa."],
        ["Peserta JKN di Kota Tual 77.512 jiwa.", "Capaian UHC 98,5 persen."],
        [LEAD, "Sisanya 2.100 jiwa."],
        # Only the lead is long enough to read like running text wherever it stands.
        [LEAD, "Ia menyebut sisanya 2.100 jiwa.", "Senin (6/5/2025) ia bertemu wali kota."],
    ],
)
@pytest.mark.parametrize("holder", ["{}", "<article>{}</article>", '<div class="isi"><div>{}</div></div>'])
def test_no_sentence_is_lost(paragraphs, holder):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    article = read_page(f"<h1>JKN di Tual</h1>{holder.format(text)}", "https://kabar.example/jkn")
    assert article.text.splitlines() == paragraphs
    assert article.published is None, "a day in a sentence is the story's"
