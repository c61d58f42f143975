"""The quiet list on an officer's first page: words and the way to each, and putting one aside until it says something else."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from fieldapp.figures.notices import Notice, is_put_aside, notices
from fieldapp.store import put_aside
from fieldapp.store.engine import writing
from fieldapp.web import guard
from fieldapp.web.formats import share
from fieldapp.web.reports.report_words import CAMPAIGN, period_words
from fieldapp.web.server import server
from fieldapp.web.words import named

pages = Blueprint("noticing", __name__)

LONGEST_KEY, LONGEST_SAID = 80, 200
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Said:
    """A notice in words. aside: it was put aside."""

    notice: Notice
    words: str
    way: str
    action: str
    aside: bool


def for_officer(connection: Any, now: str) -> list[Said]:
    """The notices of the signed-in officer's commune; nobody else has any."""
    if current_user.role != "officer":
        return []
    commune_id = current_user.commune_id
    aside = put_aside.of_account(connection, commune_id, current_user.account.account_id)
    return [Said(each, *WORDS[each.code](each.values), is_put_aside(each, aside)) for each in notices(connection, commune_id, now)]


@pages.post("/notices")
@guard.signed_in(roles=("officer",))
def put() -> Any:
    """Put one aside: `notice` as long as it says what it `said`."""
    notice, said = request.form.get("notice", "")[:LONGEST_KEY], request.form.get("said", "")[:LONGEST_SAID]
    with writing(server().engine) as connection:
        put_aside.put(connection, current_user.commune_id, current_user.account.account_id, notice, said)
    return redirect(url_for("overview.page"), 303)


def _backup(values: Any) -> tuple[str, str, str]:
    days = values["days"]
    words = ngettext("Đã %(num)s ngày chưa có bản sao lưu mới.", "Đã %(num)s ngày chưa có bản sao lưu mới.", days)
    return words, url_for("backup.page"), _("Sao lưu ngay")


def _phones(values: Any) -> tuple[str, str, str]:
    phones = values["phones"]
    names = ", ".join(each.member.name if each.member else each.device.account_id for each in phones[:MOST_NAMED])
    names += "…" if len(phones) > MOST_NAMED else ""
    words = ngettext("%(num)s máy im lặng từ 7 ngày: %(names)s.", "%(num)s máy im lặng từ 7 ngày: %(names)s.", len(phones), names=names)
    return words, url_for("phones.page"), _("Xem máy")


def _report(values: Any) -> tuple[str, str, str]:
    period, campaign = values["period"], values.get("campaign")
    asked = f"{CAMPAIGN}{campaign.campaign_id}" if campaign else period.code
    return _("%(period)s đã hết, chưa chốt báo cáo.", period=period_words(period)), url_for("reports.preview", period=asked), _("Xem trước")


def _target(values: Any) -> tuple[str, str, str]:
    line, board = values["line"], values["board"]
    about = {"name": named(values["indicator"].short), "year": board.until, "at": share(values["at"], 0)}
    limit = f"{'≥' if line.direction == 'up' else '≤'} {share(float(line.threshold) / 100)}"
    words = _("%(name)s: theo đà này, cuối năm %(year)s khoảng %(at)s, mục tiêu %(limit)s.", limit=limit, **about)
    return words, url_for("overview.indicator", code=values["indicator"].code), _("Xem chỉ tiêu")


WORDS = {"no_backup": _backup, "silent_phones": _phones, "report_due": _report, "target_in_danger": _target}
