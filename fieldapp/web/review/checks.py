"""Back-checks: some visited houses, drawn by chance, are visited again by another member who does not see the answers; here they are drawn and
given, called off, and it is told how far both visits agree. Numbers to ask about, never a ranking."""

import hashlib
import os
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.store import accounts, areas, back_checks, history, household_lines, households
from fieldapp.store.back_checks import Check
from fieldapp.store.engine import Connection, reading
from fieldapp.survey.day import day_of
from fieldapp.survey.drawing import Drawn, drawn
from fieldapp.survey.fold import BACK_CHECK
from fieldapp.web import guard
from fieldapp.web.formats import ngettext
from fieldapp.web.households import dossier, saying
from fieldapp.web.server import server

pages = Blueprint("checks", __name__)
OFFICER = ("officer",)
EACH, MOST_EACH = 2, 20
DAYS_TO_DO = 14
SEED_BYTES = 4
IN_ONE_GO = 100
MONTH, SEED = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])"), re.compile(r"[0-9A-Za-z-]{1,40}")


@dataclass(frozen=True, slots=True)
class Sums:
    """How far checks agree: by member (whose visits were checked) and by question, as (agreeing, compared); checks: how many were made."""

    same: int
    asked: int
    members: dict[str, tuple[int, int, int]]
    questions: dict[str, tuple[int, int]]


@pages.get("/queue/checks")
@guard.signed_in(roles=OFFICER)
def page() -> str:
    """The checks of a month with how far they agree; with `seed`, what a draw would give."""
    commune_id, today = current_user.commune_id, day_of(server().clock())
    month = _month(today)
    seed, each, share = request.args.get("seed", ""), _each(), _share()
    with reading(server().engine) as connection:
        asked = back_checks.of_month(connection, commune_id, month)
        draw = _draw(connection, commune_id, month, seed) if SEED.fullmatch(seed) else None
        ids = {check.household_id for check in asked} | {one.candidate.household for one in draw or ()}
        shown = {
            "lines": household_lines.lines(connection, commune_id, ids),
            "authors": {each.account_id: each.name for each in accounts.of_commune(connection, commune_id)},
            "villages": areas.names(connection, commune_id),
            "months": sorted({today[:7], *back_checks.months(connection, commune_id)}, reverse=True)[:12],
        }
    guard.note_reading("queue", ids)
    waiting, done = [check for check in asked if not check.done_by], [check for check in asked if check.done_by]
    return render_template(
        "review/checks.html", month=month, waiting=waiting, done=done, sums=_sums(done), draw=draw, drawn=_mark(draw or []), seed=seed,
        each=each, share=share, most=MOST_EACH, fresh=os.urandom(SEED_BYTES).hex(), today=today, **shown,
    )  # fmt: skip


@pages.post("/queue/checks")
@guard.signed_in(roles=OFFICER)
def give() -> Any:
    """Give what a seed draws to its checkers, if it still draws what was seen: a second tap gives nothing."""
    today = day_of(server().clock())
    month, seed = _month(today), request.form.get("seed", "")
    back = url_for("checks.page", month=month)
    with reading(server().engine) as connection:
        draw = _draw(connection, current_user.commune_id, month, seed) if SEED.fullmatch(seed) else []
        known = households.known(connection, current_user.commune_id, [each.candidate.household for each in draw])
    if request.form.get("drawn") != _mark(draw):
        flash(_("Những lượt vừa rút đã giao rồi, hoặc vừa có lượt đến mới. Xem phần đang chờ; cần thêm thì rút lại."), "bad")
        return redirect(back, 303)
    due = (date.fromisoformat(today) + timedelta(days=DAYS_TO_DO)).isoformat()
    said = [
        ("review", one.candidate.household, {"outcome": BACK_CHECK, "event": one.candidate.visit, "checker": one.checker, "due": due, "seed": seed})
        for one in draw
    ]
    if not said:
        flash(_("Không rút được lượt nào để kiểm tra."), "bad")
        return redirect(back, 303)
    for start in range(0, len(said), IN_ONE_GO):
        # In parts: phones wait while one is written; and only upon what was drawn from, which another tap may have changed.
        part = said[start : start + IN_ONE_GO]
        g.seen = {household: known[household].state["heads"] for _kind, household, _body in part}
        problem = saying.say(part)
        if problem:
            flash(_("Chưa làm được: %(problem)s.", problem=problem), "bad")
            return redirect(back, 303)
    flash(ngettext("Đã giao %(num)s lượt thăm kiểm tra.", "Đã giao %(num)s lượt thăm kiểm tra.", len(said)), "good")
    return redirect(back, 303)


