"""One member of a team: what they are called, where they work, which villages are theirs. An officer changes it; a leader shares the
team's villages out among their own members."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.store import accounts, areas, devices, teams
from fieldapp.store.accounts import Account
from fieldapp.store.engine import reading, writing
from fieldapp.survey.day import day_of
from fieldapp.survey.phone_number import e164
from fieldapp.web import guard
from fieldapp.web.accounts import choosing
from fieldapp.web.accounts.people import card_of
from fieldapp.web.server import server

pages = Blueprint("members", __name__, url_prefix="/teams/members")


@pages.get("/<account_id>")
@guard.signed_in
def page(account_id: str) -> str:
    """The member with everything that can be changed."""
    return _shown(_theirs(account_id), {}, {})


@pages.post("/<account_id>")
@guard.signed_in(roles=("officer",))
def describe(account_id: str) -> Any:
    """Another name, another number."""
    member, name, number = _theirs(account_id), choosing.name_of(request.form), request.form.get("phone", "").strip()
    problems = {"name": choosing.name_problem(name) or ""}
    if number and e164(number) is None:
        problems["phone"] = _("Số điện thoại gồm 10 chữ số, bắt đầu bằng 0. Ví dụ: 0912 345 678")
    if any(problems.values()):
        return _shown(member, request.form, problems), 422
    with writing(server().engine) as connection:
        teams.describe(connection, member.commune_id, account_id, name, e164(number) if number else None)
    return _done(member)


@pages.post("/<account_id>/villages")
@guard.signed_in
def give(account_id: str) -> Any:
    """The villages that are theirs from today on, of those that the signed-in person may share out."""
    member, chosen = _theirs(account_id), set(request.form.getlist("village"))
    with writing(server().engine) as connection:
        among = {each.village_id for each in _to_share(connection, member)}
        if not chosen <= among:
            abort(404)
        teams.give_alone(connection, member, chosen, among, day_of(server().clock()))
    flash(_("Đã giao thôn. Điện thoại nhận danh sách mới ở lần gửi tới."), "good")
    return redirect(url_for("members.page", account_id=account_id), 303)


@pages.post("/<account_id>/team")
@guard.signed_in(roles=("officer",))
def move(account_id: str) -> Any:
    """Into another team, with its villages."""
    member, team_id = _theirs(account_id), request.form.get("team", "")
    with writing(server().engine) as connection:
        if teams.by_id(connection, member.commune_id, team_id) is None:
            abort(404)
        teams.join(connection, member.commune_id, account_id, team_id, day_of(server().clock()))
    return _done(member)


@pages.post("/<account_id>/lead")
@guard.signed_in(roles=("officer",))
def lead(account_id: str) -> Any:
    """Let this member lead their team."""
    member = _theirs(account_id)
    if member.team_id is None or not member.active:
        abort(404)
    with writing(server().engine) as connection:
        teams.lead(connection, member.commune_id, member.team_id, account_id)
    return _done(member)


@pages.post("/<account_id>/active")
@guard.signed_in(roles=("officer",))
def set_active(account_id: str) -> Any:
    """Close the account and revoke its phones, or open it again; its phones then need new codes."""
    member = _theirs(account_id)
    with writing(server().engine) as connection:
        if request.form.get("active") == "1":
            accounts.set_active(connection, member.commune_id, account_id, True)
        else:
            teams.close(connection, member, server().clock())
    return _done(member)


@pages.post("/<account_id>/invite")
@guard.signed_in(roles=("officer",))
def invite(account_id: str) -> Any:
    """A leader's invitation to the desk."""
    member = _theirs(account_id)
    return card_of(member) if member.role == "leader" and member.active else abort(404)


def _theirs(account_id: str) -> Account:
    """The member, where they are one of those whom the signed-in person sees: a leader their own team's."""
    with reading(server().engine) as connection:
        found = accounts.by_id(connection, current_user.commune_id, account_id)
    if found is None or found.role not in teams.ON_PHONES:
        abort(404)
    if current_user.role == "leader" and (found.team_id is None or found.team_id != current_user.account.team_id):
        abort(404)
    return found


def _to_share(connection: Any, member: Account) -> list[areas.Village]:
    """The villages that the signed-in person may give: an officer all, a leader the team's. What became part of another and is still theirs
    is among them: it has households that somebody has to go to."""
    if current_user.role == "officer":
        given = accounts.given(connection, member.commune_id).get(member.account_id, set())
        return areas.standing_with(connection, member.commune_id, given)
    team = teams.by_id(connection, current_user.commune_id, current_user.account.team_id or "")
    held = team.villages if team else frozenset()
    return [each for each in areas.standing_with(connection, member.commune_id, held) if each.village_id in held]


def _done(member: Account) -> Any:
    flash(_("Đã lưu."), "good")
    return redirect(url_for("members.page", account_id=member.account_id), 303)


def _shown(member: Account, typed: Any, problems: dict[str, str]) -> str:
    with reading(server().engine) as connection:
        every = teams.of_commune(connection, member.commune_id)
        shown = {
            "villages": _to_share(connection, member), "names": areas.names(connection, member.commune_id),
            "given": accounts.given(connection, member.commune_id).get(member.account_id, set()),
            "phones": [each for each in devices.of_commune(connection, member.commune_id) if each.account_id == member.account_id],
        }  # fmt: skip
    team = next((each for each in every if each.team_id == member.team_id), None)
    others = [each for each in every if each is not team]
    return render_template("teams/team_member.html", member=member, team=team, others=others, typed=typed, problems=problems, **shown)
