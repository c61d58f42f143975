"""The help that a visit noted, as rows of a form: what there is with its result, and one empty row to add what was forgotten."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from fieldapp.survey.event import Event
from fieldapp.survey.questionnaire import Questionnaire
from fieldapp.web.words import problem_words

PARTS = ("service", "person", "result", "value", "barrier")


@dataclass(frozen=True, slots=True)
class Row:
    """One help. said: its parts as texts, "" for none; is_new: the empty row below the others; problem: words, empty when it can be taken."""

    number: int
    said: dict[str, str]
    is_new: bool
    problem: str = ""


def rows_of(questionnaire: Questionnaire, event: Event, typed: Any = None, people: Iterable[str] = ()) -> list[Row]:
    """The help of a visit as it stands, and the empty row; none for other kinds. typed: the form that was sent, None when none was; people: of
    the household, who may have been helped."""
    if event.kind != "visit":
        return []
    noted = [*(event.body.get("help") or ()), {}]
    rows = []
    for number, help in enumerate(noted):
        said = {part: help.get(part) or "" for part in PARTS}
        if typed is not None:
            said = {part: typed.get(f"help.{number}.{part}", said[part]).strip() for part in PARTS}
            said["person"] = said["person"] if said["person"] in (*people, help.get("person")) else ""
        is_new = number == len(noted) - 1
        rows.append(Row(number, said, is_new, _problem(questionnaire, said, is_new)))
    return rows


def changed(rows: list[Row], event: Event) -> dict[str, Any]:
    """What the rows change, as the fields of a correction: all the help that there was, or nothing."""
    before = [{part: value for part, value in help.items() if value is not None} for help in event.body.get("help") or ()]
    after = [{part: value for part, value in row.said.items() if value} for row in rows if row.said["result"]]
    return {"help": after} if after != before else {}


def _problem(questionnaire: Questionnaire, said: dict[str, str], is_new: bool) -> str:
    """An empty result takes the help away; in the new row it must be empty with all the rest."""
    if not said["result"]:
        return _("Vui lòng chọn kết quả của việc này.") if is_new and any(said.values()) else ""
    if not said["service"]:
        return _("Vui lòng chọn việc đã giúp.")
    if questionnaire.services.get(said["service"], {}).get("scope") == "person" and not said["person"]:
        return _("Vui lòng chọn người được giúp.")
    help = {part: value for part, value in said.items() if value}
    problem = questionnaire.unfit({"fields": {"help": [help]}}, "correct")
    if problem is None:
        return ""
    return _("Điều ghi sau khi giúp không hợp với việc này.") if problem.where.endswith(".value") else str(problem_words(problem.code))
