"""The list of households as a spreadsheet: XLSX, and CSV that opens right in Excel. Whole, whatever its length, with its count in it.

Codes stay text (00097 is not 97), days are days, and nothing that a resident's name or address begins with is taken for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from itertools import chain
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter

from fieldapp.survey.problems import Problem, Refused

MOST_LINES = 1_048_576  # of a sheet
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# House 3/4, house 007, house 12E3, a number as long as an identity card's: Excel makes a day, a 7, 12000 and 3.5E+10 of them.
REMADE = re.compile(r"0[0-9]+|[0-9]{1,4}([/.,-][0-9]{1,4}){1,2}|[0-9]+[eE][0-9]+|[0-9]{1,2}(:[0-9]{2}){1,2}|[0-9]{12,}")
# A computer set to Vietnam writes 1,5: Excel there reads a list by semicolons.
SEPARATOR = ";"
WIDTHS = (18, 22, 28, 30, 10, 18, 12, 10, 12, 18, 12)


def as_xlsx(about: Sequence[str], headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook. about: lines above the headings; a cell is text, a number, a date or None. Raises Refused where more rows come than a sheet has."""
    with written("xlsx", about, headings, rows) as made:
        return made.read()


def written(kind: str, about: Sequence[str], headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """The list as a file on the disk, which is gone when it is closed: of the rows no more than one is in memory. kind: xlsx, csv; otherwise as
    `as_xlsx`."""
    with ExitStack() as gone_if_not_whole:
        made = gone_if_not_whole.enter_context(TemporaryFile())
        if kind == "xlsx":
            _write_xlsx(made, about, headings, rows)
        else:
            made.writelines(as_csv(about, headings, rows))
        made.seek(0)
        gone_if_not_whole.pop_all()
        return made


def _write_xlsx(made: IO[bytes], about: Sequence[str], headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    book = xlsxwriter.Workbook(made, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold, head = book.add_format({"bold": True}), book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    of_day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
    sheet = book.add_worksheet()
    for column, width in zip(range(len(headings)), WIDTHS, strict=False):
        sheet.set_column(column, column, width)
    for line, text in enumerate(about):
        sheet.write_string(line, 0, text, bold if line == 0 else None)
    sheet.write_row(len(about), 0, headings, head)
    sheet.freeze_panes(len(about) + 1, 0)
    last = len(about)
    for last, row in enumerate(rows, start=len(about) + 1):
        if last >= MOST_LINES:  # xlsxwriter would leave it out without a word
            raise Refused(Problem("too_many_lines"))
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(last, column, cell, of_day)
            elif cell is not None:
                sheet.write(last, column, cell)
    sheet.autofilter(len(about), 0, max(last, len(about)), len(headings) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()


def as_csv(about: Sequence[str], headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The text of a CSV file, piece by piece: UTF-8 with a mark by which Excel knows it."""
    yield b"\xef\xbb\xbf"
    for row in chain(([line] for line in about), [headings], rows):
        yield _line(row)


def _line(row: Sequence[Any]) -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter=SEPARATOR, lineterminator="\r\n").writerow([_cell(cell) for cell in row])
    return written.getvalue().encode()


def _cell(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, float):
        return str(cell).replace(".", ",")  # as that computer reads it: 0.765 would be 765 there
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and (text.startswith(FORMULA) or REMADE.fullmatch(text)) else text
