"""Which events stand, and what they say once corrected.

`void` and `correct` act at the place and day of the event that they name, whenever they were made: a June correction of a May
typo never overrides a visit between. So they are settled here, before anything is folded, and the fold only walks events that
count."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from fieldapp.survey.event import Event

# These act upon other events and say nothing of their own about the household.
UPON_EVENTS = ("correct", "void")
# What was said at a door or in a roster can be said better; what an officer decided can only be voided, or decided again.
CORRECTABLE = ("register", "visit")


def place(event: Event) -> tuple[str, str]:
    return event.at, event.id


def standing(events: Iterable[Event]) -> list[Event]:
    """The events that count, in the order of their place, each with the body that it should have had."""
    ordered = sorted(events, key=place)
    upon = [event for event in ordered if event.kind in UPON_EVENTS]
    if not upon:
        return ordered
    voided = voided_by(event for event in upon if event.kind == "void")
    corrections: dict[str, list[Event]] = defaultdict(list)
    for event in upon:
        if event.kind == "correct" and event.id not in voided:
            corrections[event.body["event"]].append(event)
    return [
        corrected(event, corrections[event.id]) if event.id in corrections and event.kind in CORRECTABLE else event
        for event in ordered
        if event.kind not in UPON_EVENTS and (event.id not in voided or event.kind == "erase") and not _is_answered(event, corrections)
    ]


def _is_answered(event: Event, corrections: Mapping[str, list[Event]]) -> bool:
    """Whether it gave a visit back that was then corrected: nothing is left to be done about it."""
    returns = event.kind == "review" and event.body["outcome"] == "returned"
    return returns and any(place(each) > place(event) for each in corrections.get(event.body.get("event") or "", ()))


def voided_by(voids: Iterable[Event]) -> set[str]:
    """The ids that do not count. voids: in the order of their place.

    A void undoes an earlier void, never a later one, so the last word is found by reading backwards and no circle can form."""
    voided: set[str] = set()
    later: set[str] = set()
    places = list(voids)
    void_ids = {event.id for event in places}
    for event in reversed(places):
        target = event.body["event"]
        if event.id not in voided and (target not in void_ids or target not in later) and target != event.id:
            voided.add(target)
        later.add(event.id)
    return voided


def corrected(event: Event, corrections: Iterable[Event]) -> Event:
    """The event as it should have read; among its corrections the last one stands, field by field. None takes a statement away."""
    body = dict(event.body)
    for correction in corrections:
        for name, value in correction.body["fields"].items():
            if name == "house":
                body["house"] = amended(body.get("house", {}), value)
            elif name == "people":
                body["people"] = _people_amended(body.get("people", {}), value)
            else:
                body[name] = value
    return replace(event, body=body)


def amended(said: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """The statements after the changes; a change to None takes its statement away."""
    return {name: value for name, value in {**said, **changes}.items() if value is not None}


def _people_amended(people: Any, changes: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    result = dict(people_of(people))
    for person, fields in changes.items():
        result[person] = amended(result.get(person, {}), fields)
    return result


def people_of(people: Any) -> dict[str, dict[str, Any]]:
    """People as person → fields. A register lists its people, to keep their order; every other event names them."""
    if isinstance(people, dict):
        return people
    return {each["id"]: {name: value for name, value in each.items() if name != "id" and value is not None} for each in people}
