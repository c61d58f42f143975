"""What a commune asks beyond the form that ships, as columns of the household list: answers in words, numbers as numbers."""

from collections.abc import Mapping
from typing import Any

from fieldapp.survey.questionnaire import SHIPPED, Question
from fieldapp.web import words
from fieldapp.web.forms import forms

GONE = ("left", "deceased")


def questions() -> list[Question]:
    """The commune's own questions, of the house first, those that are no longer asked last."""
    newest = forms().newest
    return [each for group in ("house", "people") for each in newest.of_group[group] if not any(each.name in form.questions for form in SHIPPED.values())]


def cell(question: Question, state: Mapping[str, Any]) -> Any:
    """The answer of a household; of a question about people, who answered what."""
    if question.group == "house":
        return _said(question, state["house"].get(question.name))
    living = (person for person in state["people"].values() if person.get("residence") not in GONE)
    return "; ".join(f"{person.get('name') or '?'}: {_said(question, person[question.name])}" for person in living if person.get(question.name) is not None)


def _said(question: Question, value: Any) -> Any:
    return value if value is None or isinstance(value, int) else words.answer(question.name, value)
