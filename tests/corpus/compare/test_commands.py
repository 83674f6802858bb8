"""`cakupan history` and `cakupan contradictions`, as a person calls them."""

import json

import pytest
from click.testing import CliRunner

from corpus.cli import cli
from corpus.compare.rules import RULES, load_rules
from corpus.errors import RulesError

SAID = (
    "Cakupan kepesertaan JKN di Kabupaten Maluku Tenggara mencapai {} persen per {}, kata Bupati Malra Thaher Hanubun."
)


@pytest.fixture
def call(room):
    """Calls cakupan on a database of four articles: two agree, one contradicts them, one jumps."""
    for outlet, day, value, when in (
        ("kabar.id", "2025-05-06", "98,29", "1 Mei 2025"),
        ("siwalima.id", "2025-05-07", "98,29", "1 Mei 2025"),
        ("teras.id", "2025-05-08", "97,89", "1 Mei 2025"),
        ("tual.id", "2025-06-08", "61,02", "1 Juni 2025"),
    ):
        room.print(outlet, day, SAID.format(value, when))
    room.compare()

    def call(*arguments):
        return CliRunner().invoke(cli, [*arguments, "--db", str(room.store.path)])

    return call


def test_a_history_fits_a_screen_and_marks_what_cannot_be(call):
    shown = call("history", "Malra").stdout.splitlines()
    assert max(map(len, shown)) <= 80
    assert [" ".join(line.split()) for line in shown if line.startswith("2025")] == [
        "2025-05-01 97.89 % ≠ 1 source Thaher Hanubun, teras.id",
        "2025-05-01 98.29 % ≠ 2 sources Thaher Hanubun, kabar.id",
        "2025-06-01 61.02 % ^ 1 source Thaher Hanubun, tual.id",
    ]


def test_below_each_value_stands_where_it_is_found(call, room):
    long = "https://teras.id/" + "-".join(["jkn-malra"] * 10)
    room.store.db.execute("UPDATE articles SET url = ? WHERE outlet = 'teras.id'", [long])
    room.store.db.execute("UPDATE articles SET url = NULL WHERE outlet = 'tual.id'")
    room.store.insert(
        "own_texts",
        [
            {"article_id": key, "given_id": "arsip/7.txt", "shares_id": 0}
            for (key,) in room.store.db.execute("SELECT id FROM articles WHERE outlet = 'tual.id'").fetchall()
        ],
    )
    lines = [line.strip() for line in call("history", "Malra").stdout.splitlines()]
    found = {line.split()[1]: lines[place + 1] for place, line in enumerate(lines) if line.startswith("2025")}
    # An address that is longer than a line is not broken.
    assert found["97.89"] == long
    assert found["61.02"] == "id arsip/7.txt"


def test_a_long_name_is_told_in_full(call, room):
    name = "Profesor Doktor Mohammad Ridwan Lasimpala Rettob Hanubun Ngilngof"
    room.store.db.execute("UPDATE standing SET speaker = ?", [name])
    shown = call("history", "Malra").stdout
    assert name in " ".join(shown.split())
    assert max(map(len, shown.splitlines())) <= 80


def test_a_history_marks_what_a_check_speaks_against(call, room):
    said = "Dari 100.000 penduduk Kota Tual, 90.000 orang atau 98,29 persen terdaftar JKN per 1 Mei 2025."
    room.print("kabar.id", "2025-05-08", said)
    room.compare()
    shown = call("history", "Kota Tual", "--metric", "coverage_rate").stdout.splitlines()
    assert [" ".join(line.split()) for line in (shown[2], shown[4])] == [
        "2025-05-01 98.29 % ! 1 source kabar.id",
        "? unsettled ! suspect ^ too large a step ≠ other sources differ",
    ]


@pytest.mark.parametrize("name", ["81.02", "Malra", "Kabupaten Maluku Tenggara", "maluku tenggara"])
def test_a_region_has_many_names(call, name):
    assert "Kabupaten Maluku Tenggara" in call("history", name).stdout


def test_a_person_is_found_by_a_part_of_the_name(call):
    rows = [json.loads(line) for line in call("history", "--speaker", "hanubun", "--json").stdout.splitlines()]
    assert [(row["day"], row["value"], row["sources"], row["jump"]) for row in rows] == [
        ("2025-05-01", 97.89, 1, None),
        ("2025-05-01", 98.29, 2, None),
        ("2025-06-01", 61.02, 1, "jump.rate"),
    ]


@pytest.mark.parametrize(
    ("arguments", "says", "code"),
    [
        (("history",), "Name a region or, with --speaker, a person.", 2),
        (("history", "Malra", "--speaker", "Hanubun"), "leave REGION or --speaker out.", 2),
        (("history", "Negeri Antah"), "no region is called 'Negeri Antah'", 2),
        (("history", "Mura"), "Kabupaten Musi Rawas (16.05), Kabupaten Murung Raya (62.12)", 2),
        (("history", "Kepulauan Aru"), "holds no such claim of Kabupaten Kepulauan Aru", 1),
        (("history", "--speaker", "Sudirman"), "nobody called 'Sudirman' is quoted", 1),
        (("history", "--speaker", ""), "nobody called ''", 1),
    ],
)
def test_what_cannot_be_told_is_said(call, arguments, says, code):
    done = call(*arguments)
    assert (done.exit_code, says in " ".join(done.stderr.split())) == (code, True)


def test_a_contradiction_is_shown_with_both_sides(call):
    shown = call("contradictions", "--region", "Maluku").stdout
    assert "Kabupaten Maluku Tenggara, coverage, 2025-05-01 (3 independent sources)" in shown
    assert shown.index("97.89 %") < shown.index("https://teras.id/2025-05-08") < shown.index("98.29 %")
    assert "https://kabar.id/2025-05-06" in shown
    assert "mencapai 97,89 persen per 1 Mei 2025" in " ".join(shown.split())
    assert "1 contradiction in" in shown


def test_programs_read_contradictions_as_json(call):
    (found,) = [json.loads(line) for line in call("contradictions", "--json").stdout.splitlines()]
    assert [[claim["value"] for claim in side] for side in found["sides"]] == [[97.89], [98.29, 98.29]]
    assert (found["region"], found["metric"], found["sources"]) == ("81.02", "coverage_rate", 3)


def test_without_a_contradiction_that_is_said(call):
    assert "No contradiction" in call("contradictions", "--metric", "members").stdout


@pytest.mark.parametrize(
    ("old", "new", "entry"),
    [
        ("permutations = 96", "permutations = 95", "copies"),
        ('name = "ANTARA"', 'nama = "ANTARA"', "wires"),
        ("'\\(antara\\)', '^", "'(antara', '^", "wires"),
        ('"coverage_rate", "active_rate"', '"coverage", "active_rate"', "contradictions"),
        ("least_kept = 0.5", "", "jumps"),
        ("[copies]", "[copies", "the whole file"),
    ],
)
def test_a_broken_rule_is_named_at_load(tmp_path, old, new, entry):
    text = RULES.read_text(encoding="utf-8")
    assert old in text
    broken = tmp_path / "compare.toml"
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        load_rules(broken)
    assert caught.value.entry == entry


def test_of_a_long_history_the_latest_claims_are_told(call, monkeypatch):
    everything = call("history", "Maluku Tenggara", "--json").stdout.splitlines()
    monkeypatch.setattr("corpus.compare.histories.MOST_CLAIMS", 1)
    (last,) = [json.loads(line) for line in call("history", "Maluku Tenggara", "--json").stdout.splitlines()]
    assert last["day"] == max(json.loads(line)["day"] for line in everything)
    assert len(everything) > 1
