"""A sitting at the terminal: answers from lines of stdin, and from the keys of a real pseudo-terminal."""

import io
import json
import os
import re
import select
import subprocess
import sys

import pytest
from rich.console import Console

from corpus.review.keyboard import Lines
from corpus.review.queue import Filters, iter_queue, iter_second
from corpus.review.screen import load_words
from corpus.review.session import Session

WIDTH = 80


@pytest.fixture
def sit(store, noon, capsys):
    """A function that runs a session on these answers, a line each, and gives what was on the screen."""

    def sit(*answers, second=False):
        typed = io.StringIO("".join(f"{answer}\n" for answer in answers))
        session = Session(
            store=store,
            reviewer="ana",
            claims=iter_second(store.db, Filters(), "ana") if second else iter_queue(store.db, Filters()),
            keyboard=Lines(typed),
            console=Console(width=WIDTH, highlight=False, file=sys.stdout),
            clock=lambda: noon,
            blind=second,
        )
        session.run()
        return capsys.readouterr().out + session.tally()

    return sit


def verdicts(store):
    """Every row of reviews: verdict, corrections and reason."""
    rows = store.db.query("SELECT * FROM reviews ORDER BY id")
    return [(row["verdict"], json.loads(row["corrections"]), row["reason"]) for row in rows]


def test_a_claim_is_shown_with_its_sentence_source_and_evidence_within_80_columns(sit, claims):
    screen = sit("q")
    for told in (
        "repaired ─",
        "Malra menuju UHC (kabar.id, 2025-05-06)",
        "https://www.kabar.id/jkn-malra/",
        "[100.026.000 jiwa]",
        "metric     members: number of members",
        "value      126,000 people",
        "region     81.02 Kabupaten Maluku Tenggara",
        "as of      2025-05-01, told in the text",
        "speaker    André Rettob (Bupati Maluku Tenggara)",
        "printed    “100.026.000 jiwa”, that is 100,026,000",
        "repaired   confidence 98%; other readings: 100,026",
        "witness    126.000 of 129.000 is 97,67",
        "holds      126.000 is 97,7 % of 129.000",
    ):
        assert told in screen, told
    assert max(map(len, screen.splitlines())) <= WIDTH


def test_every_answer_and_help_fits_80_columns(sit, claims):
    keys = load_words()["fields"]
    dialogue = [step for key in keys for step in (key, "")]
    screen = sit("?", "o", "c", *dialogue, "", "r", "")
    assert max(map(len, screen.splitlines())) <= WIDTH


def test_accept_reject_and_quit(sit, store, claims):
    screen = sit("a", "r", "n", "q")
    assert verdicts(store) == [("accept", {}, None), ("reject", {}, "not about JKN coverage")]
    assert "Saved 2 verdicts (accept 1, reject 1) of ana." in screen


def test_a_reason_of_ones_own_and_thinking_better_of_it(sit, store, claims):
    sit("r", "", "r", "o", "angka tahun lalu", "q")
    assert verdicts(store) == [("reject", {}, "angka tahun lalu")]


def test_several_fields_are_corrected_in_one_verdict(sit, store, claims):
    dialogue = ("v", "126.504", "a", "ab", "m", "6", "d", "2025-05", "p", "Andre Rettob; Wakil Bupati", "g", "PPU")
    screen = sit("c", *dialogue, "", "q")
    assert verdicts(store) == [
        (
            "correct",
            {
                "metric": "active_members",
                "segment": "PPU",
                "value": 126_504,
                "approx": "about",
                "precision": 1,
                "as_of_end": "2025-05-31",
                "speaker": "Andre Rettob",
                "speaker_role": "Wakil Bupati",
            },
            None,
        )
    ]
    assert "now 126,504 people" in screen
    assert "now 2025-05-01 to 2025-05-31, told in the text" in screen


