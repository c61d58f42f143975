"""The table itself: written as a workbook, and read from the first sheet of one, by its headings in whatever order they stand."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import xlsxwriter
from python_calamine import CalamineError, PasswordError

from fieldapp.intake.form.tables import letters
from fieldapp.intake.lined.finding import Finding
from fieldapp.intake.roster.workbook import ZIP, workbook
from fieldapp.survey.problems import Problem, Refused
from fieldapp.survey.text import folded, nfc

MOST_BYTES, MOST_LINES, MOST_CHARACTERS = 2_000_000, 2_000, 4_000
ADVICE_SHEET = "Cách ghi"
USUAL_WIDTH = 13

Fields = Mapping[str, str]


def xlsx(
    name: str, headings: Mapping[str, str], rows: Iterable[Fields], advice: Sequence[str], widths: Mapping[str, int],
    choices: Mapping[str, Sequence[str]],
) -> bytes:  # fmt: skip
    """The workbook, in Vietnamese whatever the page speaks: its headings are what the reader knows. choices: field → what a cell may say."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False})
    wrap = {"num_format": "@", "text_wrap": True, "valign": "top"}
    text, bold = book.add_format(wrap), book.add_format({**wrap, "bold": True, "bg_color": "#DDEFE9"})
    sheet, told = book.add_worksheet(name), book.add_worksheet(ADVICE_SHEET)
    for place, (field, heading) in enumerate(headings.items()):
        sheet.set_column(place, place, widths.get(field, USUAL_WIDTH), text)
        sheet.write_string(0, place, heading, bold)
        if choices.get(field):
            sheet.data_validation(1, place, MOST_LINES, place, {"validate": "list", "source": list(choices[field]), "error_type": "warning"})
    for line, fields in enumerate(rows, start=1):
        for place, field in enumerate(headings):
            sheet.write_string(line, place, fields.get(field, ""), text)
    sheet.freeze_panes(1, 2)
    told.set_column(0, 0, 110)
    told.write_column(0, 0, advice)
    book.close()
    return made.getvalue()


def lines(content: bytes, headings: Mapping[str, str], needed: Iterable[str]) -> tuple[list[tuple[int, Fields]], list[Finding]]:
    """(line, fields) of each filled line, and the columns that are not there. Raises Refused: sheet_unreadable, sheet_too_large."""
    rows = [[_text(cell) for cell in row] for row in first_sheet(content)]
    header = {folded(cell): place for place, cell in enumerate(rows[0])} if rows else {}
    places = {name: header.get(folded(heading)) for name, heading in headings.items()}
    missing = [Finding("column_missing", name, 1, headings[name]) for name in needed if places[name] is None]
    found: list[tuple[int, Fields]] = []
    for line, row in enumerate([] if missing else rows[1:], start=2):
        fields = {name: row[place] if place is not None and place < len(row) else "" for name, place in places.items()}
        if any(fields.values()):
            found.append((line, fields))
    return found, missing


def cell_of(finding: Finding, headings: Mapping[str, str]) -> str:
    """As a spreadsheet names it, with the column's heading; of a form the heading alone. Columns stand as they were written out."""
    names = list(headings)
    place = f"{letters(names.index(finding.where))}{finding.line}" if finding.line and finding.where in names else ""
    return f"{place} {headings.get(finding.where, '')}".strip()


def first_sheet(content: bytes) -> list[list[object]]:
    """The cells of the first sheet. Raises Refused: sheet_unreadable, sheet_too_large."""
    if len(content) > MOST_BYTES:
        raise Refused(Problem("sheet_too_large", "file", {"most": MOST_BYTES}))
    if not content.startswith(ZIP):
        raise Refused(Problem("sheet_unreadable", "file"))
    try:
        rows = next((rows for _name, rows in workbook(content)), [])
    except Refused:
        raise Refused(Problem("sheet_too_large", "file", {"most": MOST_LINES})) from None
    except (CalamineError, PasswordError, zipfile.BadZipFile, UnicodeError, ValueError):
        raise Refused(Problem("sheet_unreadable", "file")) from None
    if len(rows) > MOST_LINES + 1:
        raise Refused(Problem("sheet_too_large", "file", {"most": MOST_LINES}))
    return rows


def _text(cell: object) -> str:
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(nfc(str(cell)).split())[: MOST_CHARACTERS + 1] if cell is not None else ""
