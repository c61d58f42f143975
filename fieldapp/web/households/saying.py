"""How an officer's page says something of a household: who may, where the household is found, what is answered.

Every act is an event through the same door as a phone's: judged, kept, and undone by another event."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.intake import desk
from fieldapp.intake.receive import HELD, Receipt
from fieldapp.store import areas, history, households
from fieldapp.store.engine import Connection, reading
from fieldapp.store.households import Household
from fieldapp.survey.codes import parse_code
from fieldapp.survey.text import nfc
from fieldapp.web import queue_place
from fieldapp.web.server import server
from fieldapp.web.words import problem_words

MOST_CHARACTERS = 2000


def found(connection: Connection, code: str) -> Household:
    """The household under a code in the officer's commune; else 404."""
    commune_id = current_user.commune_id
    return _remembered(households.by_code(connection, commune_id, parse_code(code) or code)) or abort(404)


def elsewhere(connection: Connection, household: Household) -> Any:
    """Where an act leads that this household can't take any more, with the reason said; None where it can."""
    if household.state["erased"]:
        flash(_("Dữ liệu của hộ này đã được xóa theo yêu cầu, không làm việc này được nữa."), "bad")
        return redirect(to_household(household), 303)
    into = households.by_id(connection, current_user.commune_id, household.line.merged_into) if household.line.merged_into else None
    if into is None:
        return None
    flash(_("Hộ %(code)s đã gộp vào hộ này. Vui lòng làm ở đây; muốn tách ra thì hủy việc gộp.", code=household.code), "bad")
    return redirect(to_household(into), 303)


def _remembered(household: Household | None) -> Household | None:
    """What the officer had before them in this request, so that nothing is said upon what came meanwhile."""
    if household is not None:
        g.setdefault("seen", {})[household.household_id] = household.state["heads"]
    return household


def opened(code: str) -> Household:
    """As `found`, for who asks nothing else."""
    with reading(server().engine) as connection:
        return found(connection, code)


def other(connection: Connection, typed: str) -> Household | None:
    """The household of a code as it was typed ("3-127" is enough); the one that it has become part of, None when there is none."""
    commune_id = current_user.commune_id
    code = parse_code(typed, areas.commune(connection, commune_id).code)
    known = households.by_code(connection, commune_id, code) if code else None
    into = known.line.merged_into if known else None
    return _remembered(households.by_id(connection, commune_id, into) if into else known)


def told_event(connection: Connection, household: Household, event_id: str) -> history.Told:
    """An event on the page of the household, with what became of it; 404 when it is not there or does not count."""
    said = households.said_of(connection, current_user.commune_id, household.household_id)
    return next((each for each in history.told(said) if each.event.id == event_id and each.said.held is None), None) or abort(404)


def words_of(field: str = "reason") -> str:
    """The words that were typed, in NFC, without space around them."""
    return nfc(request.form.get(field, "")).strip()[:MOST_CHARACTERS]


def reason_problem(reason: str) -> str:
    return "" if reason else _("Vui lòng ghi lý do: người xem sau cần biết vì sao.")


def recorded(events: Sequence[desk.Said]) -> tuple[list[Receipt], str | None]:
    """Record what the officer says: its receipts, and the words for why it does not count, None when it does."""
    here = server()
    receipts = desk.record(here.engine, current_user.account, here.clock(), events, g.get("seen"))
    if not receipts:
        return [], _("hộ này vừa có ghi chép mới, có thể chính việc này đã gửi rồi. Chưa ghi thêm gì; vui lòng xem lại")
    held = next((each.reason for each in receipts if each.outcome == HELD and each.reason), None)
    return receipts, _("%(problem)s. Xem ở mục Phiếu đang giữ", problem=problem_words(held)) if held else None


def say(events: Sequence[desk.Said]) -> str | None:
    """Record what the officer says; None when it counts, else the words for why it does not."""
    return recorded(events)[1]


def answer(said: Sequence[desk.Said], words: str, back: str) -> Any:
    """Record, say so, and lead on to the page `back`."""
    problem = say(said)
    if problem:
        flash(_("Chưa làm được: %(problem)s.", problem=problem), "bad")
    else:
        flash(words, "good")
    return redirect(back, 303)


def to_queue() -> str:
    """The address of the page of the queue from which the officer came, else of its first."""
    return queue_place.back() or url_for("queue.page")


def to_household(household: Household) -> str:
    """Where an act on a household leads: back to the queue for who came from there, else to the household's page."""
    return queue_place.leave_to(household)
