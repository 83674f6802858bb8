"""The rules as monitors of spidermon: one a rule, run over what the store keeps of runs, with an action that tells.

Its own actions are passed over: for mail they need a password and Scrapy's running reactor, for Telegram they put token
and text into one address, and none says whether a message got through.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from spidermon import Monitor, MonitorSuite
from spidermon.core.actions import Action
from spidermon.results.monitor import MonitorResult
from spidermon.runners import MonitorRunner

from corpus.store import Store
from corpus.unattended.alarms import check
from corpus.unattended.channels import Channel
from corpus.unattended.deliver import Message, NotDelivered, deliver
from corpus.unattended.ledger import due, mark_told, mark_untold
from corpus.unattended.rules import Rule, Rules
from corpus.unattended.status import Status


class RuleMonitor(Monitor):
    """One rule held against a status; fails with what is wrong by it."""

    def __init__(self, rule: Rule) -> None:
        super().__init__("runTest", name=rule.id)
        self.rule = rule

    def runTest(self) -> None:  # noqa: N802 - unittest's name
        """Nothing is wrong by this rule."""
        if wrong := list(check(self.data.status, self.rule)):
            self.fail("\n".join(alarm.sentence for alarm in wrong))


class Tell(Action):
    """Send by each channel what it has not told yet; what does not get through is kept for the next time."""

    def __init__(self, store: Store, channels: Sequence[Channel], at: dt.datetime) -> None:
        super().__init__()
        self.store = store
        self.channels = channels
        self.at = at
        self.told: dict[str, int] = {}
        self.problems: dict[str, str] = {}
        self.failure: BaseException | None = None
        """What broke the action itself: spidermon would make a text of it, even of Ctrl-C."""

    def run_action(self) -> None:
        """Deliver, and keep in `failure` what was not to be expected."""
        try:
            self.tell_all()
        except BaseException as failure:
            self.failure = failure
            raise

    def tell_all(self) -> None:
        """Deliver by every channel; one that fails keeps no other from it."""
        for channel in self.channels:
            notices = due(self.store.db, channel.name)
            if not notices:
                continue
            try:
                deliver(channel, Message(self.data.status.database.name, notices))
            except NotDelivered as problem:
                self.problems[channel.name] = str(problem)
                mark_untold(self.store, channel.name, str(problem))
            else:
                self.told[channel.name] = len(notices)
                mark_told(self.store, channel.name, notices, self.at)


def run_monitors(status: Status, rules: Rules, tell: Tell) -> MonitorResult:
    """Hold the rules against a status, and let `tell` act, whether all is well or not."""
    monitors = [RuleMonitor(rule) for rule in rules.alarms.values()]
    suite = MonitorSuite("cakupan", monitors=monitors, monitors_finished_actions=[tell])
    stats: Mapping[str, Any] = dict(status.last_ended.counts) if status.last_ended else {}
    return MonitorRunner().run(suite, stats=stats, status=status)
