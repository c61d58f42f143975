"""What could not be taken of a roster, as a file of its own: the officer mends it there, line by line, and uploads that file again.

It stands as the list stood, so that it is understood as the list was: with its titles and header, each village's heading above its lines,
and every line of a household of which one is wrong."""

import io
from collections.abc import Iterator, Mapping

import xlsxwriter

from fieldapp.intake.roster.choices import Choices
from fieldapp.intake.roster.lines import lines as lines_of
from fieldapp.intake.roster.reading import Read
from fieldapp.intake.roster.sheets import Sheet

# What the reader passes over as it does every column of remarks, and in Vietnamese like the list itself.
HEADING = "Ghi chú: sai ở đâu"
NAME, MOST_NAME, FORBIDDEN = "Danh sách hộ", 31, "[]:*?/\\'"
WIDTH, WIDE = 18, 60


def xlsx(sheet: Sheet, choices: Choices, found: Read, said: Mapping[int, str]) -> bytes:
    """The workbook. said: line → what is wrong with it, in words."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    name = "".join(letter for letter in sheet.name if letter not in FORBIDDEN)[:MOST_NAME] or NAME
    page, text, bold = book.add_worksheet(name), book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
    told = book.add_format({"num_format": "@", "text_wrap": True, "bg_color": "#FCE4D6"})
    wide = max(map(len, sheet.rows))
    page.set_column(0, max(0, wide - 1), WIDTH, text)
    page.set_column(wide, wide, WIDE, text)
    for place, row in enumerate(sheet.rows[: choices.header_line]):
        page.write_row(place, 0, row, bold)
    page.write_string(choices.header_line - 1, wide, HEADING, bold)
    for place, (line, row) in enumerate(_kept(sheet, choices, found), start=choices.header_line):
        page.write_row(place, 0, row, text)
        if line is not None and line in said:
            page.write_string(place, wide, said[line], told)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    page.freeze_panes(choices.header_line, 0)
    book.close()
    return made.getvalue()


def _kept(sheet: Sheet, choices: Choices, found: Read) -> Iterator[tuple[int | None, list[str]]]:
    """(line, row) of every line of what was left out; None: a village's heading, once above its lines."""
    wrong = {problem.line for problem in found.fatal}.union(*(household.lines for household in found.untaken))
    under = ""
    for line, row, section in lines_of(sheet, choices):
        if line not in wrong:
            continue
        if section and section != under:
            yield None, [section]
        under = section
        yield line, row
