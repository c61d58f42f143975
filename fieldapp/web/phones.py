"""Every phone and what it last said of itself; what needs attention first."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.figures.fleet import Phone, fleet
from fieldapp.store import accounts, devices, teams
from fieldapp.store.engine import reading, writing
from fieldapp.web import guard
from fieldapp.web.server import server

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
    """One phone."""
    return render_template("phone_of.html", each=_theirs(device_id))


@pages.post("/<device_id>/revoke")
@guard.signed_in(roles=("officer",))
def revoke(device_id: str) -> Any:
    """From now on the phone receives nothing; what it still sends is kept and held."""
    phone = _theirs(device_id)
    with writing(server().engine) as connection:
        devices.revoke(connection, current_user.commune_id, phone.device.device_id, server().clock())
    flash(_("Đã thu hồi. Máy này không nhận danh sách nữa; phiếu nó còn gửi sẽ được giữ lại để xem."), "good")
    return redirect(url_for("phones.page"), 303)


def _theirs(device_id: str) -> Phone:
    with reading(server().engine) as connection:
        phones = _phones(connection)
    return next((each for each in phones if each.device.device_id == device_id), None) or abort(404)


def _phones(connection: Any) -> list[Phone]:
    """The phones that the signed-in person sees: a leader those of their own team."""
    people = {each.account_id: each for each in accounts.of_commune(connection, current_user.commune_id)}
    phones = fleet(devices.of_commune(connection, current_user.commune_id), people, server().clock())
    if current_user.role == "officer":
        return phones
    own = current_user.account.team_id
    return [each for each in phones if each.member is not None and own is not None and each.member.team_id == own]
