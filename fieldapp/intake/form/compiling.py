"""From the tables of an XLSForm to the compiled questionnaire, and everything that is wrong with it, cell by cell.

pyxform reads the very same cells and has the last word on whether it is an XLSForm at all. The shape of the JSON is told in
fieldapp/survey/questionnaires/README.md."""

import re
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from fieldapp.intake.form.choices import lists_of, services_of
from fieldapp.intake.form.columns import columns_of
from fieldapp.intake.form.finding import Findings
from fieldapp.intake.form.rules import look
from fieldapp.intake.form.survey import Survey
from fieldapp.intake.form.tables import SHEETS, Table, Tables
from fieldapp.intake.form.texts import Texts

ROW = re.compile(r"\[row\s*:\s*(\d+)\]\s*|\brow\s+(\d+)\b", re.IGNORECASE)
ON_CHOICES = re.compile(r"choices", re.IGNORECASE)


def compiled(tables: Tables, findings: Findings) -> dict[str, Any] | None:
    """The compiled questionnaire; None when it can't be, which the findings tell. Names and versions are the file's."""
    for sheet in SHEETS:
        if not tables.get(sheet) or not tables[sheet].header:
            findings.add("sheet_missing", sheet)
    if findings.refuse():
        return None
    columns = {sheet: columns_of(sheet, tables[sheet], findings) for sheet in SHEETS}
    settings = _settings(tables["settings"], columns["settings"].plain)
    texts = Texts(columns["survey"], columns["choices"], settings.get("default_language", ""), findings)
    if findings.refuse():
        return None
    lists, beside = lists_of(tables["choices"], columns["choices"], texts, findings)
    survey = Survey(tables["survey"], columns["survey"], texts, lists, findings)
    look(survey.rules, survey.questions, survey.calculated, survey.orders, lists, findings)
    services = services_of(beside, survey.questions, columns["choices"], findings)
    if not survey.consent:
        findings.add("consent_missing", "survey")
    if not findings.refuse():
        _ask_pyxform(tables, findings)
    if findings.refuse():
        return None
    return {
        "name": settings["form_id"], "version": settings.get("version", ""), "title": settings.get("form_title", settings["form_id"]),
        "languages": texts.codes, "language_names": [language.rpartition(" (")[0] for language in texts.languages],
        "groups": survey.groups, "questions": survey.questions, "calculated": survey.calculated,
        "lists": lists, "services": services, "consent": survey.consent,
    }  # fmt: skip


def _settings(table: Table, plain: dict[str, int]) -> dict[str, str]:
    row = table.rows[0][1] if table.rows else {}
    return {name: row[place] for name, place in plain.items() if place in row}


def _ask_pyxform(tables: Tables, findings: Findings) -> None:
    try:
        convert(for_pyxform(tables), form_name="data", warnings=[])
    except PyXFormError as error:
        said = " ".join(str(error).split())
        row = ROW.search(said)
        sheet = "choices" if ON_CHOICES.search(said) else "survey"
        findings.add("pyxform", sheet, int(row[1] or row[2]) if row else 0, None, said)


def for_pyxform(tables: Tables) -> dict[str, Any]:
    """The tables as pyxform takes them from its own readers: a dict a row, an empty one for an empty row, so that it counts rows as we do."""
    given: dict[str, Any] = {"sheet_names": list(tables), "fallback_form_name": "data"}
    for name, table in tables.items():
        by_line = dict(table.rows)
        heads = {place: heading for place, heading in enumerate(table.header) if heading}
        last = max(by_line, default=1)
        given[name] = [{heads[place]: cell for place, cell in by_line.get(line, {}).items() if place in heads} for line in range(2, last + 1)]
        given[f"{name}_header"] = [dict.fromkeys(heads.values())]
    return given
