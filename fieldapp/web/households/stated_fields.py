"""What an event stated, as fields of a form: each question with its present value, what was typed instead, and what is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from fieldapp.survey.event import Event
from fieldapp.survey.questionnaire import NOT_SAID, Question, Questionnaire
from fieldapp.survey.questionnaire_fit import of_value
from fieldapp.survey.standing import people_of
from fieldapp.survey.text import folded, nfc
from fieldapp.web.words import answer, problem_words

HOUSE, DOOR = None, ""
DOOR_FIELDS = ("outcome", "respondent", "return_on")
OTHER_ADULT = "other_adult"
IDENTITY = ("name", "birth_year", "sex", "relation", "residence")
NEEDED = ("outcome",)


@dataclass(frozen=True, slots=True)
class Field:
    """value: as it stands now; typed: as the form has it, texts; problem: words, empty when it can be taken; options: the people who can be
    named, where one is to be."""

    name: str
    question: Question | None
    value: Any
    typed: list[str]
    new: Any = None
    problem: str = ""
    options: tuple[str, ...] = ()

    @property
    def is_changed(self) -> bool:
        return not self.problem and self.new != self.value


@dataclass(frozen=True, slots=True)
class Part:
    """who: a person, None: the house, "": what was noted at the door."""

    who: str | None
    fields: list[Field]


def parts_of(questionnaire: Questionnaire, event: Event, typed: Any = None, people: Iterable[str] = ()) -> list[Part]:
    """The fields of an event as it stands. typed: the form that was sent, None when none was; people: of the household, who may have answered."""
    body, is_visit = event.body, event.kind == "visit"
    door = DOOR_FIELDS if is_visit else ("address",)
    fields = [_field(name, questionnaire.questions.get(name), body.get(name), typed) for name in door]
    parts = [Part(DOOR, [_named(field, people) if field.name == "respondent" else field for field in fields])]
    if is_visit:
        said = body.get("house", {})
        parts.append(Part(HOUSE, [_field(f"house.{each.name}", each, said.get(each.name), typed) for each in _asked(questionnaire, "house", said)]))
    for person, said in people_of(body.get("people", {})).items():
        asked = [each for each in _asked(questionnaire, "people", said) if is_visit or each.name in IDENTITY]
        parts.append(Part(person, [_field(f"people.{person}.{each.name}", each, said.get(each.name), typed) for each in asked]))
    return parts


def changes(parts: list[Part]) -> dict[str, Any]:
    """What the form changes, as the fields of a correction; None takes a statement away."""
    fields: dict[str, Any] = {}
    for part in parts:
        changed = {field.name.rpartition(".")[2]: field.new for field in part.fields if field.is_changed}
        if part.who == DOOR:
            fields |= changed
        elif part.who is HOUSE and changed:
            fields["house"] = changed
        elif changed:
            fields.setdefault("people", {})[part.who] = changed
    return fields


def _asked(questionnaire: Questionnaire, group: str, said: Mapping[str, Any]) -> list[Question]:
    """What the group asks, and what it once asked where it was answered."""
    return [each for each in questionnaire.of_group[group] if not each.retired or each.name in said]


def _field(name: str, question: Question | None, value: Any, typed: Any) -> Field:
    shown = texts(question, value)
    if typed is None:
        return Field(name, question, value, shown, value)
    given = [nfc(each).strip() for each in typed.getlist(name)]
    # What a form never held was not taken away.
    if name not in typed and f"{name}.here" not in typed:
        return Field(name, question, value, shown, value)
    if [each for each in given if each] == shown:
        return Field(name, question, value, given, value)
    new = value_of(question, given)
    problem = _problem(question, new, name)
    return Field(name, question, value, given, new, problem)


def _named(field: Field, people: Iterable[str]) -> Field:
    """A field that names one of the people, or another adult; whoever it names already stays."""
    options = tuple(dict.fromkeys([*people, *([field.value] if field.value else []), OTHER_ADULT]))
    return replace(field, options=options, problem="" if field.new is None or field.new in options else str(problem_words("not_a_choice")))


def texts(question: Question | None, value: Any) -> list[str]:
    """A value as a form shows it."""
    if value is None:
        return []
    is_written = question is None or not question.type.startswith("select")
    return [str(each) for each in value] if isinstance(value, list) else [_said(value) if is_written else str(value)]


def value_of(question: Question | None, given: list[str]) -> Any:
    """The value that was typed, None for nothing; it may not fit yet."""
    given = [each for each in given if each]
    if not given:
        return None
    if question is None or question.type in ("text", "date"):
        return _not_said(given[0]) or given[0]
    if question.type == "select_multiple":
        return [each for each in question.choices if each in given] + [each for each in given if each not in question.choices]
    if question.type == "integer":
        return _not_said(given[0]) or (int(given[0]) if given[0].isascii() and given[0].isdecimal() and len(given[0]) < 10 else given[0])
    return given[0]


def _problem(question: Question | None, value: Any, where: str) -> str:
    if value is None:
        return _("Vui lòng chọn một kết quả.") if where in NEEDED else ""
    if question is None:
        return "" if len(value) <= 2000 else str(problem_words("wrong_type"))
    problem = of_value(question, value, where)
    if problem is None:
        return ""
    if question.name == "birth_year":
        return _("Vui lòng ghi năm bằng bốn chữ số, ví dụ 1960.")
    if question.type == "select_multiple":
        return _("Câu trả lời này đứng một mình, không chọn thêm câu khác.")
    return str(problem_words(problem.code))


def _said(value: Any) -> str:
    return answer("phone", value) if value in NOT_SAID else str(value)


def _not_said(typed: str) -> str | None:
    """unknown or refused, where somebody typed its words."""
    if typed in NOT_SAID:
        return typed
    words: Mapping[str, str] = {folded(answer("phone", code)): code for code in NOT_SAID}
    return words.get(folded(typed))


def unfitting(parts: list[Part]) -> list[Part]:
    """Only the fields whose value does not fit its question."""
    wrong = [Part(part.who, [field for field in part.fields if _is_unfit(field)]) for part in parts]
    return [part for part in wrong if part.fields]


def _is_unfit(field: Field) -> bool:
    return field.question is not None and field.value is not None and of_value(field.question, field.value, field.name) is not None
