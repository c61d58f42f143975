"""Erasure: what leaves an event when a resident's data are to leave (LAW.md).

Names, addresses and free words go; coded answers stay without a name, so that the balances stand, unless the person asks not to be counted.
Redacting twice changes nothing, and the fold of redacted events is the fold of the whole ones: so it may happen before or after
any other event arrives."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from fieldapp.survey.event import Event
from fieldapp.survey.standing import people_of

FREE_WORDS = ("comment", "reason")


@dataclass(slots=True)
class Erasures:
    """people: person → whether their coded answers go on being counted; household: the same for all of it, None when it was not erased."""

    people: dict[str, bool] = field(default_factory=dict)
    household: bool | None = None

    def __bool__(self) -> bool:
        return bool(self.people) or self.household is not None

    def covers(self, person_id: str) -> bool:
        return self.household is not None or person_id in self.people

    def counts(self, person_id: str) -> bool:
        return self.household is not False and self.people.get(person_id, True)


def erasures(events: Iterable[Event]) -> Erasures:
    """What the `erase` events ask for together. A person who was merged with another is erased under both ids."""
    found, same = Erasures(), []
    for event in events:
        if event.kind == "erase":
            person_id, counted = event.body.get("person"), event.body["counted"]
            if person_id is None:
                found.household = counted and found.household is not False
            else:
                found.people[person_id] = counted and found.people.get(person_id, True)
        elif event.kind == "merge":
            same += event.body.get("people", {}).items()
    if found.people:
        _spread(found.people, same)
    return found


def _spread(people: dict[str, bool], same: list[tuple[str, str]]) -> None:
    reached = -1
    while reached != (reached := len(people) * 2 - sum(people.values())):
        for one, other in same:
            for known, alias in ((one, other), (other, one)):
                if known in people:
                    people[alias] = people[known] and people.get(alias, True)


def redacted(event: Event, erased: Erasures) -> Event:
    """The event without what was erased; the very same event when there was nothing in it."""
    if event.kind == "erase":
        return event
    body = {name: value for name, value in event.body.items() if name not in FREE_WORDS}
    if erased.household is not None and "address" in body:
        body["address"] = None
    if "people" in body and event.kind != "merge":
        body["people"] = _people(body["people"], erased)
    if "confirmed" in body:
        people = body["confirmed"].get("people", {})
        body["confirmed"] = {**body["confirmed"], "people": {key: value for key, value in people.items() if erased.counts(key)}}
    if "fields" in body:
        body["fields"] = _fields(body["fields"], erased)
    if "help" in body:
        body["help"] = [help for help in body["help"] if erased.counts(help.get("person") or "")]
    if "values" in body:
        body["values"] = _person(body["person"], body["values"], erased)
    return event if body == event.body else replace(event, body=body)


def _fields(fields: dict[str, Any], erased: Erasures) -> dict[str, Any]:
    result = dict(fields)
    if erased.household is not None:
        result.pop("address", None)
    if "people" in result:
        result["people"] = _people(people_of(result["people"]), erased)
    return result


def _people(people: Any, erased: Erasures) -> Any:
    if isinstance(people, list):
        return [{**each, "name": None} if erased.covers(each["id"]) else each for each in people if erased.counts(each["id"])]
    return {key: _person(key, fields, erased) for key, fields in people.items() if erased.counts(key)}


def _person(person_id: str, fields: dict[str, Any], erased: Erasures) -> dict[str, Any]:
    if not erased.counts(person_id):
        return {}
    return {name: value for name, value in fields.items() if name != "name"} if erased.covers(person_id) else fields
