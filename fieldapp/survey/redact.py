"""Erasure: what leaves an event when a resident's data are to leave (LAW.md).

Names, addresses and free words go; coded answers stay without a name, so that the balances stand, unless the person asks not to
be counted. What a commune asks of its own may be words: of an erased person all of it goes, of their house what is written in letters, and the
commune's own indicators don't know it any more. Redacting twice changes nothing, and the fold of redacted events is the fold of the whole ones:
so it may happen before or after any other event arrives."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from fieldapp.survey.event import Event
from fieldapp.survey.questionnaire import SHIPPED
from fieldapp.survey.standing import people_of

FREE_WORDS = ("comment", "reason")
CODED = frozenset(name for form in SHIPPED.values() for name in form.questions if name != "name")


@dataclass(slots=True)
class Erasures:
    """What is to leave one household. people: person → whether their coded answers go on being counted; whole: the same for all
    of it, None when only single people are erased."""

    people: dict[str, bool] = field(default_factory=dict)
    whole: bool | None = None

    @property
    def all_count(self) -> bool:
        """Whether nobody asked not to be counted."""
        return self.whole is not False and all(self.people.values())

    def covers(self, person_id: str) -> bool:
        return self.whole is not None or person_id in self.people

    def counts(self, person_id: str) -> bool:
        return self.whole is not False and self.people.get(person_id, True)


def erasures(events: Iterable[Event]) -> dict[str, Erasures]:
    """Household → what the `erase` events ask to leave it; households without any are not in it.

    An erasure reaches every household that was ever merged with its own, and a person under every id that merges gave them,
    whether those merges still stand or not: what left can't come back."""
    asked = [event for event in events if event.kind in ("erase", "merge")]
    found: dict[str, Erasures] = {}
    for event in asked:
        if event.kind == "erase":
            _ask(found.setdefault(event.household, Erasures()), event.body)
    merges = [(event.household, event.body.get("other") or event.household, event.body["people"].items()) for event in asked if event.kind == "merge"]
    while found and any([_spread(found, *merge) for merge in merges]):
        pass
    return found


def _ask(erased: Erasures, body: dict[str, Any]) -> None:
    """Whoever once asked not to be counted is not, whatever is asked later."""
    if body.get("person") is None:
        erased.whole = body["counted"] and erased.whole is not False
    else:
        erased.people[body["person"]] = body["counted"] and erased.people.get(body["person"], True)


def _spread(found: dict[str, Erasures], here: str, other: str, same: Iterable[tuple[str, str]]) -> bool:
    """Let both households of a merge know what is erased in either; whether that was news to one of them."""
    if here not in found and other not in found:
        return False
    ours, theirs = found.setdefault(here, Erasures()), found.setdefault(other, Erasures())
    people = dict(ours.people)
    for person_id, counted in theirs.people.items():
        people[person_id] = counted and people.get(person_id, True)
    for one, another in same:
        if one in people or another in people:
            people[one] = people[another] = people.get(one, True) and people.get(another, True)
    wholes = [each.whole for each in (ours, theirs) if each.whole is not None]
    together = Erasures(people, all(wholes) if wholes else None)
    if ours == together == theirs:
        return False
    found[here] = found[other] = together
    return True


def redacted(event: Event, erased: Erasures | None) -> Event:
    """The event without what was erased in its household; the very same event when there was nothing in it."""
    if erased is None:
        return event
    body = {name: value for name, value in event.body.items() if name not in FREE_WORDS}
    if erased.whole is not None and "address" in body:
        body["address"] = None
    if "house" in body:
        body["house"] = _house(body["house"])
    if "people" in body and event.kind != "merge":
        body["people"] = _people(body["people"], erased)
    if "confirmed" in body:
        people = body["confirmed"].get("people", {})
        body["confirmed"] = {**body["confirmed"], "people": {key: value for key, value in people.items() if erased.counts(key)}}
    if "fields" in body:
        body["fields"] = _fields(body["fields"], erased)
    if "help" in body:
        body["help"] = [help for help in body["help"] if erased.counts(help.get("person") or "")]
    if event.kind == "move" and "person" in body and not erased.counts(body["person"]):
        # Who only moved in would be somebody of whom nothing is known, and counted as that.
        body = {name: value for name, value in body.items() if name not in ("person", "values")}
    if "values" in body:
        body["values"] = _person(body["person"], body["values"], erased)
    return event if body == event.body else replace(event, body=body)


def _fields(fields: dict[str, Any], erased: Erasures) -> dict[str, Any]:
    result = dict(fields)
    if erased.whole is not None:
        result.pop("address", None)
    if "house" in result:
        result["house"] = _house(result["house"])
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
    return {name: value for name, value in fields.items() if name in CODED} if erased.covers(person_id) else fields


def _house(answers: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if name in CODED or not isinstance(value, str)}
