"""The words for what is wrong with what an officer wrote in a form or a spreadsheet's line."""

from flask_babel import lazy_gettext as later

from fieldapp.intake.lined.finding import Finding

LINE_FINDING = {
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
    "day_to_come": later("Ngày này chưa đến. Đến ngày ấy hãy ghi"),
    "day_before_last": later("Ngày này trước ngày áp dụng của bản đang có"),
    "days_crossed": later("Ngày cuối trước ngày đầu"),
    "stop_not_understood": later("Ghi x để thôi dùng, hoặc để trống"),
    "stop_of_new": later("Chỉ tiêu chưa có thì không thôi dùng được"),
    "column_missing": later("Tệp thiếu cột này"),
    "leaves_unknown_out": later("Ai chưa trả lời câu này bị bỏ ra ngoài, tỷ lệ có thể đẹp hơn thật. Nên viết: khác câu trả lời loại trừ (!=)"),
    "counts_unknown": later("Ai chưa trả lời câu này cũng bị tính vào đây. Nên ghi ra từng câu trả lời (=), đừng ghi khác (!=)"),
    "kind_unknown": later("Không có loại này"),
    "indicator_unknown": later("Xã không có chỉ tiêu mã này. Mã xem ở trang Chỉ tiêu, tệp Excel"),
    "measure_unknown": later("Ghi phần trăm hoặc số lượng"),
    "direction_unknown": later("Ghi: từ mức này trở lên, hoặc: không quá"),
    "number_not_understood": later("Không hiểu số. Ghi như 82,2 hoặc 1600"),
    "percent_too_large": later("Phần trăm không quá 100"),
    "measure_of_survey": later("Dòng lấy từ khảo sát luôn tính bằng phần trăm"),
    "place_unknown": later("Không có loại điểm này"),
    "attribute_unknown": later("Không có mục này của điểm công cộng"),
    "of_unknown": later("Ghi: thôn, điểm, hoặc số lượng"),
    "lines_missing": later("Vui lòng chọn tệp có các dòng tiêu chí"),
    "lines_too_many": later("Nhiều dòng quá: một bộ tiêu chí nhiều nhất 300 dòng"),
    "name_taken": later("Xã đã có bộ tiêu chí tên này"),
    "value_missing": later("Chưa ghi giá trị"),
    "value_twice": later("Chỉ ghi một cách: phần trăm, hoặc bao nhiêu trên bao nhiêu"),
    "part_too_large": later("Phần lớn hơn tổng số"),
    "file_too_large": later("Tệp quá 5 MB. Vui lòng chụp lại nhỏ hơn hoặc bớt trang"),
    "file_not_taken": later("Chỉ nhận tệp PDF, ảnh JPG hoặc PNG, Word (.docx), Excel (.xlsx)"),
    "file_empty": later("Tệp rỗng, không có gì bên trong"),
    "count_not_whole": later("Ngưỡng của số lượng phải là số nguyên"),
    "percent_as_part": later("Ngưỡng dưới 1%. Nếu là 60% thì ghi 60, đừng để Excel đổi thành 0,6"),
    "point_twice": later("Nơi này đã có ở dòng trên"),
    "files_full": later("Kho tệp của xã đã đầy. Vui lòng nhập không kèm tệp"),
    "village_unknown": later("Xã không có thôn này"),
    "point_unknown": later("Không có điểm mã này. Điểm mới thì để trống ô Mã"),
}


def finding_words(finding: Finding) -> str:
    """What is wrong, with what was found."""
    said = str(LINE_FINDING[finding.code])
    beside = finding.more.get("choices") or finding.more.get("question") or ""
    found = f" “{finding.found}”" if finding.found else ""
    return f"{said}:{found}{f' ({beside})' if beside else ''}" if found or beside else said
