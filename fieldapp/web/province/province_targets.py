"""The province's own targets: by which decision, from which day, how much of each indicator. They stand beside those that ship, on the province's
pages and on those of its communes on this server."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.figures import province as figures
from fieldapp.intake.board import making, targets
from fieldapp.store import accounts, boards, journal
from fieldapp.store.areas import Commune
from fieldapp.store.engine import Connection, reading, writing
from fieldapp.survey.criteria import targets_of
from fieldapp.survey.day import day_of
from fieldapp.survey.indicator import current
from fieldapp.web import guard
from fieldapp.web.line_words import finding_words
from fieldapp.web.province.months import SEEN_BY
from fieldapp.web.server import server

pages = Blueprint("province_targets", __name__, url_prefix="/province/targets")
HEAD = ("name", "decision", "date", "since")


@pages.get("")
@guard.signed_in(roles=SEEN_BY)
def page() -> str:
    """The targets as they are, in a form, and the versions that there were."""
    with reading(server().engine) as connection:
        province, versions = _province(connection), _versions(connection)
        fields = targets.fields_of(versions[0].board if versions else None, current())
        name = _("Mục tiêu chuyển đổi số của %(province)s", province=province.name)
        return _form(connection, {"name": name, **fields, "since": _today() if versions else ""}, {})


@pages.post("")
@guard.signed_in(roles=SEEN_BY)
def keep() -> Any:
    """Makes what was written the targets from a day on."""
    with writing(server().engine) as connection:
        journal.lock(connection, current_user.commune_id)
        province, versions = _province(connection), _versions(connection)
        given = {name: request.form.get(name, "") for name in (*HEAD, *targets.fields_of(None, current()))}
        made = targets.read({**given, "area": province.name}, current(), versions[0].board if versions else None, _today())
        if made.board is None:
            return _form(connection, given, {each.where: str(finding_words(each)) for each in reversed(made.findings)}), 422
        # Sent twice, it is one version.
        if not versions or versions[0].since != made.since or not making.alike(versions[0].board, made.board):
            boards.publish(connection, province.commune_id, made.board, made.since, current_user.account.account_id, server().clock())
    flash(_("Đã ghi mục tiêu của tỉnh. Các xã đặt ở máy chủ này cũng thấy."), "good")
    return redirect(url_for("province_targets.page"), 303)


def _province(connection: Connection) -> Commune:
    return figures.province_of(connection, current_user.commune_id) or abort(404)


def _versions(connection: Connection) -> list[boards.Version]:
    return boards.own(connection, current_user.commune_id).get(targets.CODE, [])


def _form(connection: Connection, values: dict[str, str], problems: dict[str, str]) -> str:
    people = {each.account_id: each.name for each in accounts.of_commune(connection, current_user.commune_id)}
    asked = {each.code: targets_of(each.code) for each in current()}
    shown = {"province": _province(connection), "indicators": current(), "asked": asked, "versions": _versions(connection), "people": people}
    return render_template("province/province_targets.html", values=values, problems=problems, today=_today(), **shown)


def _today() -> str:
    return day_of(server().clock())
