"""The words for what is wrong with an indicator that an officer writes, and for how it counts."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from fieldapp.survey.indicator import RETIREMENT_AGE, Indicator

INDICATOR_FINDING = {
    "text_missing": later("Chưa ghi"),
    "text_too_long": later("Dài quá"),
    "code_unknown": later("Xã không có chỉ tiêu mã này. Chỉ tiêu mới thì để trống ô Mã"),
    "code_twice": later("Mã này đã có ở dòng trên"),
    "group_unknown": later("Không có nhóm này"),
    "unit_unknown": later("Ghi người hoặc hộ"),
    "unit_changed": later("Không đổi được từ đếm người sang đếm hộ hoặc ngược lại. Hãy thêm chỉ tiêu mới"),
    "age_not_understood": later("Tuổi là một số từ 0 đến 120; đến tuổi có thể ghi: tuổi nghỉ hưu"),
    "ages_crossed": later("Đến tuổi nhỏ hơn từ tuổi"),
    "age_of_household": later("Chỉ tiêu đếm hộ không có tuổi"),
    "rule_missing": later("Chưa ghi khi nào"),
    "bad_expression": later("Không hiểu công thức từ chỗ này"),
    "unknown_function": later("Không có hàm này"),
    "wrong_number_of_arguments": later("Hàm này cần số phần khác trong ngoặc"),
    "bad_pattern": later("Mẫu của regex không dùng được"),
    "unknown_variable": later("Phiếu khảo sát của xã không có câu hỏi nào tên này"),
    "reads_elsewhere": later("Câu này không dùng được ở đây: đếm người thì đọc câu hỏi từng người, đếm hộ thì đọc câu hỏi cả nhà"),
    "reads_moment": later("Không dùng được today(), count() hay dấu chấm: số liệu phải như nhau dù tính vào ngày nào"),
    "choice_not_in_list": later("Câu hỏi ấy không có câu trả lời này"),
    "answer_as_truth": later("Câu trả lời phải so với gì đó, ví dụ ${phone} = 'smartphone'"),
    "day_not_understood": later("Không hiểu ngày. Ghi như 26/11/2026"),
    "day_to_come": later("Ngày này chưa đến. Hãy phát hành vào ngày ấy"),
    "day_before_last": later("Ngày này trước ngày áp dụng của bản đang có"),
    "stop_not_understood": later("Ghi x để thôi dùng, hoặc để trống"),
    "stop_of_new": later("Chỉ tiêu chưa có thì không thôi dùng được"),
    "column_missing": later("Tệp thiếu cột này"),
    "leaves_unknown_out": later("Ai chưa trả lời câu này bị bỏ ra ngoài, tỷ lệ có thể đẹp hơn thật. Nên viết: khác câu trả lời loại trừ (!=)"),
}
INDICATOR_RULE = {"when": later("Chỉ xét khi"), "yes": later("Tính là có khi"), "no": later("Tính là chưa khi")}
MEANING = {"": later("chưa rõ"), "yes": later("có"), "no": later("chưa"), "out": later("không xét (bỏ ra ngoài)")}


def ages(indicator: Indicator) -> str:
    """Whose age it counts: "từ 15 tuổi đến tuổi nghỉ hưu"."""
    first, last = indicator.age_from, indicator.age_to
    if last == RETIREMENT_AGE:
        return _("từ %(first)s tuổi đến tuổi nghỉ hưu", first=first or 0)
    if last is None:
        return _("mọi tuổi") if first is None else _("từ %(first)s tuổi", first=first)
    return _("từ %(first)s đến %(last)s tuổi", first=first or 0, last=last)
