"""docs/data-dictionary.md, made of corpus/columns.toml: run as a program, it writes the page; a test holds it true."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from corpus.schema import TableDescription, load_columns, open_database

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "data-dictionary.md"
HEAD = """# Data dictionary

Every table and view of the database, and every column with its unit of measure or the form of its text. Made by
`make docs` of `corpus/columns.toml`; the database holds the same in its table `data_dictionary`. What a claim is, and
what the vocabularies mean, is told in [codebook.md](codebook.md); which of this is published, in
[exporting.md](exporting.md).

Times are UTC (2025-05-06T03:04:05+00:00), days ISO (2025-05-06). An empty cell means that nothing is known.
"""


def page() -> str:
    """The page as columns.toml and the schema of today have it: views for people, then tables."""
    db = open_database(":memory:")
    try:
        views, tables = (
            [table for table in load_columns().values() if (table.name in db.view_names()) is is_view]
            for is_view in (True, False)
        )
        parts = [HEAD, "## Views\n", *_sections(db, views), "## Tables\n", *_sections(db, tables)]
    finally:
        db.close()
    return "\n".join(parts)


def _sections(db: Database, tables: list[TableDescription]) -> Iterator[str]:
    for table in sorted(tables, key=lambda table: table.name):
        keys = {str(name) for name, pk in db.execute("SELECT name, pk FROM pragma_table_info(?)", [table.name]) if pk}
        rows = [
            f"| `{column.name}`{' (key)' if column.name in keys else ''} | {column.description} | {column.unit} |"
            for column in table.columns
        ]
        yield "\n".join(
            [f"### {table.name}", "", table.description, "", "| column | what | unit |", "|---|---|---|", *rows, ""]
        )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
