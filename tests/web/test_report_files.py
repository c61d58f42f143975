"""The files of a frozen report: the official document in the decree's layout, with words that an officer would write."""

import io
import re

import docx
import pypdfium2
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from fieldapp.paper.official_report import LATE
from fieldapp.paper.rule_words import rule_words
from fieldapp.store import areas
from fieldapp.store.engine import writing
from fieldapp.survey.event import KINDS
from fieldapp.survey.indicator import INDICATORS
from fieldapp.survey.questionnaire import load
from tests.conftest import HERE
from tests.web.printer import sizes_mm, words
from tests.web.test_reports import freeze

HELPED = {"service": "vneid_activate", "result": "done", "value": "level2", "person": "k3v9x2m7ap"}


@pytest.fixture
def file(minh, register, visit, communes, clock, monkeypatch):
    """file("docx"): of a second report, which restates the first: a visit came later, and a village was merged. What is hidden of so few people is
    held by tests/figures/test_outside.py."""
    monkeypatch.setattr("fieldapp.figures.outside.SMALL", 1)
    visit(register("dong-cho", "Trịnh Thị Hoa"), people={"phone": "smartphone", "vneid": "none"}, help=[HELPED])
    register("dong-thanh", "Bùi Năm")
    freeze(minh)
    visit(register("dong-cho", "Lê Thị Na"), people={"phone": "none"})
    with writing(communes) as connection:
        areas.merge_village(connection, HERE, "dong-thanh", "dong-cho", "2026-11-10")
    clock.tick(minutes=1)
    minh.get("/reports?x")  # the flash is shown once
    address = freeze(minh)[0].location
    return lambda form: minh.get(f"{address}.{form}")


@pytest.fixture
def document(file):
    return docx.Document(io.BytesIO(file("docx").data))


def text_of(document):
    return "\n".join(each.text for each in document.paragraphs)


def cells(document, table):
    return [paragraph for row in document.tables[table].rows for cell in row.cells for paragraph in cell.paragraphs]


def found(paragraphs, text):
    return next(each for each in paragraphs if each.text == text)


def test_the_page_is_a4_with_the_decrees_margins(document):
    section = document.sections[0]
    assert [round(each.mm) for each in (section.page_width, section.page_height)] == [210, 297]
    margins = [round(each.mm) for each in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)]
    assert margins == [20, 20, 30, 15]


def test_the_number_stands_in_the_middle_of_the_upper_margin_and_not_on_the_first_page(document):
    section = document.sections[0]
    header = section.header.paragraphs[0]
    assert section.different_first_page_header_footer and section.first_page_header.is_linked_to_previous
    assert header.alignment == WD_ALIGN_PARAGRAPH.CENTER and "PAGE" in header._p.xml and header.runs[0].font.size == Pt(13)


def test_the_type_is_times_new_roman_14_justified(document):
    style = document.styles["Normal"]
    assert (style.font.name, style.font.size) == ("Times New Roman", Pt(14))
    body = next(each for each in document.paragraphs if each.text.startswith("Thực hiện nhiệm vụ"))
    assert body.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY and body.runs[0].font.size == Pt(14)
    assert round(body.paragraph_format.first_line_indent.mm) == 10
    named = {run.font.name for each in [*document.paragraphs, *cells(document, 0), *cells(document, 1)] for run in each.runs if run.text.strip()}
    assert named - {None} == {"Times New Roman"}


@pytest.mark.parametrize(
    "text, points, bold, italic",
    [
        ("UBND XÃ THIỆU TRUNG", 13, True, False), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, False),
        ("Độc lập - Tự do - Hạnh phúc", 14, True, False), ("Số:        /BC-UBND", 13, False, False),
        ("Thiệu Trung, ngày 20 tháng 11 năm 2026", 14, False, True),
    ],
)  # fmt: skip
def test_the_heading_block(document, text, points, bold, italic):
    line = found(cells(document, 0), text)
    run = line.runs[0]
    assert (run.font.size, run.bold, run.italic, line.alignment) == (Pt(points), bold, italic, WD_ALIGN_PARAGRAPH.CENTER)


def test_kind_and_subject_are_bold_in_the_middle_with_a_line_below(document):
    kind = found(document.paragraphs, "BÁO CÁO")
    subject = found(document.paragraphs, "Kết quả chuyển đổi số tại hộ gia đình tháng 11 năm 2026")
    assert all(each.alignment == WD_ALIGN_PARAGRAPH.CENTER and each.runs[0].bold and each.runs[0].font.size == Pt(14) for each in (kind, subject))
    rule = document.paragraphs[[each.text for each in document.paragraphs].index(subject.text) + 1]
    order = [each.tag for each in rule._p.pPr]
    assert order.index(qn("w:pBdr")) < order.index(qn("w:spacing")) < order.index(qn("w:ind"))


