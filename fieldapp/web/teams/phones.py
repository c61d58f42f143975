"""Every phone and what it last said of itself; what needs attention first."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from fieldapp.figures.fleet import Phone, fleet
from fieldapp.intake import closing
from fieldapp.store import accounts, devices, lost, lost_phones, teams, update_holds
from fieldapp.store.engine import reading, writing
from fieldapp.survey.day import day_of
from fieldapp.survey.text import nfc
from fieldapp.web import guard
from fieldapp.web.phone.page import version
from fieldapp.web.server import server

MOST_LETTERS = 200
SHOWN_DAYS = 14
MOST_HOLD_DAYS = 60

pages = Blueprint("phones", __name__, url_prefix="/phones")


@pages.get("")
@guard.signed_in
def page() -> str:
    """The phones of the commune, of one team, or of the leader's own."""
    return _all()


@pages.post("/hold")
@guard.signed_in
def hold() -> Any:
    """Phones keep the version of the app that they have, up to and including a day; `release`: they need not any more. A leader says it for
    their team, an officer for the commune or for any team."""
    commune_id, now = current_user.commune_id, server().clock()
    today, last_day = day_of(now), request.form.get("until", "")
    with writing(server().engine) as connection:
        team_id = _team_to_hold(connection)
        if "release" in request.form:
            update_holds.release(connection, commune_id, team_id)
            flash(_("Điện thoại lại nhận bản ứng dụng mới từ lần gửi tới."), "good")
            return redirect(url_for("phones.page"), 303)
        held = last_day in _days_to_hold(today)
        if held:
            update_holds.hold(connection, commune_id, team_id, last_day, current_user.account.account_id, now)
    if not held:
        return _all(_("Vui lòng chọn một ngày từ hôm nay, không quá %(days)s ngày nữa.", days=MOST_HOLD_DAYS)), 422
    flash(_("Đã ghi. Điện thoại giữ nguyên bản đang dùng từ lần gửi tới, đến hết ngày đã chọn."), "good")
    return redirect(url_for("phones.page"), 303)


@pages.get("/<device_id>")
@guard.signed_in
def one(device_id: str) -> str:
    """One phone: what it said of itself, and what came from it day by day."""
    return _shown(theirs(device_id))


@pages.post("/<device_id>/revoke")
@guard.signed_in(roles=("officer",))
def revoke(device_id: str) -> Any:
    """From now on the phone receives nothing; what it still sends is kept and held."""
    phone, reason = theirs(device_id), reason_of(request.form)
    if not reason:
        return _shown(phone, reason, _("Vui lòng ghi lý do, ngắn gọn.")), 422
    with writing(server().engine) as connection:
        if phone.device.revoked_at is None:
            devices.revoke(connection, current_user.commune_id, phone.device.device_id, server().clock(), reason)
    flash(_("Đã thu hồi. Máy này không nhận danh sách nữa; phiếu nó còn gửi sẽ được giữ lại để xem."), "good")
    return redirect(url_for("phones.page"), 303)


@pages.post("/<device_id>/numbers")
@guard.signed_in
def close_numbers(device_id: str) -> Any:
    """These numbers of the phone can't be recovered: nobody waits for them any more."""
    phone, reason = theirs(device_id), reason_of(request.form)
    chosen = {int(each) for each in request.form.getlist("number") if each.isdecimal() and len(each) < 10}
    if not reason or not chosen:
        return _shown(phone, reason, numbers_problem=_("Vui lòng chọn số phiếu và ghi lý do, ngắn gọn.")), 422
    now = server().clock()
    closed = closing.close(server().engine, current_user.commune_id, device_id, chosen, current_user.account.account_id, now, reason)
    if closed:
        flash(ngettext("Đã ghi %(num)s phiếu là không tìm lại được.", "Đã ghi %(num)s phiếu là không tìm lại được.", len(closed)), "good")
    else:
        flash(_("Những phiếu đó vừa đến rồi, không cần ghi gì nữa."), "good")
    return redirect(url_for("phones.one", device_id=device_id), 303)


