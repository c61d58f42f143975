"""Teams, their members and their villages: an officer makes them, a leader sees their own."""

import os
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.store import accounts, areas, devices, teams
from fieldapp.store.accounts import Account
from fieldapp.store.engine import reading, writing
from fieldapp.store.teams import Team
from fieldapp.survey.day import day_of
from fieldapp.survey.ids import RANDOM_BYTES, person_id
from fieldapp.survey.phone_number import e164
from fieldapp.web import choosing, guard
from fieldapp.web.people import card_of
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
    name = choosing.name_of(request.form)
    if not name:
        return _all(_("Vui lòng đặt tên cho tổ.")), 422
    team_id = person_id(os.urandom(RANDOM_BYTES))
    with writing(server().engine) as connection:
        accounts.add_team(connection, current_user.commune_id, team_id, name[:choosing.MOST_LETTERS])
    return redirect(url_for("teams.one", team_id=team_id), 303)


@pages.get("/<team_id>")
@guard.signed_in
def one(team_id: str) -> str:
    """A team: its villages, its members, what stands of their phones."""
    return _one(_theirs(team_id))


@pages.post("/<team_id>/villages")
@guard.signed_in(roles=("officer",))
def give(team_id: str) -> Any:
    """The villages that the team has from today on."""
    team, chosen = _theirs(team_id), request.form.getlist("village")
    today, yesterday = _days()
    with writing(server().engine) as connection:
        known = {each.village_id for each in areas.villages(connection, current_user.commune_id)}
        if not set(chosen) <= known:
            abort(404)
        teams.give_villages(connection, current_user.commune_id, team.team_id, chosen, today, yesterday)
    flash(_("Đã giao thôn. Điện thoại nhận danh sách mới ở lần gửi tới."), "good")
    return redirect(url_for("teams.one", team_id=team_id), 303)


@pages.post("/<team_id>/members")
@guard.signed_in(roles=("officer",))
def add_members(team_id: str) -> Any:
    """New members, one a line: a name, and after a semicolon their number."""
    team = _theirs(team_id)
    lines = [line.partition(";") for line in request.form.get("names", "").splitlines()[:MOST_LINES] if line.strip()]
    read = [(choosing.name_of({"name": name}), number.strip()) for name, _sign, number in lines]
    wrong = [name or number for name, number in read if choosing.name_problem(name) or (number and e164(number) is None)]
    if not read or wrong:
        return _one(team, _("Chưa đúng: %(lines)s", lines="; ".join(wrong)) if wrong else _("Vui lòng ghi tên.")), 422
    today, yesterday = _days()
    with writing(server().engine) as connection:
        for name, number in read:
            new = Account(current_user.commune_id, person_id(os.urandom(RANDOM_BYTES)), name, "member", phone=e164(number) if number else None)
            accounts.add(connection, new)
            teams.join(connection, current_user.commune_id, new.account_id, team.team_id, today, yesterday)
    flash(_("Đã thêm %(count)s người.", count=len(read)), "good")
    return redirect(url_for("teams.one", team_id=team_id), 303)


@pages.post("/members/<account_id>")
@guard.signed_in(roles=("officer",))
def change(account_id: str) -> Any:
    """What an officer does to a member: rename, another team, lead, close, reopen."""
    member, act = _member(account_id), request.form.get("act", "")
    today, yesterday = _days()
    with writing(server().engine) as connection:
        if act == "lead" and member.team_id:
            teams.lead(connection, member.commune_id, member.team_id, account_id)
        elif act in ("close", "reopen"):
            accounts.set_active(connection, member.commune_id, account_id, act == "reopen")
        elif act == "move" and teams.by_id(connection, member.commune_id, request.form.get("team", "")):
            teams.join(connection, member.commune_id, account_id, request.form["team"], today, yesterday)
        elif act == "describe" and choosing.name_problem(choosing.name_of(request.form)) is None:
            number = e164(request.form.get("phone", "")) if request.form.get("phone", "").strip() else None
            teams.describe(connection, member.commune_id, account_id, choosing.name_of(request.form), number)
        else:
            abort(404)
    flash(_("Đã lưu."), "good")
    return redirect(url_for("teams.one", team_id=member.team_id) if member.team_id else url_for("teams.page"), 303)


@pages.post("/members/<account_id>/invite")
@guard.signed_in(roles=("officer",))
def invite(account_id: str) -> Any:
    """A leader's invitation to the desk."""
    member = _member(account_id)
    return card_of(member) if member.role == "leader" and member.active else abort(404)


def _theirs(team_id: str) -> Team:
    """The team, where it is one that the signed-in person sees."""
    with reading(server().engine) as connection:
        team = teams.by_id(connection, current_user.commune_id, team_id)
    if team is None or (current_user.role == "leader" and current_user.account.team_id != team_id):
        abort(404)
    return team


def _member(account_id: str) -> Account:
    with reading(server().engine) as connection:
        found = accounts.by_id(connection, current_user.commune_id, account_id)
    return found if found is not None and found.role in ("member", "leader") else abort(404)


def _days() -> tuple[str, str]:
    today = day_of(server().clock())
    return today, (date.fromisoformat(today) - timedelta(days=1)).isoformat()


def _all(problem: str | None = None) -> str:
    with reading(server().engine) as connection:
        every = teams.of_commune(connection, current_user.commune_id)
        people = [each for each in accounts.of_commune(connection, current_user.commune_id) if each.role in ("member", "leader")]
        names = areas.names(connection, current_user.commune_id)
        on_phones = {each.account_id for each in devices.of_commune(connection, current_user.commune_id) if each.revoked_at is None}
    return render_template("teams.html", teams=every, people=people, names=names, on_phones=on_phones, problem=problem)


def _one(team: Team, problem: str | None = None) -> str:
    with reading(server().engine) as connection:
        commune_id = current_user.commune_id
        shown = {
            "members": teams.members(connection, commune_id, team.team_id), "villages": areas.villages(connection, commune_id),
            "others": [each for each in teams.of_commune(connection, commune_id) if each.team_id != team.team_id],
        }  # fmt: skip
        phones = {each.account_id: each for each in devices.of_commune(connection, commune_id) if each.revoked_at is None}
    return render_template("team.html", team=team, phones=phones, problem=problem, typed=request.form.get("names", ""), **shown)
