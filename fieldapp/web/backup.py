"""Backups: the daily one, the last one, one now, how old they may be. One file a commune: an officer carries away only what is theirs."""

import contextlib
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.paper import erasures
from fieldapp.paper.backup import NoKey, backup, file_name
from fieldapp.store import areas, backups, commune_keys, journal
from fieldapp.store.backups import Backup
from fieldapp.store.engine import reading, writing
from fieldapp.survey.day import instant
from fieldapp.web import guard
from fieldapp.web.jobs import Jobs
from fieldapp.web.office import OLD_BACKUP_DAYS, days_since
from fieldapp.web.server import Server, server

pages = Blueprint("backup", __name__)
logger = logging.getLogger(__name__)

EVERY = timedelta(hours=20)


@pages.get("/office/backups")
@guard.signed_in(roles=("officer",))
def page() -> str:
    """What is backed up, and since when nothing was."""
    here = server()
    with reading(here.engine) as connection:
        commune_id = current_user.commune_id
        rows = backups.of_commune(connection, commune_id)
        sequence, _chain = journal.head(connection, commune_id)
        sealed = commune_keys.of_commune(connection, commune_id) is not None
    days = days_since(rows[0].completed_at, here.clock()) if rows else None
    kept = {each.backup_id for each in rows if _path(here, each) is not None}
    shown = {"rows": rows[:40], "kept": kept, "sequence": sequence, "sealed": sealed, "days": days, "old": OLD_BACKUP_DAYS}
    return render_template("backups.html", keep_days=here.settings.backup_days, **shown)


@pages.post("/office/backups")
@guard.signed_in(roles=("officer",))
def make() -> Any:
    """A backup now."""
    try:
        made = _backed_up(server(), current_user.commune_id)
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
@guard.signed_in(roles=("officer",))
def file(backup_id: str) -> Any:
    """The sealed file, to be kept elsewhere too."""
    with reading(server().engine) as connection:
        found = next((each for each in backups.of_commune(connection, current_user.commune_id) if each.backup_id == backup_id), None)
    path = _path(server(), found) if found is not None else None
    if path is None:
        abort(404)
    return send_file(path.resolve(), as_attachment=True, download_name=path.name, mimetype="application/octet-stream")


def install(here: Server, jobs: Jobs) -> None:
    """Lets this server back every commune up by itself, once a day."""
    jobs.every_hour("daily backup", lambda: daily(here))


def daily(here: Server) -> None:
    """Back up the communes whose last backup is older than EVERY, remove files past their days, bring the list of erasures up."""
    with reading(here.engine) as connection:
        communes = areas.commune_ids(connection)
        last = {each: backups.last(connection, each)[1] for each in communes}
    for commune_id in communes:
        if last[commune_id] is None or instant(here.clock()) - instant(last[commune_id] or "") >= EVERY:
            try:
                _backed_up(here, commune_id)
            except (NoKey, OSError):
                # Nobody is there to be told now: the desk says since when there is no backup.
                logger.exception("commune %s could not be backed up", commune_id)
        _let_go(here, commune_id)
    with contextlib.suppress(OSError):
        erasures.keep(here.engine, here.settings.backups)


def _backed_up(here: Server, commune_id: str) -> Path:
    folder, now = here.settings.backups, here.clock()
    folder.mkdir(parents=True, exist_ok=True)
    with reading(here.engine) as connection:
        code = areas.commune(connection, commune_id).code
    erasures.keep(here.engine, folder)
    return backup(here.engine, folder / file_name(code, now), now, [commune_id]).path


def _let_go(here: Server, commune_id: str) -> None:
    """Files past their days go; the newest stays, however old."""
    oldest = instant(here.clock()) - timedelta(days=here.settings.backup_days)
    with reading(here.engine) as connection:
        older = backups.of_commune(connection, commune_id)[1:]
    for each in older:
        if each.file and instant(each.completed_at) < oldest:
            (here.settings.backups / Path(each.file).name).unlink(missing_ok=True)
            with writing(here.engine) as connection:
                backups.removed(connection, commune_id, each.backup_id)


def _path(here: Server, each: Backup) -> Path | None:
    path = here.settings.backups / Path(each.file).name if each.file else None
    return path if path is not None and path.is_file() else None
