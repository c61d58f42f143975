"""Backups: the daily one, the last one, one now, how old they may be. One file a commune: an officer carries away only what is theirs."""

import logging
from typing import Any

from flask import Blueprint, Flask, abort, current_app, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.paper.backup import NoKey
from fieldapp.paper.daily import Daily
from fieldapp.store import backups, commune_keys, journal
from fieldapp.store.engine import reading
from fieldapp.web import guard
from fieldapp.web.jobs import Jobs
from fieldapp.web.office.first_days import OLD_BACKUP_DAYS, days_since
from fieldapp.web.server import Server, server

pages = Blueprint("backup", __name__)
logger = logging.getLogger(__name__)


@pages.get("/office/backups")
@guard.signed_in(roles=guard.KEEPERS)
def page() -> str:
    """What is backed up, and since when nothing was."""
    here = server()
    with reading(here.engine) as connection:
        commune_id = current_user.commune_id
        rows = backups.of_commune(connection, commune_id)
        sequence, _chain = journal.head(connection, commune_id)
        held, _at = backups.last(connection, commune_id)
        latest = backups.latest(connection, commune_id, here.clock())
        sealed = commune_keys.of_commune(connection, commune_id) is not None
    days = days_since(latest, here.clock())
    kept = {each.backup_id for each in rows if daily().path(each) is not None}
    shown = {"rows": rows[:40], "kept": kept, "held": held, "sequence": sequence, "sealed": sealed, "days": days, "old": OLD_BACKUP_DAYS}
    shown["failed"] = daily().failed.get(commune_id)
    return render_template("office/backups.html", keep_days=here.settings.backup_days, **shown)


@pages.post("/office/backups")
@guard.signed_in(roles=guard.KEEPERS)
def make() -> Any:
    """A backup now."""
    try:
        made = daily().make(current_user.commune_id, server().clock())
    except NoKey:
        flash(_("Xã chưa có khóa để niêm phong bản sao lưu. Vui lòng làm phiếu khôi phục trước."), "bad")
        return redirect(url_for("office.key"), 303)
    except OSError as why:
        logger.exception("the backup could not be written")
        flash(_("Chưa sao lưu được: %(why)s. Vui lòng xem lại ổ đĩa của máy chủ.", why=why.strerror), "bad")
        return redirect(url_for("backup.page"), 303)
    flash(_("Đã sao lưu: %(name)s.", name=made.name), "good")
    return redirect(url_for("backup.page"), 303)


@pages.get("/office/backups/<backup_id>")
@guard.signed_in(roles=guard.KEEPERS)
def file(backup_id: str) -> Any:
    """The sealed file, to be kept elsewhere too."""
    with reading(server().engine) as connection:
        found = next((each for each in backups.of_commune(connection, current_user.commune_id) if each.backup_id == backup_id), None)
    path = daily().path(found) if found is not None else None
    if path is None:
        abort(404)
    return send_file(path.resolve(), as_attachment=True, download_name=path.name, mimetype="application/octet-stream")


def install(app: Flask, here: Server, jobs: Jobs) -> Daily:
    """Lets this server back every commune up by itself, once a day; its backups come back."""
    app.extensions["daily_backups"] = kept = Daily(here.engine, here.settings)
    jobs.every_hour("daily backup", lambda: kept.hourly(here.clock()))
    return kept


def list_erasures() -> None:
    """What was erased just now stands on the list beside the backups at once; should that fail, the next hour tries again."""
    try:
        daily().list_erasures()
    except OSError:
        logger.exception("the list of erasures could not be written")


def daily() -> Daily:
    """The backups of the present request's server."""
    found: Daily = current_app.extensions["daily_backups"]
    return found
