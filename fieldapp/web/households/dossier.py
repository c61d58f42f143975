"""What the page of a household shows of a state, in the questionnaire's order and in codes; the words are the template's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fieldapp.survey.event import Event
from fieldapp.survey.standing import people_of
from fieldapp.survey.statement import statement_of
from fieldapp.web.forms import forms

# These stand in a person's heading, not among their answers.
HEADING = ("name", "birth_year", "sex", "relation", "residence", "answered_by")


@dataclass(frozen=True, slots=True)
class Answer:
    """value: as left; found: as found, None where help changed nothing; contested: two authors disagree."""

    question: str
    value: Any
    found: Any
    contested: bool


@dataclass(frozen=True, slots=True)
class Person:
    """fields: as the state has them; contested: which of the HEADING two authors disagree about."""

    person_id: str
    fields: Mapping[str, Any]
    answers: list[Answer]
    contested: list[str]


def house(state: Mapping[str, Any]) -> list[Answer]:
    """The answers about the house."""
    return _answers("house", state["house"], state.get("house_found", {}), _disagreed(state, "house"))


def people(state: Mapping[str, Any]) -> list[Person]:
    """The people: who lives here first, and who has left or died last; else as the roster has them."""
    shown = [_person(state, person_id, fields) for person_id, fields in state["people"].items()]
    return sorted(shown, key=lambda person: person.fields.get("residence") in ("left", "deceased"))


def names(state: Mapping[str, Any]) -> dict[str, str | None]:
    """Person → name."""
    return {person_id: fields.get("name") for person_id, fields in state["people"].items()}


def stated(event: Event) -> list[tuple[str | None, list[tuple[str, Any]]]]:
    """What an event stated, or says that another should have (None: nothing), as (person, None for the house; [(question, value)]); only what a
    questionnaire asks."""
    fields = event.body["fields"] if event.kind == "correct" else {}
    house_said, people_said = (fields.get("house", {}), people_of(fields.get("people", {}))) if fields else statement_of(event)
    parts = [(None, house_said), *people_said.items()]
    answers = ((who, _in_order("house" if who is None else "people", said)) for who, said in parts)
    return [(who, each) for who, each in answers if each]


def _in_order(group: str, said: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(name, said[name]) for name in _questions(group) if name in said]


def _person(state: Mapping[str, Any], person_id: str, fields: Mapping[str, Any]) -> Person:
    disagreed = _disagreed(state, f"people.{person_id}")
    answers = _answers("people", fields, fields.get("found", {}), disagreed)
    return Person(person_id, fields, answers, [name for name in HEADING if name in disagreed])


def _answers(group: str, values: Mapping[str, Any], found: Mapping[str, Any], disagreed: set[str]) -> list[Answer]:
    given = (name for name in _questions(group) if values.get(name) is not None and name not in HEADING)
    return [Answer(name, values[name], found.get(name) if name in found else None, name in disagreed) for name in given]


def _questions(group: str) -> Iterable[str]:
    """The group's questions in the newest version's order; those that it no longer asks come last."""
    return [question.name for question in forms().newest.of_group[group]]


def _disagreed(state: Mapping[str, Any], place: str) -> set[str]:
    parts = (mark["where"].rpartition(".") for mark in state.get("contested", ()))
    return {name for where, _dot, name in parts if where == place}
