"""What residents asked for on the public page: who waits for help, and what became of it."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.paper.sign_up_sheets import spoken
from fieldapp.store import accounts, areas, sign_ups
from fieldapp.store.engine import reading, writing
from fieldapp.survey.day import instant, moment
from fieldapp.survey.text import nfc
from fieldapp.web import guard
from fieldapp.web.jobs import Jobs
from fieldapp.web.residents.sign_up_consent import KEPT_DAYS
from fieldapp.web.server import Server, server

pages = Blueprint("sign_ups", __name__)

MOST_NOTE = 500

pages.add_app_template_filter(spoken, "spoken_phone")


@pages.get("/sign-ups")
@guard.signed_in(roles=("officer", "leader"))
def page() -> str:
    """The list, those who wait first; a leader's own villages only."""
    commune_id = current_user.commune_id
    with reading(server().engine) as connection:
        commune = areas.commune(connection, commune_id)
        seen = guard.villages_seen(connection)
        rows, count = sign_ups.listed(connection, commune_id, seen), sign_ups.open_count(connection, commune_id, seen)
        villages = {each.village_id: each for each in areas.all_villages(connection, commune_id)}
        names = {each.account_id: each.name for each in accounts.of_commune(connection, commune_id)}
    guard.note_reading("sign_ups", [], len(rows))
    waiting, done = [each for each in rows if not each.done_at], [each for each in rows if each.done_at]
    shown = {"waiting": waiting, "count": count, "done": done}
    return render_template("residents/sign_ups.html", commune=commune, **shown, villages=villages, names=names, days=KEPT_DAYS)


@pages.post("/sign-ups/<sign_up_id>/done")
@guard.signed_in(roles=("officer", "leader"))
def done(sign_up_id: str) -> Any:
    """The help was given, or the note says why not."""
    now, note = server().clock(), nfc(request.form.get("note", "")).strip()[:MOST_NOTE] or None
    with writing(server().engine) as connection:
        _require(connection, sign_up_id)
        sign_ups.done(connection, current_user.commune_id, sign_up_id, current_user.account.account_id, note, now)
    flash(_("Đã ghi là xong."), "good")
    return redirect(url_for("sign_ups.page"), 303)


@pages.post("/sign-ups/<sign_up_id>/delete")
@guard.signed_in(roles=("officer", "leader"))
def delete(sign_up_id: str) -> Any:
    """The person asked to be taken out: nothing of it stays."""
    with writing(server().engine) as connection:
        _require(connection, sign_up_id)
        sign_ups.remove(connection, current_user.commune_id, sign_up_id)
    flash(_("Đã xóa hẳn đăng ký này."), "good")
    return redirect(url_for("sign_ups.page"), 303)


def install(here: Server, jobs: Jobs) -> None:
    """Lets this server keep the promise of the consent text by itself: whoever was helped long enough ago is forgotten."""
    jobs.every_hour("forget sign-ups", lambda: forget(here))


def forget(here: Server) -> None:
    """Remove, in every commune, those who were helped more than KEPT_DAYS ago."""
    before = moment(instant(here.clock()) - timedelta(days=KEPT_DAYS))
    with reading(here.engine) as connection:
        communes = areas.commune_ids(connection)
    for commune_id in communes:
        with writing(here.engine) as connection:
            sign_ups.forget_done(connection, commune_id, before)


def _require(connection: Any, sign_up_id: str) -> None:
    found = sign_ups.by_id(connection, current_user.commune_id, sign_up_id) or abort(404)
    guard.require_village(connection, found.village_id)
