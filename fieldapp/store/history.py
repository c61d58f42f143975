"""What became of each event of a household, and every value that was ever stated of its people and its house.

Nothing in the journal is overwritten, so all of it can be told: what was said, by whom, and why it does not stand any more."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fieldapp.store.households import Said
from fieldapp.survey.event import Event
from fieldapp.survey.merging import Merging
from fieldapp.survey.standing import CORRECTABLE, corrected, people_of, place, standing, voided_by
from fieldapp.survey.statement import statement_of

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
    None while it counts."""

    value: Any
    event: Event
    undone: Event | None


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
    for each in sorted(counted, key=lambda each: place(each.event)):
        for who, field, value, event, undone in _stated(each):
            found[merging.person(who) if who else who][field].append(Value(value, event, undone))
    return {who: dict(fields) for who, fields in found.items()}


def _stated(each: Told) -> Iterable[tuple[str | None, str, Any, Event, Event | None]]:
    """(who, field, value, said in, put aside by): the event's own statements, each followed by its corrections."""
    event = each.event
    said = _flat(event)
    changes = [(correction, _changes(correction)) for correction in each.corrections]
    for key in dict.fromkeys([*said, *(key for _, change in changes for key in change)]):
        line = [(event, said[key])] if key in said else []
        line += [(correction, change[key]) for correction, change in changes if key in change]
        for i, (by, value) in enumerate(line):
            later = line[i + 1][0] if i + 1 < len(line) else None
            if value is not None or i:
                yield *key, value, by, each.voided or later


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
