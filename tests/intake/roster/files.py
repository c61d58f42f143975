"""Twelve rosters as they lie in communes' computers, made of the same four households: each file gives its bytes."""

import csv as separated
import io
import unicodedata

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

# (village, number, [(name, relation, birth, sex)], address, poverty)
HOUSES = (
    ("Đồng Chợ", 1, [("Lê Văn Đào", "Chủ hộ", 1958, "Nam"), ("Đỗ Thị Hoà", "Vợ", 1962, "Nữ")], "Ngõ 3", ""),
    ("Đồng Chợ", 2, [("Nguyễn Thị Ớt", "Chủ hộ", 1971, "Nữ"), ("Trần Văn Ân", "Con đẻ", 2001, "Nam")], "Ngõ 10", "Hộ nghèo"),
    ("Phú Văn", 3, [("Phạm Ngọc Quỳnh", "Chủ hộ", 1990, "Nữ")], "Số 5", "Cận nghèo"),
    ("Phú Văn", 4, [("Đặng Ưng", "Chủ hộ", 1984, "Nam"), ("Đặng Thị Ý", "Con", 2010, "Nữ")], "Số 9", ""),
)
TITLES = (["ỦY BAN NHÂN DÂN XÃ THIỆU TRUNG"], ["DANH SÁCH HỘ DÂN NĂM 2026"], [])
HEADS = [house[2][0] for house in HOUSES]


def by_household():
    header = ["STT", "Thôn/bản/KP", "Họ và tên chủ hộ", "Năm sinh", "Giới tính", "Số nhân khẩu", "Địa chỉ", "Hộ nghèo/cận nghèo"]
    rows = [[n, village, people[0][0], people[0][2], people[0][3], len(people), address, poverty] for village, n, people, address, poverty in HOUSES]
    return [header, *rows]


def by_person():
    header = ["TT", "Họ và tên", "Ngày, tháng, năm sinh", "Giới tính", "Quan hệ với chủ hộ", "Số hộ", "Thôn", "Nơi ở", "Diện hộ"]
    rows = [
        [n, name, f"0{number}/02/{born}", sex, relation, number, village, address, poverty]
        for village, number, people, address, poverty in HOUSES for n, (name, relation, born, sex) in enumerate(people, 1)
    ]  # fmt: skip
    return [header, *rows]


def csv(rows, separator=",", encoding="utf-8", form="NFC"):
    written = io.StringIO()
    separated.writer(written, delimiter=separator).writerows(rows)
    return unicodedata.normalize(form, written.getvalue()).encode(encoding)


def windows_1258(rows):
    """As an old Windows wrote it: tones as letters of their own, behind vowels that keep their shape."""
    text = "\r\n".join(";".join(str(each) for each in row) for row in rows)
    tones = dict.fromkeys("\u0300\u0301\u0303\u0309\u0323")
    written = ""
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        shape = unicodedata.normalize("NFC", "".join(each for each in apart if each not in tones))
        written += shape + "".join(each for each in apart if each in tones)
    return written.encode("cp1258")


def xlsx(rows, merged=(), name="Sheet1"):
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet(name)
    for line, row in enumerate(rows):
        sheet.write_row(line, 0, row)
    for top, left, bottom, right, text in merged:
        sheet.merge_range(top, left, bottom, right, text)
    book.close()
    return made.getvalue()


def xls(rows):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Danh sach")
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(line, column, cell)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def ods(rows):
    book = OpenDocumentSpreadsheet()
    table = Table(name="Hộ")
    for row in rows:
        line = TableRow()
        for cell in row:
            kind = {"valuetype": "float", "value": cell} if isinstance(cell, int) else {"valuetype": "string"}
            made = TableCell(**kind)
            made.addElement(P(text=str(cell)))
            line.addElement(made)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    written = io.BytesIO()
    book.write(written)
    return written.getvalue()


def html(rows):
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<html><head><meta charset='utf-8'></head><body><table>{lines}</table></body></html>".encode()


def spreadsheet_ml(rows):
    cells = ["".join(f"<Cell><Data>{cell}</Data></Cell>" for cell in row) for row in rows]
    lines = "".join(f"<Row>{row}</Row>" for row in cells)
    space = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    return f'<?xml version="1.0"?><Workbook {space}><Worksheet ss:Name="H"><Table>{lines}</Table></Worksheet></Workbook>'.encode()


def two_line_header():
    """A header of two lines, the upper one merged, with a column for each sex that holds the birth year."""
    upper = ["STT", "Thôn", "Họ và tên", "Năm sinh", "", "Quan hệ với chủ hộ", "Chỗ ở", "Phân loại hộ"]
    rows = [*TITLES, upper, ["", "", "", "Nam", "Nữ", "", "", ""]]
    for village, number, people, address, poverty in HOUSES:
        for name, relation, born, sex in people:
            rows.append([number, village, name, born if sex == "Nam" else "", born if sex == "Nữ" else "", relation, address, poverty])
    return xlsx(rows, merged=[(3, 3, 3, 4, "Năm sinh")])


def ticked():
    """Ticks in columns of their own, capitals, and a line of sums and signatures below."""
    header = ["Stt hộ", "HỌ TÊN CHỦ HỘ", "Khu phố", "Nam", "Nữ", "Nghèo", "Cận nghèo", "Số nhà", "Năm sinh"]
    rows = [header]
    for village, number, people, address, poverty in HOUSES:
        name, _relation, born, sex = people[0]
        ticks = ["x" if sex == "Nam" else "", "x" if sex == "Nữ" else "", "x" if poverty == "Hộ nghèo" else "", "x" if poverty == "Cận nghèo" else ""]
        rows.append([number, name.upper(), f"thôn {village.lower()}", *ticks, address, born])
    return xlsx([*rows, ["Tổng cộng: 4 hộ"], [], ["Người lập biểu", "", "", "Trưởng thôn"]])


FILES = {
    "xlsx, a line a household": xlsx(by_household()),
    "xlsx, titles above": xlsx([*TITLES, *by_household()]),
    "xlsx, two-line header, a line a person": two_line_header(),
    "xlsx, ticks and capitals and signatures": ticked(),
    "xls": xls(by_person()),
    "ods": ods([*TITLES, *by_person()]),
    "csv with commas": csv(by_person()),
    "csv with semicolons and a mark": b"\xef\xbb\xbf" + csv(by_household(), ";"),
    "csv decomposed": csv([*TITLES, *by_household()], ";", form="NFD"),
    "csv of Windows-1258": windows_1258(by_household()),
    "text of UTF-16 with tabs": csv(by_person(), "\t", "utf-16"),
    "a web page called xls": html([*TITLES, *by_household()]),
    "an XML called xls": spreadsheet_ml(by_person()),
}
