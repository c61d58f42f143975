"""The way through the desk: one table of what stands in the bar, and who sees it.

Where the window is too narrow for one row the bar folds: a line that says where one is, and opens to the pages by what they are for. It is the
browser's own `details`, so it needs no script, and a keyboard and a screen reader know it."""

from typing import Any

from flask import Flask, request, url_for
from flask_babel import lazy_gettext as later
from flask_login import current_user

# More would take several rows of a phone.
MOST_IN_A_ROW = 4
# What pages are for → (endpoint, words, roles, blueprints whose pages stand under it)
MENU = (
    (later("Số liệu"), (
        ("province.page", later("Toàn tỉnh"), ("province",), ("province", "province_targets")),
        ("packages.page", later("Gói số liệu"), ("province",), ("packages",)),
        ("overview.page", later("Tổng quan"), ("officer", "leader", "auditor"), ("overview", "village", "behind")),
        ("criteria.page", later("Tiêu chí"), ("officer", "auditor"), ("criteria", "board_making", "points")),
        ("reports.page", later("Báo cáo"), ("officer", "auditor"), ("reports", "own_form")),
    )),
    (later("Đi từng nhà"), (
        ("progress.page", later("Tiến độ"), ("officer", "leader"), ("progress", "map", "campaigns")),
        (
            "households.page", later("Các hộ"), ("officer", "leader"),
            ("households", "household", "history", "actions", "corrections", "merging", "erasing"),
        ),
        ("queue.page", later("Cần xem"), ("officer",), ("queue", "review", "rules", "checks", "held")),
    )),
    (later("Chuẩn bị, quản lý"), (
        ("teams.page", later("Tổ và máy"), ("officer", "leader"), ("teams", "members", "phones", "lost_phone", "handover", "enrolment")),
        ("printing.page", later("In phiếu"), ("officer", "leader"), ("printing", "made", "links", "sign_ups")),
        (
            "office.page", later("Quản lý"), ("officer",),
            ("office", "packages", "questionnaire", "indicators", "villages", "roster", "backup", "readings", "people"),
        ),
        ("province_office.page", later("Quản lý"), ("province",), ("province_office", "people", "backup", "office")),
        ("readings.page", later("Nhật ký truy cập"), ("auditor",), ("readings",)),
    )),
)  # fmt: skip


def sorts() -> list[tuple[Any, list[dict[str, Any]]]]:
    """What the signed-in person's bar shows, by what it is for: (words, pages), the present page marked."""
    if not current_user.is_authenticated:
        return []
    mine = [(words, [_item(*each) for each in pages if current_user.role in each[2]]) for words, pages in MENU]
    return [(words, pages) for words, pages in mine if pages]


def _item(endpoint: str, words: Any, _roles: tuple[str, ...], under: tuple[str, ...]) -> dict[str, Any]:
    return {"endpoint": endpoint, "words": words, "current": request.blueprint in under}


def office_address() -> str:
    """Where the signed-in person looks after what is set up once."""
    return url_for("province_office.page" if current_user.role == "province" else "office.page")


def install(app: Flask) -> None:
    """Gives the templates the bar."""
    app.context_processor(lambda: {"menu": sorts(), "most_in_a_row": MOST_IN_A_ROW, "office_address": office_address})
