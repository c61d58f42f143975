"""What became of each event of a household, and every value that was ever stated of its people and its house.

Nothing in the journal is overwritten, so all of it can be told: what was said, by whom, and why it does not stand any more."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fieldapp.store.households import Said
from fieldapp.survey.event import SURVEYED, Event
from fieldapp.survey.helped import Field, left_by
from fieldapp.survey.merging import Merging
from fieldapp.survey.standing import CORRECTABLE, corrected, people_of, place, standing, voided_by
from fieldapp.survey.statement import outcome_of, statement_of

HOUSE = None
# Facts of the household itself: in which kinds of events they stand.
OF_THE_BOOK = {"village": ("register", "move"), "address": ("register",), "poverty": ("list",), "outcome": ("visit",), "return_on": ("visit",)}
BOOK = ""


@dataclass(frozen=True, slots=True)
class Told:
    """An event with what became of it. voided: the void that takes it out, None while it stands; corrections: of it, that stand, earliest first."""

    said: Said
    voided: Event | None
    corrections: list[Event]

    @property
    def event(self) -> Event:
        return self.said.event

    @property
    def as_corrected(self) -> Event:
        return corrected(self.event, self.corrections) if self.event.kind in CORRECTABLE else self.event


@dataclass(frozen=True, slots=True)
class Value:
    """One statement. value: None where it was taken away; event: in which it was said; undone: what put it aside (a correction or a void),
    None while it counts; service: the help that left it so, None where it was found so."""

    value: Any
    event: Event
    undone: Event | None
    service: str | None = None


# (person, None: the house, "": the book) → field → its statements, earliest first
History = dict[str | None, dict[str, list[Value]]]


def told(said: Iterable[Said]) -> list[Told]:
    """The events in the given order. said: of one household, as households.said_of gives them; held ones count for nothing."""
    said = list(said)
    events = sorted((each.event for each in said if each.held is None), key=place)
    voids = [event for event in events if event.kind == "void"]
    voided = voided_by(voids)
    by = {void.body["event"]: void for void in voids if void.id not in voided and void.body["event"] in voided}
    corrections: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.kind == "correct" and event.id not in voided:
            corrections[event.body["event"]].append(event)
    return [
        Told(each, by.get(each.event.id) if each.held is None and each.event.kind != "erase" else None,
             corrections[each.event.id] if each.held is None else [])
        for each in said
    ]  # fmt: skip


def history(said: Iterable[Said], household: str) -> History:
    """Every value that was stated of the household, its house and its people, under the people's ids of today."""
    counted = [each for each in told(said) if each.said.held is None]
    merging = Merging(household)
    for event in standing(each.event for each in counted):
        if event.kind == "merge":
            merging.take(event)
    found: History = defaultdict(lambda: defaultdict(list))
    current: dict[Field, Any] = {}
    for each in sorted(counted, key=lambda each: place(each.event)):
        for (who, field), value in (*_stated(each), *_left(each, current, merging)):
            who = merging.person(who) if who else who
            found[who][field].append(value)
            if value.undone is None:
                current[who, field] = value.value
    return {who: dict(fields) for who, fields in found.items()}


def _stated(each: Told) -> Iterable[tuple[Field, Value]]:
    """The event's own statements, each followed by its corrections."""
    event = each.event
    said = _flat(event)
    changes = [(correction, _changes(correction)) for correction in each.corrections]
    silenced = _silenced(each)
    for key in dict.fromkeys([*said, *(key for _, change in changes for key in change)]):
        line = [(event, said[key])] if key in said else []
        line += [(correction, change[key]) for correction, change in changes if key in change]
        for i, (by, value) in enumerate(line):
            later = line[i + 1][0] if i + 1 < len(line) else None
            if value is not None or i:
                yield key, Value(value, by, each.voided or later or (None if key[0] == BOOK else silenced))


def _left(each: Told, current: Mapping[Field, Any], merging: Merging) -> Iterable[tuple[Field, Value]]:
    """What the visit's help left: as it was noted first, and as each correction of the help has it."""
    event = each.event
    if event.kind != "visit":
        return
    now = each.as_corrected
    found = {**current, **{(merging.person(who) if who else who, name): value for (who, name), value in _flat(now).items()}}
    noted = [(event, event.body.get("help"))]
    noted += [(correction, correction.body["fields"]["help"]) for correction in each.corrections if "help" in correction.body["fields"]]
    left = [(by, left_by(replace(event, body={**now.body, "help": _known(help, merging)}), found)) for by, help in noted]
    for key in dict.fromkeys(key for _, fields in left for key in fields):
        line = [(by, fields.get(key)) for i, (by, fields) in enumerate(left) if fields.get(key) != (left[i - 1][1].get(key) if i else None)]
        for i, (by, done) in enumerate(line):
            later = line[i + 1][0] if i + 1 < len(line) else None
            if done is not None:
                yield key, Value(done[0], by, each.voided or later, done[1])


def _known(help: Any, merging: Merging) -> list[dict[str, Any]]:
    """The help under the people's ids of today."""
    return [{**one, "person": merging.person(one["person"])} if one.get("person") else one for one in help or ()]


def _silenced(each: Told) -> Event | None:
    """The correction that made of a survey a visit that states nothing."""
    if each.event.kind != "visit" or outcome_of(each.event) not in SURVEYED or outcome_of(each.as_corrected) in SURVEYED:
        return None
    return next((one for one in reversed(each.corrections) if "outcome" in one.body["fields"]), None)


def _flat(event: Event) -> dict[tuple[str | None, str], Any]:
    house, people = statement_of(event)
    flat: dict[tuple[str | None, str], Any] = {(HOUSE, name): value for name, value in house.items()}
    flat |= {(person, name): value for person, fields in people.items() for name, value in fields.items()}
    return flat | {(BOOK, name): event.body[name] for name, kinds in OF_THE_BOOK.items() if event.kind in kinds and event.body.get(name)}


def _changes(correction: Event) -> dict[tuple[str | None, str], Any]:
    fields = correction.body["fields"]
    flat: dict[tuple[str | None, str], Any] = {(HOUSE, name): value for name, value in fields.get("house", {}).items()}
    flat |= {(person, name): value for person, said in people_of(fields.get("people", {})).items() for name, value in said.items()}
    return flat | {(BOOK, name): fields[name] for name in OF_THE_BOOK if name in fields}
