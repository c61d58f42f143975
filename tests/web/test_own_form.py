"""The province's own form: filled where it names a figure, refused where it names what nobody knows, and never a way into the server."""

import io
import zipfile

import docx
import pytest
from openpyxl import Workbook, load_workbook

from fieldapp.figures.published import published
from fieldapp.paper.own_form import LIST, placeholders
from fieldapp.survey.report import unsealed
from fieldapp.web.report_files import in_vietnamese
from tests.web.test_reports import freeze


@pytest.fixture
def form(minh, register, visit, monkeypatch):
    """The address of a frozen report's form page. What is hidden of so few people is held by tests/figures/test_outside.py."""
    monkeypatch.setattr("fieldapp.figures.outside.SMALL", 1)
    visit(register("dong-cho", "Trịnh Thị Hoa"), people={"phone": "smartphone"})
    register("dong-thanh", "Bùi Năm")
    return freeze(minh)[0].location + "/form"


@pytest.fixture
def fill(minh, form):
    def fill(content, name="mau.docx"):
        page = minh.get(form).text
        token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
        return minh.client.post(form, data={"csrf_token": token, "file": (io.BytesIO(content), name)})

    return fill


def a_docx(*lines, rows=()):
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for number, row in enumerate(rows):
            for place, text in enumerate(row):
                table.cell(number, place).text = text
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def an_xlsx(*cells):
    book = Workbook()
    for row, text in enumerate(cells, start=1):
        book.active.cell(row, 1).value = text
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_a_word_form_is_filled_in(fill):
    answer = fill(a_docx("{{ xa }}: {{ smartphone }} ({{ smartphone_co }} người), {{ ky }}"))
    assert "attachment" in answer.headers["Content-Disposition"]
    assert docx.Document(io.BytesIO(answer.data)).paragraphs[0].text == "Xã Thiệu Trung: 100% (1 người), Tháng 11 năm 2026"


def test_a_table_gets_a_row_for_each_village(fill):
    rows = [("{%tr for t in thon %}", ""), ("{{ t.ten }}", "{{ t.do_phu }}"), ("{%tr endfor %}", "")]
    table = docx.Document(io.BytesIO(fill(a_docx("x", rows=rows)).data)).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Thôn Đồng Chợ", "100%"], ["Thôn Đồng Thanh", "0%"], ["Thôn Phú Văn", "–"]]


def test_an_excel_form_is_filled_in_and_numbers_stay_numbers(fill):
    answer = fill(an_xlsx("{{ ho_dang_o }}", "Đã khảo sát {{ho_da_khao_sat}} hộ", "=A1*2", 7), "mau.xlsx")
    sheet = load_workbook(io.BytesIO(answer.data)).active
    assert [sheet.cell(row, 1).value for row in range(1, 5)] == [2, "Đã khảo sát 1 hộ", "=A1*2", 7]


@pytest.mark.parametrize("content", [a_docx("{{ smart_phone }} {{ xa }}"), an_xlsx("{{ smart_phone }} {{ xa }}")], ids=["docx", "xlsx"])
def test_a_placeholder_that_nobody_knows_is_named(fill, content):
    answer = fill(content)
    assert answer.status_code == 422 and "không có: smart_phone." in answer.text


@pytest.mark.parametrize(
    "line", ["{{ xa.__class__.__mro__ }}", "{{ thon.append(1) }}", "{% for t in thon %}", "{{ thon[99].ten }}", "{{ 1 / 0 }}"]
)
def test_a_form_is_no_way_into_the_server(fill, line):
    assert fill(a_docx(line)).status_code == 422


def test_what_is_no_form_is_said_plainly(fill):
    swollen = io.BytesIO()
    with zipfile.ZipFile(swollen, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * 40_000_000)
        broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as package:
        package.writestr("xl/workbook.xml", "<x")
    for content in (b"", b"PK\x03\x04", b"%PDF-1.7", swollen.getvalue(), broken.getvalue()):
        answer = fill(content)
        assert answer.status_code == 422 and "Không đọc được tệp" in answer.text


def test_the_page_lists_every_placeholder_with_its_value(minh, form, app):
    with app.test_request_context(), in_vietnamese(published(unsealed(minh.get(form.removesuffix("/form") + ".json").text))) as (report, words):
        every = placeholders(report, words)
    page = minh.get(form).text
    assert len({each.name for each in every}) == len(every) > 100 and all(f"{{{{ {each.name} }}}}" in page for each in every) and LIST in page


def test_an_english_page_says_in_english_what_a_placeholder_is(minh, form):
    minh.post("/language", {"language": "en", "back": "/"}, page="/")
    page = minh.get(form).text
    assert "households surveyed" in page and "Adults with a smartphone: number with" in page and "số hộ đã khảo sát" not in page
