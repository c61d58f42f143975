"""Whether the answers of an event fit its questionnaire: questions that exist, choices that are offered, values of the right
type.

Doubtful is not unfit: a name of one word or a person of 119 years is stored, counted and flagged elsewhere. Unfit is what
can't be counted because nobody knows what it means: such an event is held for the officer, never thrown away."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fieldapp.survey.day import is_day
from fieldapp.survey.problems import Problem
from fieldapp.survey.text import nfc

if TYPE_CHECKING:
    from fieldapp.survey.questionnaire import Question, Questionnaire

NAME_CHARACTERS, TEXT_CHARACTERS = 120, 2000
BIRTH_YEARS = (1900, 2200)
# A commune's own number, such as a count of pigs; the phone's numbers are exact far beyond it.
MOST_NUMBER = 10**9
NOT_SAID = ("unknown", "refused")
EXCLUSIVE = frozenset((*NOT_SAID, "none"))
HELP_FIELDS = ("service", "result", "barrier", "value")


def unfit(questionnaire: "Questionnaire", body: Mapping[str, Any], kind: str | None) -> Problem | None:
    """The first problem, None when everything fits. Kinds without answers (merge, list, erase …) always fit."""
    if kind in ("merge", "void", "list", "erase"):
        return None
    corrects = "fields" in body if kind is None else kind == "correct"
    where, takes_away = ("body.fields", True) if corrects else ("body", kind == "register")
    part = body["fields"] if corrects else body
    if not isinstance(part, Mapping):
        return Problem("wrong_type", where)
    fit = _Fit(questionnaire, takes_away)
    return (
        (None if kind in ("review", "register") else fit.door(part, where))
        or fit.answers(part.get("house"), "house", f"{where}.house")
        or fit.people(part.get("people"), f"{where}.people")
        or fit.answers(part.get("values"), "people", f"{where}.values")
        or fit.confirmed(part.get("confirmed"), f"{where}.confirmed")
        or fit.help(part.get("help"), f"{where}.help")
    )


class _Fit:
    """takes_away: null is a value here, and takes a statement away (correct) or says that nothing is known (register)."""

    def __init__(self, questionnaire: "Questionnaire", takes_away: bool) -> None:
        self.questionnaire, self.takes_away = questionnaire, takes_away

    def door(self, part: Mapping[str, Any], where: str) -> Problem | None:
        questions = self.questionnaire.questions
        for name in ("outcome", "respondent", "return_on"):
            if name in part and (part[name] is not None or name == "outcome"):
                problem = of_value(questions[name], part[name], f"{where}.{name}")
                if problem:
                    return problem
        consent = part.get("consent")
        if consent is not None and not (isinstance(consent, Mapping) and isinstance(consent.get("given"), bool)):
            return Problem("wrong_type", f"{where}.consent")
        return None

    def answers(self, values: Any, group: str, where: str) -> Problem | None:
        if values is None:
            return None
        if not isinstance(values, Mapping):
            return Problem("wrong_type", where)
        for name, value in values.items():
            question = self.questionnaire.questions.get(name)
            if question is None or question.group != group:
                return Problem("unknown_question", f"{where}.{name}")
            if value is None and self.takes_away:
                continue
            if problem := of_value(question, value, f"{where}.{name}"):
                return problem
        return None

    def people(self, people: Any, where: str) -> Problem | None:
        """By id (visit, correct, review), or a list in which each says its own id (register)."""
        if people is None:
            return None
        if isinstance(people, list):
            if not all(isinstance(person, Mapping) and isinstance(person.get("id"), str) for person in people):
                return Problem("wrong_type", where)
            people = {person["id"]: {name: value for name, value in person.items() if name != "id"} for person in people}
        if not isinstance(people, Mapping):
            return Problem("wrong_type", where)
        for person, values in people.items():
            place = f"{where}.{person}"
            problem = Problem("wrong_type", place) if values is None else self.answers(values, "people", place)
            if problem:
                return problem
        return None

    def confirmed(self, confirmed: Any, where: str) -> Problem | None:
        if confirmed is None:
            return None
        people = confirmed.get("people") or {} if isinstance(confirmed, Mapping) else None
        if not isinstance(confirmed, Mapping) or not isinstance(people, Mapping):
            return Problem("wrong_type", where)
        named = [("house", confirmed.get("house") or [], f"{where}.house")]
        named += [("people", names, f"{where}.people.{person}") for person, names in people.items()]
        for group, names, place in named:
            if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
                return Problem("wrong_type", place)
            for name in names:
                question = self.questionnaire.questions.get(name)
                if question is None or question.group != group:
                    return Problem("unknown_question", f"{place}.{name}")
        return None

    def help(self, given: Any, where: str) -> Problem | None:
        if given is None:
            return None
        if not isinstance(given, list):
            return Problem("wrong_type", where)
        for place, entry in enumerate(given):
            if problem := self._one_help(entry, f"{where}.{place}"):
                return problem
        return None

    def _one_help(self, entry: Any, where: str) -> Problem | None:
        if not isinstance(entry, Mapping) or not isinstance(entry.get("person"), str | None):
            return Problem("wrong_type", where)
        for name in entry:
            if name not in HELP_FIELDS and name != "person":
                return Problem("unknown_question", f"{where}.{name}")
        for name in HELP_FIELDS:
            value = entry.get(name)
            if value is None and name in ("barrier", "value"):
                continue
            if problem := of_value(self.questionnaire.questions[name], value, f"{where}.{name}"):
                return problem
            if name == "service" and value not in self.questionnaire.services:
                return Problem("not_a_choice", f"{where}.service", {"value": value})
            # A service gives only what its row offers: a signature is never left as "bank".
            if name == "value" and value not in self.questionnaire.options(entry["service"]):
                return Problem("not_a_choice", f"{where}.value", {"value": value})
        return None


def of_value(question: "Question", value: Any, where: str) -> Problem | None:
    """The problem with one stated value, None when the question takes it."""
    if question.type == "select_multiple":
        return _of_list(question, value, where)
    if question.type == "integer":
        fits = _is_year if question.name == "birth_year" else _is_number
        return None if value in NOT_SAID or fits(value) else Problem("wrong_type", where)
    if not isinstance(value, str):
        return Problem("wrong_type", where)
    if question.type == "select_one":
        return None if value in question.choices else Problem("not_a_choice", where, {"value": value[:NAME_CHARACTERS]})
    if question.type == "date":
        return None if is_day(value) or (question.group != "door" and value in NOT_SAID) else Problem("wrong_type", where)
    if question.name == "name" and len(nfc(value)) > NAME_CHARACTERS:
        return Problem("name_too_long", where, {"most": NAME_CHARACTERS})
    if question.name == "name" and not value.strip():
        return Problem("wrong_type", where)
    return Problem("wrong_type", where) if len(value) > TEXT_CHARACTERS else None


def _of_list(question: "Question", value: Any, where: str) -> Problem | None:
    if not isinstance(value, list) or not all(isinstance(member, str) for member in value):
        return Problem("wrong_type", where)
    for member in value:
        if member not in question.choices:
            return Problem("not_a_choice", where, {"value": member[:NAME_CHARACTERS]})
    alone = len(value) > 1 and bool(EXCLUSIVE.intersection(value))
    return Problem("not_a_choice", where, {"value": " ".join(value)}) if alone or len(set(value)) < len(value) else None


def _is_year(value: Any) -> bool:
    return type(value) is int and BIRTH_YEARS[0] <= value <= BIRTH_YEARS[1]


def _is_number(value: Any) -> bool:
    return type(value) is int and abs(value) <= MOST_NUMBER
