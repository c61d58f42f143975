"""Workbooks that would take the server down, or lose what stands in them, if they were read as they come."""

import io
import zipfile

import pytest
import xlsxwriter

from fieldapp.intake.roster import sheets
from fieldapp.survey.problems import Refused
from tests.intake.roster.files import xlsx
from tests.intake.roster.test_awkward import read

ROWS = [["Thôn", "Họ tên chủ hộ", "Năm sinh"], ["Phú Văn", "Lê A B", 1950]]


def made(write):
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written)
    sheet = book.add_worksheet()
    for line, row in enumerate(ROWS):
        sheet.write_row(line, 0, row)
    write(book, sheet)
    book.close()
    return written.getvalue()


@pytest.mark.parametrize(("row", "column"), [(59_000, 16_383), (1_048_575, 16_383)])
def test_a_stray_cell_far_from_the_list_is_told_and_not_laid_out(row, column):
    with pytest.raises(Refused) as refused:
        sheets.sheets(made(lambda book, sheet: sheet.write(row, column, "x")))
    assert refused.value.problem.code == "roster_far_cell"


def test_far_cells_that_are_only_coloured_are_nothing():
    content = made(lambda book, sheet: [sheet.write_blank(row, 16_383, None, book.add_format({"bold": True})) for row in (9, 50_000)])
    assert len(read(content).households) == 1


def test_one_cell_in_the_last_column_or_a_list_of_thousands_is_read():
    assert len(read(made(lambda book, sheet: sheet.write(0, 16_383, "x"))).households) == 1
    assert len(read(xlsx([ROWS[0], *(["Phú Văn", f"Lê {number}A", 1950] for number in range(3000))])).households) == 3000


def test_a_workbook_that_unpacks_to_more_than_it_may_is_refused_before_it_is():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/worksheets/sheet1.xml", "w") as part:
        for _ in range(310):
            part.write(b" " * 1_000_000)
    with pytest.raises(Refused) as refused:
        sheets.sheets(bomb.getvalue())
    assert refused.value.problem.code == "roster_too_large"


@pytest.mark.parametrize("content", [b"%PDF-1.4\n1 0 obj\n<<>>\n", b"{\\rtf1 H}", xlsx(ROWS)[:2000]], ids=["pdf", "rtf", "cut off"])
def test_what_is_no_list_is_unreadable(content):
    with pytest.raises(Refused) as refused:
        sheets.sheets(content)
    assert refused.value.problem.code == "roster_unreadable"


@pytest.mark.parametrize("column", [0, 1, 2])
def test_a_formula_that_failed_is_told_by_its_line(column):
    found = read(made(lambda book, sheet: sheet.write_formula(1, column, "=Z1", None, "#REF!")))
    assert (2, "formula_failed", "#REF!") in [(problem.line, problem.code, problem.text) for problem in found.problems] and not found.households
