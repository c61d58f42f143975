"""The questionnaires that ship: XLSForms kept as Markdown tables, compiled to the JSON that server and phone use.

A commune's own come as spreadsheets and go the same way: fieldapp/intake/form/."""

import json
from pathlib import Path
from typing import Any

from fieldapp.intake.form.compiling import compiled
from fieldapp.intake.form.finding import Finding, Findings
from fieldapp.intake.form.tables import of_markdown, plain
from fieldapp.survey.questionnaire import NAMES

SHIPPED = Path(__file__).parent.parent / "survey" / "questionnaires"


class QuestionnaireRefused(ValueError):
    """A form that we can't use. findings: why, and in which cells."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(f"{each.code} in {each.sheet} {each.cell}: {each.found}" for each in findings))
        self.findings = findings


def compile_xlsform(text: str) -> dict[str, Any]:
    """The compiled questionnaire of an XLSForm given as Markdown tables; raises QuestionnaireRefused."""
    tables = of_markdown(text)
    findings = Findings(tables)
    made = compiled(tables, findings)
    if made is None:
        raise QuestionnaireRefused(findings.in_order())
    return made


def shipped_sheets(name: str = NAMES[-1]) -> dict[str, list[list[str]]]:
    """The sheets of a form that ships, to be written out as a spreadsheet."""
    return plain(of_markdown((SHIPPED / f"{name}.md").read_text("utf-8")))


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
