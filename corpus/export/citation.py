"""CITATION.cff (Citation File Format 1.2.0), which GitHub, Zenodo and reference managers read."""

from __future__ import annotations

from corpus.export.cells import compact
from corpus.export.package import KEYWORDS, TITLE
from corpus.export.release import Release
from extract import __version__

FILE = "CITATION.cff"
AUTHOR = "cakupan contributors"


def citation(release: Release) -> str:
    """The text of CITATION.cff. Its date is the last day of the data, for it is the same whenever it is made."""
    # JSON is YAML too, and needs no rules for quoting.
    fields: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": "Cite the release by its version, and a single claim by its claim_id beside it.",
        "type": "dataset",
        "title": TITLE,
        "version": release.version,
        "date-released": release.data_until,
        "authors": [{"name": AUTHOR}],
        "abstract": f"{release.selection.in_words().capitalize()}, read out of Indonesian regional news by cakupan "
        f"{__version__}, up to {release.data_until}.",
        "keywords": list(KEYWORDS),
    }
    return "".join(f"{name}: {compact(value)}\n" for name, value in fields.items())


def reference(release: Release) -> str:
    """How to cite it, in one line."""
    return f"{AUTHOR} ({release.data_until[:4]}). {TITLE}. Version {release.version}, data up to {release.data_until}."