def test_it_ends_as_letters_do_and_is_a_draft(document):
    assert [each.text for each in document.paragraphs if each.text.endswith("./.")] == [
        "Trên đây là báo cáo kết quả chuyển đổi số tại hộ gia đình tháng 11 năm 2026 của UBND xã Thiệu Trung./."
    ]
    ending = next(number for number, table in enumerate(document.tables) if table.cell(0, 0).text.startswith("Nơi nhận:"))
    receivers = found(cells(document, ending), "Nơi nhận:").runs[0]
    assert (receivers.bold, receivers.italic, receivers.font.size) == (True, True, Pt(12))
    assert "(dự thảo, chưa ký)" in document.tables[ending].cell(0, 1).text


def test_its_words_are_an_officers(document):
    text = text_of(document)
    assert "đã khảo sát 2/3 hộ đang sinh sống trên địa bàn, đạt 66,7%; đầu kỳ chưa khảo sát hộ nào, trong kỳ tăng 2 hộ." in text
    assert "Còn 1 hộ chưa khảo sát được. Theo kết quả lượt gần nhất: 1 hộ chưa đến." in text
    assert "Trong kỳ, các tổ đã hỗ trợ xong 1 lượt việc tại nhà dân: kích hoạt VNeID 1 lượt." in text
    assert "- Tài khoản định danh điện tử mức 2 đã kích hoạt: thêm 1 người, từ 0% lúc đến lên 100% lúc về." in text


def test_what_was_published_before_is_restated_with_its_reason(document):
    text = text_of(document)
    assert "vì sau khi chốt có thêm 1 hộ mới ghi sổ, 1 lượt đến thuộc kỳ ấy; thôn Đồng Thanh đã nhập vào thôn Đồng Chợ từ ngày 10/11/2026:" in text
    assert "- Dân số trưởng thành có điện thoại thông minh: kỳ trước công bố 100% (1/1), nay tính lại 50% (1/2)." in text


def test_tables_are_by_village_and_their_heads_come_again_on_each_page(document):
    tables = [table for table in document.tables if table.style.name == "Table Grid"]
    coverage = next(table for table in tables if table.cell(0, 1).text == "Hộ đang ở")
    assert [row.cells[0].text for row in coverage.rows] == ["Thôn", "Thôn Đồng Chợ", "Thôn Phú Văn", "Toàn xã"]
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in tables)
    assert {round(sum(column.width.mm for column in table.columns)) for table in tables} == {165}


def test_the_annex_says_how_it_was_counted_and_what_proves_it(document, file):
    text, sealed = text_of(document).partition("PHỤ LỤC")[2], file("json").json
    assert "tính là có khi “Điện thoại” là “Thông minh”; tính là không khi “Điện thoại” là “Phím bấm (2G)” hoặc “Không có”." in text
    assert sealed["head"]["chain"] in text and sealed["sha256"] in text and "Hoàng Minh chốt lúc" in text


def test_everything_that_may_come_later_has_words():
    assert set(LATE) == set(KINDS)


def test_every_shipped_rule_has_words():
    asked = load("household-1").questions
    told = [rule_words(rule, asked) for each in INDICATORS for rule in (each.yes, each.no, each.when) if rule]
    assert [each for each in told if re.search(r"[${}=']|selected|_", each)] == []


def test_the_pdf_says_the_same_on_a4(file, document):
    content = file("pdf").data
    assert set(sizes_mm(content)) == {(210, 297)}
    flat = " ".join(words(content).split())
    restated = "kỳ trước công bố 100% (1/1), nay tính lại 50% (1/2)"
    for part in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", restated, "xã Thiệu Trung./."):
        assert part in flat, part
    with pypdfium2.PdfDocument(content) as pages:
        second = pages[1].get_textpage().get_text_range().strip()
        left = min(pages[0].get_textpage().get_charbox(place)[0] for place in range(200))
    assert second.startswith("2") and round(left * 25.4 / 72) >= 30


def test_an_official_document_is_vietnamese_on_an_english_desk(file, minh):
    minh.post("/language", {"language": "en", "back": "/"}, page="/")
    tables = docx.Document(io.BytesIO(file("docx").data)).tables
    told = {cell.text for table in tables for row in table.rows for cell in row.cells}
    assert "Thôn Đồng Chợ" in told and "Reports" in minh.get("/reports").text
