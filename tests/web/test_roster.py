"""The roster's pages: upload, columns, dry run, import; each step can be left, and nothing is written before the last."""

import io
import re

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from fieldapp.demo import answers
from fieldapp.store import households, listing, uploads
from fieldapp.store.engine import reading, writing
from fieldapp.web.roster import rostering
from tests.conftest import HERE
from tests.intake.roster import files

ROWS = [*files.by_household(), [5, "Đồng Chợ", "", 1950, "Nam", 2, "Ngõ 7", ""]]


def token(browser, page="/office/roster"):
    return re.search(r'name="csrf_token" value="([^"]+)"', browser.get(page).text)[1]


def given(browser, content, name="danh-sach.csv"):
    """Upload; the path of the upload's pages."""
    answer = browser.client.post("/office/roster", data={"file": (io.BytesIO(content), name), "csrf_token": token(browser)})
    return answer.headers.get("Location", ""), answer


def registered(engine):
    with reading(engine) as connection:
        return listing.count(connection, HERE, listing.Asked("2026-11-20"))


def test_a_good_file_is_in_the_book_after_four_pages(minh, communes, sound):
    path, _ = given(minh, files.FILES["ods"], "Danh sách hộ.ods")
    page = minh.get(path).text
    assert "Danh sách hộ.ods" in page and page.count(" selected>Họ tên người trong hộ") == 1
    dry = minh.get(f"{path}/check").text
    assert re.findall(r"<dd>(\d+)</dd>", dry)[:4] == ["4", "0", "0", "0"] and registered(communes) == 0
    answer = minh.client.post(f"{path}/import", data={"csrf_token": token(minh)}, follow_redirects=True)
    assert "Đã ghi xong" in answer.text and registered(communes) == 4
    with reading(communes) as connection:
        assert uploads.of_commune(connection, HERE)[0].content is None
    assert minh.get(path).status_code == 404
    sound()


def test_the_dry_run_says_of_each_household_and_of_each_line_passed_over_what_will_happen(minh, communes):
    path, _ = given(minh, files.csv([*files.by_person(), ["", "Cộng thôn: 4 hộ"], ["", "NGƯỜI LẬP"], ["", "Nguyễn Văn Ký"]]))
    dry = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", minh.get(f"{path}/check").text))
    assert "2–3 Lê Văn Đào Thôn Đồng Chợ 2 hộ mới" in dry and "6 Phạm Ngọc Quỳnh Thôn Phú Văn 1 hộ mới" in dry
    for line in ("9", "10", "11"):
        assert re.search(rf" {line} lưu ý Không phải hộ hay người", dry)
    assert "Nguyễn Văn Ký" in dry
    minh.client.post(f"{path}/import", data={"csrf_token": token(minh)})
    again, _ = given(minh, files.FILES["csv with commas"])
    assert minh.get(f"{again}/check").text.count("giữ nguyên</td>") == 4


def test_thousands_of_households_are_told_a_hundred_a_page(minh, communes):
    path, _ = given(minh, files.csv([["Thôn", "Họ tên chủ hộ"], *[["Phú Văn", f"Lê Văn {n}A"] for n in range(130)]]))
    first = minh.get(f"{path}/check").text
    assert f"{path}/check?at=100" in first and "Lê Văn 129A" not in first and "Lê Văn 129A" in minh.get(f"{path}/check?at=100").text


def test_a_file_of_several_sheets_says_that_each_is_given_by_itself(minh, communes):
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        for name in ("Đồng Chợ", "Phú Văn"):
            book.add_worksheet(name).write_row(0, 0, ["Họ tên chủ hộ", "Năm sinh"])
    path, _ = given(minh, written.getvalue(), "hai trang.xlsx")
    assert "Mỗi lần nhập một trang tính" in minh.get(path).text


def test_wrong_lines_stop_it_until_they_are_left_out_on_purpose(minh, communes):
    path, _ = given(minh, files.csv(ROWS))
    dry = minh.get(f"{path}/check").text
    assert "Dòng không có họ tên" in dry and '</span>6</th>' in dry and "Ghi vào sổ</button>" not in dry
    assert minh.client.post(f"{path}/import", data={"csrf_token": token(minh)}).headers["Location"].endswith("/check")
    assert registered(communes) == 0
    minh.client.post(f"{path}/import", data={"csrf_token": token(minh), "leave_out": "1"})
    assert registered(communes) == 4


