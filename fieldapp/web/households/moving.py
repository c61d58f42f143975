"""A person's way from one household to another: two events that belong together, and are undone together."""

from collections.abc import Mapping
from typing import Any

from fieldapp.intake import desk
from fieldapp.store import households
from fieldapp.store.engine import Connection
from fieldapp.store.households import Household
from fieldapp.survey.event import Event
from fieldapp.survey.questionnaire import NAMES, load
from fieldapp.web.forms import forms

QUESTIONS = load(NAMES[-1]).questions
# What is likely to be another in the new household.
CHOICES = {name: [code for code in QUESTIONS[name].choices if code not in ("left", "deceased")] for name in ("relation", "residence")}


def leave_and_arrive(
    household: Household, to: Household, person_id: str, typed: Mapping[str, str], reason: str
) -> list[desk.Said]:
    """What is said of both households. typed: relation and residence in the new one."""
    person = household.state["people"][person_id]
    asked = {question.name for question in forms().newest.of_group["people"]}
    values = {name: value for name, value in person.items() if name in asked and value is not None}
    values["residence"] = "permanent" if values.get("residence") in ("left", "deceased") else values.get("residence", "permanent")
    values |= {name: typed[name] for name, choices in CHOICES.items() if typed.get(name) in choices}
    leaves = {"person": person_id, "to": to.household_id, "reason": reason}
    arrives = {"person": person_id, "from": household.household_id, "values": values, "reason": reason}
    return [("move", household.household_id, leaves), ("move", to.household_id, arrives)]


def twin(connection: Connection, commune_id: str, event: Event) -> Event | None:
    """The other half of a person's move, or of what undid one; None of any other event."""
    if event.kind == "void":
        undone = _event(connection, commune_id, event.household, event.body["event"])
        half = twin(connection, commune_id, undone) if undone and undone.kind == "move" else None
        if half is None:
            return None
        undoing = ("void", half.id, event.at)
        return _find(connection, commune_id, half.household, lambda each: (each.kind, each.body.get("event"), each.at) == undoing)
    if event.kind != "move" or "person" not in event.body:
        return None
    beside = event.body.get("to") or event.body.get("from")
    if not beside:
        return None
    person, at, author = event.body["person"], event.at, event.member
    return _find(
        connection, commune_id, beside,
        lambda each: each.kind == "move" and each.body.get("person") == person and (each.at, each.member, each.household) == (at, author, beside),
    )  # fmt: skip


def _event(connection: Connection, commune_id: str, household_id: str, event_id: str) -> Event | None:
    return _find(connection, commune_id, household_id, lambda each: each.id == event_id)


def _find(connection: Connection, commune_id: str, household_id: str, fits: Any) -> Event | None:
    said = households.said_of(connection, commune_id, household_id)
    return next((each.event for each in said if each.held is None and fits(each.event)), None)
