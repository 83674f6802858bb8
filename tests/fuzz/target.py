"""The fuzz target: atheris mutates inputs towards code that none has reached yet, and tests/fuzz/holds.py judges them.

    python -m tests.fuzz.target -runs=200000 CORPUS

The first byte of an input says which way in it takes and how the rest is read: as it is, as code points, or as a list
of our own words, one or two bytes a word, so that single mutations make sentences. Options are libFuzzer's.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["extract", "crawler"]):
    from . import holds

from . import words

TEXTS = (holds.extracted, holds.figures, holds.repaired, holds.dates, holds.regions, holds.registry, holds.address)
LISTINGS = (holds.feed, holds.sitemap, holds.interface, holds.index)
BODIES = (holds.page, *LISTINGS, holds.robots, holds.archive, holds.answer)
ENTRIES = (*TEXTS, *BODIES)
PIECES = tuple(piece for kind in words.kinds()[:5] for piece in kind)
LONG = tuple(piece for kind in words.kinds()[5:] for piece in kind)
P = words.PIECES
TAGS = dict.fromkeys([*P["tags"], *P["xml_tags"]])
MARKUP = (
    *(f"<{tag}>" for tag in TAGS),
    *(f"</{tag}>" for tag in TAGS),
    *(f"<{tag}{extra}>" for tag in ("p", "div", "a", "script") for extra in P["attributes"]),
    *P["broken_markup"],
)
DATA = (
    *(f'"{key}": ' for key in P["json_keys"]),
    *(f"\n{key} = " for key in P["registry_keys"]),
    *(f"{line}\n" for line in words.ROBOTS),
    *(f"{line}\r\n" for line in (*P["statuses"], *P["headers"], *map("WARC/{}".format, P["warc_versions"]))),
    *(*P["stamps"], *words.ADDRESSES, '["kabar.example"]\n', "\r\n\r\n", "Content-Length: 9\r\n"),
)
COUNTS = dict.fromkeys((entry.__name__ for entry in ENTRIES), 0)


def told(content):
    """The text that bytes spell as a list of words: below 128 one of the short ones, else of all with the next byte."""
    found = []
    signs = iter(content)
    for sign in signs:
        if sign < 96:
            found.append(PIECES[(sign * 31 + next(signs, 0)) % len(PIECES)])
        elif sign < 128:
            found.append(MARKUP[next(signs, 0) % len(MARKUP)])
        elif sign < 160:
            found.append(DATA[next(signs, 0) % len(DATA)])
        elif sign < 224:
            found.append(" " + LONG[((sign - 160) * 256 + next(signs, 0)) % len(LONG)])
        else:
            found.append(chr(next(signs, 32)))
    return "".join(found)


def one_input(content):
    """Judge one input."""
    if not content:
        return
    entry = ENTRIES[content[0] % len(ENTRIES)]
    how, rest = content[0] // len(ENTRIES), content[1:]
    COUNTS[entry.__name__] += 1
    if how % 3 == 0:
        text = told(rest)
    elif how % 3 == 1:
        text = rest.decode("utf-8", "surrogateescape")
    else:
        text = rest.decode("utf-16-le", "surrogatepass") if len(rest) % 2 == 0 else rest.decode("latin-1")
    if entry in TEXTS:
        entry(text)
    else:
        entry(rest if how % 3 else text.encode("utf-8", "surrogatepass"))


def write_seeds(folder):
    """Inputs to begin with: sentences of the annotated demo articles for each way in, as they are and as words."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = len(ENTRIES)
    for at, sentence in enumerate(words.sentences()):
        for way in range(len(ENTRIES)):
            if (at + way) % 8 == 0:
                (folder / f"seed-{way}-{at}").write_bytes(bytes([way + plain]) + sentence.encode())
    for way in range(len(ENTRIES)):
        for at in range(6):
            steps = ((at * 37 + step * 29) % 256 for step in range(60))
            (folder / f"words-{way}-{at}").write_bytes(bytes([way, *steps]))


def main():
    folders = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("-")]
    if folders:
        write_seeds(folders[0])
    warnings.simplefilter("ignore")
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
