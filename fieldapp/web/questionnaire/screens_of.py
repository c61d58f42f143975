"""Every screen of a questionnaire as the phone will ask it: in the phone's order, with who is asked and what an answer must be."""

from dataclasses import dataclass
from typing import Any

from fieldapp.survey.expression_text import text_of
from fieldapp.survey.questionnaire import Question, Questionnaire


@dataclass(frozen=True, slots=True)
class Asked:
    """question: with its words and choices; relevant, constraint: as XLSForm writes them, "" for none; retired: choices no longer offered."""

    question: Question
    relevant: str
    constraint: str
    default: str
    retired: frozenset[str]


@dataclass(frozen=True, slots=True)
class Screens:
    """language_names: code → what a language is called in itself; consent: language → text; groups: [(group, its labels, what is asked)]."""

    language_names: dict[str, str]
    consent: dict[str, str]
    groups: list[tuple[str, dict[str, str], list[Asked]]]


def screens_of(form: Questionnaire) -> Screens:
    """The screens; what is no longer asked is on none."""
    entries = {entry["name"]: entry for entry in form.raw["questions"]}
    retired = form.raw.get("retired", {})
    groups = []
    for group, label in form.groups.items():
        asked = [_asked(question, entries[question.name], retired) for question in form.of_group[group] if not question.retired]
        groups.append((group, label, asked))
    names = dict(zip(form.languages, form.languages, strict=True)) | dict(zip(form.languages, form.raw.get("language_names", ()), strict=False))
    return Screens(names, form.consent.texts, groups)


def _asked(question: Question, entry: dict[str, Any], retired: dict[str, list[str]]) -> Asked:
    relevant, constraint = (text_of(entry[rule]) if rule in entry else "" for rule in ("relevant", "constraint"))
    default = entry.get("default", "")
    said = " ".join(default) if isinstance(default, list) else str(default)
    return Asked(question, relevant, constraint, said, frozenset(retired.get(entry.get("list", ""), ())))
