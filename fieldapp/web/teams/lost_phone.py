"""A phone that was lost: what it had sent and still holds, whose doors to go to again, and the record that the law asks for within 72 hours.

A leader reports the loss of a phone of their team at once; to revoke it and to answer for the record is an officer's."""

import os
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.figures.fleet import Phone
from fieldapp.figures.lost_phone import held_by, to_visit_again
from fieldapp.intake import closing
from fieldapp.store import accounts, areas, devices, journal, listing, lost_phones
from fieldapp.store.engine import reading, writing
from fieldapp.store.lost_phones import CLOSED, STEPS, Record, Step
from fieldapp.survey.day import LOCAL, day_of, instant, moment
from fieldapp.survey.ids import RANDOM_BYTES, uuid7
from fieldapp.web import guard
from fieldapp.web.server import server
from fieldapp.web.teams import phones

pages = Blueprint("lost_phone", __name__, url_prefix="/phones/<device_id>/lost")

MOST_LETTERS = 2000
LONGEST_AGO = timedelta(days=365)


@pages.get("")
@guard.signed_in
def page(device_id: str) -> str:
    """Before the loss is reported: what will be done. Afterwards: what is known of the phone, and what is still to be done."""
    return _shown(phones.theirs(device_id), {})


@pages.post("")
@guard.signed_in
def report(device_id: str) -> Any:
    """The phone is lost: its record is opened; an officer revokes it with the same press."""
    phone, here = phones.theirs(device_id), server()
    now, happened, protected = here.clock(), _typed("happened"), _typed("protected")
    noticed_at = _noticed(request.form.get("noticed", ""), now)
    problems = {} if happened else {"happened": _("Vui lòng ghi mất khi nào, ở đâu.")}
    problems |= {} if protected else {"protected": _("Vui lòng ghi dữ liệu trên máy được bảo vệ thế nào.")}
    problems |= {} if noticed_at else {"noticed": _("Vui lòng chọn ngày giờ đã qua.")}
    if problems or noticed_at is None:
        return _shown(phone, problems), 422
    commune_id, account_id = current_user.commune_id, current_user.account.account_id
    with writing(here.engine) as connection:
        journal.lock(connection, commune_id)  # a leader and an officer may press at once
        known = lost_phones.latest(connection, commune_id, device_id)
        if known is None or known.state == CLOSED:  # else it is reported already: a second press opens no second record
            record_id = uuid7(int(instant(now).timestamp() * 1000), os.urandom(RANDOM_BYTES))
            held = held_by(connection, phone, closing.missing(connection, phone.device), now)
            known = Record(record_id, device_id, noticed_at, account_id, now, happened, protected, lost_phones.OPEN, held)
            lost_phones.add(connection, commune_id, known)
        if current_user.role == "officer":
            _revoke(connection, known, now)
    flash(_("Đã ghi. Vui lòng làm tiếp những việc dưới đây."), "good")
    return redirect(url_for("lost_phone.page", device_id=device_id), 303)


@pages.post("/steps")
@guard.signed_in(roles=("officer",))
def step(device_id: str) -> Any:
    """What was done since, added to the record; `revoke`: the phone that a leader reported is revoked."""
    phone, here = phones.theirs(device_id), server()
    what, words, now = request.form.get("what", ""), _typed("words"), here.clock()
    record = _record(device_id)
    if what == "revoke":
        with writing(here.engine) as connection:
            _revoke(connection, record, now)
    elif what in STEPS[record.state] and not words:
        return _shown(phone, {what: _("Vui lòng ghi rõ, ngắn gọn.")}), 422
    elif words and _noted(record, Step(what, now, current_user.account.account_id, words)):
        flash(_("Đã ghi vào biên bản."), "good")
    else:
        flash(_("Biên bản đã ở bước khác, vui lòng xem lại."), "bad")
    return redirect(url_for("lost_phone.page", device_id=device_id), 303)


