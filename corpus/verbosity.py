"""How much is told on stderr while a command works."""

from __future__ import annotations

import logging


def set_verbosity(verbose: bool) -> dict[str, str]:
    """Log to stderr, from INFO on where asked, else from WARNING on; gives the matching Scrapy setting."""
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s", force=True)
    return {"LOG_LEVEL": logging.getLevelName(level)}