@pages.get("/queue/checks/<event_id>")
@guard.signed_in(roles=OFFICER)
def one(event_id: str) -> str:
    """One check: both visits, answer by answer where they differ."""
    with reading(server().engine) as connection:
        check = back_checks.by_id(connection, current_user.commune_id, event_id) or abort(404)
        household = households.by_id(connection, current_user.commune_id, check.household_id) or abort(404)
        told = history.told(households.said_of(connection, current_user.commune_id, check.household_id))
        authors = {each.account_id: each.name for each in accounts.of_commune(connection, current_user.commune_id)}
    guard.note_reading("queue", [household.household_id])
    events = {each.event.id: each for each in told}
    return render_template(
        "review/check.html", check=check, household=household, names=dossier.names(household.state), authors=authors,
        checked=events.get(check.visit_id), made=events.get(check.done_by or ""), back=url_for("checks.page", month=check.asked_on[:7]),
    )  # fmt: skip


@pages.post("/queue/checks/<event_id>/call-off")
@guard.signed_in(roles=OFFICER)
def call_off(event_id: str) -> Any:
    """Call a check off that was not made yet: its phone gets the answers back."""
    with reading(server().engine) as connection:
        check = back_checks.by_id(connection, current_user.commune_id, event_id) or abort(404)
    back = url_for("checks.page", month=check.asked_on[:7])
    if check.done_by:
        flash(_("Lượt kiểm tra này đã làm rồi."), "bad")
        return redirect(back, 303)
    said = [("void", check.household_id, {"event": check.review_id, "reason": _("Thôi không kiểm tra nữa")})]
    return saying.answer(said, _("Đã thôi, không kiểm tra hộ này nữa."), back)


def _draw(connection: Connection, commune_id: str, month: str, seed: str) -> list[Drawn]:
    candidates, checkers = back_checks.candidates(connection, commune_id, month), back_checks.checkers(connection, commune_id)
    return drawn(candidates, checkers, f"{month} {seed}", _each(), _share())


def _mark(draw: list[Drawn]) -> str:
    """The same for the same visits and checkers."""
    return hashlib.sha256(" ".join(f"{one.candidate.visit} {one.checker}" for one in draw).encode()).hexdigest()


def _sums(done: list[Check]) -> Sums:
    members: dict[str, tuple[int, int, int]] = {}
    same: Counter[str] = Counter()
    compared: Counter[str] = Counter()
    for check in done:
        agreeing, asked, made = members.get(check.account_id, (0, 0, 0))
        members[check.account_id] = agreeing + check.same, asked + check.asked, made + 1
        for question, (agree, of) in check.questions.items():
            same[question] += agree
            compared[question] += of
    return Sums(same.total(), compared.total(), members, {question: (same[question], compared[question]) for question in compared})


def _month(today: str) -> str:
    month = request.values.get("month", "")
    return month if MONTH.fullmatch(month) else today[:7]


def _share() -> int:
    """Per cent of each member's visits; 0: so many of each."""
    return min(max(request.values.get("share", 0, type=int) or 0, 0), 100)


def _each() -> int:
    return min(max(request.values.get("each", EACH, type=int) or EACH, 1), MOST_EACH)
