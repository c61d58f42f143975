"""A report's figures to reckon on with: a workbook with formulas, CSV, an SQLite package, DHIS2 and ADX; all say the same."""

import csv
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook
from sqlite_utils import Database

from fieldapp.figures.published import published
from fieldapp.paper import dhis2
from fieldapp.paper.report_package import DICTIONARY, VIEWS
from fieldapp.survey.indicator import INDICATORS
from fieldapp.survey.period import free, whole
from fieldapp.survey.report import unsealed
from tests.web.test_reports import freeze

ANSWERS = ["none", "unknown", *["smartphone"] * 10]


@pytest.fixture
def file(minh, register, visit):
    """Twelve houses of Đồng Chợ, one answer each, and one house of Phú Văn that nobody has been to."""
    for number, phone in enumerate(ANSWERS):
        visit(register("dong-cho", f"Lê Thị {number}"), people={"phone": phone})
    register("phu-van", "Đỗ Bốn")
    address = freeze(minh)[0].location
    return lambda form: minh.get(f"{address}.{form}")


def report_of(file):
    return published(unsealed(file("json").text))


def test_csv_has_a_row_for_each_village_and_indicator_with_their_number_above(file):
    lines = list(csv.reader(io.StringIO(file("csv").data.decode("utf-8-sig")), delimiter=";"))
    count = 3 * len(INDICATORS)
    assert len(lines) == 3 + count and lines[1][0].startswith(f"{count} dòng; mã kiểm tra của báo cáo: {file('json').json['sha256']}")
    row = dict(zip(lines[2], lines[3], strict=True))
    assert (row["Mã thôn"], row["Có"], row["Không"], row["Chưa rõ"], row["Tỷ lệ"]) == ("15835-03", "10", "1", "1", "0,909091")


def test_the_workbooks_formulas_give_what_the_report_says(file):
    content = file("xlsx").data
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    counts = book.get_sheet_by_name("Số liệu").to_python()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheet = ElementTree.fromstring(packed.read("xl/worksheets/sheet1.xml"))
    name = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    reckoned = (cell for cell in sheet.iter(f"{name}c") if cell.find(f"{name}f") is not None)
    formulas = {cell.get("r"): (cell.findtext(f"{name}f"), cell.findtext(f"{name}v")) for cell in reckoned}
    kept = book.get_sheet_by_name("Chỉ tiêu").to_python()[3:]
    for number, (line, row) in enumerate(zip(report_of(file).lines, kept, strict=True), start=4):
        balance = line.figure.balance
        assert row[1] == line.indicator.code and tuple(row[2:5]) == tuple(balance)
        for letter, value in zip("CDE", balance, strict=True):
            assert summed(formulas[f"{letter}{number}"][0], counts, row[1]) == value
        assert formulas[f"F{number}"][0] == f'IF((C{number}+D{number})=0,"",(C{number})/(C{number}+D{number}))'
    assert formulas["F4"][1] == str(10 / 11)


def summed(formula, counts, code):
    """What SUMIFS gives over these rows: the range has to hold all of them."""
    written = r"SUMIFS\('Số liệu'!\$(\w)\$(\d+):\$\w\$(\d+),'Số liệu'!\$C\$\d+:\$C\$\d+,\$(B)\d+\)"
    column, first, last, criterion = re.fullmatch(written, formula).groups()
    assert (int(last), criterion) == (len(counts), "B")
    rows = counts[int(first) - 1 : int(last)]
    return sum(row[ord(column) - ord("A")] for row in rows if row[2] == code)


@pytest.fixture
def package(file, tmp_path):
    path = tmp_path / "report.sqlite"
    path.write_bytes(file("sqlite").data)
    return Database(path)


def test_the_package_opens_in_ordinary_tools_and_its_views_answer(package, file):
    assert package.execute("PRAGMA integrity_check").fetchone() == ("ok",) and not list(package.execute("PRAGMA foreign_key_check"))
    (row,) = package.query("SELECT * FROM indicator_of_commune WHERE code = 'smartphone'")
    assert (row["yes"], row["no"], row["unknown"], row["percent"]) == (10, 1, 1, 90.9)
    assert dict(package.execute("SELECT * FROM counts").fetchall()) == {
        "village": 3, "indicator": len(INDICATORS), "target": package["target"].count, "figure": 3 * len(INDICATORS), "cut_figure": 0,
        "restated": 0,
    }  # fmt: skip
    assert {each.name for each in package.views} == set(VIEWS) and package["report"].get(file("json").json["id"])["commune_code"] == "15835"


def test_the_dictionary_names_every_column_of_every_table(package):
    columns = {(table.name, column.name) for table in package.tables for column in table.columns}
    assert columns == set(DICTIONARY) == {(row["table"], row["column"]) for row in package["dictionary"].rows}


def test_dhis2_gets_data_values_of_the_shape_that_it_takes(file):
    told = file("dhis2").json
    assert (told["dataSet"], told["period"], told["orgUnit"], told["completeDate"]) == ("TUNG_NHA", "202611", "15835", "2026-11-20")
    assert all(each.keys() == {"dataElement", "period", "orgUnit", "value"} and isinstance(each["value"], str) for each in told["dataValues"])
    values = {each["dataElement"]: each["value"] for each in told["dataValues"]}
    assert (values["SMARTPHONE_YES"], values["SMARTPHONE_NO"], values["SMARTPHONE_UNKNOWN"], values["COVERAGE_UNVISITED"]) == ("10", "1", "1", "1")


def test_adx_says_the_same_in_one_group(file):
    root = ElementTree.fromstring(file("adx").data)
    (group,) = root
    assert (root.tag, group.tag) == (f"{{{dhis2.ADX}}}adx", f"{{{dhis2.ADX}}}group")
    assert group.attrib == {"dataSet": "TUNG_NHA", "period": "2026-11-01/P1M", "orgUnit": "15835"}
    told = {each.get("dataElement"): each.get("value") for each in group if each.tag == f"{{{dhis2.ADX}}}dataValue"}
    assert told == {each["dataElement"]: each["value"] for each in file("dhis2").json["dataValues"]}


def test_what_leaves_the_commune_is_of_no_fewer_than_ten(file):
    few = {line.indicator.code.upper() for line in report_of(file).lines if line.figure.balance.eligible < 10}
    named = {each["dataElement"].rpartition("_")[0] for each in file("dhis2").json["dataValues"]}
    assert few and named and not few & named


@pytest.mark.parametrize(
    "period, dhis2_period, duration",
    [
        (whole("month", 2026, 2), "202602", "2026-02-01/P1M"), (whole("quarter", 2026, 4), "2026Q4", "2026-10-01/P3M"),
        (whole("half", 2026, 2), "2026S2", "2026-07-01/P6M"), (whole("year", 2026), "2026", "2026-01-01/P1Y"),
        (whole("nine", 2026), "20260930", "2026-09-30/P1D"), (free("2026-09-03", "2026-10-02"), "20260930", "2026-09-30/P1D"),
    ],
)  # fmt: skip
def test_periods_are_named_as_dhis2_names_them(period, dhis2_period, duration):
    assert (dhis2._period(period, "2026-09-30"), dhis2._duration(period, "2026-09-30")) == (dhis2_period, duration)


def test_no_file_names_anybody(file):
    for form in ("csv", "sqlite", "dhis2", "adx", "json"):
        assert "Lê Thị" not in file(form).data.decode("utf-8", "replace"), form
