"""What a commune asks beyond the form that ships, as columns of the household list: answers in words, numbers as numbers."""

from collections.abc import Mapping
from typing import Any

from fieldapp.survey.questionnaire import SHIPPED, Question
from fieldapp.web import words
from fieldapp.web.forms import forms

GONE = ("left", "deceased")


def questions() -> list[Question]:
    """The commune's own questions, of the house first, those that are no longer asked last."""
    newest, shipped = forms().newest, {name for form in SHIPPED.values() for name in form.questions}
    return [each for group in ("house", "people") for each in newest.of_group[group] if each.name not in shipped]


def cell(question: Question, state: Mapping[str, Any]) -> Any:
    """The answer of a household; of a question about people, who answered what."""
    if question.group == "house":
        return _said(question, state["house"].get(question.name))
    here = [person for person in state["people"].values() if person.get("residence") not in GONE and person.get(question.name) is not None]
    return "; ".join(f"{person['name'] or '?'}: {_said(question, person[question.name])}" for person in here)


def _said(question: Question, value: Any) -> Any:
    return value if value is None or isinstance(value, int) else words.answer(question.name, value)
