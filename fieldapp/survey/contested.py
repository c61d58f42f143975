"""Who knew what: the graph that `base` makes of a household's events, and the values on which two authors disagree.

Two events that state different values for one field, neither an ancestor of the other, are contested until somebody who has
both before them states the value again (an officer's settlement, or simply the next visit)."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from fieldapp.survey.event import Event
from fieldapp.survey.merging import Merging
from fieldapp.survey.standing import place, standing
from fieldapp.survey.statement import statement_of

MOST_HEADS = 100


def heads(events: Iterable[Event]) -> list[str]:
    """The ids of the latest events: those that no other event had before it. Sorted.

    Of very many, as only a broken phone makes them, the latest hundred: else nobody's `base` could name them all any more."""
    ordered = sorted(events, key=place)
    known = {earlier for event in ordered for earlier in event.base}
    latest = dict.fromkeys(event.id for event in ordered if event.id not in known)
    return sorted(list(latest)[-MOST_HEADS:])


def contested(events: Iterable[Event], household: str) -> list[dict[str, Any]]:
    """The contested fields as [{"where": "house.internet" or "people.<person>.phone", "events": [ids]}], sorted by where."""
    ordered = sorted(events, key=place)
    if _is_chain(ordered):
        return []
    before = ancestors(ordered)
    bit = {event.id: 1 << i for i, event in enumerate(ordered)}
    marks = []
    for where, said in _statements(ordered, household).items():
        superseded = 0
        for id, _ in said:
            superseded |= before[id]
        latest = [(id, value) for id, value in said if not superseded & bit[id]]
        if len({repr(value) for _, value in latest}) > 1:
            marks.append({"where": where, "events": [id for id, _ in latest]})
    return sorted(marks, key=lambda mark: mark["where"])


def _is_chain(ordered: list[Event]) -> bool:
    """Each author had the event before: nobody can disagree. This is nearly every household, and spares it the graph."""
    return all(earlier.id in later.base for earlier, later in pairwise(ordered))


def ancestors(ordered: list[Event]) -> dict[str, int]:
    """For each event the set of its ancestors, as the bits of a number (bit i: the i-th of `ordered`).

    Bases point back in knowledge, not always in time (clocks err): an event is reckoned after all that it names."""
    index = {event.id: i for i, event in enumerate(ordered)}
    found: dict[str, int] = {}
    opened: set[str] = set()
    for event in ordered:
        waiting = [event]
        while waiting:
            latest = waiting[-1]
            opened.add(latest.id)
            before = [ordered[index[id]] for id in latest.base if id in index]
            missing = next((each for each in before if each.id not in opened), None)
            if missing is not None:
                waiting.append(missing)
                continue
            found[latest.id] = 0
            for each in before:
                found[latest.id] |= found.get(each.id, 0) | 1 << index[each.id]
            waiting.pop()
    return found


def _statements(ordered: list[Event], household: str) -> dict[str, list[tuple[str, Any]]]:
    merging = Merging(household)
    counted = standing(ordered)
    for event in counted:
        if event.kind == "merge":
            merging.take(event)
    said: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for event in counted:
        if not merging.holds(event):
            continue
        house, people = statement_of(event)
        for name, value in house.items():
            said[f"house.{name}"].append((event.id, value))
        for person_id, fields in people.items():
            for name, value in fields.items():
                said[f"people.{merging.person(person_id)}.{name}"].append((event.id, value))
    return said
