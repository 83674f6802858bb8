"""Why a verdict cannot be kept: errors that tell it in English, and in Indonesian where a page asks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from corpus.errors import CorpusError, WordingError
from extract.wording import Language

PROBLEMS = Path(__file__).with_name("problems.toml")


@cache
def load_problems(path: Path = PROBLEMS) -> Mapping[str, Mapping[Language, str]]:
    """The words of each problem in both languages. Raises WordingError where one is missing, or no TOML."""
    name = f"review/{path.name}"
    try:
        problems = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WordingError(name, "(the whole file)", str(error)) from error
    for key, words in problems.items():
        if not isinstance(words, dict) or set(words) != {"id", "en"}:
            raise WordingError(name, key, "needs exactly an Indonesian and an English text")
    return problems


def tell_problem(key: str, language: Language, **facts: object) -> str:
    """A problem in words."""
    return load_problems()[key][language].format(**facts)


class ReviewError(CorpusError):
    """A verdict cannot be kept as it is; says what is wrong with it, in English where only files can be at fault."""

    def tell(self, language: Language) -> str:
        """The same in `language`, as far as it has words for it."""
        del language
        return str(self)


class UnknownClaim(ReviewError):  # noqa: N818 - named by the fact, like all below
    """No claim has this ID."""

    def __init__(self, claim_id: str) -> None:
        super().__init__(tell_problem("unknown_claim", "en", claim=repr(claim_id)))
        self.claim_id = claim_id

    def tell(self, language: Language) -> str:
        """The same in `language`."""
        return tell_problem("unknown_claim", language, claim=repr(self.claim_id))


class BadReview(ReviewError):  # noqa: N818
    """Reviewer, verdict or reason are missing or contradict each other; `problem` is its key in problems.toml."""

    def __init__(self, problem: str, **facts: object) -> None:
        super().__init__(tell_problem(problem, "en", **facts))
        self.problem, self.facts = problem, facts

    def tell(self, language: Language) -> str:
        """The same in `language`."""
        return tell_problem(self.problem, language, **self.facts)


class BadLine(ReviewError):  # noqa: N818
    """A line of a file of verdicts is none."""


class BadCorrection(ReviewError):  # noqa: N818
    """The corrected value of a field cannot be; `field` names it, `problem` is its key in problems.toml."""

    def __init__(self, field: str, problem: str, **facts: object) -> None:
        super().__init__(f"{field}: {tell_problem(problem, 'en', **facts)}")
        self.field, self.problem, self.facts = field, problem, facts

    def tell(self, language: Language) -> str:
        """What is wrong in `language`, without the field."""
        return tell_problem(self.problem, language, **self.facts)


class UnknownReviewer(ReviewError):  # noqa: N818
    """Nobody of this name has judged anything here."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        who = f"Verdicts are there of {', '.join(known)}." if known else "Nobody has judged anything yet."
        super().__init__(f"no verdict of {name!r} counts in this database. {who}")
        self.name = name
