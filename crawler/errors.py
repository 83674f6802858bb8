"""What can go wrong here on purpose. A page or feed that cannot be read is not an error: it is counted."""

from __future__ import annotations

from pathlib import Path


class CrawlerError(Exception):
    """Base of every error that this package raises on purpose."""


class RegistryError(CrawlerError):
    """A data file of this package is broken; raised at load, naming the file and the entry."""

    def __init__(self, file: str, entry: str, problem: str) -> None:
        super().__init__(f"{file}, entry {entry!r}: {problem}")
        self.file = file
        self.entry = entry
        self.problem = problem


class UnknownOutlet(CrawlerError):  # noqa: N818 - named by the fact, not by the mechanism
    """No outlet of the registry has this domain or name; carries the nearest ones."""

    def __init__(self, name: str, nearest: tuple[str, ...]) -> None:
        hint = f"; nearest: {', '.join(nearest)}" if nearest else ""
        super().__init__(f"no outlet is called {name!r}{hint}")
        self.name = name
        self.nearest = nearest


class NoContact(CrawlerError):  # noqa: N818 - named by the fact, not by the mechanism
    """A crawl of real sites was asked for without saying whom a site may write to."""

    def __init__(self) -> None:
        super().__init__(
            "real sites are crawled only with a contact in the user agent: "
            "give an e-mail address or a web page that says who runs this crawl"
        )


class AlreadyCrawled(CrawlerError):  # noqa: N818 - named by the fact, not by the mechanism
    """A second crawl was started in one process; Twisted's reactor runs only once."""

    def __init__(self) -> None:
        super().__init__("one process can crawl once; start the next crawl in a process of its own")


class UnusableAddress(CrawlerError):  # noqa: N818 - named by the fact, not by the mechanism
    """What was to be fetched is no address that could be."""

    def __init__(self, url: str, problem: str) -> None:
        super().__init__(f"{url} {problem}")
        self.url = url


class NotFetched(CrawlerError):  # noqa: N818 - named by the fact, not by the mechanism
    """A page could not be had; says why, and what to do instead."""

    def __init__(self, url: str, reason: str, advice: str) -> None:
        super().__init__(f"{url}: {reason}{'' if reason.endswith('?') else '.'} {advice}")
        self.url = url


class ArchiveFailed(CrawlerError):  # noqa: N818 - named by the fact, not by the mechanism
    """What is fetched can no longer be kept."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path} cannot be written ({problem}). What came before is kept; make room, then run again")
        self.path = path
        self.problem = problem


class NotRemovable(CrawlerError):  # noqa: N818 - named by the fact, not by the mechanism
    """A record cannot be taken out of an archive, because of how its file is zipped or damaged; says which."""


class NotReplayable(CrawlerError):  # noqa: N818 - named by the fact, not by the mechanism
    """A file was not recorded by a run of ours."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path} {problem}. Of other archives, articles are had with `cakupan backfill`")
        self.path = path
