"""Every phone and what it last said of itself; what needs attention first."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.figures.fleet import Phone, fleet
from fieldapp.store import accounts, devices, teams
from fieldapp.store.engine import reading, writing
from fieldapp.survey.day import day_of
from fieldapp.survey.text import nfc
from fieldapp.web import guard
from fieldapp.web.phone import version
from fieldapp.web.server import server

MOST_LETTERS = 200
SHOWN_DAYS = 14

pages = Blueprint("phones", __name__, url_prefix="/phones")


@pages.get("")
@guard.signed_in
def page() -> str:
    """The phones of the commune, of one team, or of the leader's own."""
    with reading(server().engine) as connection:
        phones, every = _phones(connection), teams.of_commune(connection, current_user.commune_id)
    chosen = request.args.get("team") or None
    shown = [each for each in phones if chosen is None or (each.member and each.member.team_id == chosen)]
    names = {each.team_id: each.name for each in every}
    return render_template("phones.html", phones=shown, teams=every if current_user.role == "officer" else [], names=names, chosen=chosen)


@pages.get("/<device_id>")
@guard.signed_in
def one(device_id: str) -> str:
    """One phone: what it said of itself, and what came from it day by day."""
    return _shown(_theirs(device_id))


@pages.post("/<device_id>/revoke")
@guard.signed_in(roles=("officer",))
def revoke(device_id: str) -> Any:
    """From now on the phone receives nothing; what it still sends is kept and held."""
    phone, reason = _theirs(device_id), " ".join(nfc(request.form.get("reason", "")).split())
    if not reason or len(reason) > MOST_LETTERS:
        return _shown(phone, reason, _("Vui lòng ghi lý do, ngắn gọn.")), 422
    with writing(server().engine) as connection:
        if phone.device.revoked_at is None:
            devices.revoke(connection, current_user.commune_id, phone.device.device_id, server().clock(), reason)
    flash(_("Đã thu hồi. Máy này không nhận danh sách nữa; phiếu nó còn gửi sẽ được giữ lại để xem."), "good")
    return redirect(url_for("phones.page"), 303)


def _shown(phone: Phone, reason: str = "", problem: str | None = None) -> str:
    today = date.fromisoformat(day_of(server().clock()))
    days = [(today - timedelta(days=back)).isoformat() for back in range(SHOWN_DAYS)]
    since = f"{today - timedelta(days=SHOWN_DAYS)}T17"  # a local day begins at 17 o'clock UTC of the day before
    with reading(server().engine) as connection:
        texts = devices.received(connection, current_user.commune_id, phone.device.device_id, since)
    received, held = Counter(day_of(at) for at, _held in texts), Counter(day_of(at) for at, was_held in texts if was_held)
    return render_template("phone_of.html", each=phone, days=days, received=received, held=held, reason=reason, problem=problem)


def _theirs(device_id: str) -> Phone:
    with reading(server().engine) as connection:
        phones = _phones(connection)
    return next((each for each in phones if each.device.device_id == device_id), None) or abort(404)


def _phones(connection: Any) -> list[Phone]:
    """The phones that the signed-in person sees: a leader those of their own team."""
    people = {each.account_id: each for each in accounts.of_commune(connection, current_user.commune_id)}
    every, beyond = devices.of_commune(connection, current_user.commune_id), devices.received_beyond(connection, current_user.commune_id)
    phones = fleet(every, people, server().clock(), beyond, version())
    if current_user.role == "officer":
        return phones
    own = current_user.account.team_id
    return [each for each in phones if each.member is not None and own is not None and each.member.team_id == own]
