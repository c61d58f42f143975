"""The indicators of a commune as a spreadsheet, out and in: a line each, headings in Vietnamese, the rules as they are written."""

import io
import zipfile
from collections.abc import Iterable
from datetime import date

import xlsxwriter
from python_calamine import CalamineError, PasswordError

from fieldapp.intake.indicator.finding import Finding
from fieldapp.intake.indicator.reading import FIELDS, GROUP_WORDS, UNIT_WORDS, Fields, fields_of
from fieldapp.intake.roster.workbook import ZIP, workbook
from fieldapp.survey.indicator import Indicator
from fieldapp.survey.problems import Problem, Refused
from fieldapp.survey.text import folded, nfc

SHEET, ADVICE_SHEET = "Chỉ tiêu", "Cách ghi"
HEADINGS = {
    "code": "Mã", "name_vi": "Tên đầy đủ", "short_vi": "Tên ngắn", "name_en": "Tên đầy đủ (tiếng Anh)", "short_en": "Tên ngắn (tiếng Anh)",
    "group": "Nhóm", "unit": "Tính theo", "when": "Chỉ xét khi", "age_from": "Từ tuổi", "age_to": "Đến tuổi", "yes": "Tính là có khi",
    "no": "Tính là chưa khi", "source": "Nguồn", "valid_from": "Áp dụng từ ngày", "stopped": "Thôi dùng",
}  # fmt: skip
NEEDED = ("name_vi", "short_vi", "group", "unit", "yes", "no", "source")
WIDTHS = {"code": 20, "name_vi": 44, "short_vi": 24, "name_en": 36, "short_en": 22, "when": 34, "yes": 44, "no": 44, "source": 34}
ADVICE = (
    "Mỗi dòng một chỉ tiêu. Sửa dòng nào thì dòng ấy thành bản mới; báo cáo đã chốt giữ bản cũ.",
    "Thêm chỉ tiêu: thêm một dòng, để trống ô Mã. Không sửa ô Mã của dòng đã có. Xóa dòng thì không đổi gì.",
    "Tính theo: người hoặc hộ. Đến tuổi: để trống, một số, hoặc tuổi nghỉ hưu.",
    "Các ô Chỉ xét khi, Tính là có khi, Tính là chưa khi viết như trong phiếu khảo sát: ${phone} = 'smartphone'. "
    "Tên câu hỏi và câu trả lời xem ở trang Phiếu khảo sát.",
    "Ai không thuộc khi nào cả thì được tính là chưa rõ.",
    "Thôi dùng: ghi x. Áp dụng từ ngày: để trống là hôm nay.",
    "Tải tệp lên ở trang Chỉ tiêu. Chưa bấm phát hành thì chưa có gì thay đổi.",
)
MOST_BYTES, MOST_LINES, MOST_CHARACTERS = 2_000_000, 500, 4_000


def xlsx(indicators: Iterable[Indicator]) -> bytes:
    """The workbook. In Vietnamese whatever the page speaks: its headings are what the reader knows."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False})
    wrap = {"num_format": "@", "text_wrap": True, "valign": "top"}
    text, bold = book.add_format(wrap), book.add_format({**wrap, "bold": True, "bg_color": "#DDEFE9"})
    sheet, advice = book.add_worksheet(SHEET), book.add_worksheet(ADVICE_SHEET)
    for place, name in enumerate(FIELDS):
        sheet.set_column(place, place, WIDTHS.get(name, 13), text)
        sheet.write_string(0, place, HEADINGS[name], bold)
    for line, indicator in enumerate(indicators, start=1):
        fields = fields_of(indicator)
        fields |= {"group": GROUP_WORDS[indicator.group], "unit": UNIT_WORDS[indicator.unit]}
        for place, name in enumerate(FIELDS):
            sheet.write_string(line, place, fields[name], text)
    sheet.freeze_panes(1, 2)
    for name, words in (("group", GROUP_WORDS), ("unit", UNIT_WORDS)):
        place = FIELDS.index(name)
        sheet.data_validation(1, place, MOST_LINES, place, {"validate": "list", "source": list(words.values()), "error_type": "warning"})
    advice.set_column(0, 0, 110)
    advice.write_column(0, 0, ADVICE)
    book.close()
    return made.getvalue()


def lines(content: bytes) -> tuple[list[tuple[int, Fields]], list[Finding]]:
    """(line, fields) of each filled line, and the columns that are not there. Raises Refused: sheet_unreadable, sheet_too_large."""
    rows = [[_text(cell) for cell in row] for row in first_sheet(content)]
    header = {folded(cell): place for place, cell in enumerate(rows[0])} if rows else {}
    places = {name: header.get(folded(HEADINGS[name])) for name in FIELDS}
    missing = [Finding("column_missing", name, 1, HEADINGS[name]) for name in NEEDED if places[name] is None]
    if missing:
        return [], missing
    found: list[tuple[int, Fields]] = []
    for line, row in enumerate(rows[1:], start=2):
        fields = {name: row[place] if place is not None and place < len(row) else "" for name, place in places.items()}
        if any(fields.values()):
            found.append((line, fields))
    return found, []


def first_sheet(content: bytes) -> list[list[object]]:
    """The cells of the first sheet. Raises Refused: sheet_unreadable, sheet_too_large."""
    if len(content) > MOST_BYTES:
        raise Refused(Problem("sheet_too_large", "file", {"most": MOST_BYTES}))
    if not content.startswith(ZIP):
        raise Refused(Problem("sheet_unreadable", "file"))
    try:
        rows = next((rows for _name, rows in workbook(content)), [])
    except Refused:
        raise Refused(Problem("sheet_too_large", "file", {"most": MOST_LINES})) from None
    except (CalamineError, PasswordError, zipfile.BadZipFile, UnicodeError, ValueError):
        raise Refused(Problem("sheet_unreadable", "file")) from None
    if len(rows) > MOST_LINES + 1:
        raise Refused(Problem("sheet_too_large", "file", {"most": MOST_LINES}))
    return rows


def _text(cell: object) -> str:
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(nfc(str(cell)).split())[: MOST_CHARACTERS + 1] if cell is not None else ""