def test_columns_and_villages_that_were_guessed_wrong_can_be_set(minh, communes):
    rows = [["A", "B", "C"], ["Lê Văn An", "Xóm Chợ", 1950], ["Đỗ Thị Bé", "Xóm Chợ", 1960]]
    path, _ = given(minh, files.csv(rows))
    assert "Chưa đọc được hộ nào" in minh.get(f"{path}/check").text
    set_by_hand = {"column-0": "head", "column-1": "village", "column-2": "birth"}
    chosen = {"sheet": "", "sheet_before": "", "header_line": "1", "shape": "household", **set_by_hand}
    minh.client.post(path, data={"csrf_token": token(minh), **chosen, "again": "1"})
    assert 'name="spelling" value="Xóm Chợ"' in minh.get(path).text
    minh.client.post(path, data={"csrf_token": token(minh), **chosen, "spelling": "Xóm Chợ", "village": "dong-cho"})
    minh.client.post(f"{path}/import", data={"csrf_token": token(minh)})
    assert registered(communes) == 2


def test_a_file_that_can_t_be_read_is_told_and_not_kept(minh, communes):
    for content, said in ((b"", "Không đọc được tệp"), (files.xlsx([]), "không có dòng nào")):
        _, answer = given(minh, content)
        assert answer.status_code == 422 and said in answer.text
    with reading(communes) as connection:
        assert uploads.of_commune(connection, HERE) == []


def test_a_file_given_up_or_forgotten_is_gone(minh, communes, clock):
    path, _ = given(minh, files.FILES["xls"])
    minh.client.post(f"{path}/drop", data={"csrf_token": token(minh)})
    other, _ = given(minh, files.FILES["xls"])
    clock.tick(hours=25)
    minh.sign_in("minh")
    minh.get("/office/roster")
    with reading(communes) as connection:
        assert [each.content for each in uploads.of_commune(connection, HERE)] == [None, None]
    assert minh.get(other).status_code == 404


def test_the_newer_file_shows_what_changes_and_who_is_missing(minh, communes):
    path, _ = given(minh, files.csv(files.by_household()))
    minh.client.post(f"{path}/import", data={"csrf_token": token(minh)})
    rows = files.by_household()[:-1]
    rows[1][6] = "Ngõ 4"
    path, _ = given(minh, files.csv(rows))
    page = minh.get(f"{path}/check").text
    assert "địa chỉ: Ngõ 3 → Ngõ 4" in page and "1 hộ có trong sổ mà tệp không có" in page and "Đặng Ưng" in page


def test_a_mended_birth_year_is_shown_as_what_it_was_and_will_be(minh, communes):
    path, _ = given(minh, files.csv(files.by_household()))
    minh.client.post(f"{path}/import", data={"csrf_token": token(minh)})
    rows = files.by_household()
    rows[1][3] = 1959
    path, _ = given(minh, files.csv(rows))
    assert "Lê Văn Đào: năm sinh 1958 → 1959" in minh.get(f"{path}/check").text


def test_what_was_said_at_the_door_since_is_shown_and_kept(minh, communes, clock, huong):
    path, _ = given(minh, files.csv(files.by_household()))
    minh.client.post(f"{path}/import", data={"csrf_token": token(minh)})
    with reading(communes) as connection:
        house = households.of_villages(connection, HERE, ["dong-cho"])[0]
    clock.tick(minutes=5)
    huong.at = clock.now
    told = answers.visit(people={next(iter(house.state["people"])): {"birth_year": 1960}})
    huong.seal("visit", house.household_id, told, base=[house.household_id])
    huong.sync()
    rows = files.by_household()
    rows[1][3] = 1959
    path, _ = given(minh, files.csv(rows))
    page = minh.get(f"{path}/check").text
    assert "Tệp ghi khác, sổ giữ nguyên" in page and "năm sinh 1960 → 1959" in page
    assert re.findall(r"<dd>(\d+)</dd>", page)[:4] == ["0", "0", "4", "0"]


def test_the_template_is_understood_when_it_comes_back(minh, communes):
    path, _ = given(minh, minh.get("/office/roster/template.xlsx").data, "mau.xlsx")
    dry = minh.get(f"{path}/check").text
    assert re.findall(r"<dd>(\d+)</dd>", dry)[:4] == ["1", "0", "0", "0"]


def test_another_communes_file_does_not_exist(minh, lan, tuan):
    path, _ = given(minh, files.FILES["xls"])
    for browser in (lan, tuan):
        assert browser.get(path).status_code == 404 and browser.get(f"{path}/check").status_code == 404
    assert lan.client.post(f"{path}/import", data={"csrf_token": token(lan)}).status_code == 404


