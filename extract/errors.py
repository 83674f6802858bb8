"""What can go wrong here. Odd text is never an error: a figure or date that cannot be read has the value None."""

from __future__ import annotations


class ExtractError(Exception):
    """Base of every error that this package raises on purpose."""


class LexiconError(ExtractError):
    """A lexicon file is broken; raised at load, naming the file and the entry."""

    def __init__(self, file: str, entry: str, problem: str) -> None:
        super().__init__(f"{file}, entry {entry!r}: {problem}")
        self.file = file
        self.entry = entry
        self.problem = problem


class UnknownRegionCode(ExtractError):  # noqa: N818 - named by the fact, not by the mechanism
    """No region has this Kemendagri code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"no region has the Kemendagri code {code!r}")
        self.code = code


class GoldError(ExtractError):
    """A gold file cannot be used; names the file and what is wrong with it."""

    def __init__(self, file: str, problem: str) -> None:
        super().__init__(f"{file}: {problem}")
        self.file = file
        self.problem = problem
