"""Spans of time as people write them, on the command line and in settings."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.config import ConfigError, load_config
from corpus.unattended.durations import parse_duration, write_duration


@pytest.mark.parametrize(
    ("text", "seconds", "written"),
    [
        ("45s", 45, "45s"),
        ("90m", 5_400, "1h30m"),
        ("2h", 7_200, "2h"),
        ("1h30m", 5_400, "1h30m"),
        (" 1D 2H ", 93_600, "1d2h"),
        ("86400s", 86_400, "1d"),
    ],
)
def test_it_is_read_and_written(text, seconds, written):
    span = parse_duration(text)
    assert span.total_seconds() == seconds
    assert write_duration(span) == written
    assert parse_duration(written) == span


@pytest.mark.parametrize("text", ["", "0s", "90", "2 jam", "1m2h", "-2h", "1,5h", "٢h", "9999d", "99999999999999999s"])
def test_anything_else_is_told_with_the_forms(text):
    with pytest.raises(ValueError, match="45s, 90m, 2h"):
        parse_duration(text)


def test_it_is_a_setting_too(tmp_path):
    file = tmp_path / "cakupan.toml"
    file.write_text('max_time = "90m"\nlog = "c.log"\nlog_format = "json"\n', encoding="utf-8")
    config = load_config(file, {"CAKUPAN_MAX_TIME": "2h"})
    assert (config.max_time, str(config.log), config.log_format) == (dt.timedelta(hours=2), "c.log", "json")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [('max_time = "2 jam"', "'max_time': '2 jam' is to be a time"), ('log_format = "xml"', "is to be text or json")],
)
def test_a_setting_that_cannot_be_is_told(tmp_path, line, complaint):
    file = tmp_path / "cakupan.toml"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(ConfigError, match=complaint):
        load_config(file, {})
