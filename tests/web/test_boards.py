"""Criteria boards at the desk: lines that fill themselves, values that are entered with their proof, sets that an officer completes."""

import html
import io
import re

import pytest
from sqlalchemy import update

from fieldapp.figures.reporting import drawn_up
from fieldapp.intake.board.sheet import HEADINGS, NOW
from fieldapp.intake.lined import table
from fieldapp.store import boards, reported
from fieldapp.store.board_tables import attachment
from fieldapp.store.board_tables import reported as reported_table
from fieldapp.store.engine import reading, writing
from fieldapp.survey.period import whole
from tests.conftest import HERE

OWN = "xa_chuyen_doi_so_xa_2026"
HEAD = {"name": "Chuyển đổi số xã 2026", "decision": "KH 12/KH-UBND", "date": "2026-01-15", "until": "2026", "area": "Xã Thiệu Trung", "in_all": ""}
LINES = (
    {"code": "1", "group": "Chính quyền số", "name_vi": "Bản sao chứng thực điện tử", "kind": "xã báo cáo", "threshold": "80"},
    {"code": "2", "group": "Hạ tầng số", "name_vi": "Điểm Wi-Fi công cộng", "kind": "xã báo cáo", "measure": "số lượng", "threshold": "150"},
    {"code": "3", "group": "Xã hội số", "name_vi": "Người lớn có điện thoại thông minh", "kind": "khảo sát", "indicator": "smartphone",
     "threshold": "80"},
    {"code": "4", "group": "Hạ tầng số", "name_vi": "Thôn có nhà văn hóa có Wi-Fi", "kind": "điểm công cộng", "place": "nhà văn hóa thôn",
     "attribute": "Wi-Fi miễn phí", "of": "thôn", "threshold": "30"},
)  # fmt: skip
PDF = b"%PDF-1.4 quyet dinh"


def sheet_of(*lines):
    content = table.xlsx("Tiêu chí", HEADINGS, lines, (), {}, {})
    return io.BytesIO(content), "bo-tieu-chi.xlsx"


def carried(page):
    return {name: html.unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1]) for name in ("carried", "seen")}


@pytest.fixture
def own_board(minh):
    """Minh's board of four lines."""
    shown = minh.post("/boards/change", {**HEAD, "code": "", "file": sheet_of(*LINES)}, page="/boards/new")
    assert shown.status_code == 200, shown.text
    assert minh.post("/boards/keep", carried(shown.text), page="/boards").headers["Location"] == f"/boards/{OWN}"
    return OWN


@pytest.fixture
def enter(minh, own_board):
    """Enters a value for a line of it; gives the answer."""

    def enter(line="1", file=None, **fields):
        page = f"/boards/{own_board}/lines/{line}"
        given = {"day": "2026-11-01", "source": "Sổ chứng thực", **fields, **({"file": (io.BytesIO(file[1]), file[0])} if file else {})}
        return minh.post(page, given, page=page)

    return enter


def test_the_boards_that_ship_are_there_with_how_they_stand(minh):
    page = minh.get("/boards").text
    for words in ("QĐ 1829/QĐ-UBND", "0/37 hoàn thành", "mới biết ngưỡng của 3 dòng", "8/14 hoàn thành, 4 vượt"):
        assert words in page, words
    example = minh.get("/boards/my-duc-2024-made").text
    assert "5.467/5.522 (99%)" in example and "trên 1.600" in example and "97,32%" in example and "là ví dụ" in example


def test_a_board_is_made_of_a_spreadsheet_and_its_survey_lines_fill_themselves(minh, own_board, register, visit):
    visit(register("dong-cho", "Trịnh Thị Hoa"), people={"phone": "smartphone"})
    page = minh.get(f"/boards/{own_board}").text
    assert "1/4" in page and "100%" in page and "Hạ tầng số" in page and "Vượt" in page
    assert "/indicators/smartphone" in minh.get(f"/boards/{own_board}/lines/3").text


