"""The words for what can be wrong with a phone, and for the record of one that was lost."""

from flask_babel import lazy_gettext as later

TROUBLE = {
    "revoked_and_sending": later("Đã thu hồi mà vẫn gửi"),
    "unsent_and_silent": later("Còn phiếu chưa gửi, im lặng hơn 2 ngày"),
    "numbers_missing": later("Thiếu phiếu ở giữa"),
    "storage_full": later("Bộ nhớ sắp đầy"),
    "not_persisted": later("Trình duyệt có thể xóa dữ liệu"),
    "unsent_long": later("Phiếu để quá 2 ngày chưa gửi được"),
    "never_synced": later("Nhận máy rồi mà chưa gửi lần nào"),
    "old_version": later("Ứng dụng bản cũ"),
    "silent": later("Im lặng hơn 7 ngày"),
}
LOSS = {
    "open": later("Chưa báo cơ quan bảo vệ dữ liệu cá nhân"),
    "notified": later("Đã báo cơ quan bảo vệ dữ liệu cá nhân"),
    "closed": later("Đã khép lại"),
}
LOSS_STEP = {
    "done": later("Việc đã làm"),
    "told": later("Đã báo cơ quan bảo vệ dữ liệu cá nhân"),
    "needless": later("Không cần báo"),
    "found": later("Đã tìm thấy máy"),
    "ended": later("Khép biên bản"),
}
