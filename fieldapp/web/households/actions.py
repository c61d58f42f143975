"""What an officer does to a household: take an event out and bring it back, move it or one of its people, judge a visit.

Each is a page that says in one sentence what it means, asks for the reason and makes one event, which another can undo."""

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.store import accounts, areas, households
from fieldapp.store.engine import reading
from fieldapp.store.history import Told
from fieldapp.store.households import Household
from fieldapp.survey.standing import CORRECTABLE
from fieldapp.web import guard
from fieldapp.web.households import moving, places, saying
from fieldapp.web.server import server

pages = Blueprint("actions", __name__)

OFFICER = ("officer",)
# What an erasure took can't come back; that a held text counts is undone by voiding the event itself.
FINAL = ("replayed",)


def may_void(told: Told) -> bool:
    """Whether an officer can take the event out."""
    event = told.event
    final = event.kind == "erase" or (event.kind == "review" and event.body["outcome"] in FINAL)
    return told.said.held is None and told.voided is None and not final


def may_correct(told: Told) -> bool:
    """Whether what the event said can be corrected."""
    return told.event.kind in CORRECTABLE and told.said.held is None and told.voided is None


def may_review(told: Told) -> bool:
    """Whether the event is a visit that can be given back to its author."""
    return told.event.kind == "visit" and told.said.held is None and told.voided is None


@pages.route("/households/<code>/void/<event_id>", methods=["GET", "POST"])
@guard.signed_in(roles=OFFICER)
def void(code: str, event_id: str) -> Any:
    """Take an event out, or bring back one that was taken out (by taking out what did it)."""
    with reading(server().engine) as connection:
        household = saying.found(connection, code)
        told = saying.told_event(connection, household, event_id)
        twin = moving.twin(connection, current_user.commune_id, told.event)
    guard.note_reading("household", [household.household_id])
    reason, problem = saying.words_of(), ""
    if request.method == "POST" and may_void(told):
        problem = saying.reason_problem(reason)
        if not problem:
            events = [each for each in (told.event, twin) if each is not None]
            said = [("void", each.household, {"event": each.id, "reason": reason}) for each in events]
            words = _("Đã khôi phục.") if told.event.kind == "void" else _("Đã hủy hiệu lực. Muốn lấy lại thì bấm Khôi phục ở danh sách ghi chép.")
            return saying.answer(said, words, saying.to_household(household))
    page = render_template("households/void.html", household=household, told=told, may=may_void(told), twin=twin, reason=reason, problem=problem)
    return page, 422 if request.method == "POST" else 200


@pages.route("/households/<code>/move", methods=["GET", "POST"])
@guard.signed_in(roles=OFFICER)
def move(code: str) -> Any:
    """The household to another village."""
    with reading(server().engine) as connection:
        household = saying.found(connection, code)
        elsewhere = saying.elsewhere(connection, household)
        villages = [each for each in areas.villages(connection, current_user.commune_id) if each.village_id != household.village_id]
    guard.note_reading("household", [household.household_id])
    if elsewhere:
        return elsewhere
    chosen, reason, problems = request.form.get("village", ""), saying.words_of(), {}
    if request.method == "POST":
        to = next((each for each in villages if each.village_id == chosen), None)
        problems = {"village": "" if to else _("Vui lòng chọn thôn."), "reason": saying.reason_problem(reason)}
        if to and not any(problems.values()):
            said = [("move", household.household_id, {"village": to.village_id, "reason": reason})]
            return saying.answer(said, _("Đã chuyển hộ sang %(village)s.", village=to.name), saying.to_household(household))
    page = render_template("households/move.html", household=household, villages=villages, chosen=chosen, reason=reason, problems=problems)
    return page, 422 if problems else 200


@pages.route("/households/<code>/people/<person_id>/move", methods=["GET", "POST"])
@guard.signed_in(roles=OFFICER)
def move_person(code: str, person_id: str) -> Any:
    """One person to another household: they leave here and arrive there, with what is known of them."""
    with reading(server().engine) as connection:
        household = saying.found(connection, code)
        elsewhere = saying.elsewhere(connection, household)
        to = saying.other(connection, request.values.get("to", ""))
        lives = households.homes_of(connection, current_user.commune_id, person_id)
    if elsewhere:
        return elsewhere
    person = household.state["people"].get(person_id) or abort(404)
    guard.note_reading("household", [household.household_id])
    reason, problems = saying.words_of(), {}
    if request.method == "POST":
        problems = {"to": _lives_elsewhere(household, lives) or _other_problem(household, to), "reason": saying.reason_problem(reason)}
        if to and not any(problems.values()):
            said = moving.leave_and_arrive(household, to, person_id, request.form, reason)
            return saying.answer(said, _("Đã chuyển %(name)s sang hộ %(code)s.", name=person["name"], code=to.code), saying.to_household(to))
    page = render_template(
        "households/move_person.html", household=household, person=person, choices=moving.CHOICES, reason=reason, problems=problems
    )
    return page, 422 if problems else 200


@pages.route("/households/<code>/review/<event_id>", methods=["GET", "POST"])
@guard.signed_in(roles=OFFICER)
def review(code: str, event_id: str) -> Any:
    """Give a visit back to who made it, with what is to be done again; or approve it."""
    with reading(server().engine) as connection:
        household = saying.found(connection, code)
        told = saying.told_event(connection, household, event_id)
        author = accounts.by_id(connection, current_user.commune_id, told.event.member)
    if not may_review(told):
        abort(404)
    guard.note_reading("household", [household.household_id])
    comment, problem = saying.words_of("comment"), ""
    choices = places.askable(told.as_corrected, household.state)
    where = next((each.where for each in choices if each.where == request.form.get("where")), None)
    if request.method == "POST":
        outcome = "approved" if request.form.get("outcome") == "approved" else "returned"
        problem = "" if comment or outcome == "approved" else _("Vui lòng ghi cần làm lại điều gì.")
        if not problem:
            words = _("Đã duyệt lượt đến.") if outcome == "approved" else _("Đã trả lại. Điện thoại của người ghi sẽ nhận ở lần đồng bộ tới.")
            said_where = {"where": where} if where and outcome == "returned" else {}
            body = {"event": event_id, "outcome": outcome, "comment": comment or None, **said_where}
            said = [("review", told.event.household, body)]
            return saying.answer(said, words, saying.to_household(household))
    shown = {"household": household, "told": told, "author": author, "comment": comment, "where": where, "choices": choices}
    page = render_template("households/household_review.html", problem=problem, **shown)
    return page, 422 if problem else 200


def _lives_elsewhere(household: Household, homes: list[households.Home]) -> str:
    """Who has moved away already can't move from here once more: they would live in two houses."""
    there = next((home for home in homes if home.lives_there and home.household_id != household.household_id), None)
    return _("Người này đang ở hộ %(code)s. Muốn chuyển tiếp thì mở hộ ấy.", code=there.code) if there else ""


def _other_problem(household: Household, to: Household | None) -> str:
    if to is None:
        return _("Không có hộ nào mang mã này.")
    if to.household_id == household.household_id:
        return _("Đây chính là hộ này. Vui lòng ghi mã của hộ kia.")
    return _("Hộ kia đã được xóa theo yêu cầu.") if to.state["erased"] else ""
