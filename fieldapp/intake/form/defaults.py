"""The column `default`: an answer that stands until somebody says another, for a commune's own questions only.

A figure must be of what somebody said, so nothing that ships has one: a first visit preselects nothing."""

from datetime import date
from typing import Any

from fieldapp.intake.form.finding import Findings
from fieldapp.intake.form.kinds import OPEN_GROUPS
from fieldapp.survey.questionnaire import NAMES, load

Place = tuple[str, int, int | None]
NOT_SAID = ("unknown", "refused")


def default_of(question: dict[str, Any], said: str, lists: dict[str, list[list[Any]]], place: Place, findings: Findings) -> None:
    """Put the default into the question, or tell why it can't be."""
    if question["group"] not in OPEN_GROUPS or any(question["name"] in load(name).questions for name in NAMES) or "${" in said or "(" in said:
        findings.add("default_not_supported", *place, said)
        return
    values = said.split() if question["type"] == "select_multiple" else [said]
    if "list" in question:
        known = [row[0] for row in lists[question["list"]]]
        for value in values:
            if value not in known or (value in (*NOT_SAID, "none") and len(values) > 1):
                findings.add("default_not_in_list", *place, value, list=question["list"])
                return
    value = _typed(question["type"], said, values)
    if value is None:
        findings.add("default_wrong_type", *place, said)
    else:
        question["default"] = value


def _typed(type_: str, said: str, values: list[str]) -> Any:
    try:
        if type_ == "integer":
            return int(said)
        if type_ == "date":
            return date.fromisoformat(said).isoformat()
    except ValueError:
        return None
    return values if type_ == "select_multiple" else said
