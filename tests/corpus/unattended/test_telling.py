"""A change is told once by each channel; what does not get through is kept for the next time."""

import datetime as dt
import socket
from dataclasses import replace

import pytest

from corpus.store import Store
from corpus.unattended import watch as watching
from corpus.unattended.alarms import Alarm
from corpus.unattended.channels import Mail, Security, Telegram, Webhook
from corpus.unattended.deliver import LONGEST_TELEGRAM, Message, NotDelivered, deliver
from corpus.unattended.ledger import Change, Notice, due, mark_told, note, standing_since
from corpus.unattended.monitors import Tell, run_monitors

from .conftest import NOW, a_run

DRIFT = Alarm("drift", "kabar.id", "The layout of kabar.id no longer fits 2 of its last 10 pages.", "Mend it.")
DISK = Alarm("disk_low", "/srv", "Only 1.0 GiB are free.", "Free some space.")


@pytest.fixture
def told(store):
    """What a channel has to tell when these alarms are found so many hours on; it is told at once, if it can be."""

    def told(hours, *alarms, channel="webhook", delivered=True):
        at = NOW + dt.timedelta(hours=hours)
        note(store, alarms, [channel], at)
        notices = due(store.db, channel)
        if delivered:
            mark_told(store, channel, notices, at)
        return [(notice.change, notice.alarm.id) for notice in notices]

    return told


def test_an_alarm_is_told_when_it_rises_and_when_it_is_over_and_not_between(told):
    assert told(0, DRIFT) == [(Change.RAISED, "drift kabar.id")]
    assert told(1, DRIFT) == []
    assert told(2) == [(Change.OVER, "drift kabar.id")]
    assert told(3) == []


def test_one_that_comes_back_is_a_new_one(told):
    told(0, DRIFT)
    told(1)
    assert told(2, DRIFT) == [(Change.RAISED, "drift kabar.id")]


def test_another_number_in_the_sentence_is_no_change(told, store):
    told(0, DRIFT)
    worse = replace(DRIFT, sentence="The layout of kabar.id no longer fits 9 of its last 10 pages.")
    assert told(1, worse) == []
    assert store.db.execute("SELECT sentence, since FROM alarms").fetchall() == [
        (worse.sentence, "2025-05-06T05:00:00+00:00")
    ]


def test_what_could_not_be_told_is_told_with_what_comes_next(told):
    told(0, DRIFT, delivered=False)
    assert told(1, DRIFT, DISK) == [(Change.RAISED, "drift kabar.id"), (Change.RAISED, "disk_low /srv")]


def test_what_rose_and_ended_untold_is_told_as_over_alone(told):
    told(0, DRIFT, delivered=False)
    assert told(1) == [(Change.OVER, "drift kabar.id")]
    assert told(2) == []


def test_each_channel_is_told_by_itself(told):
    told(0, DRIFT)
    assert told(1, DRIFT, channel="email") == [(Change.RAISED, "drift kabar.id")]


def test_a_new_channel_hears_nothing_of_what_was_over_before(told):
    told(0, DRIFT)
    told(1)
    assert told(2, channel="email") == []


def test_since_when_an_alarm_stands(told, store):
    told(0, DRIFT)
    told(5, DRIFT, DISK)
    assert standing_since(store.db) == {
        "drift kabar.id": "2025-05-06T05:00:00+00:00",
        "disk_low /srv": "2025-05-06T10:00:00+00:00",
    }


# Messages

MESSAGE = Message(
    "cakupan.db",
    (
        Notice(1, Change.RAISED, DRIFT, "2025-05-06T05:00:00+00:00", None),
        Notice(2, Change.OVER, DISK, "2025-05-05T05:00:00+00:00", "2025-05-06T05:00:00+00:00"),
    ),
)
SUBJECT = "cakupan: 1 new alarm, 1 over (cakupan.db)"


def test_a_webhook_has_it_for_people_and_for_programs(post):
    deliver(Webhook(f"{post.url}/hook"), MESSAGE)
    (body,) = post.came
    assert body["text"].splitlines() == [
        SUBJECT,
        "",
        "NEW [drift kabar.id] The layout of kabar.id no longer fits 2 of its last 10 pages.",
        "Mend it.",
        "",
        "OVER [disk_low /srv] stood since 2025-05-05 05:00 UTC: Only 1.0 GiB are free.",
    ]
    assert [alarm["id"] for alarm in body["raised"]] == ["drift kabar.id"]
    assert [alarm["over_at"] for alarm in body["over"]] == ["2025-05-06T05:00:00+00:00"]


def test_a_mail_to_two_people(postbox):
    host, port = postbox.address.split(":")
    deliver(Mail(host, int(port), ("ana@example.org", "budi@example.org"), "cakupan@example.org"), MESSAGE)
    (letter,) = postbox.letters
    assert (letter["Subject"], letter["To"]) == (SUBJECT, "ana@example.org, budi@example.org")
    assert letter["From"] == "cakupan@example.org"
    assert "NEW [drift kabar.id]" in letter.get_payload()


