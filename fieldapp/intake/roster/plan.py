"""What a roster would change: for each of its households whether it is new, the same, or says something that the book does not have.

The same file again adds nothing, whatever was mended since; a newer one shows the difference. What somebody said at the door later than any
roster stands, and the difference is told. Nobody is taken out because a file lacks them: a list may be of one village, or old; who has
moved is said at the door or by an officer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from fieldapp.intake.roster.pairing import Known, head_of, known_of, paired, people_paired
from fieldapp.intake.roster.reading import Household
from fieldapp.store import areas, households, journal
from fieldapp.store.counted import counted
from fieldapp.store.engine import Connection
from fieldapp.store.rostered import Rostered, rostered
from fieldapp.survey.event import Event
from fieldapp.survey.fold import fold
from fieldapp.survey.text import folded, with_tone_first

__all__ = ["CHANGED", "NEW", "SAME", "Change", "Plan", "Step", "head_of", "plan"]

NEW, CHANGED, SAME = "new", "changed", "same"
FIELDS = ("name", "birth_year", "sex", "relation")
LAST = "9999-12-31T23:59:59.999Z"


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a person: before: as the book has it, None when it has nothing."""

    person_id: str
    name: str
    field: str
    before: Any
    after: Any


@dataclass(slots=True)
class Step:
    """What happens to one household of the file. known: the one in the book, None when new. address, poverty, village: the new value, None
    when it stays; people: those whom the file adds; changes: what it mends of others; contradicted: what was said otherwise at the door since,
    so that it stays; kept_out: names that may be of people whose data were erased."""

    household: Household
    known: households.Household | None
    address: str | None = None
    poverty: str | None = None
    people: list[dict[str, Any]] = field(default_factory=list)
    village: str | None = None
    changes: list[Change] = field(default_factory=list)
    contradicted: list[Change] = field(default_factory=list)
    kept_out: list[str] = field(default_factory=list)

    @property
    def what(self) -> str:
        if self.known is None:
            return NEW
        return CHANGED if self.address or self.poverty or self.people or self.village or self.changes else SAME


@dataclass(frozen=True, slots=True)
class Plan:
    """missing: households of the file's villages that the file does not name; only told."""

    steps: list[Step]
    missing: list[households.Household]

    def count(self, what: str) -> int:
        return sum(step.what == what for step in self.steps)


def plan(connection: Connection, commune_id: str, found: Iterable[Household]) -> Plan:
    """The plan for these households as the book stands now."""
    found, into = list(found), areas.successors(connection, commune_id)
    book = list(_book(connection, commune_id, into))
    pairs = paired(found, book)
    steps = [_step(household, pairs.get(place), into) for place, household in enumerate(found)]
    _stand_back(connection, commune_id, [step for step in steps if step.changes])
    named, villages = {known.household.household_id for known in pairs.values()}, {each.village_id for each in found}
    here = [each.household for each in book if each.household.line.status != "merged" and each.household.village_id]
    return Plan(steps, [each for each in here if each.household_id not in named and into.get(each.village_id or "", each.village_id) in villages])


def _book(connection: Connection, commune_id: str, into: dict[str, str]) -> Iterator[Known]:
    """Every household of the commune, with what is compared of it and no more: village by village, as all at once would be large."""
    for village in areas.all_villages(connection, commune_id):
        there = households.of_villages(connection, commune_id, [village.village_id])
        said = rostered(connection, commune_id, [each.household_id for each in there])
        for each in there:
            people = {person_id: {name: person.get(name) for name in (*FIELDS, "residence")} for person_id, person in each.state["people"].items()}
            state = {"people": people, "villages": each.state["villages"], "erased": each.state["erased"]}
            yield known_of(replace(each, state=state), said.get(each.household_id, Rostered()), into)


def _step(household: Household, known: Known | None, into: dict[str, str]) -> Step:
    if known is None:
        return Step(household, None, poverty=household.poverty)
    line, said = known.household.line, known.rostered
    step = Step(household, known.household)
    if line.status == "merged" or known.household.state["erased"]:
        return step  # what became of it since is no roster's to say
    if household.address is not None and folded(household.address) not in known.addresses:
        step.address = household.address
    if household.poverty is not None and household.poverty not in (line.poverty or "none", said.poverty):
        step.poverty = household.poverty
    if household.village_id not in {into.get(each, each) for each in (line.village_id, said.village) if each}:
        step.village = household.village_id
    _of_people(step, known)
    return step


def _of_people(step: Step, known: Known) -> None:
    pairs = people_paired(step.household.people, known)
    for place, person in enumerate(step.household.people):
        if place in pairs:
            step.changes += _changes(person, pairs[place], known)
        elif len(step.kept_out) < known.rostered.erased:
            step.kept_out.append(person["name"])
        else:
            step.people.append(person)


def _changes(person: dict[str, Any], person_id: str, known: Known) -> list[Change]:
    """What the file says of the person for the first time, and the book does not say already."""
    now, said = known.household.state["people"].get(person_id, {}), known.rostered.people.get(person_id, {})
    return [
        Change(person_id, now.get("name") or person["name"], name, now.get(name), person[name]) for name in FIELDS
        if person[name] is not None and not any(_is_same(name, person[name], each.get(name)) for each in (now, said))
    ]  # fmt: skip


def _is_same(name: str, value: Any, known: Any) -> bool:
    if value == known or name != "name" or not known or folded(value) != folded(known):
        return bool(value == known)
    # hoà is hòa, and a list without accents takes none away.
    return value.isascii() or [with_tone_first(word) for word in value.split()] == [with_tone_first(word) for word in known.split()]


def _stand_back(connection: Connection, commune_id: str, steps: list[Step]) -> None:
    """A correction acts where the register stands: what a later visit says stays. So each is tried, and told apart."""
    rows = journal.of_households(connection, commune_id, [step.known.household_id for step in steps if step.known])
    events: dict[str, list[Event]] = {}
    for each in counted(rows):
        events.setdefault(each.event.household, []).append(each.event)
    for step in steps:
        assert step.known is not None
        household_id, state = step.known.household_id, step.known.state
        tried = _correction(household_id, step.changes)
        after = fold([*events.get(household_id, ()), tried], household_id)["people"] if household_id in events else {}
        heads = {key for key, each in state["people"].items() if each["relation"] == "head" and each["residence"] not in ("left", "deceased")}
        for change in step.changes[:]:
            second = change.field == "relation" and change.after == "head" and heads - {change.person_id}
            if second or after.get(change.person_id, {}).get(change.field) != change.after:
                step.changes.remove(change)
                step.contradicted.append(change)


def fields_of(changes: Iterable[Change]) -> dict[str, dict[str, Any]]:
    """Person → field → new value, as a correction says it."""
    people: dict[str, dict[str, Any]] = {}
    for change in changes:
        people.setdefault(change.person_id, {})[change.field] = change.after
    return people


def _correction(household_id: str, changes: Iterable[Change]) -> Event:
    body = {"event": household_id, "fields": {"people": fields_of(changes)}}
    return Event("ffffffff-ffff-7fff-bfff-ffffffffffff", "correct", "", household_id, None, None, None, "", LAST, [], None, None, body)
