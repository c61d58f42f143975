"""The words of criteria boards: where a line's value comes from, and the register of public places."""

from flask_babel import lazy_gettext as later

LINE_KIND = {"survey": later("từ khảo sát"), "reported": later("xã báo cáo"), "points": later("từ sổ điểm công cộng")}
PLACE = {
    "village_hall": later("Nhà văn hóa thôn"), "school": later("Trường học"), "clinic": later("Trạm y tế"), "market": later("Chợ"),
    "commune_office": later("Trụ sở xã"), "post_office": later("Bưu điện"), "cooperative": later("Hợp tác xã"), "other": later("Nơi khác"),
}  # fmt: skip
ATTRIBUTE = {
    "wifi": later("Wi-Fi miễn phí"), "cashless": later("Thanh toán không tiền mặt"), "computer": later("Máy tính cho dân dùng"),
    "camera": later("Camera an ninh ở đó"), "loudspeaker": later("Loa thông minh"), "online_help": later("Hướng dẫn dịch vụ công trực tuyến"),
}  # fmt: skip
