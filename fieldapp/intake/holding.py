"""Answering held texts: which of them can come to count, and what of one must be mended first.

A text that can't be understood never counts as it is; an officer may say what it should have said (a correction, in the same
transaction), or put it away with a reason. Nothing is thrown away either way."""

from dataclasses import dataclass, replace
from typing import Any

from fieldapp.intake.desk import Said
from fieldapp.intake.judge import not_understood
from fieldapp.intake.sealed import unseal
from fieldapp.store import areas, questionnaires
from fieldapp.store.counted import UNKNOWN_HOUSEHOLD
from fieldapp.store.engine import Connection
from fieldapp.store.held import Held
from fieldapp.survey.event import AUTHORS, Event
from fieldapp.survey.questionnaire import Questionnaire
from fieldapp.survey.standing import CORRECTABLE, corrected

COUNT, MEND, WAIT, NEVER = "count", "mend", "wait", "never"
# What is wrong with single answers can be said better; a question nobody knows is left unread.
MENDABLE = ("not_a_choice", "wrong_type", "name_too_long")


@dataclass(frozen=True, slots=True)
class Case:
    """A held text with what can be done: COUNT as it is, MEND first, WAIT for its household's register (then it counts by
    itself), or NEVER. event: None where it can't be read."""

    held: Held
    text: str
    event: Event | None
    way: str


def case(connection: Connection, commune_id: str, held: Held, text: str) -> Case:
    """What can be done with a held text now; the server may know more than when it came."""
    sealed = unseal(text)
    event = sealed.event
    if event is None or held.kind not in AUTHORS or event.commune != commune_id or held.reason == "erased_household":
        return Case(held, text, event, NEVER)
    village = (event.body["fields"] if event.kind == "correct" else event.body).get("village")
    if village and areas.village(connection, commune_id, village) is None:
        return Case(held, text, event, NEVER)
    if held.reason == UNKNOWN_HOUSEHOLD:
        return Case(held, text, event, WAIT)
    unclear = not_understood(event, questionnaires.forms(connection, commune_id, [event.questionnaire]))
    problem = unclear.code if unclear else None
    if problem in (None, "unknown_question"):
        return Case(held, text, event, COUNT)
    return Case(held, text, event, MEND if problem in MENDABLE and event.kind in CORRECTABLE else NEVER)


def replay(held: Held, comment: str | None) -> Said:
    """Let the text count from now on."""
    return "review", held.filed_under, {"event": held.event_id, "sha256": held.sha256, "outcome": "replayed", "comment": comment}


def put_away(held: Held, comment: str) -> Said:
    """Say that the text is not to be counted, and why."""
    return "review", held.filed_under, {"event": held.event_id, "sha256": held.sha256, "outcome": "not_ours", "comment": comment}


def mended(case: Case, form: Questionnaire, fields: dict[str, Any], comment: str) -> list[Said] | None:
    """Let the text count as these fields correct it, by the form that it was made with; None while something of it still can't be understood.
    Help that nobody understands is left out."""
    event = case.event
    assert event is not None  # only what could be read is mended
    correction = replace(event, kind="correct", body={"event": event.id, "fields": fields})
    body = corrected(event, [correction]).body
    while (problem := form.unfit(body, event.kind)) and problem.where.startswith("body.help."):
        wrong = int(problem.where.split(".")[2])
        body = {**body, "help": [help for i, help in enumerate(body["help"]) if i != wrong]}
        fields = {**fields, "help": body["help"]}
    if problem and problem.code != "unknown_question":
        return None
    return [replay(case.held, comment), ("correct", event.household, {"event": event.id, "fields": fields, "reason": comment})]
