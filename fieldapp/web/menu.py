"""The way through the desk: one table of what stands in the bar, and who sees it."""

from typing import Any

from flask import Flask, request, url_for
from flask_babel import lazy_gettext as later
from flask_login import current_user

# (endpoint, words, roles, blueprints whose pages stand under it)
MENU = (
    ("province.page", later("Toàn tỉnh"), ("province",), ("province", "province_targets")),
    ("packages.page", later("Gói số liệu"), ("province",), ("packages",)),
    ("province_office.page", later("Quản lý"), ("province",), ("province_office", "people", "backup", "office")),
    ("overview.page", later("Tổng quan"), ("officer", "leader", "auditor"), ("overview", "village", "behind")),
    ("criteria.page", later("Tiêu chí"), ("officer", "auditor"), ("criteria", "board_making", "points")),
    ("reports.page", later("Báo cáo"), ("officer", "auditor"), ("reports", "own_form")),
    ("progress.page", later("Tiến độ"), ("officer", "leader"), ("progress", "map", "campaigns")),
    (
        "households.page", later("Các hộ"), ("officer", "leader"),
        ("households", "household", "history", "actions", "corrections", "merging", "erasing"),
    ),
    ("queue.page", later("Cần xem"), ("officer",), ("queue", "review", "rules", "checks", "held")),
    ("teams.page", later("Tổ và máy"), ("officer", "leader"), ("teams", "members", "phones", "lost_phone", "handover", "enrolment")),
    ("printing.page", later("In phiếu"), ("officer", "leader"), ("printing", "made", "links", "sign_ups")),
    (
        "office.page", later("Quản lý"), ("officer",),
        ("office", "packages", "questionnaire", "indicators", "villages", "roster", "backup", "readings", "people"),
    ),
    ("readings.page", later("Nhật ký truy cập"), ("auditor",), ("readings",)),
)


def items() -> list[dict[str, Any]]:
    """What the signed-in person's bar shows, the present one marked."""
    if not current_user.is_authenticated:
        return []
    mine = [each for each in MENU if current_user.role in each[2]]
    return [{"endpoint": endpoint, "words": words, "current": request.blueprint in under} for endpoint, words, _, under in mine]


def office_address() -> str:
    """Where the signed-in person looks after what is set up once."""
    return url_for("province_office.page" if current_user.role == "province" else "office.page")


def install(app: Flask) -> None:
    """Gives the templates the bar."""
    app.context_processor(lambda: {"menu": items(), "office_address": office_address})
