"""Where in a held text its problem lies, in the desk's words: a path such as `body.people.k3v9x2m7ap.phone` says nothing to an officer."""

import re

from flask_babel import lazy_gettext as later

from fieldapp.web import words

# What a text says of itself, by the last part of the path that is known.
PLACES = {
    "household": later("hộ"),
    "village": later("thôn"),
    "other": later("hộ kia"),
    "member": later("người ghi"),
    "device": later("điện thoại"),
    "commune": later("xã"),
    "kind": later("loại phiếu"),
    "questionnaire": later("mẫu phiếu"),
    "n": later("số thứ tự của phiếu"),
    "at": later("ngày giờ"),
    "id": later("mã của phiếu"),
    "outcome": later("kết quả"),
    "consent": later("sự đồng ý"),
    "respondent": later("người trả lời"),
    "help": later("việc đã giúp"),
    "people": later("người trong nhà"),
    "house": later("nhà"),
    "address": later("địa chỉ"),
    "reason": later("lý do"),
}


def stuck_at(path: str, names: dict[str, str]) -> str:
    """The question or the place that the path leads to, with whose answer it is; empty where there are no words for it. names: person → name."""
    parts = re.findall(r"[A-Za-z0-9_]+", path)
    person = next((names[part] for part in parts if part in names), "")
    for part in reversed(parts):
        found = str(PLACES.get(part) or words.question(part))
        if found != part:
            return f"{person}: {found}" if person else found
    return person
