"""From where on something looks doubtful: the commune's thresholds, set within bounds; and the comparing of many visits, once an hour."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.store import accounts, areas, findings, thresholds
from fieldapp.store.engine import reading, writing
from fieldapp.survey.day import day_of
from fieldapp.survey.rules import COMPARED, RULES, THRESHOLDS
from fieldapp.web import guard
from fieldapp.web.jobs import Jobs, jobs
from fieldapp.web.server import Server, server

pages = Blueprint("rules", __name__)
JOB = "compare visits"


@pages.route("/queue/rules", methods=["GET", "POST"])
@guard.signed_in(roles=("officer",))
def page() -> Any:
    """The rules with their thresholds; what is set holds for what comes in from now on, and at once for what is found by comparing."""
    here, commune_id = server(), current_user.commune_id
    with reading(here.engine) as connection:
        holding, theirs = thresholds.of_commune(connection, commune_id), thresholds.theirs(connection, commune_id)
        authors = {each.account_id: each.name for each in accounts.of_commune(connection, commune_id)}
    typed = {name: request.form[name] for name in THRESHOLDS if name in request.form} if request.method == "POST" else {}
    values = {name: int(value) if value.isascii() and value.strip().isdecimal() else None for name, value in typed.items()}
    wrong = {name for name, value in values.items() if thresholds.problem_of(name, value)}
    if request.method == "POST" and not wrong:
        _keep({name: value for name, value in values.items() if value is not None})
        return redirect(url_for("rules.page"), 303)
    shown = {**{name: str(value) for name, value in holding.items()}, **typed}
    rules = {code: rule for code, rule in RULES.items() if rule.thresholds}
    page = render_template("review/rules.html", rules=rules, compared=COMPARED, values=shown, wrong=wrong, theirs=theirs, authors=authors)
    return page, 422 if wrong else 200


def _keep(values: dict[str, int]) -> None:
    here, commune_id = server(), current_user.commune_id
    with writing(here.engine) as connection:
        changed = thresholds.keep(connection, commune_id, values, current_user.account.account_id, here.clock())
    if not changed:
        flash(_("Không có ngưỡng nào thay đổi."), "good")
        return
    jobs().put(JOB, commune_id)
    flash(_("Đã đặt ngưỡng. Từ nay máy cảnh báo theo ngưỡng này; việc so sánh nhiều lượt đến được làm lại ngay."), "good")


def install(here: Server, queue: Jobs) -> None:
    """Lets this server compare the visits of every commune once an hour, and of one when its thresholds change."""
    queue.define(JOB, lambda commune_id: compare(here, commune_id))
    queue.every_hour(JOB + " hourly", lambda: compare_all(here))


def compare(here: Server, commune_id: str) -> None:
    """Find anew what many visits of a commune show together."""
    findings.refresh(here.engine, commune_id, day_of(here.clock()))


def compare_all(here: Server) -> None:
    """As `compare`, of every commune of this server."""
    with reading(here.engine) as connection:
        communes = areas.commune_ids(connection)
    for commune_id in communes:
        compare(here, commune_id)
