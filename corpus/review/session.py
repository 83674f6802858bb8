"""A reviewer at the terminal: claim after claim, one key an answer. Each verdict is stored as it is given."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import click
from rich.console import Console
from rich.text import Text

from corpus.review.correcting import ask_corrections
from corpus.review.keyboard import Keyboard
from corpus.review.problems import ReviewError, UnknownClaim
from corpus.review.queue import Task, context_of, load_task
from corpus.review.screen import iter_claim, list_choices, load_words, mark, place_name
from corpus.review.verdicts import Verdict, save_review, take_back
from corpus.store import Store
from corpus.verdict_text import Block, print_blocks

CONTEXT = 600
"""So many characters of the text are shown before and after a figure."""


@dataclass(frozen=True, slots=True)
class Given:
    """A verdict of this session: the number of its review, and the claim."""

    review: int
    claim_id: str
    verdict: Verdict


@dataclass(slots=True)
class Session:
    """One sitting of a reviewer. `claims` are IDs in order; `blind`: without what others said, judged claims too."""

    store: Store
    reviewer: str
    claims: Iterable[str]
    keyboard: Keyboard
    console: Console
    clock: Callable[[], dt.datetime]
    blind: bool = False
    given: list[Given] = field(default_factory=list)
    skipped: int = 0

    def run(self) -> None:
        """Ask until the queue is empty or the reviewer has had enough; EOFError is the same as quitting."""
        waiting = iter(self.claims)
        again: list[str] = []
        try:
            while (claim := again.pop() if again else next(waiting, None)) is not None:
                task = self.load(claim)
                if task is None:
                    continue
                match self.ask(task):
                    case "q":
                        return
                    case "u":
                        again += [claim, self.undo()]
        except EOFError:
            click.echo()

    def load(self, claim: str) -> Task | None:
        """What there is to be seen of a claim; None where it is gone or was judged by now, as by an import."""
        try:
            task = load_task(self.store.db, claim, blind=self.blind)
        except UnknownClaim:
            return None
        return task if self.blind or task.place is not None else None

    def ask(self, task: Task) -> str:
        """Show a claim and take an answer; gives the key that ended it."""
        self.show(task)
        while True:
            self.prompt(list_choices(load_words()["answers"].items()) + ": ")
            match self.keyboard.key():
                case "a":
                    self.save(task, Verdict.ACCEPT)
                    return "a"
                case "c":
                    if corrections := ask_corrections(self.store.db, task, self.keyboard):
                        self.save(task, Verdict.CORRECT, corrections)
                        return "c"
                case "r":
                    if reason := self.ask_reason():
                        self.save(task, Verdict.REJECT, reason=reason)
                        return "r"
                case "s":
                    self.skipped += 1
                    return "s"
                case "u":
                    if self.given:
                        return "u"
                    click.echo("There is no verdict of this session to undo.")
                case "o":
                    self.show_context(task)
                case "q":
                    return "q"
                case _:
                    click.echo("\n".join(f"  {key}  {text}" for key, text in load_words()["help"].items()))

    def show(self, task: Task) -> None:
        """Print the claim under a rule with its place in the queue."""
        self.console.print()
        self.console.rule(Text("second opinion" if self.blind else place_name(task.place)), align="left")
        print_blocks(self.console, iter_claim(task, coloured=self.console.color_system is not None))
        self.console.print()

    def show_context(self, task: Task) -> None:
        """Print the text around the figure."""
        found = context_of(self.store.db, task.claim_id, CONTEXT)
        if found is None:
            click.echo("The text was taken out of the database; look it up at the address above.")
            return
        text = mark(*found, coloured=self.console.color_system is not None)
        print_blocks(self.console, [Block(Text()), Block(Text.assemble("… ", text, " …")), Block(Text())])

    def ask_reason(self) -> str | None:
        """Why a claim is rejected; None where the reviewer thinks better of it."""
        while True:
            for key, reason in load_words()["reasons"].items():
                click.echo(f"  {key}  {reason}")
            self.prompt("why? o another reason, Enter goes back: ")
            match self.keyboard.key():
                case "":
                    return None
                case "o":
                    self.prompt("the reason: ")
                    return self.keyboard.line() or None
                case key if key in load_words()["reasons"]:
                    return str(load_words()["reasons"][key])

    def save(
        self, task: Task, verdict: Verdict, corrections: dict[str, object] | None = None, reason: str | None = None
    ) -> None:
        """Store a verdict and say so; where the claim changed while it was looked at, say that instead."""
        try:
            number = save_review(
                self.store, task.claim_id, self.reviewer, verdict, corrections, reason, at=self.clock()
            )
        except ReviewError as problem:
            click.echo(f"Not saved: {problem}")
            return
        self.given.append(Given(number, task.claim_id, verdict))
        click.echo(f"Saved: {verdict.value}.")

    def undo(self) -> str:
        """Take the last verdict of the session back by one more row; gives its claim."""
        last = self.given.pop()
        take_back(self.store, last.review, at=self.clock())
        click.echo(f"Taken back: {last.verdict.value}.")
        return last.claim_id

    def tally(self) -> str:
        """What was done, in a sentence."""
        counts = Counter(given.verdict.value for given in self.given)
        told = ", ".join(f"{verdict} {count}" for verdict, count in sorted(counts.items()))
        verdicts = "1 verdict" if len(self.given) == 1 else f"{len(self.given)} verdicts"
        skipped = f" Skipped: {self.skipped}." if self.skipped else ""
        return f"Saved {verdicts}{f' ({told})' if told else ''} of {self.reviewer}.{skipped}"

    def prompt(self, text: str) -> None:
        """A question, the answer to which stands on the same line."""
        click.echo(text, nl=False)