@pages.get("/visits")
@guard.signed_in
def visits(device_id: str) -> str:
    """The doors to go to again, to be printed: by village, in the order of doors."""
    phone, record, now = phones.theirs(device_id), _record(device_id), server().clock()
    with reading(server().engine) as connection:
        asked = to_visit_again(day_of(now), record.held, guard.villages_seen(connection))
        rows = list(listing.everything(connection, current_user.commune_id, asked))
        names = areas.names(connection, current_user.commune_id)
    guard.note_reading("print", [row.household_id for row in rows])
    by_village: dict[str, list[listing.Row]] = {}
    for row in rows:
        by_village.setdefault(row.village_id, []).append(row)
    title = _("Hộ cần đến lại: máy của %(name)s", name=_name(phone))
    back = url_for("lost_phone.page", device_id=device_id)
    return render_template("households/households_print.html", title=title, now=now, by_village=by_village, names=names, all=len(rows), back=back)


@pages.get("/record")
@guard.signed_in
def record(device_id: str) -> str:
    """The record on A4, in Vietnamese whoever reads it: it is kept and, where the law asks for it, sent."""
    phone, kept, now = phones.theirs(device_id), _record(device_id), server().clock()
    with force_locale("vi"):
        return render_template("teams/lost_phone_record.html", phone=phone, record=kept, now=now, **_told_of(kept))


def _shown(phone: Phone, problems: dict[str, str]) -> str:
    now, commune_id = server().clock(), current_user.commune_id
    with reading(server().engine) as connection:
        record = lost_phones.latest(connection, commune_id, phone.device.device_id)
        held = record.held if record else held_by(connection, phone, closing.missing(connection, phone.device), now)
        asked = to_visit_again(day_of(now), held, guard.villages_seen(connection))
        again = listing.count(connection, commune_id, asked)
    return render_template(
        "teams/lost_phone.html", phone=phone, record=record, held=held, again=again, problems=problems, name=_name(phone), now=now,
        typed=request.form, noticed=instant(now).astimezone(LOCAL).strftime("%Y-%m-%dT%H:%M"), **_told_of(record),
    )  # fmt: skip


def _told_of(record: Record | None) -> dict[str, Any]:
    """The commune, its villages and its people, by whom a record names them."""
    with reading(server().engine) as connection:
        commune = areas.commune(connection, current_user.commune_id)
        people = {each.account_id: each for each in accounts.of_commune(connection, commune.commune_id)}
        names = areas.names(connection, commune.commune_id)
    return {"commune": commune, "people": people, "names": names, "steps": STEPS[record.state] if record else {}}


def _record(device_id: str) -> Record:
    with reading(server().engine) as connection:
        return lost_phones.latest(connection, current_user.commune_id, device_id) or abort(404)


def _noted(record: Record, step: Step) -> bool:
    """Whether the step was added: a colleague may have closed the record meanwhile."""
    with writing(server().engine) as connection:
        return lost_phones.note(connection, current_user.commune_id, record.record_id, step)


def _revoke(connection: Any, record: Record, now: str) -> None:
    """Revoke the lost phone, once, and say so in its record: that it was revoked stays true when it is found and enrolled again."""
    commune_id, device_id = current_user.commune_id, record.device_id
    known = devices.by_id(connection, commune_id, device_id)
    if known is not None and known.revoked_at is None:
        with force_locale("vi"):
            reason, done = _("Mất máy"), _("Thu hồi máy: máy không nhận thêm danh sách nào.")
        devices.revoke(connection, commune_id, device_id, now, reason)
        lost_phones.note(connection, commune_id, record.record_id, Step("done", now, current_user.account.account_id, done))


def _name(phone: Phone) -> str:
    return phone.member.name if phone.member else phone.device.account_id


def _typed(field: str) -> str:
    return phones.reason_of(request.form, field, MOST_LETTERS)


def _noticed(typed: str, now: str) -> str | None:
    """The moment that a field of date and time holds, local; None when it is none that was, within a year."""
    try:
        at = datetime.fromisoformat(typed).replace(tzinfo=LOCAL)
    except ValueError:
        return None
    # The field knows whole minutes: "now" may be some seconds ahead.
    return min(moment(at), now) if instant(now) - LONGEST_AGO <= at <= instant(now) + timedelta(minutes=1) else None
