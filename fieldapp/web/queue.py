"""What waits for an officer's eye: held texts, values on which two visits disagree, flags. Each leaves when it is answered."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.store import accounts, areas, attention, history, households
from fieldapp.store import held as held_texts
from fieldapp.store.engine import Connection, reading
from fieldapp.web import dossier, guard, saying, settling
from fieldapp.web.formats import ngettext
from fieldapp.web.server import server

pages = Blueprint("queue", __name__)
HOUSEHOLDS_AT_ONCE, FLAGS_AT_ONCE = 20, 50


@pages.get("/queue")
@guard.signed_in(roles=("officer",))
def page() -> str:
    """The counts, the contested values with both sides, and the events of one flag."""
    commune_id, after, chosen, beyond = current_user.commune_id, request.args.get("after", ""), request.args.get("flag"), request.args.get("from", "")
    with reading(server().engine) as connection:
        flags = attention.flag_counts(connection, commune_id)
        chosen = chosen if chosen in flags else next(iter(flags), None)
        flagged = attention.flags(connection, commune_id, chosen, beyond, FLAGS_AT_ONCE + 1) if chosen else []
        listed = attention.contested(connection, commune_id, after, HOUSEHOLDS_AT_ONCE + 1)
        shown = {
            "held": sum(number for *_, number in held_texts.counts(connection, commune_id)),
            "contested": attention.contested_count(connection, commune_id),
            "disputes": [_disputes(connection, each.household_id) for each in listed[:HOUSEHOLDS_AT_ONCE]],
            "authors": {each.account_id: each.name for each in accounts.of_commune(connection, commune_id)},
            "villages": areas.names(connection, commune_id),
        }
    read = [each.household_id for each in listed[:HOUSEHOLDS_AT_ONCE]] + [each.household_id for each in flagged[:FLAGS_AT_ONCE]]
    guard.note_reading("queue", read)
    following = listed[HOUSEHOLDS_AT_ONCE - 1].code if len(listed) > HOUSEHOLDS_AT_ONCE else None
    more = flagged[FLAGS_AT_ONCE - 1].event_id if len(flagged) > FLAGS_AT_ONCE else None
    return render_template("queue.html", flags=flags, chosen=chosen, flagged=flagged[:FLAGS_AT_ONCE], following=following, more=more, **shown)


@pages.post("/queue/settle")
@guard.signed_in(roles=("officer",))
def settle() -> Any:
    """Say which value of a contested field stands."""
    code, where = request.form.get("code", ""), request.form.get("where", "")
    with reading(server().engine) as connection:
        household = saying.found(connection, code)
        dispute = next((each for each in _disputes(connection, household.household_id)["marks"] if each.where == where), None)
    if dispute is None:
        flash(_("Chỗ này đã có người trả lời."), "good")
        return redirect(url_for("queue.page"), 303)
    heads = " ".join(household.state["heads"])
    if request.form.get("heads", heads) != heads:
        flash(_("Từ lúc mở trang này, hộ vừa có ghi chép mới. Vui lòng xem lại các giá trị rồi chốt."), "bad")
        return redirect(url_for("queue.page", _anchor=household.code), 303)
    body = settling.settled(dispute, request.form)
    if body is None:
        flash(_("Chưa chọn được giá trị, hoặc giá trị gõ vào không hợp câu hỏi. Chưa có gì thay đổi."), "bad")
        return redirect(url_for("queue.page", _anchor=household.code), 303)
    return saying.answer([("review", household.household_id, body)], _("Đã chốt giá trị đúng."), url_for("queue.page"))


@pages.post("/queue/answer")
@guard.signed_in(roles=("officer",))
def answer() -> Any:
    """Say of flagged events that they are right as they are."""
    code, comment = request.form.get("flag", ""), saying.words_of("comment") or None
    with reading(server().engine) as connection:
        found = {each: attention.flag_of(connection, current_user.commune_id, each, code) for each in request.form.getlist("event")}
    said = [
        ("review", household_id, {"event": event_id, "outcome": "answered", "flag": code, "comment": comment})
        for event_id, household_id in found.items() if household_id
    ]  # fmt: skip
    if not said:
        flash(_("Chưa chọn mục nào."), "bad")
        return redirect(url_for("queue.page", flag=code), 303)
    return saying.answer(said, ngettext("Đã xem %(num)s mục.", "Đã xem %(num)s mục.", len(said)), url_for("queue.page", flag=code))


def _disputes(connection: Connection, household_id: str) -> dict[str, Any]:
    commune_id = current_user.commune_id
    household = households.by_id(connection, commune_id, household_id) or abort(404)
    found = history.history(households.said_of(connection, commune_id, household_id), household_id)
    return {"household": household, "names": dossier.names(household.state), "marks": settling.disputes(household.state["contested"], found)}
