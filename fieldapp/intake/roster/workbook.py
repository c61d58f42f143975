"""The cells of an Excel or OpenDocument workbook, of the sheets that are shown, merged cells filled.

The reader lays out the whole block from the first cell to the last one before anybody can stop it. One stray letter in the last column of the
last row would so take all memory and the server with it: an XLSX says first how far its cells reach. Formulas that failed come as
empty cells; they are put back as what Excel shows, for somebody has to mend them."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import IO, Any
from xml.etree import ElementTree

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from fieldapp.intake.roster.markup import MOST_ROWS, MOST_SPAN
from fieldapp.survey.problems import Problem, Refused

ZIP = b"PK\x03\x04"
MOST_UNPACKED, MOST_CELLS = 300_000_000, 8_000_000
MOST_FAILED = 1_000
AT_ONCE, LONGEST_CELL = 1 << 20, 400
CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3})(\d{1,7})"([^>]*[^>/])?>')
FAILED = re.compile(rb"(?:<(?:\w+:)?f\b.{0,300}?)?<(?:\w+:)?v>(#[^<]{1,20})<", re.DOTALL)
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Failed = dict[tuple[int, int], str]  # (row, column) → #REF!, #N/A …


def workbook(content: bytes) -> Iterator[tuple[str, list[list[Any]]]]:
    """(name, rows) of every sheet. Raises Refused: roster_too_large, roster_far_cell; BadZipFile, CalamineError, PasswordError, ValueError."""
    failed = _failed(content) if content.startswith(ZIP) else {}
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    shown = [each.name for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
    for name in shown or book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        rows: list[list[Any]] = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)
        for (line, column), text in failed.get(name, {}).items():
            if line < len(rows) and column < len(rows[line]):
                rows[line][column] = text
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
            if top < len(rows) and bottom - top < MOST_SPAN:
                value = rows[top][left] if left < len(rows[top]) else ""
                for row in rows[top : bottom + 1]:
                    row[left : right + 1] = [value] * (min(right + 1, len(row)) - left)
        yield name, rows


def _failed(content: bytes) -> dict[str, Failed]:
    """Sheet → its cells whose formula failed, of a file that is not too large to be laid out."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(each.file_size for each in archive.infolist()) > MOST_UNPACKED:
            raise Refused(Problem("roster_too_large", "file", {"most": MOST_ROWS}))
        inside = set(archive.namelist())
        if "xl/workbook.bin" in inside:
            raise ValueError("xlsb: nobody can say how far its cells reach")
        names = _names(archive) if {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= inside else {}
        found = {}
        for path in inside:
            if re.search(r"worksheets/[^/]+\.xml$", path, re.IGNORECASE):
                with archive.open(path) as file:
                    found[names.get(path, path)] = _reaching(file)
        return found


def _names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Path → the name of the sheet that lies there."""
    places = {each.get("Id"): each.get("Target", "") for each in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))}
    sheets = [each for each in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter() if each.tag.endswith("}sheet")]
    paths = [(places.get(each.get(RELATION), "").removeprefix("/"), each.get("name", "")) for each in sheets]
    return {path if path.startswith("xl/") else f"xl/{path}": name for path, name in paths}


def _reaching(file: IO[bytes]) -> Failed:
    """The failed cells of a sheet whose filled cells don't reach too far. Raises Refused."""
    rows = columns = 0
    failed: Failed = {}
    before = b""
    while piece := file.read(AT_ONCE):
        text = before + piece
        for match in CELL.finditer(text, 0, len(text)):
            letters, row, said = match.groups()
            column = _number(letters)
            rows, columns = max(rows, int(row)), max(columns, column)
            if said and b't="e"' in said and len(failed) < MOST_FAILED and (shows := FAILED.match(text, match.end())):
                failed[int(row) - 1, column - 1] = shows[1].decode("ascii", "replace")
        if rows <= MOST_ROWS and rows * columns > MOST_CELLS:
            raise Refused(Problem("roster_far_cell", "file"))
        before = text[-LONGEST_CELL:]
    if rows > MOST_ROWS:
        raise Refused(Problem("roster_far_cell" if rows * columns > MOST_CELLS else "roster_too_large", "file", {"most": MOST_ROWS}))
    return failed


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
