"""The province's own form: filled where it names a figure, refused where it names what nobody knows, and never a way into the server."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook, load_workbook

from fieldapp.figures.published import published
from fieldapp.paper.form_places import COUNTS, ENDINGS, LISTS, placeholders, rows
from fieldapp.store import teams
from fieldapp.store.engine import writing
from fieldapp.survey.report import unsealed
from fieldapp.web.reports.report_files import in_vietnamese
from tests.conftest import HERE
from tests.web.test_campaigns import houses, named  # noqa: F401 (fixtures)
from tests.web.test_reports import freeze

DOCS = Path(__file__).resolve().parents[2] / "docs" / "reports.md"


@pytest.fixture
def all_told(monkeypatch):
    """What is hidden of so few people is held by tests/figures/test_outside.py and test_outside_cuts.py."""
    for place in ("fieldapp.figures.outside.SMALL", "fieldapp.survey.disclosure.SMALL"):
        monkeypatch.setattr(place, 0)


@pytest.fixture
def form(minh, register, visit, all_told):
    """The address of a frozen report's form page."""
    visit(register("dong-cho", "Trịnh Thị Hoa"), people={"phone": "smartphone"})
    register("dong-thanh", "Bùi Năm")
    return freeze(minh)[0].location + "/form"


@pytest.fixture
def fill(minh, form):
    return lambda content, name="mau.docx": sent(minh, form, content, name)


@pytest.fixture
def of_campaign(minh, named, houses, all_told):  # noqa: F811
    """The form page of a campaign's report."""
    return freeze(minh, f"/reports/preview?period=campaign:{named().rpartition('/')[2]}")[0].location + "/form"


def sent(browser, form, content, name="mau.docx"):
    token = browser.get(form).text.partition('name="csrf_token" value="')[2].partition('"')[0]
    return browser.client.post(form, data={"csrf_token": token, "file": (io.BytesIO(content), name)})


def text_of(answer):
    assert answer.status_code == 200, answer.text
    return docx.Document(io.BytesIO(answer.data)).paragraphs[0].text


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


def test_a_group_stands_by_its_share_and_its_counts(fill):
    """Her who is 66 and a woman; nobody is a man."""
    line = " ".join(f"{{{{ smartphone_{each} }}}}" for each in ("nu", "nu_co", "nam", "nam_co", "tuoi_60", "tuoi_18_34_chua_ro"))
    assert text_of(fill(a_docx(line))) == "100% 1 – 0 100% 0"


def test_where_all_is_rural_a_form_that_asks_for_town_and_country_is_filled(fill):
    assert text_of(fill(a_docx("{{ smartphone_nong_thon }} {{ smartphone_do_thi_co }}"))) == "100% 0"


def test_what_the_report_was_not_cut_by_is_refused_by_name(fill):
    answer = fill(a_docx("{{ smartphone_ho_ngheo }}"))
    assert answer.status_code == 422 and "không có: smartphone_ho_ngheo." in answer.text


def test_a_table_gets_a_row_for_each_team(minh, form, communes):
    with writing(communes) as connection:
        teams.give_villages(connection, HERE, "to-dong-cho", ["dong-cho"], "2026-01-01")
    form = freeze(minh)[0].location + "/form"
    rows = [("{%tr for t in to %}", ""), ("{{ t.ten }}", "{{ t.smartphone }}"), ("{%tr endfor %}", "")]
    table = docx.Document(io.BytesIO(sent(minh, form, a_docx("x", rows=rows)).data)).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Tổ Đồng Chợ", "100%"], ["Chưa giao tổ nào", "–"]]


def test_what_a_row_of_a_table_does_not_have_is_named(fill):
    answer = fill(a_docx("x", rows=[("{%tr for t in thon %}",), ("{{ t.smart_phone }}",), ("{%tr endfor %}",)]))
    assert answer.status_code == 422 and "không có: smart_phone." in answer.text


