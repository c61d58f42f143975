"""The lists of choices of an XLSForm, and what each service gives when it is done."""

from typing import Any

from fieldapp.intake.form.columns import Columns
from fieldapp.intake.form.finding import Findings
from fieldapp.intake.form.kinds import CHOICE
from fieldapp.intake.form.tables import Table
from fieldapp.intake.form.texts import Texts

Lists = dict[str, list[list[Any]]]
SHEET = "choices"
OWN = ("gives_field", "gives_how", "gives_value", "given_by")


def lists_of(table: Table, columns: Columns, texts: Texts, findings: Findings) -> tuple[Lists, dict[tuple[str, str], dict[str, Any]]]:
    """The lists as {list: [[choice, label …]]}, and what stands beside a choice in our own columns, with its line."""
    lists: Lists = {}
    beside: dict[tuple[str, str], dict[str, Any]] = {}
    at = columns.plain
    for line, row in table.rows:
        of_list, name = (row.get(at[column], "") if column in at else "" for column in ("list_name", "name"))
        if not of_list or not name:
            missing = "name" if of_list else "list_name"
            if any(place in row for place in at.values()):
                findings.add("name_missing" if of_list else "list_missing", SHEET, line, at.get(missing))
            continue
        if not CHOICE.fullmatch(name):
            findings.add("bad_name", SHEET, line, at["name"], name)
        rows = lists.setdefault(of_list, [])
        if any(name == each[0] for each in rows):
            findings.add("choice_twice", SHEET, line, at["name"], name, list=of_list)
            continue
        rows.append([name, *texts.of(SHEET, columns, "label", line, row, name)])
        said = {column: row[at[column]] for column in OWN if column in at and at[column] in row}
        beside[of_list, name] = {**said, "line": line}
    return lists, beside


def services_of(
    beside: dict[tuple[str, str], dict[str, Any]], questions: list[dict[str, Any]], columns: Columns, findings: Findings
) -> dict[str, dict[str, Any]]:
    """What each service, done, gives: scope (house or person), field, how, value, and the values a visit may name instead."""
    group_of = {question["name"]: question["group"] for question in questions}
    given: dict[str, list[str]] = {}
    for (_list, name), said in beside.items():
        if "given_by" in said:
            given.setdefault(said["given_by"], []).append(name)
    services: dict[str, dict[str, Any]] = {}
    for (_list, name), said in beside.items():
        field = said.get("gives_field")
        if field is None:
            continue
        if field not in group_of:
            findings.add("gives_unknown_question", SHEET, said["line"], columns.plain["gives_field"], field)
            continue
        services[name] = {
            "scope": "house" if group_of[field] == "house" else "person", "field": field,
            "how": said.get("gives_how", "set"), "value": said.get("gives_value", ""),
        }  # fmt: skip
        if name in given:
            services[name]["options"] = given[name]
    return services
