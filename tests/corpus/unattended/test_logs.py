"""What a log tells, in which form and where, and what it never tells."""

from __future__ import annotations

import errno
import json
import logging
import os
import sys
from dataclasses import dataclass, field

import pytest

from corpus.errors import StorageFailed
from corpus.unattended.logs import LogFormat, LogSettings, Worth, formatter, open_handler
from corpus.unattended.secrets import hide, secrets_of

HOOK = "https://hooks.example.org/services/T0/rahasia-sekali"


@dataclass(frozen=True)
class Channel:
    name: str
    url: str = field(repr=False)


@dataclass(frozen=True)
class Mail:
    host: str
    password: str


@dataclass(frozen=True)
class Settings:
    """As settings are that know of alarms."""

    contact: str
    alarm_webhook: str
    telegram_token: str
    mail: Mail
    others: dict[str, object]
    channels: tuple[Channel, ...] = ()


SETTINGS = Settings(
    contact="redaksi@example.org",
    alarm_webhook=HOOK,
    telegram_token="123456:kuncirahasia",
    mail=Mail("smtp.example.org", 'kata "sandi"'),
    others={"CAKUPAN_API_KEY": "kunci-lain", "PATH": "/usr/bin:/bin"},
    channels=(Channel("surat", "https://example.org/pintu-belakang"),),
)


def record(message, *arguments, name="corpus.runs", level=logging.INFO, error=None):
    return logging.LogRecord(name, level, "runs.py", 1, message, arguments, error)


def line_of(form, one, secrets=frozenset(), file=None):
    return formatter(LogSettings(form=form, file=file, secrets=secrets)).format(one)


def test_settings_with_secret_names_are_secrets_in_all_forms_and_others_are_not():
    secrets = secrets_of(SETTINGS)
    assert {HOOK, "/services/T0/rahasia-sekali", "123456:kuncirahasia", 'kata "sandi"', "kunci-lain"} <= secrets
    assert "/pintu-belakang" in secrets
    assert not secrets & {"redaksi@example.org", "/usr/bin:/bin", "smtp.example.org", "surat"}


@pytest.mark.parametrize("form", LogFormat)
@pytest.mark.parametrize(
    ("message", "argument", "secret"),
    [
        ("posting to %s", HOOK, "rahasia"),
        ('https://hooks.example.org:443 "POST %s HTTP/1.1" 404', "/services/T0/rahasia-sekali", "rahasia"),
        ("asked %s", "https://api.telegram.org/bot987654321:AAF-lain_lagi_1234567890abc/send", "lain_lagi"),
        ("logging in with %r", 'kata "sandi"', "sandi"),
        ("Crawled (200) <GET %s> (referer: None)", "https://ana:sandi99@kabar.id/feed", "sandi99"),
        ("Crawled (200) <GET %s> (referer: None)", "https://kabar.id/feed?a=1&token=abc999&b=2", "abc999"),
        ("proxy http://%s:3128", "ana:sandi99@127.0.0.1", "sandi99"),
        ("headers: %s", {"Authorization": "Bearer abc999"}, "abc999"),
    ],
)
def test_secrets_are_hidden_wherever_they_stand(form, message, argument, secret):
    told = line_of(form, record(message, argument), secrets_of(SETTINGS))
    assert secret not in told
    assert "***" in told


def test_what_is_no_secret_stays():
    text = "Crawled (200) <GET https://kabar.id/tokoh/peserta-jkn?page=2> (referer: redaksi@example.org)"
    assert hide(text, secrets_of(SETTINGS)) == text


@pytest.mark.parametrize("form", LogFormat)
def test_errors_are_told_with_their_place_and_without_secrets(form):
    try:
        raise ValueError(f"cannot reach {HOOK}")
    except ValueError:
        told = line_of(form, record("alarm failed", error=sys.exc_info()), secrets_of(SETTINGS))
    assert "Traceback" in told and "ValueError: cannot reach ***" in told
    assert "rahasia" not in told


def test_a_line_of_json_has_time_level_logger_and_message_and_nothing_that_others_attached():
    one = record("run %d begins", 7)
    one.crawler = object()
    told = json.loads(line_of(LogFormat.JSON, one))
    assert set(told) == {"time", "level", "logger", "message"}
    assert (told["level"], told["logger"], told["message"]) == ("INFO", "corpus.runs", "run 7 begins")
    assert told["time"].endswith("+00:00")


def test_what_a_site_sends_makes_no_lines_of_its_own_and_moves_no_cursor():
    hostile = record("listing not read: %s", "x\nERROR disk failed\x1b[2J\u2028")
    assert line_of(LogFormat.TEXT, hostile) == r"INFO listing not read: x\nERROR disk failed\x1b[2J\u2028"
    assert "\n" not in line_of(LogFormat.JSON, hostile)


def test_the_file_may_be_moved_away_as_logrotate_does(tmp_path):
    file = tmp_path / "cakupan.log"
    handler = open_handler(file)
    handler.emit(record("before"))
    file.rename(tmp_path / "cakupan.log.1")
    handler.emit(record("after"))
    handler.close()
    assert (tmp_path / "cakupan.log.1").read_text(encoding="utf-8") == "before\n"
    assert file.read_text(encoding="utf-8") == "after\n"


def test_lines_that_a_full_disk_does_not_take_are_told_of_once(tmp_path, capsys):
    class FullDisk:
        def write(self, text):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        def flush(self):
            pass

    file = tmp_path / "cakupan.log"
    handler = open_handler(file)
    handler.setStream(FullDisk()).close()
    for _ in range(3):
        handler.emit(record("a line"))
    told = capsys.readouterr().err
    assert told == f"{file}: the log cannot be written (No space left on device); its lines are lost.\n"


def test_a_file_that_cannot_be_is_told_with_what_to_do(tmp_path):
    with pytest.raises(StorageFailed, match=r"the log cannot be written .*--log"):
        open_handler(tmp_path / "tiada" / "cakupan.log")


@pytest.mark.parametrize(
    ("name", "level", "is_told"),
    [
        ("corpus.runs", logging.INFO, True),
        ("crawler.crawl", logging.INFO, True),
        ("corpusculum", logging.INFO, False),
        ("scrapy.core.engine", logging.DEBUG, False),
        ("scrapy.core.engine", logging.WARNING, True),
    ],
)
def test_unasked_a_kept_log_tells_how_a_run_goes_and_what_went_wrong(name, level, is_told):
    assert Worth().filter(record("x", name=name, level=level)) is is_told
