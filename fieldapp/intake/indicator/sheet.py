"""The indicators of a commune as a spreadsheet, out and in: a line each, headings in Vietnamese, the rules as they are written."""

from collections.abc import Iterable

from fieldapp.intake.indicator.reading import GROUP_WORDS, UNIT_WORDS, fields_of
from fieldapp.intake.lined import table
from fieldapp.intake.lined.finding import Finding
from fieldapp.survey.indicator import Indicator

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


def xlsx(indicators: Iterable[Indicator]) -> bytes:
    """The workbook of these indicators."""
    rows = ({**fields_of(each), "group": GROUP_WORDS[each.group], "unit": UNIT_WORDS[each.unit]} for each in indicators)
    choices = {"group": list(GROUP_WORDS.values()), "unit": list(UNIT_WORDS.values())}
    return table.xlsx("Chỉ tiêu", HEADINGS, rows, ADVICE, WIDTHS, choices)


def lines(content: bytes) -> tuple[list[tuple[int, table.Fields]], list[Finding]]:
    """(line, fields) of each filled line, and the columns that are not there. Raises Refused: sheet_unreadable, sheet_too_large."""
    return table.lines(content, HEADINGS, NEEDED)
