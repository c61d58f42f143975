"""Teams, their members and their villages: an officer makes them, a leader sees their own."""

import os
from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.store import accounts, areas, devices, teams, visits
from fieldapp.store.accounts import Account
from fieldapp.store.engine import reading, writing
from fieldapp.store.teams import Team
from fieldapp.survey.day import day_of, instant, moment
from fieldapp.survey.ids import RANDOM_BYTES, person_id
from fieldapp.survey.phone_number import e164
from fieldapp.web import guard
from fieldapp.web.accounts import choosing
from fieldapp.web.formats import ngettext
from fieldapp.web.server import server

pages = Blueprint("teams", __name__, url_prefix="/teams")

MOST_LINES = 200


@pages.get("")
@guard.signed_in
def page() -> Any:
    """Every team of the commune; a leader is led to their own."""
    if current_user.role == "leader":
        return redirect(url_for("teams.one", team_id=current_user.account.team_id)) if current_user.account.team_id else abort(404)
    return _all()


@pages.post("")
@guard.signed_in(roles=("officer",))
def add() -> Any:
    """A new team."""
    name, team_id = choosing.name_of(request.form)[: choosing.MOST_LETTERS], person_id(os.urandom(RANDOM_BYTES))
    with writing(server().engine) as connection:
        problem = _name_problem(connection, name)
        if not problem:
            accounts.add_team(connection, current_user.commune_id, team_id, name)
    if problem:
        return _all(problem), 422
    return redirect(url_for("teams.one", team_id=team_id), 303)


@pages.get("/<team_id>")
@guard.signed_in
def one(team_id: str) -> str:
    """A team: its villages, its members, what stands of their phones."""
    return _one(_theirs(team_id))


@pages.post("/<team_id>")
@guard.signed_in(roles=("officer",))
def rename(team_id: str) -> Any:
    """Another name for the team."""
    team, name = _theirs(team_id), choosing.name_of(request.form)[: choosing.MOST_LETTERS]
    with writing(server().engine) as connection:
        problem = _name_problem(connection, name, team_id)
        if not problem:
            teams.rename(connection, current_user.commune_id, team_id, name)
    if problem:
        return _one(team, {"name": problem}), 422
    flash(_("Đã lưu."), "good")
    return redirect(url_for("teams.one", team_id=team_id), 303)


@pages.post("/<team_id>/villages")
@guard.signed_in(roles=("officer",))
def give(team_id: str) -> Any:
    """The villages that the team has from today on."""
    team, chosen = _theirs(team_id), request.form.getlist("village")
    today = day_of(server().clock())
    with writing(server().engine) as connection:
        known = {each.village_id for each in areas.standing_with(connection, current_user.commune_id, team.villages)}
        if not set(chosen) <= known:
            abort(404)
        teams.give_villages(connection, current_user.commune_id, team.team_id, chosen, today)
    flash(_("Đã giao thôn. Điện thoại nhận danh sách mới ở lần gửi tới."), "good")
    return redirect(url_for("teams.one", team_id=team_id), 303)


@pages.post("/<team_id>/members")
@guard.signed_in(roles=("officer",))
def add_members(team_id: str) -> Any:
    """New members, one a line: a name, and after a semicolon their number."""
    team = _theirs(team_id)
    lines = [line.partition(";") for line in request.form.get("names", "").splitlines() if line.strip()]
    read = [(choosing.name_of({"name": name}), number.strip()) for name, _sign, number in lines]
    today = day_of(server().clock())
    with writing(server().engine) as connection:
        there = {(each.name, each.phone) for each in teams.members(connection, current_user.commune_id, team.team_id)}
        problem = _lines_problem(read, there)
        for name, number in [] if problem else read:
            new = Account(current_user.commune_id, person_id(os.urandom(RANDOM_BYTES)), name, "member", phone=e164(number) if number else None)
            accounts.add(connection, new)
            teams.join(connection, current_user.commune_id, new.account_id, team.team_id, today)
    if problem:
        return _one(team, {"names": problem}), 422
    flash(ngettext("Đã thêm %(num)s người.", "Đã thêm %(num)s người.", len(read)), "good")
    return redirect(url_for("teams.one", team_id=team_id), 303)


def _name_problem(connection: Any, name: str, team_id: str | None = None) -> str | None:
    """Why the team can't have that name: two of one name are told apart by nobody, and a form is sent twice before one knows."""
    if not name:
        return _("Vui lòng đặt tên cho tổ.")
    others = [each.name.casefold() for each in teams.of_commune(connection, current_user.commune_id) if each.team_id != team_id]
    return _("Đã có tổ mang tên này.") if name.casefold() in others else None


def _lines_problem(read: list[tuple[str, str]], there: set[tuple[str, str | None]]) -> str | None:
    """What is wrong with pasted names and numbers: nobody is added then, and the lines are named."""
    wrong = [name or number for name, number in read if choosing.name_problem(name) or (number and e164(number) is None)]
    if wrong:
        return _("Chưa đúng: %(lines)s", lines="; ".join(wrong))
    again = [name for name, number in read if (name, e164(number) if number else None) in there]
    if again:
        return _("Đã ở trong tổ: %(names)s. Nếu là người khác trùng tên, vui lòng ghi thêm số điện thoại.", names="; ".join(again))
    return _("Vui lòng ghi từ 1 đến %(most)s người.", most=MOST_LINES) if not 1 <= len(read) <= MOST_LINES else None


def _theirs(team_id: str) -> Team:
    """The team, where it is one that the signed-in person sees."""
    with reading(server().engine) as connection:
        team = teams.by_id(connection, current_user.commune_id, team_id)
    if team is None or (current_user.role == "leader" and current_user.account.team_id != team_id):
        abort(404)
    return team


def _all(problem: str | None = None) -> str:
    now = server().clock()
    with reading(server().engine) as connection:
        commune_id = current_user.commune_id
        every = teams.of_commune(connection, commune_id)
        people = [each for each in accounts.of_commune(connection, commune_id) if each.role in teams.ON_PHONES]
        names = areas.names(connection, commune_id)
        on_phones = {each.account_id for each in devices.of_commune(connection, commune_id) if each.revoked_at is None}
        work = visits.by_member(connection, commune_id, week_before(now))
    return render_template("teams/teams.html", teams=every, people=people, names=names, on_phones=on_phones, work=work, problem=problem)


def _one(team: Team, problems: dict[str, str] | None = None) -> str:
    now = server().clock()
    with reading(server().engine) as connection:
        commune_id = current_user.commune_id
        shown = {
            "members": teams.members(connection, commune_id, team.team_id), "villages": areas.standing_with(connection, commune_id, team.villages),
            "given": accounts.given(connection, commune_id), "names": areas.names(connection, commune_id),
            "work": visits.by_member(connection, commune_id, week_before(now)),
        }  # fmt: skip
        phones = {each.account_id: each for each in devices.of_commune(connection, commune_id) if each.revoked_at is None}
    return render_template("teams/team.html", team=team, phones=phones, problems=problems or {}, typed=request.form.get("names", ""), **shown)


def week_before(now: str) -> str:
    """The first of the seven days that end today."""
    return day_of(moment(instant(now) - timedelta(days=6)))
