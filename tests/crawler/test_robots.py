"""Why a site's robots.txt could not be had, as it is told to a person."""

from __future__ import annotations

import pytest
from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError, DownloadTimeoutError

from crawler.robots import describe_failure


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (CannotResolveHostError("DNS lookup failed"), "nobody knows an address for this name; is the network there?"),
        (DownloadConnectionRefusedError("111"), "the connection is refused"),
        (DownloadTimeoutError("30 s"), "no answer in time"),
        (OSError("network is down"), "network is down"),
        (OSError(), "OSError"),
    ],
)
def test_no_answer_is_told_with_its_reason(error, told):
    assert describe_failure(error) == told
