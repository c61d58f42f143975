"""The words for every code that the rooms below speak: the core speaks codes, only the edges speak languages.

One table a kind. Labels of questions and choices stand in the questionnaire, names of indicators in their definitions.
A test holds that no code of the core is without words here, in either language.
"""

from collections.abc import Mapping
from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as later

from fieldapp.survey.questionnaire import NOT_SAID, Question
from fieldapp.web.criteria.board_words import ATTRIBUTE, LINE_KIND, PLACE
from fieldapp.web.forms import forms
from fieldapp.web.indicators.indicator_words import INDICATOR_RULE, MEANING
from fieldapp.web.line_words import LINE_FINDING
from fieldapp.web.problem_texts import PROBLEM
from fieldapp.web.questionnaire.form_words import FORM_CHANGE, FORM_FINDING, FORM_RULE, QUESTION_TYPE
from fieldapp.web.review.review_words import FLAG, MANNER, MEASURE, REVIEW, THRESHOLD, WAITING
from fieldapp.web.teams.fleet_words import LOSS, LOSS_STEP, TROUBLE

STATUS = {
    "active": later("Đang ở"),
    "vacant": later("Nhà trống"),
    "moved": later("Đã chuyển đi"),
    "merged": later("Đã gộp vào hộ khác"),
}
POVERTY = {"poor": later("Hộ nghèo"), "near_poor": later("Hộ cận nghèo"), "none": later("Không thuộc hộ nghèo")}
ROLE = {
    "member": later("Thành viên tổ"),
    "leader": later("Tổ trưởng"),
    "officer": later("Cán bộ xã"),
    "auditor": later("Kiểm tra viên"),
    "province": later("Cán bộ tỉnh"),
}
STATE = {
    "exceeded": later("Vượt"),
    "met": later("Đạt"),
    "provisional": later("Tạm đạt"),
    "in_progress": later("Đang thực hiện"),
    "not_started": later("Chưa bắt đầu"),
    "no_target": later("Chưa đặt mục tiêu"),
}
GROUP = {
    "society": later("Xã hội số"),
    "economy": later("Kinh tế số"),
    "government": later("Chính quyền số"),
    "infrastructure": later("Hạ tầng số"),
}
UNIT = {"person": later("người"), "household": later("hộ")}
KIND = {
    "register": later("Ghi sổ hộ"),
    "visit": later("Lượt đến"),
    "correct": later("Đính chính"),
    "void": later("Hủy hiệu lực"),
    "move": later("Chuyển thôn, chuyển hộ"),
    "merge": later("Gộp hộ"),
    "review": later("Xét duyệt"),
    "list": later("Danh sách của xã"),
    "erase": later("Xóa dữ liệu cá nhân"),
}
VILLAGE_TYPE = {
    "thon": later("Thôn"),
    "ban": later("Bản"),
    "lang": later("Làng"),
    "xom": later("Xóm"),
    "khu_pho": later("Khu phố"),
    "to_dan_pho": later("Tổ dân phố"),
    "tieu_khu": later("Tiểu khu"),
}
READING_PAGE = {
    "household": later("Trang của hộ"),
    "list": later("Danh sách hộ"),
    "village": later("Trang của thôn"),
    "print": later("Bản in danh sách"),
    "export": later("Tệp danh sách"),
    "card": later("Thẻ hộ"),
    "held": later("Phiếu đang giữ"),
    "queue": later("Việc cần xem"),
    "sign_ups": later("Người dân đăng ký"),
    "roster": later("Nhập danh sách"),
    "handover": later("Nhận tệp bàn giao"),
}
FILTER = {
    "left": later("Còn phải đến"),
    "unvisited": later("Chưa đến"),
    "to_return": later("Có việc đến hạn"),
    "absent_twice": later("Vắng từ 2 lần"),
    "nobody": later("Không còn ai ở"),
    "wants_help": later("Đang chờ hỗ trợ"),
    "poor_offline": later("Hộ nghèo chưa có điện thoại thông minh"),
    "new": later("Mới phát hiện 30 ngày qua"),
    "flagged": later("Cần xem lại"),
}
REACHED = {
    "surveyed": later("Đã khảo sát trong đợt"),
    "helped": later("Đã được giúp trong đợt"),
    "missed": later("Chưa khảo sát trong đợt"),
}
ROSTER_FIELD = {
    "place": later("Số thứ tự người trong hộ"),
    "village": later("Thôn"),
    "number": later("Số thứ tự hộ"),
    "code": later("Mã hộ của phần mềm này"),
    "head": later("Họ tên chủ hộ"),
    "family": later("Họ và tên đệm"),
    "name": later("Họ tên người trong hộ"),
    "relation": later("Quan hệ với chủ hộ"),
    "birth": later("Ngày sinh hoặc năm sinh"),
    "sex": later("Giới tính"),
    "male": later("Nam (đánh dấu, hoặc năm sinh nam)"),
    "female": later("Nữ (đánh dấu, hoặc năm sinh nữ)"),
    "address": later("Địa chỉ"),
    "people": later("Số nhân khẩu"),
    "poverty": later("Hộ nghèo, cận nghèo"),
    "poor": later("Hộ nghèo (đánh dấu)"),
    "near_poor": later("Hộ cận nghèo (đánh dấu)"),
}
ROSTER_PROBLEM = {
    "formula_failed": later("Ô có công thức bị lỗi. Gõ lại giá trị đúng vào ô"),
    "no_name": later("Dòng không có họ tên. Ghi họ tên, hoặc xóa dòng"),
    "village_unknown": later("Xã không có thôn này. Sửa tên, hoặc chọn thôn ở bước trước"),
    "village_missing": later("Không biết dòng này thuộc thôn nào. Ghi tên thôn, hoặc chọn thôn ở bước trước"),
    "birth_not_understood": later("Không hiểu năm sinh. Ghi đủ 4 chữ số, ví dụ 1960"),
    "birth_impossible": later("Năm sinh không thể đúng"),
    "sex_not_understood": later("Không hiểu giới tính. Ghi Nam hoặc Nữ"),
    "no_household_yet": later("Người này đứng trước mọi chủ hộ, không biết thuộc hộ nào"),
    "household_twice": later("Hộ này đã có trong tệp, ở dòng nêu bên cạnh"),
    "name_too_long": later("Họ tên quá dài"),
    "people_too_many": later("Hộ có quá nhiều người"),
    "two_heads": later("Hộ có hai chủ hộ"),
    "no_head": later("Hộ không có ai là chủ hộ"),
    "relation_not_understood": later("Không hiểu quan hệ với chủ hộ; ghi là người khác"),
    "people_count_differs": later("Số nhân khẩu ghi trong tệp khác số dòng"),
    "poverty_not_understood": later("Không rõ là hộ nghèo hay cận nghèo; chưa ghi"),
    "passed_over": later("Không phải hộ hay người (dòng cộng, tiêu đề, chữ ký…), nên bỏ qua"),
}
CAMPAIGN_STATE = {"coming": later("Sắp tới"), "running": later("Đang chạy"), "over": later("Đã xong")}
MARK = {"contested": later("Có hai ý kiến khác nhau"), "returned": later("Đã trả lại để làm lại"), "held": later("Đang giữ lại")}