def test_a_telegram_message_is_cut_where_its_server_would_refuse_it(post):
    long = replace(DRIFT, sentence="panjang " * 2000)
    deliver(
        Telegram("-100", "123:rahasia", post.url), Message("cakupan.db", (replace(MESSAGE.notices[0], alarm=long),))
    )
    assert post.paths == ["/bot123:rahasia/sendMessage"]
    assert post.came[0]["chat_id"] == "-100"
    assert len(post.came[0]["text"]) == LONGEST_TELEGRAM


@pytest.mark.parametrize("answer", [302, 403, 500])
def test_a_server_that_does_not_take_it(post, answer):
    post.answer = answer
    with pytest.raises(NotDelivered, match=str(answer)):
        deliver(Telegram("-100", "123:rahasia", post.url), MESSAGE)
    assert len(post.came) == 1


def closed_port():
    """A port of this machine at which nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def test_nobody_answers_and_no_secret_is_told():
    port = closed_port()
    for channel in (
        Webhook(f"http://127.0.0.1:{port}/rahasia"),
        Telegram("-100", "rahasia", f"http://127.0.0.1:{port}"),
        Mail("127.0.0.1", port, ("ana@example.org",), "ana@example.org", user="ana", password="rahasia"),
    ):
        with pytest.raises(NotDelivered, match="ConnectionRefusedError") as problem:
            deliver(channel, MESSAGE)
        assert "rahasia" not in str(problem.value)
        assert problem.value.__cause__ is None


def test_a_mail_that_was_to_be_encrypted_is_not_sent_in_the_clear(postbox):
    host, port = postbox.address.split(":")
    with pytest.raises(NotDelivered):
        deliver(Mail(host, int(port), ("ana@example.org",), "ana@example.org", Security.STARTTLS), MESSAGE)
    assert postbox.letters == []


# All together, as at the end of a run


@pytest.fixture
def failed(well):
    """A status with one alarm."""
    return replace(well, runs=(a_run(8, "failed", hours_ago=1), *well.runs))


def test_each_rule_is_a_monitor_and_the_one_that_fails_says_why(store, failed, rules):
    result = run_monitors(failed, rules, Tell(store, (), NOW))
    wrong = {one.monitor.monitor_name: one.reason for one in result.monitor_results if one.reason}
    assert len(result.monitor_results) == len(rules.alarms)
    assert wrong == {"run_failed": "Run 8 (run) failed, on 2025-05-06 04:00 UTC."}


def test_one_channel_that_fails_keeps_no_other_from_it(store, failed, rules, post):
    note(store, [DRIFT], ["webhook", "telegram"], NOW)
    dead = f"http://127.0.0.1:{closed_port()}"
    tell = Tell(store, (Webhook(dead), Telegram("-100", "123:rahasia", post.url)), NOW)
    run_monitors(failed, rules, tell)
    assert tell.told == {"telegram": 1}
    assert tell.problems == {"webhook": "the server cannot be reached (ConnectionRefusedError)"}
    assert len(due(store.db, "webhook")) == 1
    again = Tell(store, (Webhook(post.url), Telegram("-100", "123:rahasia", post.url)), NOW)
    run_monitors(failed, rules, again)
    assert (again.told, again.problems) == ({"webhook": 1}, {})


def test_what_breaks_the_action_itself_is_not_lost_in_it(store, failed, rules, post):
    note(store, [DRIFT], ["webhook"], NOW)
    store.db.execute("DROP TABLE alarm_notices")
    tell = Tell(store, (Webhook(post.url),), NOW)
    run_monitors(failed, rules, tell)
    assert "no such table" in str(tell.failure)


@pytest.fixture
def config(tmp_path, monkeypatch):
    """Settings with a webhook that stands in the environment."""
    from corpus.config import Config

    def config(url):
        monkeypatch.setenv("CAKUPAN_ALARMS_WEBHOOK", url)
        (tmp_path / "backups").mkdir(exist_ok=True)
        return Config(database=tmp_path / "cakupan.db", backups=tmp_path / "backups")

    return config


def test_watching_tells_once(store, config, post):
    for _ in range(2):
        watched = watching.watch(store, store.path, config(post.url), archive=None, now=NOW)
        assert [alarm.id for alarm in watched.alarms] == ["not_backed_up"]
        assert watched.exit_code == 3
    assert [len(body["raised"]) for body in post.came] == [1]


def test_without_the_extra_nothing_is_sent_and_that_is_said(store, config, post, monkeypatch):
    monkeypatch.setattr(watching, "find_spec", lambda name: None)
    watched = watching.watch(store, store.path, config(post.url), archive=None, now=NOW)
    assert [alarm.id for alarm in watched.alarms] == ["not_backed_up"]
    assert "the extra `monitor` is not installed" in watched.untold["webhook"]
    assert post.came == []
    assert len(due(store.db, "webhook")) == 1


def test_a_database_that_gives_out_breaks_no_run(tmp_path, config, post, monkeypatch):
    path = tmp_path / "cakupan.db"
    with Store.open(path, busy_timeout_seconds=0.01) as store, Store.open(path) as other, other.transaction():
        other.know_outlet("kabar.id")
        watched = watching.watch_safely(store, path, config(post.url), archive=None)
    assert [alarm.id for alarm in watched.alarms] == ["not_backed_up"]
    assert "being written by another process" in watched.untold["the database"]
