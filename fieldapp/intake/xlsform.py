"""From an XLSForm, the field's standard for questionnaires, to the compiled JSON that server and phone use.

pyxform reads the form and proves that it is a real one; then our own rules look for what we can't ask (languages without
labels, types and functions that the phone has not). Expressions are parsed here, once: the phone gets trees and has no
parser. The shape of the JSON is told in fieldapp/survey/questionnaires/README.md."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import get_xlsform
from pyxform.xls2xform import convert

from fieldapp.survey.expression import ExpressionError, Tree, parse

SHIPPED = Path(__file__).parent.parent / "survey" / "questionnaires"
TYPES = {
    "select one": "select_one", "select all that apply": "select_multiple", "text": "text", "integer": "integer", "date": "date",
}
# Given by whoever asks, not calculated by us: the year of the visit.
GIVEN = "year"
CONSENT = "consent-"
LANGUAGE = re.compile(r".*\(([a-z]{2,3})\)")


class QuestionnaireRefused(ValueError):
    """A form that we can't use. where: the row's name and the column; code: why."""

    def __init__(self, code: str, where: str, found: str = "") -> None:
        super().__init__(f"{code} in {where}: {found}")
        self.code, self.where, self.found = code, where, found


def compile_xlsform(tables: str) -> dict[str, Any]:
    """The compiled questionnaire of an XLSForm given as Markdown tables; raises QuestionnaireRefused."""
    try:
        convert(tables, file_type=".md")
        form = workbook_to_json(get_xlsform(tables, file_type=".md"), fallback_form_name="data", warnings=[])
    except PyXFormError as error:
        raise QuestionnaireRefused("not_an_xlsform", "", str(error)) from error
    return _Compiling(form).compiled


def compile_questionnaires(folder: Path = SHIPPED) -> list[Path]:
    """Writes the JSON beside every shipped XLSForm, one question a line so that it diffs; gives the files written."""
    written = []
    for source in sorted(folder.glob("*-[0-9]*.md")):
        target = source.with_suffix(".json")
        target.write_text(as_lines(compile_xlsform(source.read_text("utf-8"))), "utf-8")
        written.append(target)
    return written


def as_lines(compiled: dict[str, Any]) -> str:
    """The compiled questionnaire as JSON text with one entry of each section a line."""
    def short(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def section(value: Any) -> str:
        if isinstance(value, dict):
            return "{\n" + ",\n".join(f"{short(key)}:{short(entry)}" for key, entry in value.items()) + "\n}"
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return "[\n" + ",\n".join(short(entry) for entry in value) + "\n]"
        return short(value)

    return "{" + ",\n".join(f"{short(key)}:{section(value)}" for key, value in compiled.items()) + "}\n"


class _Compiling:
    """One form on its way to JSON; `compiled` is the result."""

    def __init__(self, form: dict[str, Any]) -> None:
        first = form.get("default_language", "")
        self.columns = sorted(_languages(form["children"]), key=lambda column: column != first)
        self.groups: dict[str, Any] = {}
        self.questions: list[dict[str, Any]] = []
        self.calculated: list[dict[str, Any]] = []
        self.consent: dict[str, Any] = {}
        for child in form["children"]:
            if child["type"] in ("group", "repeat") and child["name"] != "meta":
                self.group(child)
            elif child["type"] == "calculate":
                self.calculation(child, "")
            elif child["name"] != "meta":
                raise QuestionnaireRefused("outside_a_group", child["name"])
        self.lists = {
            name: [[row["name"], *self.labels(row, f"choices.{name}.{row['name']}")] for row in rows]
            for name, rows in form["choices"].items()
        }
        self.compiled = {
            "name": form["id_string"], "version": form["version"], "title": form["title"],
            "languages": [_code(column) for column in self.columns],
            "groups": self.groups, "questions": self.questions, "calculated": self.calculated,
            "lists": self.lists, "services": _services(form["choices"], self.questions), "consent": self.consent,
        }

    def group(self, group: dict[str, Any]) -> None:
        """A group of ours: its own relevance says when its screen is shown, and is no part of its questions'."""
        entry: dict[str, Any] = {"label": self.labels(group, group["name"])}
        if relevant := self.tree(group, "relevant"):
            entry["relevant"] = relevant
        self.groups[group["name"]] = entry
        self.inside(group, group["name"], None)

    def inside(self, parent: dict[str, Any], group: str, above: Tree | None) -> None:
        for child in parent.get("children", []):
            if child["type"] == "repeat":
                self.group(child)
            elif child["type"] == "group":
                self.inside(child, group, _both(above, self.tree(child, "relevant")))
            elif child["type"] == "calculate":
                self.calculation(child, group)
            elif child["type"] == "note" and child["name"].startswith(CONSENT):
                texts = [text.replace("<br>", "\n") for text in self.labels(child, child["name"])]
                hashes = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
                self.consent = {"name": child["name"], "text": texts, "sha256": hashes}
            else:
                self.question(child, group, above)

    def question(self, row: dict[str, Any], group: str, above: Tree | None) -> None:
        if row["type"] not in TYPES:
            raise QuestionnaireRefused("type_not_supported", f"{row['name']}.type", row["type"])
        question: dict[str, Any] = {
            "name": row["name"], "group": group, "type": TYPES[row["type"]], "label": self.labels(row, row["name"]),
        }
        if "list_name" in row:
            question["list"] = row["list_name"]
        if "hint" in row:
            question["hint"] = self.labels(row, row["name"], "hint")
        if row.get("bind", {}).get("required") == "yes":
            question["required"] = True
        if relevant := _both(above, self.tree(row, "relevant")):
            question["relevant"] = relevant
        if constraint := self.tree(row, "constraint"):
            question["constraint"] = constraint
            question["message"] = self.labels(row["bind"], row["name"], "jr:constraintMsg")
        self.questions.append(question)

    def calculation(self, row: dict[str, Any], group: str) -> None:
        if row["name"] != GIVEN:
            self.calculated.append({"name": row["name"], "group": group, "tree": self.tree(row, "calculate")})

    def labels(self, row: dict[str, Any], where: str, column: str = "label") -> list[str]:
        found = row.get(column, {})
        if not isinstance(found, dict) or any(not found.get(language) for language in self.columns):
            raise QuestionnaireRefused("label_missing", f"{where}.{column}")
        return [found[language] for language in self.columns]

    def tree(self, row: dict[str, Any], column: str) -> Tree | None:
        text = row.get("bind", {}).get(column)
        try:
            return parse(text) if text else None
        except ExpressionError as error:
            raise QuestionnaireRefused(error.code, f"{row['name']}.{column}.{error.where}", text) from error


