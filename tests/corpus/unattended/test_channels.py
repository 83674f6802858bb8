"""Where alarms go is set in cakupan.toml, overruled by the environment; secrets stay out of both files and messages."""

import pytest

from corpus.config import ConfigError, load_config
from corpus.unattended.channels import Mail, Security, Telegram, Webhook, alarm_settings

TOKEN = "123:rahasia"


def settings(environment=None, **table):
    return alarm_settings(table, environment or {})


def test_nothing_is_set_and_nobody_is_told():
    assert settings().channels == ()


def test_all_three_channels():
    table = {"webhook": "https://chat.example.org/x", "email": ["ana@example.org"], "telegram_chat": "-100"}
    webhook, mail, telegram = settings({"CAKUPAN_ALARMS_TELEGRAM_TOKEN": TOKEN}, **table).channels
    assert webhook == Webhook("https://chat.example.org/x")
    assert mail == Mail("localhost", 25, ("ana@example.org",), "ana@example.org")
    assert telegram == Telegram("-100", TOKEN)


def test_the_environment_overrules_the_file():
    environment = {
        "CAKUPAN_ALARMS_EMAIL": "budi@example.org, citra@example.org",
        "CAKUPAN_ALARMS_SMTP": "mail.example.org",
    }
    (mail,) = settings(environment, email="ana@example.org", smtp_security="tls").channels
    assert (mail.to, mail.host, mail.port) == (("budi@example.org", "citra@example.org"), "mail.example.org", 465)
    assert mail.security is Security.TLS


def test_secrets_come_from_files_of_their_own(tmp_path):
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n", encoding="utf-8")
    (telegram,) = settings(telegram_chat="-100", telegram_token_file=str(file)).channels
    assert telegram.token == TOKEN


@pytest.mark.parametrize("key", ["telegram_token", "smtp_password"])
def test_secrets_in_the_settings_are_refused_without_being_repeated(key):
    with pytest.raises(ConfigError, match=f"CAKUPAN_ALARMS_{key.upper()}") as told:
        settings(**{key: TOKEN})
    assert TOKEN not in str(told.value)


def test_no_repr_tells_a_secret():
    table = {"webhook": f"https://chat.example.org/{TOKEN}", "email": "ana@example.org", "smtp_user": "ana"}
    environment = {"CAKUPAN_ALARMS_SMTP_PASSWORD": TOKEN, "CAKUPAN_ALARMS_TELEGRAM_TOKEN": TOKEN}
    found = settings(environment, telegram_chat="-100", **table)
    assert len(found.channels) == 3
    assert TOKEN not in repr(found)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"webhok": "https://x.org"}, "did you mean 'webhook'"),
        ({"webhook": "file:///etc/passwd"}, "begins with https://"),
        ({"webhook": 3}, "is to be a string"),
        ({"email": "nobody"}, "'nobody' in 'email' is no e-mail address"),
        ({"email": "ana@example.org\nBcc: all@example.org"}, "is no e-mail address"),
        ({"email": "ana@example.org", "smtp_security": "ssl"}, "none, starttls or tls"),
        ({"email": "ana@example.org", "smtp_user": "ana"}, "belong together"),
        ({"email": "ana@example.org", "smtp": "mail.example.org:many"}, "with :port"),
        ({"telegram_chat": "-100"}, "needs the bot's token"),
        ({"telegram_chat": "-100", "telegram_token_file": "/nowhere"}, "cannot be read"),
        ({"thresholds": {"no_run": "long"}}, "a number for each rule"),
    ],
)
def test_what_cannot_be_used_is_told(table, told):
    with pytest.raises(ConfigError, match=told):
        settings(**table)


def test_the_table_in_cakupan_toml(tmp_path):
    file = tmp_path / "cakupan.toml"
    file.write_text('[alarms]\nwebhook = "https://x.org/"\n[alarms.thresholds]\nno_run = 200\n', encoding="utf-8")
    found = alarm_settings(load_config(file, {}).alarms, {})
    assert (found.channels, found.thresholds) == ((Webhook("https://x.org/"),), {"no_run": 200})
