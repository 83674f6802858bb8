"""The command that opens the desk: where it listens, whom it lets in, what it refuses."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from corpus.desk.security import is_loopback
from corpus.store import Store

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("CAKUPAN_")}


@contextlib.contextmanager
def serving(folder, *arguments):
    """The desk as a process of its own, on a free port; gives what it prints before it waits."""
    command = [sys.executable, "-m", "corpus.cli", *arguments, "--port", "0"]
    with subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def address_in(line):
    found = re.search(r"http://\S+", line)
    assert found, line
    return found[0]


def read(address):
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.read().decode()


def refused(folder, *arguments, program=("-m", "corpus.cli")):
    done = subprocess.run(
        [sys.executable, *program, *arguments], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    return done.stderr


def test_without_a_database_an_empty_one_is_served(tmp_path):
    with serving(tmp_path, "serve") as lines:
        page = read(address_in(lines.readline()))
    assert "Basis data ini masih kosong" in page
    assert (tmp_path / "cakupan.db").exists()


def status(address, host):
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers={"Host": host}), timeout=60) as answer:
            return answer.status
    except urllib.error.HTTPError as problem:
        return problem.code


def test_it_answers_to_this_machine_and_the_names_it_is_given(tmp_path):
    with serving(tmp_path, "serve", "--name", "Desk.example") as lines:
        address = address_in(lines.readline())
        assert [status(address, host) for host in ("desk.example", "localhost:1", "evil.example")] == [200, 200, 421]


def test_a_reviewer_gets_a_link_that_signs_in(tmp_path):
    with serving(tmp_path, "serve", "--reviewer", "Ana", "--lang", "en") as lines:
        lines.readline()
        line = lines.readline()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with opener.open(address_in(line), timeout=60) as answer:
            page = answer.read().decode()
    assert line.startswith("Link that signs Ana in, once: ")
    assert "Signed in as Ana" in page


def test_the_demo_can_be_served(tmp_path):
    with serving(tmp_path, "demo", "--serve") as lines:
        line = next(line for line in lines if line.startswith("The desk on"))
        page = read(address_in(line) + "cari?q=peserta")
    assert "/klaim/" in page
    assert list((tmp_path / "cakupan-demo-archive").rglob("*.warc.gz"))


def test_a_database_that_is_named_has_to_be_there(tmp_path):
    assert "nothere.db: no such database" in refused(tmp_path, "serve", "--db", "nothere.db")
    assert not (tmp_path / "nothere.db").exists()


def test_a_port_that_is_taken_is_told(tmp_path):
    Store.open(tmp_path / "cakupan.db").close()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        told = refused(tmp_path, "serve", "--port", str(other.getsockname()[1]))
    assert "cannot listen on 127.0.0.1" in told and "Choose another with --port" in told


def test_a_reviewer_without_a_name_is_refused(tmp_path):
    assert "is to be a name or initials" in refused(tmp_path, "serve", "--reviewer", " ")


def test_without_its_packages_it_says_how_to_get_them(tmp_path):
    program = "import sys; sys.modules['datasette'] = None; from corpus.cli import main; main(['serve'])"
    assert "pip install 'cakupan[desk]'" in refused(tmp_path, program=("-c", program))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "localhost", "::1"])
def test_what_only_this_machine_can_reach(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "desk.example"])
def test_what_others_can_reach(host):
    assert not is_loopback(host)
