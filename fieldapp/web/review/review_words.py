"""The words of what officers review: doubts, their thresholds, what waits, what they answer."""

from flask_babel import lazy_gettext as later

FLAG = {
    "age_over_115": later("Tuổi cao khó tin"),
    "birth_year_in_future": later("Năm sinh sau năm nay"),
    "consent_missing": later("Chưa hỏi ý kiến đồng ý"),
    "day_in_future": later("Ngày trên điện thoại ở tương lai"),
    "help_on_absent_person": later("Ghi hỗ trợ cho người không có ở nhà"),
    "many_unknown": later("Nhiều câu không rõ"),
    "name_has_digits": later("Họ tên có chữ số"),
    "name_one_word": later("Họ tên chỉ có một chữ"),
    "name_too_many_words": later("Họ tên quá nhiều chữ"),
    "night_visit": later("Lượt đến vào ban đêm"),
    "no_head": later("Hộ chưa có chủ hộ"),
    "return_in_past": later("Ngày hẹn lại đã qua"),
    "same_person_twice": later("Một người ghi hai lần"),
    "two_heads": later("Hộ có hai chủ hộ"),
    "visit_too_fast": later("Lượt đến quá nhanh"),
    "vneid_without_smartphone": later("Có VNeID nhưng không có điện thoại thông minh"),
    "sudden_loss": later("Cả nhà bỗng không còn gì"),
    "alike_houses": later("Nhiều nhà trả lời y hệt"),
    "many_unchanged": later("Quá nhiều “không đổi”"),
    "many_refused": later("Quá nhiều lượt từ chối"),
    "many_unsaid": later("Quá nhiều câu không rõ"),
    "duplicate_household": later("Có thể một hộ ghi hai lần"),
    "duplicate_person": later("Có thể một người ở hai hộ"),
    "check_differs": later("Thăm kiểm tra thấy khác"),
}
MANNER = {
    "unchanged": later("Thăm lại, không đổi"),
    "revisit": later("Thăm lại"),
    "new": later("Khảo sát lần đầu"),
    "absent": later("Vắng nhà"),
}
THRESHOLD = {
    "fast_unchanged": later("Thăm lại, không đổi: nhanh hơn"),
    "fast_revisit": later("Thăm lại, có câu mới: nhanh hơn"),
    "fast_new": later("Khảo sát lần đầu: nhanh hơn"),
    "fast_person": later("cộng thêm cho mỗi người được hỏi"),
    "fast_absent": later("Vắng nhà: nhanh hơn"),
    "night_from": later("Ban đêm kể từ"),
    "night_to": later("Ban đêm cho đến"),
    "unknown_answers": later("Chỉ xét khi lượt đến có từ"),
    "unknown_share": later("Số câu không rõ hoặc không trả lời nhiều hơn"),
    "oldest": later("Tuổi cao hơn"),
    "lost_people": later("Mất cả loạt, từ"),
    "alike": later("Số nhà liền nhau trả lời y hệt, từ"),
    "unchanged_share": later("Phần “không đổi” trong các lượt thăm lại, từ"),
    "unchanged_visits": later("Chỉ xét khi trong tháng có từ"),
    "refused_share": later("Phần lượt bị từ chối, từ"),
    "refused_visits": later("Chỉ xét khi trong tháng có từ"),
    "unsaid_share": later("Phần câu không rõ hoặc không trả lời, từ"),
    "unsaid_answers": later("Chỉ xét khi trong tháng có từ"),
    "shared_people": later("Số người trùng tên và năm sinh, từ"),
    "differing_answers": later("Số câu thăm kiểm tra thấy khác, từ"),
}
MEASURE = {
    "second": later("giây"),
    "hour": later("giờ"),
    "answer": later("câu"),
    "percent": later("%"),
    "year": later("tuổi"),
    "person": later("người"),
    "household": later("hộ"),
    "visit": later("lượt"),
}
WAITING = {"flagged": later("Đáng ngờ"), "contested": later("Hai ý kiến"), "held": later("Đang giữ"), "returned": later("Đã trả lại")}
REVIEW = {
    "approved": later("Đã duyệt"),
    "returned": later("Trả lại để làm lại"),
    "settled": later("Chọn giá trị đúng"),
    "answered": later("Đã xem, đúng như ghi"),
    "replayed": later("Cho tính phiếu đang giữ"),
    "not_ours": later("Cất đi, không tính"),
    "back_check": later("Giao thăm kiểm tra"),
}