def reason_of(typed: Any, field: str = "reason", most: int = MOST_LETTERS) -> str:
    """What was typed into a field, with single spaces; empty when it is too long to be a reason."""
    words = " ".join(nfc(typed.get(field, "")).split())
    return words if len(words) <= most else ""


def _team_to_hold(connection: Any) -> str:
    """Whose updates the signed-in person holds or releases: a leader's own team's, else those of the team chosen, EVERY_TEAM for all."""
    if current_user.role == "leader":
        return current_user.account.team_id or abort(404)
    team_id = request.form.get("team", "")
    if team_id and teams.by_id(connection, current_user.commune_id, team_id) is None:
        abort(404)
    return team_id or update_holds.EVERY_TEAM


def _all(problem: str | None = None) -> str:
    today, officer = day_of(server().clock()), current_user.role == "officer"
    with reading(server().engine) as connection:
        phones, every = seen(connection), teams.of_commune(connection, current_user.commune_id)
        holds = update_holds.of_commune(connection, current_user.commune_id, today)
    chosen, mine = request.args.get("team") or None, current_user.account.team_id
    shown = [each for each in phones if chosen is None or (each.member and each.member.team_id == chosen)]
    names = {each.team_id: each.name for each in every}
    held = {team_id: until for team_id, until in holds.items() if officer or team_id in (update_holds.EVERY_TEAM, mine)}
    return render_template(
        "teams/phones.html", phones=shown, teams=every if officer else [], names=names, chosen=chosen, held=held,
        days=_days_to_hold(today), problem=problem, may_hold=officer or mine is not None,
    )  # fmt: skip


def _days_to_hold(today: str) -> list[str]:
    return [(date.fromisoformat(today) + timedelta(days=days)).isoformat() for days in range(MOST_HOLD_DAYS + 1)]


def _shown(phone: Phone, reason: str = "", problem: str | None = None, numbers_problem: str | None = None) -> str:
    today = date.fromisoformat(day_of(server().clock()))
    days = [(today - timedelta(days=back)).isoformat() for back in range(SHOWN_DAYS)]
    since = f"{today - timedelta(days=SHOWN_DAYS)}T17"  # a local day begins at 17 o'clock UTC of the day before
    with reading(server().engine) as connection:
        commune_id, device_id = current_user.commune_id, phone.device.device_id
        texts = devices.received(connection, commune_id, device_id, since)
        shown = {
            "missing": closing.missing(connection, phone.device), "closed": lost.of_device(connection, commune_id, device_id),
            "people": {each.account_id: each.name for each in accounts.of_commune(connection, commune_id)},
            "record": lost_phones.latest(connection, commune_id, device_id),
        }  # fmt: skip
    received, held = Counter(day_of(at) for at, _held in texts), Counter(day_of(at) for at, was_held in texts if was_held)
    return render_template(
        "teams/phone_of.html", each=phone, days=days, received=received, held=held, reason=reason, problem=problem,
        numbers_problem=numbers_problem, **shown,
    )  # fmt: skip


def theirs(device_id: str) -> Phone:
    """The phone, where it is one that the signed-in person sees; 404 for any other."""
    with reading(server().engine) as connection:
        phones = seen(connection)
    return next((each for each in phones if each.device.device_id == device_id), None) or abort(404)


def seen(connection: Any) -> list[Phone]:
    """The phones that the signed-in person sees: a leader those of their own team."""
    commune_id = current_user.commune_id
    people = {each.account_id: each for each in accounts.of_commune(connection, commune_id)}
    beyond = Counter(devices.received_beyond(connection, commune_id)) + Counter(lost.closed_beyond(connection, commune_id))
    phones = fleet(devices.of_commune(connection, commune_id), people, server().clock(), beyond, version())
    return own(phones)


def own(phones: list[Phone]) -> list[Phone]:
    """Those of the phones that the signed-in person sees: an officer all, a leader their team's."""
    if current_user.role == "officer":
        return phones
    team_id = current_user.account.team_id
    return [each for each in phones if each.member is not None and team_id is not None and each.member.team_id == team_id]
