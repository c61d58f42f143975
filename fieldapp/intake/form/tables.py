"""The sheets of an XLSForm as cells with their places, whatever file they came in: Excel, OpenDocument, or Markdown tables (the form that ships).

Read by the reader of rosters, which asks first how far a sheet reaches: pyxform's own readers lay out whatever a file says."""

import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from python_calamine import CalamineError, PasswordError

from fieldapp.intake.roster.workbook import ZIP, workbook
from fieldapp.survey.problems import Problem, Refused
from fieldapp.survey.text import nfc

SHEETS = ("survey", "choices", "settings")
OLE = b"\xd0\xcf\x11\xe0"
MOST_BYTES, MOST_LINES, MOST_COLUMNS, MOST_CHARACTERS = 2_000_000, 2_000, 60, 8_000
NEW_LINE = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(slots=True)
class Table:
    """One sheet. header: the texts of its first line; rows: (line as the officer sees it, {column's place: text}), without empty ones."""

    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, dict[int, str]]] = field(default_factory=list)


Tables = dict[str, Table]


def read(content: bytes) -> Tables:
    """The sheets survey, choices and settings of a workbook. Raises Refused: form_unreadable, form_too_large."""
    if len(content) > MOST_BYTES:
        raise Refused(Problem("form_too_large", "file", {"most": MOST_BYTES}))
    if not content.startswith((ZIP, OLE)):
        raise Refused(Problem("form_unreadable", "file"))
    try:
        found = {name.strip().casefold(): rows for name, rows in workbook(content) if name.strip().casefold() in SHEETS}
    except Refused:
        raise Refused(Problem("form_too_large", "file", {"most": MOST_LINES})) from None
    except (CalamineError, PasswordError, zipfile.BadZipFile, UnicodeError, ValueError):
        raise Refused(Problem("form_unreadable", "file")) from None
    if any(len(rows) > MOST_LINES or any(len(row) > MOST_COLUMNS and any(row[MOST_COLUMNS:]) for row in rows) for rows in found.values()):
        raise Refused(Problem("form_too_large", "file", {"most": MOST_LINES}))
    return {name: _table([[_text(cell) for cell in row[:MOST_COLUMNS]] for row in rows]) for name, rows in found.items()}


def of_markdown(text: str) -> Tables:
    """The sheets of an XLSForm that is kept as Markdown tables; lines are numbered within each sheet, as a workbook's would be."""
    found: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in text.splitlines():
        if not line.startswith("|"):
            continue
        first, *cells = [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]
        if first:
            rows = found.setdefault(first, [])
        else:
            rows.append([_text(cell) for cell in cells])
    return {name: _table(rows) for name, rows in found.items()}


def plain(tables: Tables) -> dict[str, list[list[str]]]:
    """The sheets as lists of lines, the header first: to be kept, and written out again."""
    return {
        name: [table.header, *([row.get(place, "") for place in range(len(table.header))] for _line, row in table.rows)]
        for name, table in tables.items()
    }  # fmt: skip


def of_plain(sheets: dict[str, list[list[str]]]) -> Tables:
    """Sheets from what `plain` gave."""
    return {name: _table(rows) for name, rows in sheets.items()}


def letters(place: int) -> str:
    """The name of a column: A, B … Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def _table(rows: list[list[str]]) -> Table:
    if not rows:
        return Table()
    filled = [(line, {place: cell for place, cell in enumerate(row) if cell}) for line, row in enumerate(rows[1:], start=2)]
    header = rows[0]
    while header and not header[-1]:
        header = header[:-1]
    return Table(header, [(line, row) for line, row in filled if row])


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if cell is None:
        return ""
    lines = NEW_LINE.sub("\n", nfc(str(cell)).replace("\r\n", "\n").replace("\u00a0", " ")).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()[: MOST_CHARACTERS + 1]
