"""Text -> the cell of a CSV file."""

import pytest

from corpus.export.spreadsheets import mark, unmark


@pytest.mark.parametrize(
    "text",
    [
        # would be run
        "=1+1", "+62 811", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "＠A", "＋1", "－1",
        # would be taken for a number: a region code, an ID, what is printed
        "81.10", "0", "21", "12e45678", "1E5", "0012345678901234", "1.303.254", "98,29", "98,29%", "98.29 %",
        "789. 506", "Rp62", "$5", "(12)",
        # would be taken for a day, a time or a truth value
        "2025-05-06", "6/5/2025", "1-2", "5 Mei", "Mei 2025", "1 Mei 2025", "Mar-5", "10:30", "12:30 PM",
        "TRUE", "false",
        # has a mark already
        "'81", "'kata",
    ],
)  # fmt: skip
def test_marked(text):
    assert mark(text) == "'" + text
    assert unmark(mark(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "", "Kota Tual", "98,29 persen", "244.956 jiwa", "Rp62,4 miliar", "b7d0765a4925dd7b", "coverage_rate",
        "https://kabar.id/1", "Marto", "Mei Lestari", "seratus persen", "5 Mei lalu", "e", "Agus 3 kali", "kata = kata",
    ],
)  # fmt: skip
def test_left_alone(text):
    assert mark(text) == text