REPORT_PART = {
    "commune": later("tên xã"),
    "province": later("tên tỉnh"),
    "period": later("kỳ báo cáo"),
    "first": later("ngày đầu kỳ"),
    "last": later("ngày cuối kỳ"),
    "as_of": later("số liệu tính đến ngày"),
    "registered": later("số hộ đang ở"),
    "visited": later("số hộ đã khảo sát"),
    "coverage": later("độ phủ"),
    "people": later("số người trong các hộ đã khảo sát"),
    "frozen_by": later("người chốt báo cáo"),
    "sha256": later("mã kiểm tra của báo cáo"),
    "value": later("tỷ lệ"),
    "yes": later("số có"),
    "no": later("số không"),
    "unknown": later("số chưa rõ"),
    "before": later("tỷ lệ đầu kỳ"),
    "effect": later("số tăng thêm nhờ tổ hỗ trợ"),
    "state": later("so với mục tiêu"),
    "campaign_name": later("tên đợt"),
    "campaign_households": later("số hộ khảo sát trong đợt"),
    "campaign_people": later("số người trong các hộ khảo sát trong đợt"),
    "campaign_share": later("tỷ lệ hộ khảo sát trong đợt"),
    "campaign_goal": later("mục tiêu của đợt"),
    "campaign_state": later("đạt hay chưa đạt mục tiêu của đợt"),
    "campaign_found": later("trong đợt, tỷ lệ lúc tổ đến"),
    "campaign_found_yes": later("trong đợt, số có lúc tổ đến"),
    "campaign_left": later("trong đợt, tỷ lệ lúc tổ về"),
    "campaign_left_yes": later("trong đợt, số có lúc tổ về"),
    "campaign_answered": later("trong đợt, số trả lời"),
    "campaign_effect": later("trong đợt, số có thêm nhờ tổ"),
}

