"""What an event states about the house and its people, as found: the values that the fold lays down and that two authors can
contest."""

from typing import Any, NamedTuple

from fieldapp.survey.event import SURVEYED, Event
from fieldapp.survey.standing import people_of

People = dict[str, dict[str, Any]]


class Statement(NamedTuple):
    """house: question → value; people: person → field → value."""

    house: dict[str, Any]
    people: People


NOTHING = Statement({}, {})


def outcome_of(visit: Event) -> str:
    """The visit's outcome; a `no` to the consent makes it a refusal, whatever was written before it."""
    consent = visit.body.get("consent")
    return "refused" if consent is not None and not consent["given"] else visit.body["outcome"]


def statement_of(event: Event) -> Statement:
    """What the event states. Of a visit only a done or partly one states anything; confirmed values are not stated."""
    body = event.body
    if event.kind == "visit":
        if outcome_of(event) not in SURVEYED:
            return NOTHING
        return Statement(body.get("house", {}), body.get("people", {}))
    if event.kind in ("register", "review"):
        return Statement(body.get("house", {}), people_of(body.get("people", {})))
    if event.kind == "move" and "person" in body:
        return Statement({}, {body["person"]: body.get("values", {"residence": "left"})})
    return NOTHING