def test_an_import_left_in_the_queue_of_a_stopped_server_is_not_begun_by_the_next(minh, communes, desk_app):
    path, _ = given(minh, files.FILES["xls"])
    upload_id = path.rpartition("/")[2]
    desk_app.extensions["jobs"].put(rostering.JOB, HERE, "minh", upload_id)
    assert registered(communes) == 0 and minh.get(path).status_code == 200
    minh.client.post(f"{path}/import", data={"csrf_token": token(minh)})
    desk_app.extensions["jobs"].put(rostering.JOB, HERE, "minh", upload_id)
    assert registered(communes) == 4 and "Đã dừng" not in minh.get(f"{path}/progress").text


def test_an_import_that_a_stopped_server_cut_off_can_be_begun_again(minh, communes):
    path, _ = given(minh, files.FILES["xls"])
    with writing(communes) as connection:
        assert uploads.begin(connection, HERE, path.rpartition("/")[2])
    assert minh.get(path).status_code == 404 and minh.get(f"{path}/progress").headers["Refresh"] == "2"
    rostering.cut_off(communes)
    assert "Đã dừng, chưa ghi gì" in minh.get(f"{path}/progress").text
    minh.client.post(f"{path}/import", data={"csrf_token": token(minh)})
    assert registered(communes) == 4


def wrong_lines(browser, path):
    return browser.get(f"{path}/wrong-lines.xlsx").data


def in_cells(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_wrong_lines_come_as_a_file_that_is_mended_and_uploaded_again(minh, communes):
    rows = [*ROWS, [6, "Xóm Lạ", "=Bùi Sáu", 1961, "Nam", 1, "Ngõ 0012", ""]]
    path, _ = given(minh, files.csv(rows))
    assert f"{path}/wrong-lines.xlsx" in minh.get(f"{path}/check").text
    cells = in_cells(wrong_lines(minh, path))
    assert cells[0] == [*ROWS[0], "Ghi chú: sai ở đâu"] and [row[0] for row in cells[1:]] == ["5", "6"]
    assert cells[1][-1] == "Dòng không có họ tên. Ghi họ tên, hoặc xóa dòng" and cells[2][-1].endswith(": Xóm Lạ")
    assert cells[2][2] == "=Bùi Sáu" and cells[2][6] == "Ngõ 0012"
    minh.client.post(f"{path}/import", data={"csrf_token": token(minh), "leave_out": "1"})
    cells[1][2], cells[2][1], cells[2][2] = "Bùi Năm", "Phú Văn", "Bùi Sáu"
    again, _ = given(minh, files.xlsx(cells), "dong-can-sua.xlsx")
    assert re.findall(r"<dd>(\d+)</dd>", minh.get(f"{again}/check").text)[:4] == ["2", "0", "0", "0"]
    minh.client.post(f"{again}/import", data={"csrf_token": token(minh)})
    assert registered(communes) == 6


def test_a_household_with_a_wrong_line_comes_whole_below_its_villages_heading(minh):
    people = [["1", "Lê Văn Đào", "Chủ hộ", "1958"], ["1", "Đỗ Thị Hoà", "Vợ", "19x2"]], [["2", "Phạm Quỳnh", "Chủ hộ", "1990"]]
    titles = [["DANH SÁCH HỘ DÂN"], ["Số hộ", "Họ và tên", "Quan hệ với chủ hộ", "Năm sinh"]]
    rows = [*titles, ["Thôn Phú Văn"], *people[1], ["Thôn Đồng Chợ"], *people[0]]
    path, _ = given(minh, files.csv(rows))
    cells = in_cells(wrong_lines(minh, path))
    assert [row[0] for row in cells] == ["DANH SÁCH HỘ DÂN", "Số hộ", "Thôn Đồng Chợ", "1", "1"]
    assert [bool(row[-1]) for row in cells[2:]] == [False, False, True]
    cells[4][3] = "1962"
    again, _ = given(minh, files.xlsx(cells))
    assert re.findall(r"<dd>(\d+)</dd>", minh.get(f"{again}/check").text)[:4] == ["1", "0", "0", "0"]


def test_nobody_else_gets_the_wrong_lines(minh, lan, tuan):
    path, _ = given(minh, files.csv(ROWS))
    assert lan.get(f"{path}/wrong-lines.xlsx").status_code == tuan.get(f"{path}/wrong-lines.xlsx").status_code == 404


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1"])
def test_what_is_no_number_is_read_as_the_first(minh, communes, number):
    path, _ = given(minh, files.FILES["xls"])
    assert minh.get(f"{path}/check", query_string={"from": number, "at": number}).status_code == 200
    form = {"csrf_token": token(minh), "header_line": number, f"column-{number}": "head"}
    assert minh.client.post(path, data=form).status_code == 303 and minh.get(path).status_code == 200