@pytest.mark.parametrize(
    ("key", "typed", "corrections"),
    [
        ("r", "81", {"region": "81"}),
        ("r", "Maluku", {"region": "81"}),
        ("r", "-", {"region": None}),
        ("d", "-", {"as_of_start": None, "as_of_end": None, "as_of_basis": None}),
        ("d", "2024", {"as_of_start": "2024-01-01", "as_of_end": "2024-12-31"}),
        ("d", "2025-04-29 2025-05-01", {"as_of_start": "2025-04-29"}),
        ("p", "-", {"speaker": None, "speaker_role": None}),
        ("o", "target", {"modality": "target"}),
        ("a", "over", {"approx": "over"}),
    ],
)
def test_what_is_typed_becomes_a_correction(sit, store, claims, key, typed, corrections):
    sit("c", key, typed, "", "q")
    assert verdicts(store) == [("correct", corrections, None)]


@pytest.mark.parametrize(
    ("key", "typed", "complaint"),
    [
        ("r", "Atlantis", "region: no region is called 'Atlantis'"),
        ("r", "99.99", "region: no region is called '99.99'"),
        ("d", "kemarin", "as_of: 'kemarin' is no day like 2025-05-06"),
        ("d", "2025-13", "'2025-13-01' is no day"),
        ("v", "banyak", "value: 'banyak' cannot be read without doubt"),
        ("m", "rate", "metric: 'rate' is none of those above"),
        ("m", "active", "metric: 'active' is more than one of those above"),
        ("m", "16", "metric: '16' is none of those above"),
        ("v", "126.000", "nothing differs from what the claim says"),
    ],
)
def test_what_cannot_be_is_told_and_asked_again(sit, store, claims, key, typed, complaint):
    screen = sit("c", key, typed, "", "", "q")
    assert complaint in screen
    assert verdicts(store) == []


def test_dropped_corrections_are_not_saved(sit, store, claims):
    sit("c", "a", "about", "x", "q")
    assert verdicts(store) == []


def test_a_skipped_claim_stays_in_the_queue(sit, store, claims):
    assert "Skipped: 2." in sit("s", "s")
    assert len(list(iter_queue(store.db, Filters()))) == 2


def test_undo_takes_the_verdict_back_by_a_row_and_shows_the_claim_again(sit, store, claims, standing):
    screen = sit("a", "u", "r", "g", "q")
    assert [verdict for verdict, _, _ in verdicts(store)] == ["accept", "withdraw", "reject"]
    assert "Taken back: accept." in screen
    assert screen.count("[100.026.000 jiwa]") == 2
    assert standing(claims[0])["review"] == "reject"


def test_undo_goes_back_as_far_as_the_session(sit, store, claims):
    screen = sit("a", "u", "u", "q")
    assert "There is no verdict of this session to undo." in screen
    assert store.count("verdicts") == 0


def test_what_is_no_answer_is_met_with_help(sit, store, claims):
    screen = sit("", "7", "q")
    assert screen.count("accept: all fields are right as they stand") == 2


def test_the_end_of_input_is_the_same_as_quitting(sit, store, claims):
    assert sit("a").endswith("Saved 1 verdict (accept 1) of ana.")
    assert store.count("reviews") == 1


def test_the_second_of_two_sees_nothing_of_the_first(sit, store, claims, judge):
    judge(claims[0], "correct", reviewer="budi", value="126.504", reason="as spoken")
    screen = sit("a", second=True)
    assert "second opinion" in screen
    assert "126,504" not in screen and "as spoken" not in screen and "budi" not in screen
    assert [row["reviewer"] for row in store.db.query("SELECT * FROM reviews ORDER BY id")] == ["budi", "ana"]


def test_a_changed_claim_comes_with_the_earlier_verdict_and_what_changed(sit, read_into, claims, judge):
    judge(claims[0], "correct", reviewer="budi", value="126.504", reason="as spoken")
    read_into("rules 2", claims=[{"region": "81"}])
    screen = re.sub(r"\s+", " ", sit("q"))
    assert "judged before, changed since" in screen
    assert "verdict correct by budi on 2025-05-06; value 126504, precision 1; as spoken" in screen
    assert "changed region was 81.02, is 81" in screen


