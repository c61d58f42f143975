"""Correcting what a visit or a register said: its fields with their present values; only what is changed is said."""

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.store import households
from fieldapp.store.engine import reading
from fieldapp.survey.standing import CORRECTABLE
from fieldapp.web import guard
from fieldapp.web.forms import form_of
from fieldapp.web.households import dossier, saying, stated_fields, stated_help
from fieldapp.web.server import server

pages = Blueprint("corrections", __name__)


@pages.route("/households/<code>/correct/<event_id>", methods=["GET", "POST"])
@guard.signed_in(roles=("officer",))
def page(code: str, event_id: str) -> Any:
    """The fields of one event; what is changed acts at the place and day of that event."""
    with reading(server().engine) as connection:
        household = saying.found(connection, code)
        told = saying.told_event(connection, household, event_id)
        elsewhere = saying.elsewhere(connection, household) if household.state["erased"] else None
        erased = households.erased_in(connection, current_user.commune_id, told.event.household)
    if elsewhere:
        return elsewhere
    if told.event.kind not in CORRECTABLE:
        abort(404)
    guard.note_reading("household", [household.household_id])
    questionnaire = form_of(told.event.questionnaire)
    heads = " ".join(household.state["heads"])
    is_stale = request.method == "POST" and request.form.get("heads", heads) != heads
    typed, names = request.form if request.method == "POST" and not is_stale else None, dossier.names(household.state)
    parts = stated_fields.parts_of(questionnaire, told.as_corrected, typed, names)
    parts = [part for part in parts if part.who not in erased]
    helped = stated_help.rows_of(questionnaire, told.as_corrected, typed, names)
    reason, problems, nothing = saying.words_of(), {}, ""
    if request.method == "POST" and not told.voided:
        fields = stated_fields.changes(parts) | stated_help.changed(helped, told.as_corrected)
        wrong = any(field.problem for part in parts for field in part.fields) or any(row.problem for row in helped)
        problems = {"reason": saying.reason_problem(reason)}
        nothing = "" if fields or wrong else _("Chưa có gì thay đổi.")
        nothing = _("Từ lúc mở trang này, hộ vừa có ghi chép mới. Đây là giá trị hiện nay; vui lòng sửa lại.") if is_stale else nothing
        if fields and not wrong and not problems["reason"]:
            said = [("correct", told.event.household, {"event": event_id, "fields": fields, "reason": reason})]
            return saying.answer(said, _("Đã đính chính."), saying.to_household(household))
    page = render_template(
        "households/correct.html", household=household, told=told, parts=parts, helped=helped, names=names, form_of=questionnaire, heads=heads,
        reason=reason, problems=problems, nothing=nothing,
    )  # fmt: skip
    return page, 422 if request.method == "POST" else 200
