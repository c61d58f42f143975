"""The cuts of a report in its files: all say the same, each in its own way, and an officer chooses which there are."""

import csv
import io
from xml.etree import ElementTree

import docx
import pytest
from python_calamine import CalamineWorkbook
from sqlite_utils import Database

from fieldapp.paper import dhis2
from fieldapp.survey.report import unsealed
from tests.web.printer import words
from tests.web.test_reports import PREVIEW, freeze

ALL = f"{PREVIEW}&cuts=team,place,sex,age,poverty"


@pytest.fixture
def file(minh, huong, register, visit, clock, monkeypatch):
    """file("csv"): three houses, of two sexes. What is hidden of so few is held by tests/figures/test_outside_cuts.py."""
    monkeypatch.setattr("fieldapp.survey.disclosure.SMALL", 0)
    monkeypatch.setattr("fieldapp.figures.outside.SMALL", 1)
    monkeypatch.setattr("fieldapp.paper.dhis2.SMALL", 1)
    for name, phone, sex in (("Lê Một", "smartphone", "male"), ("Lê Hai", "none", "male"), ("Bùi Ba", "smartphone", "female")):
        code = register("dong-cho", name)
        clock.tick(minutes=5)
        huong.wait(minutes=5)  # what the list says of them is older
        visit(code, people={"phone": phone, "sex": sex})
    address = freeze(minh, ALL)[0].location
    return lambda form: minh.get(f"{address}.{form}")


def of_men(rows, code="smartphone"):
    """(yes, no, unknown) of the men, from rows of names and values."""
    return next(tuple(int(row[name]) for name in ("Có", "Không", "Chưa rõ")) for row in rows if (row["Nhóm"], row["Mã chỉ tiêu"]) == ("Nam", code))


def test_csv_of_the_cuts_has_a_row_for_each_part_and_indicator(file):
    lines = list(csv.reader(io.StringIO(file("cuts").data.decode("utf-8-sig")), delimiter=";"))
    rows = [dict(zip(lines[2], line, strict=True)) for line in lines[3:]]
    assert of_men(rows) == (1, 1, 0) and lines[1][0].startswith(f"{len(rows)} dòng;")
    assert {row["Chia theo"] for row in rows} == {"Giới tính", "Nhóm tuổi", "Hộ nghèo, cận nghèo"}


def test_the_workbook_has_them_on_a_sheet_of_their_own(file):
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(file("xlsx").data)).get_sheet_by_name("Theo nhóm").to_python()
    assert of_men([dict(zip(sheet[2], row, strict=True)) for row in sheet[3:]]) == (1, 1, 0)


def test_the_package_answers_by_cut(file, tmp_path):
    path = tmp_path / "report.sqlite"
    path.write_bytes(file("sqlite").data)
    (row,) = Database(path).query("SELECT * FROM indicator_by_cut WHERE kind = 'sex' AND part = 'Nam' AND code = 'smartphone'")
    assert (row["yes"], row["no"], row["unknown"], row["percent"]) == (1, 1, 0, 50.0)


def test_dhis2_gets_data_elements_of_their_own_with_option_combos(file):
    told = {(each["dataElement"], each.get("categoryOptionCombo")): each["value"] for each in file("dhis2").json["dataValues"]}
    assert told["SMARTPHONE_YES_BY_SEX", "SEX_MALE"] == "1" and told["SMARTPHONE_YES", None] == "2"
    assert ("SMARTPHONE_NO_BY_AGE", "AGE_60_PLUS") in told and not [each for each, _ in told if each.endswith("_BY_TEAM")]


def test_adx_names_the_category_as_an_attribute(file):
    (group,) = ElementTree.fromstring(file("adx").data)
    rows = [each.attrib for each in group if each.tag == f"{{{dhis2.ADX}}}dataValue" and "SEX" in each.attrib]
    assert {"dataElement": "SMARTPHONE_NO_BY_SEX", "SEX": "MALE", "value": "1"} in rows
    assert len(group) == len(file("dhis2").json["dataValues"])


def test_the_letters_annex_has_a_table_for_each_cut_within_the_page(file):
    document = docx.Document(io.BytesIO(file("docx").data))
    assert "1. Kết quả theo nhóm" in [each.text for each in document.paragraphs] and "2. Cách tính" in [each.text for each in document.paragraphs]
    table = next(each for each in document.tables if each.cell(0, 1).text == "Nam")
    row = next(each for each in table.rows if each.cells[0].text == "Điện thoại thông minh")
    assert [cell.text for cell in row.cells[1:]] == ["50% (1/2)", "100% (1/1)"] and "Theo giới tính" in " ".join(words(file("pdf").data).split())
    assert all(round(sum(column.width.mm for column in each.columns)) <= 165 for each in document.tables)


def test_an_officer_chooses_the_cuts(minh, register, visit):
    visit(register("dong-cho", "Lê Một"), people={"phone": "smartphone"})
    page = minh.get("/reports").text
    assert 'value="sex" checked' in page and 'value="poverty">' in page
    asked = "&cuts=-&cuts=poverty"
    assert 'name="cuts" value="poverty"' in minh.get(PREVIEW + asked).text and 'name="cuts" value="-"' in minh.get(f"{PREVIEW}&cuts=-").text
    kept = unsealed(minh.get(f"{freeze(minh, PREVIEW + asked)[0].location}.json").text)
    assert kept["cuts"]["kinds"] == ["poverty"]


def test_the_desk_shows_each_part(file, minh):
    page = minh.get(f"/reports/{file('json').json['id']}").text
    assert "Giới tính</summary>" in page and "50%" in page and "1/2" in page


def test_a_cut_of_few_people_is_one_sentence_in_the_letter(minh, register, visit):
    for number in range(10):
        visit(register("dong-cho", f"Lê Thị {number}"), people={"phone": "smartphone"})
    document = docx.Document(io.BytesIO(minh.get(f"{freeze(minh, ALL)[0].location}.docx").data))
    assert "Theo giới tính: không nêu, vì mọi chỉ tiêu đều có nhóm dưới 10 người (hộ)." in [each.text for each in document.paragraphs]