def test_signs_that_steer_a_terminal_are_not_passed_on(sit, read_into):
    read_into(title="Malra \x1b[31mmenuju\x07 UHC")
    assert "\x1b" not in sit("q")


def test_a_claim_judged_by_somebody_else_meanwhile_is_passed_over(sit, store, claims, judge, monkeypatch):
    first = iter_queue(store.db, Filters())
    shown = next(first)
    judge(next(first), "accept", reviewer="budi")
    assert "[100.026.000 jiwa]" in sit("s") and shown == claims[0]


# The command itself, at a terminal of 80 columns and without one.


def environment():
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CAKUPAN_")}
    return kept | {"COLUMNS": "80", "LINES": "24", "TERM": "xterm-256color"}


def command(*arguments):
    return [sys.executable, "-m", "corpus.cli", "review", *arguments]


class Terminal:
    """A pseudo-terminal with the command in it: type, and read on until something is shown."""

    def __init__(self, *arguments):
        import fcntl
        import pty
        import struct
        import termios

        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, WIDTH, 0, 0))
        self.process = subprocess.Popen(
            command(*arguments),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment(),
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)
        self.shown = ""

    def wait_for(self, text):
        """What was shown since the last time, up to and with `text`."""
        while text not in self.shown:
            ready, _, _ = select.select([self.master], [], [], 60)
            assert ready, f"{text!r} never came; there is {self.shown!r}"
            try:
                read = os.read(self.master, 65_536).decode("utf-8", "replace")
            except OSError:
                read = ""
            assert read, f"the command ended before {text!r}: {self.shown!r}"
            self.shown += read
        seen, _, self.shown = self.shown.partition(text)
        return seen + text

    def type(self, keys):
        os.write(self.master, keys.encode())

    def close(self):
        code = self.process.wait(60)
        os.close(self.master)
        return code


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_one_key_an_answer_at_a_terminal(store, claims):
    terminal = Terminal("--db", str(store.path), "--reviewer", "ana")
    first = terminal.wait_for("? help: ")
    # The figure is marked by colour here, and no brackets are put into the sentence.
    assert "100.026.000 jiwa" in first and "[100.026.000" not in first
    terminal.type("a")
    terminal.wait_for("Saved: accept.")
    terminal.wait_for("? help: ")
    terminal.type("c")
    terminal.wait_for("goes back: ")
    terminal.type("v")
    terminal.wait_for("value: ")
    terminal.type("98,79\r")
    terminal.wait_for("now 98.79%")
    terminal.wait_for("x drops all: ")
    terminal.type("\r")
    terminal.wait_for("Saved: correct.")
    terminal.wait_for("Left in the queue: 0.")
    assert terminal.close() == 0
    assert verdicts(store) == [("accept", {}, None), ("correct", {"value": 98.79}, None)]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_keys_typed_ahead_of_the_question_count_and_arrows_are_no_answer(store, claims):
    terminal = Terminal("--db", str(store.path), "--reviewer", "ana")
    terminal.wait_for("? help: ")
    terminal.type("\x1b[A")
    terminal.wait_for("accept: all fields are right")
    terminal.wait_for("? help: ")
    terminal.type("as")
    terminal.wait_for("Saved: accept.")
    terminal.wait_for("Saved 1 verdict (accept 1) of ana. Skipped: 1.")
    assert terminal.close() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("\x04", 0), ("q", 0)], ids=["Ctrl-C", "Ctrl-D", "q"])
def test_however_one_leaves_all_is_kept(store, claims, key, code):
    terminal = Terminal("--db", str(store.path), "--reviewer", "ana")
    terminal.wait_for("? help: ")
    terminal.type("a")
    terminal.wait_for("Saved: accept.")
    terminal.wait_for("? help: ")
    terminal.type(key)
    terminal.wait_for("Saved 1 verdict (accept 1) of ana.")
    assert terminal.close() == code
    assert verdicts(store) == [("accept", {}, None)]