def test_a_reported_value_stands_with_its_day_source_and_file(minh, enter, stored):
    assert enter(part="953", whole="1.105", file=("Quyết định 12.pdf", PDF)).status_code == 303
    page = minh.get(f"/boards/{OWN}/lines/1").text
    assert "953/1.105 (86,24%)" in page and "Sổ chứng thực" in page and "Quyết định 12.pdf" in page and "Vượt" in page
    (entry,) = stored(reported.of_line, OWN, "1")
    file = minh.get(f"/boards/files/{entry.file_id}")
    assert file.data == PDF and file.mimetype == "application/pdf" and file.headers["Content-Disposition"].startswith("attachment")
    assert stored(lambda connection, commune_id: list(reported.unlike_noted(connection, commune_id))) == []


def test_a_line_is_what_it_was_on_any_day_and_an_entry_can_be_withdrawn(minh, enter, stored):
    enter(percent="70", day="2026-03-31"), enter(percent="82,5", day="2026-09-30"), enter(percent="99", day="2026-10-31")
    (latest, *_) = stored(reported.of_line, OWN, "1")
    page = f"/boards/{OWN}/lines/1"
    assert minh.post(f"/boards/{OWN}/withdraw/1", {"entry": latest.entry_id}, page=page).status_code == 303
    assert "82,5%" in minh.get(f"/boards/{OWN}").text and "<s>99%</s>" in minh.get(page).text
    assert "70%" in minh.get(f"/boards/{OWN}?on=2026-06-30").text and "82,5%" not in minh.get(f"/boards/{OWN}?on=2026-06-30").text
    assert minh.post(f"/boards/{OWN}/withdraw/1", {"entry": latest.entry_id}, page=page).status_code == 404


@pytest.mark.parametrize(("line", "fields", "said"), [
    ("1", {"part": "10", "whole": "5"}, "Phần lớn hơn tổng số"), ("1", {"percent": "101"}, "không quá 100"), ("1", {}, "Chưa ghi giá trị"),
    ("1", {"percent": "5", "part": "1", "whole": "2"}, "Chỉ ghi một cách"), ("1", {"percent": "nhiều"}, "Không hiểu số"),
    ("2", {"count": "-3"}, "Không hiểu số"),
    ("1", {"percent": "5", "source": " "}, "Chưa ghi"), ("1", {"percent": "5", "day": "0026-11-20"}, "Không hiểu ngày"),
    ("1", {"percent": "5", "day": "2025-W48-4"}, "Không hiểu ngày"), ("1", {"percent": "5", "day": "2026-12-31"}, "chưa đến"),
    ("1", {"percent": "5", "file": ("x.exe", b"MZ")}, "Chỉ nhận tệp"), ("1", {"percent": "5", "file": ("x.pdf", PDF + b"0" * 5_000_000)}, "quá 5 MB"),
])  # fmt: skip
def test_what_is_wrong_with_a_value_is_told_at_its_field_and_nothing_is_kept(enter, stored, line, fields, said):
    answer = enter(line, **fields)
    assert answer.status_code == 422 and said in html.unescape(answer.text)
    assert stored(reported.of_line, OWN, line) == []


def test_a_form_that_was_sent_twice_is_one_entry(minh, enter, stored):
    new = re.search(r'name="new" value="([^"]+)"', minh.get(f"/boards/{OWN}/lines/2").text)[1]
    enter("2", count="1.600", new=new), enter("2", count="1.600", new=new)
    assert [int(each.value.number) for each in stored(reported.of_line, OWN, "2")] == [1600]


def test_a_form_that_says_something_else_than_it_said_first_is_another_entry(minh, enter, stored):
    """Whoever goes back in the browser and mends the number sends the same form again."""
    new = re.search(r'name="new" value="([^"]+)"', minh.get(f"/boards/{OWN}/lines/2").text)[1]
    enter("2", count="1600", new=new), enter("2", count="160", new=new)
    assert {int(each.value.number) for each in stored(reported.of_line, OWN, "2")} == {1600, 160}


