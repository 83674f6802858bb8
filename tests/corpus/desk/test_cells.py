"""CSV on its way out of the desk: cells that a spreadsheet would run, in pieces of any length."""

import csv
import io

import pytest

from corpus.desk.cells import SafeCells, safe_cell
from corpus.store import Store

RUN = ["=1+1", "+62 811", "@SUM(A1)", "-2+3", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "-cmd|'/c calc'!A1", "-inf()"]
LEFT = ["", "-5", "-0.5", "1e-7", "+62", "Kota Tual", "81.02", "a=b", "'=1", 'kata "=1"', "a,=b", "baris\n=1"]


def write(rows):
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def read(data):
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


@pytest.mark.parametrize("cell", RUN)
def test_what_would_be_run_is_marked(cell):
    assert safe_cell(cell) == "'" + cell


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_pieces_of_any_length_come_to_the_same_and_all_else_stays(size):
    data = write([RUN, LEFT, ["Rp5 – “kata”", 'x"=1', '"=1"', '="a,b"\n=c']])
    cells = SafeCells()
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    passed = [cells.feed(piece, is_last=False) for piece in pieces] + [cells.feed(b"", is_last=True)]
    assert read(b"".join(passed)) == [
        ["'" + cell for cell in RUN],
        LEFT,
        ["Rp5 – “kata”", 'x"=1', '"=1"', '\'="a,b"\n=c'],
    ]


@pytest.mark.parametrize(
    "address",
    [
        "/wilayah/81.02.csv",
        "/data/articles.csv",
        "/data/articles.csv?_stream=on&_dl=1",
        "/data.csv?sql=select+title,-5.5+from+articles",
    ],
)
@pytest.mark.parametrize("start", ["=", " =", "＝", "\n="])
def test_no_csv_of_the_desk_or_of_datasette_runs_anything(visit, own, address, start):
    evil = f'{start}HYPERLINK("https://evil.example")'
    with Store.open(own) as store:
        store.db.execute("UPDATE articles SET title = ?", [evil])
        store.db.conn.commit()
    answer = visit(own).get(address)
    assert answer.status == 200
    cells = [cell for row in read(answer.text.encode()) for cell in row]
    assert "'" + evil in cells
    assert evil not in cells
    assert "-5.5" in cells or "sql" not in address
