"""The spreadsheet itself: whichever program wrote it, and however it was meant."""

import io
import zipfile

import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from fieldapp.intake.form import tables
from fieldapp.intake.xlsform import shipped_sheets
from fieldapp.survey.problems import Refused


def xls(sheets):
    book, made = xlwt.Workbook(), io.BytesIO()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(line, column, cell)
    book.save(made)
    return made.getvalue()


def ods(sheets):
    book, made = OpenDocumentSpreadsheet(), io.BytesIO()
    for name, rows in sheets.items():
        table = Table(name=name)
        for row in rows:
            line = TableRow()
            for cell in row:
                place = TableCell(valuetype="string")
                for part in cell.split("\n"):
                    place.addElement(P(text=part))
                line.addElement(place)
            table.addElement(line)
        book.spreadsheet.addElement(table)
    book.write(made)
    return made.getvalue()


def xlsx(write, name="survey"):
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    write(book.add_worksheet(name))
    book.close()
    return made.getvalue()


@pytest.mark.parametrize("write", [xls, ods], ids=["xls", "ods"])
def test_a_form_of_another_program_is_the_same_form(write):
    assert tables.plain(tables.read(write(shipped_sheets()))) == shipped_sheets()


def test_other_sheets_and_empty_lines_are_nothing_and_lines_keep_their_numbers():
    def write(sheet):
        sheet.write_row(0, 0, ["type", "name"])
        sheet.write_row(4, 0, ["text", "  a\u00a0 b "])

    table = tables.read(xlsx(write))["survey"]
    assert (table.header, table.rows) == (["type", "name"], [(5, {0: "text", 1: "a b"})])
    assert tables.read(xlsx(write, "Ghi chú")) == {}


def test_numbers_and_truths_of_cells_are_what_xlsform_writes():
    def write(sheet):
        sheet.write_row(0, 0, ["type", "required", "default"])
        sheet.write_row(1, 0, [1.0, True, 2.5])

    assert tables.read(xlsx(write))["survey"].rows == [(2, {0: "1", 1: "true", 2: "2.5"})]


@pytest.mark.parametrize("write", [
    lambda sheet: sheet.write(1_048_575, 16_383, "x"), lambda sheet: sheet.write(3_000, 0, "x"), lambda sheet: sheet.write(0, 200, "x"),
], ids=["far away", "too many lines", "too many columns"])  # fmt: skip
def test_a_sheet_that_reaches_too_far_is_refused_before_it_is_laid_out(write):
    with pytest.raises(Refused) as refused:
        tables.read(xlsx(write))
    assert refused.value.problem.code == "form_too_large"


def test_a_file_that_unpacks_to_more_than_it_may_is_refused_before_it_is():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/worksheets/sheet1.xml", "w") as part:
        for _ in range(310):
            part.write(b" " * 1_000_000)
    with pytest.raises(Refused) as refused:
        tables.read(bomb.getvalue())
    assert refused.value.problem.code == "form_too_large"


@pytest.mark.parametrize("content", [b"type,name\ntext,a\n", b"%PDF-1.4", b"\xd0\xcf\x11\xe0 no", b""], ids=["csv", "pdf", "ole", "empty"])
def test_what_is_no_workbook_is_unreadable(content):
    with pytest.raises(Refused) as refused:
        tables.read(content)
    assert refused.value.problem.code == "form_unreadable"
