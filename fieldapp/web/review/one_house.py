"""What waits at one household, on one page where all of it is settled: two sides of a value, visits in doubt, visits given back, held texts."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.store import accounts, areas, findings, history, household_lines, households, review_queue
from fieldapp.store.engine import Connection, reading
from fieldapp.store.households import Household
from fieldapp.survey.codes import parse_code
from fieldapp.web import guard, queue_place
from fieldapp.web.households import actions, dossier, saying
from fieldapp.web.review import doubts, settling
from fieldapp.web.server import server

pages = Blueprint("review", __name__)
VISITS_SHOWN = 50


@pages.get("/queue/<code>")
@guard.signed_in(roles=("officer",))
def page(code: str) -> Any:
    """All that waits at the household, each with what can be done about it."""
    commune_id = current_user.commune_id
    with reading(server().engine) as connection:
        household = households.by_code(connection, commune_id, parse_code(code) or code) or abort(404)
        said = households.said_of(connection, commune_id, household.household_id)
        events = history.told(said)
        waiting = review_queue.of_household(connection, commune_id, household.household_id)
        doubted = doubts.of_items(connection, commune_id, waiting, with_village=True)
        shown = {
            "village": areas.village(connection, commune_id, household.village_id or ""),
            "authors": {each.account_id: each.name for each in accounts.of_commune(connection, commune_id)},
            "marks_of": settling.disputes(household.state["contested"], history.history(said, household.household_id)),
        }
    guard.note_reading("queue", [household.household_id])
    by_event = {each.event_id: [doubt for item in waiting if item.event_id == each.event_id for doubt in doubted[item.key]] for each in waiting}
    flagged = [(told, by_event[told.event.id]) for told in events if told.event.id in by_event and told.voided is None]
    given_back = [(told, household.state["returned"][told.event.id]) for told in events if told.event.id in household.state["returned"]]
    held = [told for told in events if told.said.held]
    may = {"void": actions.may_void, "correct": actions.may_correct, "review": actions.may_review}
    return render_template(
        "review/review.html", household=household, names=dossier.names(household.state), flagged=flagged, given_back=given_back, held=held, may=may,
        stated=dossier.stated, carried=queue_place.carried() or "", back=queue_place.back() or url_for("queue.page"), **shown,
    )  # fmt: skip


@pages.get("/queue/members/<event_id>")
@guard.signed_in(roles=("officer",))
def member(event_id: str) -> Any:
    """What a member's month shows beside what others find there, and the visits that it was made of."""
    commune_id = current_user.commune_id
    with reading(server().engine) as connection:
        found = findings.of_event(connection, commune_id, event_id)
        if found is None or found.household_id is not None:
            abort(404)
        waiting = review_queue.of_events(connection, commune_id, [event_id])
        told = doubts.of_items(connection, commune_id, waiting)
        visits = findings.visits_of(connection, commune_id, found, VISITS_SHOWN + 1)
        lines = household_lines.lines(connection, commune_id, {each.household_id for each in visits[:VISITS_SHOWN]})
        author = accounts.by_id(connection, commune_id, found.account_id or "")
        village = areas.village(connection, commune_id, found.village_id or "")
    if not waiting:
        flash(_("Chỗ này đã có người trả lời."), "good")
        return redirect(saying.to_queue(), 303)
    guard.note_reading("queue", lines)
    return render_template(
        "review/review_member.html", found=found, doubts=[doubt for item in waiting for doubt in told[item.key]], visits=visits[:VISITS_SHOWN],
        more=len(visits) > VISITS_SHOWN, lines=lines, name=author.name if author else _("người đã rời xã"), village=village, time=doubts.time,
        carried=queue_place.carried() or "", back=saying.to_queue(),
    )  # fmt: skip


@pages.post("/queue/<code>/settle")
@guard.signed_in(roles=("officer",))
def settle(code: str) -> Any:
    """Say which value of a contested field stands."""
    where = request.form.get("where", "")
    with reading(server().engine) as connection:
        household = saying.found(connection, code)
        dispute = next((each for each in _disputes(connection, household) if each.where == where), None)
    here = url_for("review.page", code=household.code, queue=queue_place.carried())
    if dispute is None:
        flash(_("Chỗ này đã có người trả lời."), "good")
        return redirect(here, 303)
    heads = " ".join(household.state["heads"])
    if request.form.get("heads", heads) != heads:
        flash(_("Từ lúc mở trang này, hộ vừa có ghi chép mới. Vui lòng xem lại các giá trị rồi chốt."), "bad")
        return redirect(here, 303)
    body = settling.settled(dispute, request.form)
    if body is None:
        flash(_("Chưa chọn được giá trị, hoặc giá trị gõ vào không hợp câu hỏi. Chưa có gì thay đổi."), "bad")
        return redirect(here, 303)
    more = len(household.state["contested"]) > 1
    return saying.answer([("review", household.household_id, body)], _("Đã chốt giá trị đúng."), here if more else saying.to_queue())


def _disputes(connection: Connection, household: Household) -> list[settling.Dispute]:
    said = households.said_of(connection, current_user.commune_id, household.household_id)
    return settling.disputes(household.state["contested"], history.history(said, household.household_id))
