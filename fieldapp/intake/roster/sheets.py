"""The cells of a spreadsheet, whatever program wrote it: as text in NFC, merged cells filled, lines numbered as the officer sees them.

"XLS" from many programs of the communes is a web page or an XML file by another name, so what a file is is told from its content."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from fieldapp.survey.problems import Problem, Refused
from fieldapp.survey.text import nfc

MOST_ROWS, MOST_COLUMNS = 60_000, 60
ENCODINGS = ("utf-8", "cp1258")
# Letters of the old TCVN3 fonts, which no text in Unicode has inside words.
OLD_FONT = re.compile(r"\w[®¨©«¬µ¸¶·¹]|[®¨©«¬µ¸¶·¹]\w")
SPREADSHEET_ML = "urn:schemas-microsoft-com:office:spreadsheet"


@dataclass(frozen=True, slots=True)
class Sheet:
    """rows: every line from the first on, each a list of texts; an empty cell is ""."""

    name: str
    rows: list[list[str]]


def sheets(content: bytes) -> list[Sheet]:
    """The sheets that hold anything. Raises Refused: roster_unreadable, roster_password, roster_empty, roster_too_large, roster_old_font."""
    try:
        found = [Sheet(nfc(name), _tidy(rows)) for name, rows in _read(content)]
    except PasswordError:
        raise Refused(Problem("roster_password", "file")) from None
    except (CalamineError, ElementTree.ParseError, UnicodeError, csv.Error, ValueError):
        raise Refused(Problem("roster_unreadable", "file")) from None
    found = [sheet for sheet in found if any(any(row) for row in sheet.rows)]
    if not found:
        raise Refused(Problem("roster_empty", "file"))
    if any(_is_old_font(sheet) for sheet in found):
        raise Refused(Problem("roster_old_font", "file"))
    return found


def _read(content: bytes) -> Iterable[tuple[str, list[list[Any]]]]:
    start = content[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _workbook(content)
    if SPREADSHEET_ML.encode() in start:
        return _spreadsheet_ml(content)
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<meta", b"<head")):
        return [("", _table(_text(content)))]
    if not content.strip() or (b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff"))):
        raise ValueError("no text")
    return [("", _separated(_text(content)))]


def _workbook(content: bytes) -> Iterable[tuple[str, list[list[Any]]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
            if top < len(rows) and bottom - top < 200:
                value = rows[top][left] if left < len(rows[top]) else ""
                for row in rows[top : bottom + 1]:
                    row[left : right + 1] = [value] * (min(right + 1, len(row)) - left)
        yield name, rows


def _spreadsheet_ml(content: bytes) -> Iterable[tuple[str, list[list[Any]]]]:
    names = {"s": SPREADSHEET_ML}
    for sheet in ElementTree.fromstring(content).iterfind("s:Worksheet", names):
        rows: list[list[Any]] = []
        for row in sheet.iterfind("s:Table/s:Row", names):
            rows += [[] for _ in range(int(row.get(f"{{{SPREADSHEET_ML}}}Index", len(rows) + 1)) - 1 - len(rows))]
            cells: list[Any] = []
            for cell in row.iterfind("s:Cell", names):
                cells += [""] * (int(cell.get(f"{{{SPREADSHEET_ML}}}Index", len(cells) + 1)) - 1 - len(cells))
                cells.append("".join(cell.itertext()))
            rows.append(cells)
        yield sheet.get(f"{{{SPREADSHEET_ML}}}Name", ""), rows


class _Table(HTMLParser):
    """The rows of every table of a page; cells that span are repeated."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            said = dict(attrs).get("colspan") or "1"
            self._cell, self._span = [], min(int(said), MOST_COLUMNS) if said.isdigit() else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.rows[-1] += ["".join(self._cell)] * self._span
            self._cell = None


def _table(text: str) -> list[list[Any]]:
    parser = _Table()
    parser.feed(text)
    return parser.rows


def _separated(text: str) -> list[list[Any]]:
    first = text.splitlines()[:30]
    separator = max(";,\t", key=lambda each: sum(line.count(each) for line in first))
    return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    for encoding in ENCODINGS:
        try:
            return content.removeprefix(b"\xef\xbb\xbf").decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("no encoding fits")


def _tidy(rows: list[list[Any]]) -> list[list[str]]:
    if len(rows) > MOST_ROWS:
        raise Refused(Problem("roster_too_large", "file", {"most": MOST_ROWS}))
    return [[_cell(value) for value in row[:MOST_COLUMNS]] for row in rows]


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return " ".join(nfc(value).split())
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, (datetime, date)):
        return value.strftime("%d/%m/%Y")
    return "" if value is None or isinstance(value, (time, timedelta)) else str(value)


def _is_old_font(sheet: Sheet) -> bool:
    filled = [cell for row in sheet.rows[:300] for cell in row if any(map(str.isalpha, cell))]
    return len(filled) > 5 and sum(bool(OLD_FONT.search(cell)) for cell in filled) > len(filled) / 5
