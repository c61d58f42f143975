"""The one queue: what waits for an officer's eye, filtered and page by page; what looks right is approved, many at once, and taken back as easily."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.intake import desk
from fieldapp.store import accounts, areas, flag_answers, review_queue
from fieldapp.store.engine import reading
from fieldapp.store.review_queue import Asked
from fieldapp.survey.day import day_of
from fieldapp.web import guard, queue_place
from fieldapp.web.formats import ngettext
from fieldapp.web.households import saying
from fieldapp.web.review import queue_lines
from fieldapp.web.server import server

pages = Blueprint("queue", __name__)
AT_ONCE = 50
DAYS = (7, 30, 90)
UNDO = "undo"


@pages.get("/queue")
@guard.signed_in(roles=("officer",))
def page() -> str:
    """What waits, latest first, under the filters of the address; each line leads to where it is settled."""
    commune_id = current_user.commune_id
    with reading(server().engine) as connection:
        asked = _asked()
        items, following = review_queue.page(connection, commune_id, asked, review_queue.parsed(request.args.get("from", "")), AT_ONCE)
        shown = {
            "lines": queue_lines.lines(connection, commune_id, items),
            "counts": review_queue.counts(connection, commune_id, replace(asked, kind="", flag="")),
            "flags": review_queue.flag_counts(connection, commune_id, asked),
            "villages": areas.villages(connection, commune_id),
            "names": areas.names(connection, commune_id),
            "authors": {each.account_id: each.name for each in accounts.of_commune(connection, commune_id)},
        }
    guard.note_reading("queue", {each.household_id for each in items if each.household_id})
    query = {name: request.args[name] for name in queue_place.NAMES if request.args.get(name) and name != "from"}
    undo = session.pop(UNDO, None)
    return render_template(
        "review/queue.html", asked=asked, query=query, kinds=review_queue.KINDS, days=DAYS, undo=undo, place=queue_place.here(),
        following=review_queue.text_of(following) if following else None, **shown,
    )  # fmt: skip


@pages.post("/queue/approve")
@guard.signed_in(roles=("officer",))
def approve() -> Any:
    """Say of the chosen events that they are right as they are."""
    comment = saying.words_of("comment") or None
    with reading(server().engine) as connection:
        found = review_queue.of_events(connection, current_user.commune_id, request.form.getlist("event"))
    of_household = {each.event_id: each.household_id or each.event_id for each in found}
    said = [("review", of, {"event": event_id, "outcome": "approved", "comment": comment}) for event_id, of in sorted(of_household.items())]
    return _answered(said, ngettext("Đã duyệt %(num)s mục.", "Đã duyệt %(num)s mục.", len(said)))


@pages.post("/queue/undo")
@guard.signed_in(roles=("officer",))
def undo() -> Any:
    """Take approvals back: what they answered waits again."""
    with reading(server().engine) as connection:
        found = flag_answers.households_of(connection, current_user.commune_id, request.form.getlist("review"))
    said = [("void", household_id, {"event": review, "reason": _("Hoàn tác")}) for review, household_id in sorted(found.items())]
    words = ngettext("Đã hoàn tác %(num)s mục; chúng lại nằm trong hàng đợi.", "Đã hoàn tác %(num)s mục; chúng lại nằm trong hàng đợi.", len(said))
    return _answered(said, words, undoing=True)


def _answered(said: Sequence[desk.Said], words: str, undoing: bool = False) -> Any:
    back = redirect(queue_place.back() or url_for("queue.page"), 303)
    if not said:
        flash(_("Chưa chọn mục nào."), "bad")
        return back
    receipts, problem = saying.recorded(said)
    if problem:
        flash(_("Chưa làm được: %(problem)s.", problem=problem), "bad")
        return back
    if not undoing:
        session[UNDO] = [each.id for each in receipts]
    flash(words, "good")
    return back


def _asked() -> Asked:
    today = date.fromisoformat(day_of(server().clock()))
    days = request.args.get("days", type=int)
    kind = request.args.get("kind", "")
    return Asked(
        kind if kind in review_queue.KINDS else "", request.args.get("flag", ""), request.args.get("village", ""), request.args.get("member", ""),
        (today - timedelta(days=days - 1)).isoformat() if days in DAYS else "",
    )  # fmt: skip
