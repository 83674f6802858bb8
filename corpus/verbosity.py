"""How much is told on stderr while a command works."""

from __future__ import annotations

import logging

# These tell how Scrapy is built and what every item holds, not what it does.
SELF_ABSORBED = (
    "scrapy.addons",
    "scrapy.middleware",
    "scrapy.crawler",
    "scrapy.utils.log",
    "scrapy.core.scraper",
    "asyncio",
)


def set_verbosity(verbose: bool) -> dict[str, str]:
    """Scrapy's settings that log every request where asked, else only what went wrong."""
    for name in SELF_ABSORBED:
        logging.getLogger(name).setLevel(logging.WARNING)
    return {"LOG_LEVEL": "DEBUG" if verbose else "WARNING", "LOG_FORMAT": "%(levelname)s %(message)s"}