@pytest.mark.parametrize(("name", "content", "kept"), [
    ("báo cáo.pdf", PDF, "báo cáo.pdf"), ("a.html", PDF, "a.html.pdf"), ("../x/anh.JPEG", b"\xff\xd8\xff", "anh.JPEG"),
    ("sổ.bin", table.xlsx("x", {}, (), (), {}, {}), "sổ.bin.xlsx"),
])  # fmt: skip
def test_a_file_is_what_it_says_within_and_is_named_so(enter, stored, name, content, kept):
    enter(percent="50", file=(name, content))
    assert stored(reported.of_line, OWN, "1")[0].file_name == kept


@pytest.mark.parametrize(("name", "content", "said"), [
    ("trống.pdf", b"", "Tệp rỗng"), ("x.docx", b"PK\x03\x04 no zip at all", "Chỉ nhận tệp"), ("x.pdf", b"<html>", "Chỉ nhận tệp"),
])  # fmt: skip
def test_a_file_that_proves_nothing_is_refused(enter, stored, name, content, said):
    answer = enter(percent="50", file=(name, content))
    assert answer.status_code == 422 and said in html.unescape(answer.text) and stored(reported.of_line, OWN, "1") == []


def test_a_shipped_board_is_completed_from_its_own_spreadsheet(minh, stored):
    taken = minh.get("/boards/thanh-hoa-2023.xlsx").data
    rows, findings = table.lines(taken, HEADINGS | NOW, ())
    assert findings == [] and rows[0][1]["state"] == "Chưa bắt đầu"
    shown = minh.post(
        "/boards/change",
        {**HEAD, "name": "Bộ tiêu chí Thanh Hóa", "code": "thanh-hoa-2023", "in_all": "37", "file": sheet_of(*(row for _, row in rows), LINES[0])},
        page="/boards/thanh-hoa-2023/change",
    )  # fmt: skip
    assert shown.text.count("<td data-name=\"Thay đổi\">thêm") == 1 and "4 dòng" in shown.text
    minh.post("/boards/keep", carried(shown.text), page="/boards")
    board = stored(boards.of_commune)["thanh-hoa-2023"]
    assert (len(board.lines), board.in_all) == (4, 37) and board.lines[0].names["en"]


def test_what_is_wrong_in_a_boards_spreadsheet_is_told_by_cell(minh, stored):
    wrong = ({**LINES[0], "threshold": "tám"}, {**LINES[2], "indicator": "khong_co"}, {**LINES[3], "place": "sân bay"}, {**LINES[1], "code": "1"})
    answer = minh.post("/boards/change", {**HEAD, "code": "", "file": sheet_of(*wrong)}, page="/boards/new")
    told = html.unescape(answer.text)
    assert answer.status_code == 422
    for words in ("J2 Ngưỡng", "E3 Mã chỉ tiêu", "F4 Loại điểm", "sân bay"):
        assert words in told, words
    assert stored(boards.own) == {}


@pytest.mark.parametrize(("line", "threshold", "said"), [
    (1, "10,5", "phải là số nguyên"), (1, "nhiều", "Không hiểu số"), (0, "0,6", "Nếu là 60% thì ghi 60"), (0, "100,5", "không quá 100"),
])  # fmt: skip
def test_a_threshold_that_can_not_be_meant_is_told(minh, line, threshold, said):
    answer = minh.post("/boards/change", {**HEAD, "code": "", "file": sheet_of({**LINES[line], "threshold": threshold})}, page="/boards/new")
    assert answer.status_code == 422 and said in html.unescape(answer.text)


def test_a_value_that_reads_like_its_threshold_and_does_not_reach_it_says_so(minh, enter):
    enter(part="79.996", whole="100.000")
    page = minh.get(f"/boards/{OWN}").text
    assert "80%" in page and "sát mức, chưa tới" in page
    enter(part="80.000", whole="100.000", day="2026-11-02")
    assert "sát mức" not in minh.get(f"/boards/{OWN}").text


def test_the_register_of_public_places_fills_the_line_that_counts_it(minh, own_board, stored):
    hall = {"name": "Nhà văn hóa Đồng Chợ", "kind": "village_hall", "village": "Đồng Chợ", "wifi": "không", "since": "2026-01-01", "code": ""}
    assert minh.post("/points/keep", hall, page="/points/new").status_code == 303
    point = re.search(r'href="/points/([0-9a-f-]{36})"', minh.get("/points").text)[1]
    assert "0/3 (0%)" in minh.get(f"/boards/{own_board}").text
    minh.post("/points/keep", {**hall, "wifi": "có", "since": "2026-10-01", "code": point}, page=f"/points/{point}")
    assert "1/3 (33,33%)" in minh.get(f"/boards/{own_board}").text and "0/3 (0%)" in minh.get(f"/boards/{own_board}?on=2026-09-30").text


