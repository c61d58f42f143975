"""The columns of an XLSForm: what each heading means, and in which language its texts are."""

import re
from dataclasses import dataclass

from fieldapp.intake.form.finding import Findings
from fieldapp.intake.form.tables import Table

# Heading, as XLSForm also lets it be written → ours.
ALIASES = {
    "relevance": "relevant", "caption": "label", "required_message": "required_message", "constraint message": "constraint_message",
    "choice filter": "choice_filter", "calculate": "calculation",
    "list name": "list_name", "value": "name", "title": "form_title",
    "id_string": "form_id", "bind::relevant": "relevant", "bind::constraint": "constraint", "bind::required": "required",
    "bind::calculate": "calculation", "bind::jr:constraintmsg": "constraint_message",
}  # fmt: skip
TRANSLATED = ("label", "hint", "constraint_message", "required_message", "guidance_hint", "media", "image", "audio", "video")
USED = {
    "survey": (
        "type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message", "calculation", "choice_filter", "default",
    ),
    "choices": ("list_name", "name", "label", "gives_field", "gives_how", "gives_value", "given_by"),
    "settings": ("form_title", "form_id", "version", "default_language"),
}  # fmt: skip
NEEDED = {"survey": ("type", "name", "label"), "choices": ("list_name", "name", "label"), "settings": ("form_id",)}
# These change what is asked: a form that has them would ask otherwise here than elsewhere. Others are only passed over.
REFUSED = ("repeat_count", "trigger", "read_only", "readonly", "parameters", "save_to", "save_incomplete", "bind", "instance", "control", "body")
LANGUAGE = re.compile(r".*\(([a-z]{2,3})\)\s*")


@dataclass(slots=True)
class Columns:
    """plain: column → its place; texts: column → language → place; languages: in the order in which they came, as the headings name them."""

    plain: dict[str, int]
    texts: dict[str, dict[str, int]]
    languages: list[str]


def columns_of(sheet: str, table: Table, findings: Findings) -> Columns:
    """What the headings of a sheet mean; what can't be used is told."""
    columns = Columns({}, {}, [])
    for place, heading in enumerate(table.header):
        if heading:
            _column(sheet, table, place, heading, columns, findings)
    for name in NEEDED[sheet]:
        if name not in columns.plain and name not in columns.texts:
            findings.add("column_missing", sheet, 1, None, name)
    return columns


def code_of(language: str) -> str | None:
    """vi of "Tiếng Việt (vi)"; None without a code."""
    found = LANGUAGE.fullmatch(language)
    return found[1] if found else None


def _column(sheet: str, table: Table, place: int, heading: str, columns: Columns, findings: Findings) -> None:
    whole = ALIASES.get(heading.casefold(), heading)
    name, _, language = whole.partition("::")
    if not language and ":" in whole and whole.partition(":")[0].strip().casefold() in TRANSLATED:
        name, _, language = whole.partition(":")
    name, language = name.strip().casefold(), language.strip()
    name = ALIASES.get(name, name)
    if name not in USED[sheet]:
        if any(place in row for _line, row in table.rows):
            findings.add("column_not_supported" if name in REFUSED else "column_not_used", sheet, 1, place, heading)
        return
    if name in TRANSLATED:
        if code_of(language) is None:
            findings.add("language_without_code", sheet, 1, place, heading)
            return
        if language not in columns.languages:
            columns.languages.append(language)
        places: dict[str, int] = columns.texts.setdefault(name, {})
        key = language
    else:
        places, key = columns.plain, name
    if key in places:
        findings.add("column_twice", sheet, 1, place, heading)
    places.setdefault(key, place)