def test_a_campaigns_form_is_filled_in(minh, of_campaign):
    line = "{{ dot_ten }}: {{ dot_ho_khao_sat }} hộ, {{ dot_dat }}/{{ dot_muc_tieu }} {{ dot_danh_gia }}; " + "".join(
        f"{{{{ vneid_level2_{each} }}}} " for each in ("luc_den", "luc_ve", "luc_ve_co", "trong_dot", "to_lam_them")
    )
    rows = [("{%tr for t in thon %}", ""), ("{{ t.ten }}", "{{ t.dot_ho_khao_sat }}"), ("{%tr endfor %}", "")]
    answer = sent(minh, of_campaign, a_docx(line, rows=rows))
    assert text_of(answer) == "Ngày chuyển đổi số: 1 hộ, 50%/80% chưa đạt; 0% 100% 1 1 1 "
    assert docx.Document(io.BytesIO(answer.data)).tables[0].cell(0, 1).text == "1"


def test_a_month_is_no_campaign(fill):
    answer = fill(a_docx("{{ dot_ten }} {{ vneid_level2_luc_ve }}"))
    assert answer.status_code == 422 and "không có: dot_ten, vneid_level2_luc_ve." in answer.text


def test_what_must_not_leave_the_commune_is_hidden_under_its_name(minh, register, visit):
    visit(register("dong-cho", "Trịnh Thị Hoa"), people={"phone": "smartphone"})
    form = freeze(minh)[0].location + "/form"
    assert text_of(sent(minh, form, a_docx("{{ smartphone_nu }} {{ smartphone_nu_co }} {{ smartphone_co }}"))) == "ẩn ẩn ẩn"


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


def told(minh, app, form):
    """Every placeholder of the report, and the lists."""
    with app.test_request_context(), in_vietnamese(published(unsealed(minh.get(form.removesuffix("/form") + ".json").text))) as (report, words):
        return placeholders(report, words), rows(report, words)


@pytest.mark.parametrize("which", ["form", "of_campaign"])
def test_the_page_lists_every_placeholder(which, request, minh, app):
    form = request.getfixturevalue(which)
    every, lists = told(minh, app, form)
    page = minh.get(form).text
    assert len({each.name for each in every}) == len(every) > 500
    # Of a group the share is named, and how its counts end.
    assert all(f"{{{{ {each.name} }}}}" in page for each in every if each.cut is None or each.part == "value")
    assert all(f">_{ending}</th>" in page for ending in COUNTS)
    assert all(f"{{{{ t.{key} }}}}" in page for those in lists.values() for key in those[0])


def test_every_placeholder_is_documented(minh, app, of_campaign):
    every, lists = told(minh, app, of_campaign)
    documented = set(re.findall(r"`(\w+)`", DOCS.read_text(encoding="utf-8")))
    of_groups = {ending for those in ENDINGS.values() for ending in those.values()}
    of_indicators = {each.name.removeprefix(f"{each.indicator.code}_") for each in every if each.indicator and not each.cut and each.part != "value"}
    alone, codes = {each.name for each in every if each.indicator is None}, {each.indicator.code for each in every if each.indicator}
    of_rows = {key for those in lists.values() for key in those[0]} - codes
    assert alone | of_indicators | of_groups | of_rows | set(LISTS) <= documented


def test_an_english_page_says_in_english_what_a_placeholder_is(minh, form):
    minh.post("/language", {"language": "en", "back": "/"}, page="/")
    page = minh.get(form).text
    assert "households surveyed" in page and "Adults with a smartphone: number with" in page and "số hộ đã khảo sát" not in page


def test_what_is_hidden_of_the_commune_is_hidden_of_its_villages(minh, register, visit):
    visit(register("dong-cho", "Trịnh Thị Hoa"), people={"phone": "smartphone"})
    form = freeze(minh)[0].location + "/form"
    assert "100" not in text_of(sent(minh, form, a_docx("{% for t in thon %}{{ t.smartphone }} {% endfor %}")))