def test_a_board_that_the_commune_follows_sets_its_thresholds_beside_the_figures(minh, own_board, register, visit, stored):
    visit(register("dong-cho", "Trịnh Thị Hoa"), people={"phone": "smartphone"})
    assert "· QĐ 411/QĐ-TTg" in minh.get("/indicators/smartphone").text
    minh.post(f"/boards/{own_board}/follow", {"follow": "1"}, page=f"/boards/{own_board}")
    minh.post("/boards/national-2025/follow", page="/boards/national-2025")
    page = minh.get("/indicators/smartphone").text
    assert "KH 12/KH-UBND" in page and "· QĐ 411/QĐ-TTg" not in page
    document = stored(drawn_up, whole("month", 2026, 11), "2026-11-20")
    assert {(row["indicator"], row["decision"]) for row in document["targets"]} >= {("smartphone", "KH 12/KH-UBND"), ("esign", "QĐ 1829/QĐ-UBND")}


def test_of_two_boards_with_different_thresholds_the_hardest_stands_first_and_each_with_its_decision(minh, register, visit):
    visit(register("dong-cho", "Trịnh Thị Hoa"), people={"health_record": "yes"})
    page = html.unescape(re.sub("<[^>]+>", " ", minh.get("/").text))
    assert re.search(r"≥\s+95%\s+QĐ 1829/QĐ-UBND\s.*≥\s+90%\s+QĐ 411/QĐ-TTg", page, re.S)
    assert "vạch là mục tiêu khó đạt nhất" in page


def test_a_threshold_of_a_board_is_said_to_the_hundredth(minh, register, visit):
    visit(register("dong-cho", "Trịnh Thị Hoa"), people={"phone": "smartphone"})
    shown = minh.post("/boards/change", {**HEAD, "code": "", "file": sheet_of({**LINES[2], "threshold": "97,32"})}, page="/boards/new")
    minh.post("/boards/keep", carried(shown.text), page="/boards")
    minh.post(f"/boards/{OWN}/follow", {"follow": "1"}, page=f"/boards/{OWN}")
    assert "≥ 97,32%" in minh.get("/").text and "≥ 97,32%" in minh.get("/indicators/smartphone").text


def test_nothing_of_it_is_anothers_and_an_auditor_only_looks(lan, minh, enter, desk_app, stored):
    enter(percent="90", file=("x.pdf", PDF))
    (entry,) = stored(reported.of_line, OWN, "1")
    for path in (f"/boards/{OWN}", f"/boards/{OWN}/lines/1", f"/boards/{OWN}.xlsx", f"/boards/files/{entry.file_id}"):
        assert lan.get(path).status_code == 404, path
    for carried_board in ("{}", "[]", "x", '{"code": "x", "names": {}, "decision": "", "date": "", "area": "", "lines": []}'):
        assert minh.post("/boards/keep", {"carried": carried_board}, page="/boards").status_code == 400
    example = "/boards/my-duc-2024-made"
    assert minh.post(f"{example}/lines/teams", {"count": "5", "source": "x"}, page=example).status_code == 404


@pytest.mark.parametrize("change", [
    update(reported_table).values(value='{"percent":"100"}'), update(attachment).values(content=b"%PDF- another"),
    update(reported_table).values(withdrawn_at="2026-11-20T02:00:00.000Z"),
], ids=["value", "file", "withdrawn"])  # fmt: skip
def test_a_value_or_a_file_that_somebody_changed_in_the_database_is_told(enter, communes, change):
    enter(percent="50", file=("x.pdf", PDF))
    with writing(communes) as connection:
        connection.execute(change)
    with reading(communes) as connection:
        assert len(list(reported.unlike_noted(connection, HERE))) == 1
