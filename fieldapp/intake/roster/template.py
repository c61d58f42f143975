"""A roster to fill in, for who has none yet: headings that are surely understood, two lines to show how, the commune's villages to choose."""

import io
from collections.abc import Sequence

import xlsxwriter

HEADINGS = (
    "Thôn", "Số thứ tự hộ", "Họ và tên", "Quan hệ với chủ hộ", "Năm sinh", "Giới tính", "Địa chỉ", "Hộ nghèo/cận nghèo",
)  # fmt: skip
EXAMPLES = (
    ("1", "Nguyễn Văn Mẫu", "Chủ hộ", "1960", "Nam", "Ngõ 3", ""),
    ("1", "Lê Thị Mẫu", "Vợ", "1962", "Nữ", "Ngõ 3", ""),
)
ADVICE = (
    "Mỗi dòng một người; các dòng của một hộ đứng liền nhau, cùng số thứ tự hộ.",
    "Cột Thôn: chọn trong danh sách. Năm sinh: 4 chữ số. Giới tính: Nam hoặc Nữ.",
    "Cột Hộ nghèo/cận nghèo: ghi Hộ nghèo hoặc Cận nghèo; còn lại để trống.",
    "Xóa hai dòng mẫu trước khi tải lên.",
)
LINES = 20_000


def xlsx(villages: Sequence[str]) -> bytes:
    """The workbook. In Vietnamese whatever the page speaks: its headings are what the reader knows."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    bold, text = book.add_format({"bold": True, "bottom": 1, "bg_color": "#DDEFE9"}), book.add_format({"num_format": "@"})
    sheet, advice, names = book.add_worksheet("Danh sách hộ"), book.add_worksheet("Cách ghi"), book.add_worksheet("Các thôn")
    sheet.write_row(0, 0, HEADINGS, bold)
    for line, example in enumerate(EXAMPLES, start=1):
        sheet.write_row(line, 0, (villages[0] if villages else "Thôn Mẫu", *example), text)
    for column, width in enumerate((20, 14, 26, 20, 12, 10, 26, 22)):
        sheet.set_column(column, column, width, text)
    sheet.freeze_panes(1, 0)
    names.write_column(0, 0, villages or ["Thôn Mẫu"])
    sheet.data_validation(1, 0, LINES, 0, {"validate": "list", "source": f"='Các thôn'!$A$1:$A${max(1, len(villages))}", "error_type": "warning"})
    sheet.data_validation(1, 5, LINES, 5, {"validate": "list", "source": ["Nam", "Nữ"], "error_type": "warning"})
    sheet.data_validation(1, 7, LINES, 7, {"validate": "list", "source": ["Hộ nghèo", "Cận nghèo"], "error_type": "warning"})
    advice.write_column(0, 0, ADVICE)
    advice.set_column(0, 0, 90)
    book.close()
    return made.getvalue()
