"""A rule of an indicator in the words of the questionnaire: "Điện thoại" là "Thông minh". What it has no words for stands as it is written."""

from typing import Any

from fieldapp.survey.expression import parse
from fieldapp.survey.expression_text import text_of
from fieldapp.survey.questionnaire import Questionnaire

# What indicators may ask beside the questions.
BESIDE = {
    "adults_with_smartphone": "số người từ 15 tuổi trong hộ có điện thoại thông minh",
    "adults_phone_unknown": "số người từ 15 tuổi trong hộ chưa rõ có điện thoại gì",
    "poverty": "diện hộ",
    "age": "tuổi",
}
CHOICES_BESIDE = {"poverty": {"poor": "hộ nghèo", "near_poor": "hộ cận nghèo", "none": "không nghèo"}}
SIGNS = {"=": "là", "!=": "không phải là", ">": "lớn hơn", "<": "nhỏ hơn", ">=": "từ", "<=": "không quá"}
JOINED = {"or": "hoặc", "and": "và"}


def rule_words(rule: str, questionnaire: Questionnaire) -> str:
    """The rule in words."""
    return _words(parse(rule), questionnaire)


def _words(tree: Any, form: Questionnaire) -> str:
    operator = tree[0] if isinstance(tree, list) else None
    if operator in JOINED:
        alike = _alike(tree, form)
        return alike or f" {JOINED[operator]} ".join(_words(part, form) for part in tree[1:])
    said = _said(tree)
    if said is None:
        return text_of(tree)
    name, sign, value = said
    return f"{_question(name, form)} {SIGNS[sign]} {_choice(name, value, form)}"


def _alike(tree: Any, form: Questionnaire) -> str | None:
    """One sentence where several answers to one question are joined by "or"; None where they are not alike."""
    parts = [_said(part) for part in _flat(tree)] if tree[0] == "or" else [None]
    named = {(part[0], part[1]) for part in parts if part is not None}
    if len(named) != 1 or None in parts:
        return None
    ((name, sign),) = named
    return f"{_question(name, form)} {SIGNS[sign]} {' hoặc '.join(_choice(name, part[2], form) for part in parts if part is not None)}"


def _flat(tree: Any) -> list[Any]:
    return [each for part in tree[1:] for each in (_flat(part) if isinstance(part, list) and part[0] == "or" else [part])]


def _said(tree: Any) -> tuple[str, str, Any] | None:
    """(question, sign, value) of a comparison with an answer, or of a choice among several; None where it is neither."""
    if not isinstance(tree, list) or len(tree) != 3 or not isinstance(tree[1], list) or tree[1][0] != "$" or isinstance(tree[2], list):
        return None
    return (tree[1][1], "=", tree[2]) if tree[0] == "selected" else (tree[1][1], tree[0], tree[2]) if tree[0] in SIGNS else None


def _question(name: str, form: Questionnaire) -> str:
    found = form.questions.get(name)
    return f"“{found.labels['vi']}”" if found is not None and found.labels.get("vi") else BESIDE.get(name, name)


def _choice(name: str, value: Any, form: Questionnaire) -> str:
    found = form.questions.get(name)
    labels = found.choice_labels.get(value, {}) if found is not None and isinstance(value, str) else {}
    return f"“{labels['vi']}”" if "vi" in labels else CHOICES_BESIDE.get(name, {}).get(value, str(value))
