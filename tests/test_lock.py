"""The locks beside constraints.txt: what was tested, by hash; and under which licences it comes."""

import configparser
import re
import tomllib
from importlib.metadata import distribution, distributions
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-all.lock")
PYTHONS = ("3.11", "3.12", "3.13")
ENTRY = re.compile(
    r"^([\w.-]+)==([^\s;]+)(?: ; ([^\\\n]+?))?(?: \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)|\n)", re.MULTILINE
)
INSTALLERS = {"pip", "setuptools"}


def text_of(lock):
    return (ROOT / lock).read_text(encoding="utf-8")


def locked(lock, python):
    """Name and version of what a lock installs on Linux; None where an entry has no hash."""
    here = {
        "python_version": python,
        "python_full_version": f"{python}.1",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
    }
    return {
        canonicalize_name(name): version if hashes else None
        for name, version, marker, hashes in ENTRY.findall(text_of(lock))
        if not marker or Marker(marker).evaluate(here)
    }


def constraints():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pairs}


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_is_what_was_tested_and_every_package_has_hashes(lock, python):
    """After a change of constraints.txt or setup.cfg: make lock."""
    got = {name: version for name, version in locked(lock, python).items() if name not in INSTALLERS}
    assert got
    tested = constraints()
    assert got == {name: tested.get(name) for name in got}
    # Each line that is no comment belongs to an entry.
    assert ENTRY.sub("", text_of(lock)).partition("\n")[2].strip() == ""


def test_the_lock_of_everything_holds_all_that_was_tested():
    # Some is for older Pythons only.
    got = {name for python in PYTHONS for name in locked("requirements-all.lock", python)}
    assert got - INSTALLERS == set(constraints())


def test_setuptools_is_the_one_that_builds():
    (wanted,) = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    assert f"setuptools=={locked(LOCKS[0], '3.11')['setuptools']}" == wanted


SETUP = configparser.ConfigParser(interpolation=None)
SETUP.read(ROOT / "setup.cfg", encoding="utf-8")


def requirements(lines):
    return [line.strip() for line in lines if line.strip() and not line.strip().startswith(("#", "%"))]


def extras_of(*extras):
    return requirements(line for extra in extras for line in SETUP["options.extras_require"][extra].splitlines())


def asked_for():
    """What setup.cfg asks for, for each lock."""
    base = requirements(SETUP["options"]["install_requires"].splitlines())
    wanted = {"requirements.lock": base, "requirements-all.lock": base + extras_of(*SETUP["options.extras_require"])}
    return [(lock, line) for lock, lines in wanted.items() for line in lines]


@pytest.mark.parametrize(("lock", "line"), asked_for())
def test_the_lock_holds_what_setup_cfg_asks_for(lock, line):
    wanted = Requirement(line)
    assert wanted.specifier.contains(locked(lock, "3.11")[canonicalize_name(wanted.name)])


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_says_where_to_fetch_from(lock):
    assert not re.search(r"://|--(?:extra-)?index-url|--find-links|@ ", text_of(lock))


PERMISSIVE = re.compile(r"\b(?:MIT|0?BSD|Apache|ISC|PSFL?|Python Software Foundation|ZPL|Public Domain)(?![A-Za-z])")
COPYLEFT = re.compile(r"\b(?:[AL]?GPL|MPL|Mozilla|EPL|Eclipse|CDDL|Artistic|EUPL|SSPL|Commons Clause)")
TOLD = set(re.findall(r"^\| `([\w.-]+)`", (ROOT / "docs" / "licences.md").read_text(encoding="utf-8"), re.MULTILINE))


def licence_of(name):
    """What a package says of its licence, in any of the three places."""
    told = distribution(name).metadata
    classes = [one for one in told.get_all("Classifier") or [] if one.startswith("License ::")]
    return "; ".join(filter(None, [told.get("License-Expression"), (told.get("License") or "")[:2000], *classes]))


# A licence is read from what is installed: `bench` and `fuzz`, the extras of makers, need not be.
INSTALLED = {canonicalize_name(one.name) for one in distributions()}


@pytest.mark.parametrize("name", sorted(INSTALLED & set(constraints())))
def test_every_licence_is_permissive_or_told(name):
    """A package that is new, or has changed its licence: read it, then tell it in docs/licences.md or do without."""
    licence = licence_of(name)
    assert name in TOLD or (PERMISSIVE.search(licence) and not COPYLEFT.search(licence)), licence


def test_all_that_users_install_is_there_to_be_read():
    for_makers = {canonicalize_name(Requirement(line).name) for line in extras_of("bench", "fuzz")}
    assert {canonicalize_name(Requirement(line).name) for _, line in asked_for()} - for_makers <= INSTALLED


def test_licences_are_told_of_packages_that_are_used():
    assert set(TOLD) <= set(constraints())