def _both(above: Tree | None, own: Tree | None) -> Tree | None:
    return ["and", above, own] if above and own else above or own


def _languages(rows: list[dict[str, Any]]) -> set[str]:
    found: set[str] = set()
    for row in rows:
        label = row.get("label", {})
        found.update(label if isinstance(label, dict) else [], _languages(row.get("children", [])))
    return found


def _code(column: str) -> str:
    found = LANGUAGE.fullmatch(column)
    if not found:
        raise QuestionnaireRefused("language_without_code", column)
    return found[1]


def _services(choices: dict[str, list[dict[str, Any]]], questions: list[dict[str, Any]]) -> dict[str, Any]:
    """What each service, done, gives: scope (house or person), field, how, value, and the values a visit may name instead."""
    group_of = {question["name"]: question["group"] for question in questions}
    given: dict[str, list[str]] = {}
    for row in (row for rows in choices.values() for row in rows if "given_by" in row):
        given.setdefault(row["given_by"], []).append(row["name"])
    services = {}
    for row in (row for rows in choices.values() for row in rows if "gives_field" in row):
        if row["gives_field"] not in group_of:
            raise QuestionnaireRefused("gives_unknown_question", f"choices.{row['name']}.gives_field", row["gives_field"])
        services[row["name"]] = {
            "scope": "house" if group_of[row["gives_field"]] == "house" else "person",
            "field": row["gives_field"], "how": row.get("gives_how", "set"), "value": row.get("gives_value", ""),
        }
        if row["name"] in given:
            services[row["name"]]["options"] = given[row["name"]]
    return services
