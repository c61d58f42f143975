"""How a visit was made: of which kind it was, how long it took, what was stated, left unsaid or confirmed. So that visits are only ever
compared with their like: confirming what is known takes seconds, a first survey minutes."""

import json
from hashlib import blake2b
from typing import Any, NamedTuple

from fieldapp.survey.event import SURVEYED, Event
from fieldapp.survey.statement import outcome_of

# A revisit where nothing changed, a revisit that stated something, the first survey of a house, a door that nobody opened.
UNCHANGED, REVISIT, NEW, ABSENT = MANNERS = ("unchanged", "revisit", "new", "absent")
IDENTITY = frozenset(("name", "birth_year", "sex", "relation", "residence", "answered_by"))
NOT_SAID = ("unknown", "refused")
# Fewer answers than these are alike by chance.
FEWEST_ALIKE = 6
ALIKE_BYTES = 8


class Manner(NamedTuple):
    """kind: one of MANNERS, None of other visits. stated: answers without who people are; unsaid: those of them that are unknown or refused;
    kept: confirmed ones. alike: the same for two houses that answered alike, None where there is too little to compare."""

    seconds: int | None
    kind: str | None
    stated: int
    unsaid: int
    kept: int
    alike: str | None


def manner_of(visit: Event, surveyed_before: bool) -> Manner:
    """How the visit was made. surveyed_before: the household was surveyed before it."""
    body, outcome = visit.body, outcome_of(visit)
    seconds = body.get("seconds")
    if outcome not in SURVEYED:
        return Manner(seconds, ABSENT if outcome == "absent" else None, 0, 0, 0, None)
    house, people = body.get("house", {}), answers_of(body.get("people", {}))
    values = [value for said in (house, *people.values()) for value in said.values()]
    confirmed = body.get("confirmed", {})
    kept = len(confirmed.get("house", ())) + sum(map(len, confirmed.get("people", {}).values()))
    kind, alike = kind_of(house, people, surveyed_before), _alike(house, people, len(values))
    return Manner(seconds, kind, len(values), sum(map(is_not_said, values)), kept, alike)


def kind_of(house: dict[str, Any], people: dict[str, dict[str, Any]], surveyed_before: bool) -> str:
    """The kind of a survey. people: their answers without who they are."""
    if not house and not people:
        return UNCHANGED
    return REVISIT if surveyed_before else NEW


def answers_of(people: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What was answered about people, without who they are; people of whom nothing was are left out."""
    answers = {id: {name: value for name, value in fields.items() if name not in IDENTITY} for id, fields in people.items()}
    return {id: fields for id, fields in answers.items() if fields}


def is_not_said(value: Any) -> bool:
    return (value[0] if isinstance(value, list) and value else value) in NOT_SAID


def _alike(house: dict[str, Any], people: dict[str, dict[str, Any]], answers: int) -> str | None:
    """Whoever writes down one house and taps the same for the next has the same answers for each grown-up, however many there are."""
    if answers < FEWEST_ALIKE:
        return None
    sorts = sorted({json.dumps(fields, sort_keys=True) for fields in people.values()})
    return blake2b(json.dumps([house, sorts], sort_keys=True).encode(), digest_size=ALIKE_BYTES).hexdigest()
