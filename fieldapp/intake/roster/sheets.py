"""The cells of a spreadsheet, whatever program wrote it: as text in NFC, merged cells filled, lines numbered as the officer sees them.

"XLS" from many programs of the communes is a web page or an XML file by another name, so what a file is is told from its content."""

import csv
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, PasswordError

from fieldapp.intake.roster.markup import MOST_COLUMNS, MOST_ROWS, SPREADSHEET_ML, page, spreadsheet_ml
from fieldapp.intake.roster.separated import BOM, rows_of, text_of
from fieldapp.intake.roster.workbook import ZIP, workbook
from fieldapp.survey.problems import Problem, Refused
from fieldapp.survey.text import nfc

OLE = b"\xd0\xcf\x11\xe0"
PRINTED = b"%PDF", b"{\\rtf"  # text as well, but no list
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Letters that the old fonts (TCVN3, VNI) show as Vietnamese ones, and that no Vietnamese word has.
OLD_FONT = re.compile(r"(?<=\w)[®¨©«¬µ¸¶·¹¾»¼½\ufffd]|[®¨©«¬µ¸¶·¹¾»¼½](?=\w)|[øûïöñäëåüæß]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """rows: every line from the first on, each a list of texts; an empty cell is ""."""

    name: str
    rows: list[list[str]]


def sheets(content: bytes) -> list[Sheet]:
    """The sheets that hold anything. Raises Refused: roster_unreadable, roster_password, roster_empty, roster_too_large, roster_far_cell,
    roster_old_font."""
    try:
        found = [Sheet(nfc(name), _tidy(rows)) for name, rows in _read(content)]
    except PasswordError:
        raise Refused(Problem("roster_password", "file")) from None
    except (CalamineError, zipfile.BadZipFile, ElementTree.ParseError, UnicodeError, csv.Error, ValueError):
        raise Refused(Problem("roster_unreadable", "file")) from None
    found = [sheet for sheet in found if any(any(row) for row in sheet.rows)]
    if not found:
        raise Refused(Problem("roster_empty", "file"))
    if any(_is_old_font(sheet) for sheet in found):
        raise Refused(Problem("roster_old_font", "file"))
    return found


def _read(content: bytes) -> Iterable[tuple[str, list[list[Any]]]]:
    start = content[:4096].removeprefix(BOM).lstrip().lower()
    if content.startswith(OLE) and ENCRYPTED in content:
        raise Refused(Problem("roster_password", "file"))
    if content.startswith((ZIP, OLE)):
        return workbook(content)
    if SPREADSHEET_ML.encode() in start:
        return spreadsheet_ml(content)
    if not content.strip() or content.startswith(PRINTED):
        raise ValueError("nothing")
    text = text_of(content)
    if re.match(r"\s*<(html|!doctype|table|meta|head|body|style|\?xml)", text, re.IGNORECASE):
        return [("", page(text))]
    return [("", rows_of(text))]


def _tidy(rows: list[list[Any]]) -> list[list[str]]:
    if len(rows) > MOST_ROWS:
        raise Refused(Problem("roster_too_large", "file", {"most": MOST_ROWS}))
    return [[_cell(value) for value in row[:MOST_COLUMNS]] for row in rows]


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, (datetime, date)):
        return value.strftime("%d/%m/%Y")
    return "" if value is None or isinstance(value, (time, timedelta)) else str(value)


@lru_cache(maxsize=20_000)
def _text(text: str) -> str:
    """One text for all cells that say the same: a roster says most things thousands of times."""
    return " ".join(nfc(text).split())


def _is_old_font(sheet: Sheet) -> bool:
    filled = [cell for row in sheet.rows[:300] for cell in row if any(map(str.isalpha, cell))]
    return len(filled) > 5 and sum(bool(OLD_FONT.search(cell)) for cell in filled) > len(filled) / 5
