"""A contested value and its settlement: both sides as they were said, and the review that says which one stands."""

from dataclasses import dataclass
from typing import Any

from fieldapp.store.history import HOUSE, History, Value
from fieldapp.survey.questionnaire import Question
from fieldapp.survey.questionnaire_fit import of_value
from fieldapp.survey.text import nfc
from fieldapp.web.forms import forms
from fieldapp.web.households import stated_fields

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Dispute:
    """where: of the field, as the state has it; who: a person, None: the house; sides: the statements, latest first; field: for another value."""

    where: str
    who: str | None
    question: Question
    sides: list[Value]
    field: stated_fields.Field


def disputes(marks: list[dict[str, Any]], history: History) -> list[Dispute]:
    """The contested fields of a household with what each side said."""
    found = []
    for mark in marks:
        who, question = _place(mark["where"])
        if question is None:
            continue
        events = set(mark["events"])
        stated = history.get(who, {}).get(question.name, [])
        said = [each for each in stated if each.undone is None and (each.event.id in events or _corrects(each, events))]
        empty = stated_fields.Field(OTHER, question, None, [])
        found.append(Dispute(mark["where"], who, question, said[::-1], empty))
    return found


def settled(dispute: Dispute, typed: Any) -> dict[str, Any] | None:
    """The body of the review that settles it; None when no value was chosen or it does not fit. typed: `side` (the event that said the value)
    or OTHER, with the value under `other`."""
    question = dispute.question
    # Who fills the other value and forgets to mark it means it.
    side = typed.get("side") or (OTHER if typed.get(OTHER) else "")
    if side == OTHER:
        value = stated_fields.value_of(question, [nfc(each).strip() for each in typed.getlist(OTHER)])
    else:
        value = next((each.value for each in dispute.sides if each.event.id == side), None)
    if value is None or of_value(question, value, dispute.where) is not None:
        return None
    said = {question.name: value}
    return {"outcome": "settled", **({"house": said} if dispute.who is HOUSE else {"people": {dispute.who: said}})}


def _place(where: str) -> tuple[str | None, Question | None]:
    place, _, name = where.rpartition(".")
    return (HOUSE if place == "house" else place.removeprefix("people.")), forms().newest.questions.get(name)


def _corrects(value: Value, events: set[str]) -> bool:
    return value.event.kind == "correct" and value.event.body["event"] in events
