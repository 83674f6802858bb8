"""People who are quoted, kept as claims come and go: which spellings are theirs, and jumps in what each of them says.

Only spellings of one office in one place, or of one name, can be linked. When a name is due, these blocks are compared
anew, and all people with a spelling in them are put together again; nobody else can have changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from corpus.compare.measures import jump_rows
from corpus.compare.people import Linked, Spelling, compare_name, compare_office, find_links, gather_people
from corpus.compare.rules import Rules
from corpus.compare.told import by_measure, told_by
from corpus.compare.trends import Lookup, find_jumps
from corpus.rows import Row
from corpus.store import Store
from extract.mentions.speaker_lexicon import load_speaker_lexicon
from extract.regions.gazetteer import load_gazetteer

SPELLING = "SELECT name, role, region, statements, name_key, office FROM speaker_names WHERE {column} = ?"


def refresh_speakers(store: Store, names: Sequence[str], lookup: Lookup, rules: Rules) -> None:
    """Link the spellings of these names anew, within the caller's transaction."""
    directory = _Directory(store, names, rules)
    touched = directory.in_blocks_of([*directory.before, *directory.now])
    owners = sorted({owner for spelling in [*directory.before, *touched] for owner in directory.owners_of(spelling)})
    everyone = set(touched) | {spelling for owner in owners for spelling in directory.of_person(owner)}
    links = find_links(sorted(directory.in_blocks_of(everyone), key=lambda spelling: spelling.order), rules.people)
    people = gather_people(list(everyone), [link for link in links if {link.one, link.other} <= everyone])
    changed = [person for person in people if not directory.is_stored(person)]
    kept = {person[0].spelling.id for person in people} - {person[0].spelling.id for person in changed}
    for owner in set(owners) - kept:
        store.delete("speakers", "id", owner)
        store.db.execute("DELETE FROM jumps WHERE subject = 'speaker' AND key = ?", [owner])
    store.insert("speakers", map(_person_row, changed))
    store.insert("speaker_names", (_spelling_row(person, linked) for person in changed for linked in person))
    store.insert("jumps", [row for person in changed for row in _jumps_of(store, person, lookup, rules)])


class _Directory:
    """All spellings as they are to be: those stored, but for the names that are due, which come from the claims."""

    def __init__(self, store: Store, names: Sequence[str], rules: Rules) -> None:
        self.db = store.db
        self.due = frozenset(names)
        self.before = [spelling for name in names for spelling in self._stored("name", name)]
        self.now = [spelling for name in names for spelling in _read_spellings(store, name, rules)]

    def in_blocks_of(self, spellings: Iterable[Spelling]) -> set[Spelling]:
        """All spellings that hold one of their offices or are of one of their names."""
        spellings = list(spellings)
        offices = {spelling.office for spelling in spellings if spelling.office}
        keys = {spelling.name_key for spelling in spellings}
        found = {one for one in self.now if one.office in offices or one.name_key in keys}
        for column, values in (("office", offices), ("name_key", keys)):
            for value in values:
                found |= {one for one in self._stored(column, value) if one.name not in self.due}
        return found

    def owners_of(self, spelling: Spelling) -> list[str]:
        """The person who is stored under a spelling, if any."""
        rows = self.db.execute("SELECT speaker_id FROM speaker_names WHERE id = ?", [spelling.id])
        return [owner for (owner,) in rows.fetchall()]

    def is_stored(self, person: Sequence[Linked]) -> bool:
        """Whether the person is stored like this, and none of the names is due: then nothing about them has changed."""
        if any(linked.spelling.name in self.due for linked in person):
            return False
        rows = self.db.execute(
            "SELECT id, rule, evidence FROM speaker_names WHERE speaker_id = ?", [person[0].spelling.id]
        )
        return set(rows.fetchall()) == {(linked.spelling.id, linked.rule, linked.evidence) for linked in person}

    def of_person(self, owner: str) -> Iterator[Spelling]:
        """The stored spellings of a person that are not due."""
        return (one for one in self._stored("speaker_id", owner) if one.name not in self.due)

    def _stored(self, column: str, value: str) -> list[Spelling]:
        return [Spelling(*row) for row in self.db.execute(SPELLING.format(column=column), [value]).fetchall()]


def _read_spellings(store: Store, name: str, rules: Rules) -> Iterator[Spelling]:
    """The spellings of a name that claims have now."""
    rows = store.db.execute(
        """SELECT speaker_role, region, count(*) FROM standing
           WHERE speaker = ? AND review IS NOT 'reject' GROUP BY speaker_role, region""",
        [name],
    ).fetchall()
    lexicon, gazetteer = load_speaker_lexicon(), load_gazetteer()
    for role, region, statements in rows:
        key = compare_name(name, lexicon, rules.people)
        office = compare_office(role, region, gazetteer, lexicon, rules.people)
        yield Spelling(name, role, region, statements, key, office)


def _person_row(person: Sequence[Linked]) -> Row:
    return {
        "id": person[0].spelling.id,
        "name": _most_used(person, "name"),
        "role": _most_used(person, "role"),
        "region": _most_used(person, "region"),
        "statements": sum(linked.spelling.statements for linked in person),
    }


def _spelling_row(person: Sequence[Linked], linked: Linked) -> Row:
    return {
        "id": linked.spelling.id,
        "name": linked.spelling.name,
        "role": linked.spelling.role,
        "region": linked.spelling.region,
        "speaker_id": person[0].spelling.id,
        "name_key": linked.spelling.name_key,
        "office": linked.spelling.office,
        "statements": linked.spelling.statements,
        "rule": linked.rule,
        "evidence": linked.evidence,
    }


def _jumps_of(store: Store, person: Sequence[Linked], lookup: Lookup, rules: Rules) -> Iterator[Row]:
    """Jumps in what a person said of each region and measure."""
    spellings = [(linked.spelling.name, linked.spelling.role, linked.spelling.region) for linked in person]
    for claims in by_measure(told_by(store.db, spellings)):
        yield from jump_rows("speaker", person[0].spelling.id, find_jumps(claims, lookup, rules))


def _most_used(person: Sequence[Linked], field: str) -> str | None:
    """The value that most statements have; of two equally used the first in the alphabet."""
    used: Counter[str] = Counter()
    for linked in person:
        value = getattr(linked.spelling, field)
        if value is not None:
            used[value] += linked.spelling.statements
    return min(used, key=lambda value: (-used[value], value)) if used else None
