"""All indicators as a spreadsheet: taken away, changed in several lines at once, brought back; what is wrong is told by cell."""

import html
import io

import xlsxwriter

from fieldapp.intake.indicator.sheet import HEADINGS
from fieldapp.intake.lined.table import first_sheet
from fieldapp.store import indicators
from tests.web.test_indicators import PAGE, carried


def changed_sheet(minh, changes, *more):
    """The spreadsheet of all indicators with these cells changed (code → heading → text) and these lines added, as a file to upload."""
    header, *rows = first_sheet(minh.get(f"{PAGE}/all.xlsx").data)
    lines = [{**dict(zip(header, row, strict=True)), **changes.get(row[0], {})} for row in rows] + list(more)
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet()
    for number, line in enumerate([dict(zip(header, header, strict=True)), *lines]):
        for place, name in enumerate(header):
            sheet.write_string(number, place, line[name])
    book.close()
    return io.BytesIO(made.getvalue())


def test_all_go_out_as_a_spreadsheet_and_come_back_unchanged(minh):
    answer = minh.post(f"{PAGE}/import", {"file": (io.BytesIO(minh.get(f"{PAGE}/all.xlsx").data), "chi-tieu.xlsx")}, page=PAGE)
    assert answer.status_code == 200 and "Không có gì khác bản đang dùng" in answer.text


def test_a_spreadsheet_changes_and_adds_several_at_once(minh, stored, register, visit, sound):
    visit(register("dong-cho", "Trịnh Thị Hoa"), people={"esign": "yes"})
    wifi = {"Tên đầy đủ": "Hộ có Wi-Fi", "Tên ngắn": "Wi-Fi", "Nhóm": "Hạ tầng số", "Tính theo": "hộ", "Nguồn": "xã"}
    wifi |= {"Tính là có khi": "${internet} = ‘fixed’", "Tính là chưa khi": "${internet} != 'fixed'"}
    rows = changed_sheet(minh, {"esign": {"Từ tuổi": "18"}}, {**dict.fromkeys(HEADINGS.values(), ""), **wifi})
    shown = minh.post(f"{PAGE}/import", {"file": (rows, "x.xlsx")}, page=PAGE)
    assert shown.status_code == 200 and "2 chỉ tiêu thay đổi" in shown.text
    minh.post(f"{PAGE}/publish", carried(shown.text), page=PAGE)
    made = {each.indicator.key: each.indicator for each in stored(indicators.own)}
    assert made["esign:1001"].age_from == 18 and made["xa_wi_fi:1001"].unit == "household" and made["esign:1001"].valid_from == "2026-11-20"
    sound()


def test_what_is_wrong_in_a_spreadsheet_is_told_by_cell_and_column(minh, stored):
    rows = changed_sheet(minh, {"esign": {"Tính là có khi": "${esing} = 'yes'", "Từ tuổi": "x"}, "vneid": {"Tên ngắn": ""}})
    answer = minh.post(f"{PAGE}/import", {"file": (rows, "x.xlsx")}, page=PAGE)
    assert answer.status_code == 422
    for words in ("K9 Tính là có khi", "I9 Từ tuổi", "C4 Tên ngắn", "${esing}"):
        assert words in html.unescape(answer.text), words
    assert minh.post(f"{PAGE}/publish", carried(answer.text) or {"carried": "[]", "seen": "0"}, page=PAGE).status_code == 409
    assert stored(indicators.own) == []