MADE = {"making": later("đang làm"), "done": later("đã xong"), "failed": later("chưa làm được"), "stopped": later("đã dừng"), "gone": later("đã xóa")}
TABLES = {
    "status": STATUS, "poverty": POVERTY, "role": ROLE, "state": STATE, "group": GROUP, "unit": UNIT, "kind": KIND, "mark": MARK, "review": REVIEW,
    "waiting": WAITING, "manner": MANNER, "threshold": THRESHOLD, "measure": MEASURE,
    "made": MADE, "roster_field": ROSTER_FIELD, "roster_problem": ROSTER_PROBLEM, "trouble": TROUBLE, "loss": LOSS, "loss_step": LOSS_STEP,
    "form_finding": FORM_FINDING, "form_change": FORM_CHANGE, "form_rule": FORM_RULE, "question_type": QUESTION_TYPE,
    "line_finding": LINE_FINDING, "indicator_rule": INDICATOR_RULE, "meaning": MEANING, "line_kind": LINE_KIND, "place": PLACE,
    "attribute": ATTRIBUTE,
    "reading_page": READING_PAGE, "filter": FILTER, "reached": REACHED, "campaign_state": CAMPAIGN_STATE,
    "village_type": VILLAGE_TYPE, "report_part": REPORT_PART, "problem": PROBLEM, "flag": FLAG,
}  # fmt: skip


def words(kind: str, code: str | None) -> Any:
    """The words for a code of this kind: of a table above, else a choice of that question; the code when nobody knows it."""
    if code is None:
        return ""
    return TABLES[kind].get(code, code) if kind in TABLES else answer(kind, code)


def place_words(where: str, names: Mapping[str, str | None]) -> str:
    """A place in a household's answers in words: Điện thoại · Lê Văn Đào."""
    group, _dot, rest = where.partition(".")
    person, _dot, name = rest.partition(".")
    return question(rest) if group == "house" else " · ".join(filter(None, (question(name) if name else "", names.get(person))))


def problem_words(code: str) -> Any:
    """The words for a problem of the catalogue."""
    return PROBLEM[code]


def question(name: str) -> str:
    """What a question asks; its name when no questionnaire knows it."""
    found = _found(name)
    return named(found.labels) if found else name


def answer(name: str, value: Any) -> str:
    """An answer in words: a choice, several, or what was written."""
    if isinstance(value, list):
        return ", ".join(answer(name, each) for each in value)
    found = _found(name)
    if found and found.type == "date" and isinstance(value, str) and value not in NOT_SAID:
        return "/".join(reversed(value.split("-")))
    labels = found.choice_labels.get(value) if found and isinstance(value, str) else None
    return named(labels) if labels else str(value)


def _found(name: str) -> Question | None:
    """The question of that name; names never change their meaning, so the newest questionnaire that has it will do."""
    return forms().newest.questions.get(name)


def named(names: Mapping[str, str]) -> str:
    """The name in the page's language of something that carries {vi, en}."""
    return names.get(str(get_locale())) or names["vi"]
