"""Who may sign in at the desk: invited, given a new password, closed."""

import os
from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from fieldapp.paper.qr import svg
from fieldapp.store import accounts, areas, invitations, teams
from fieldapp.store.accounts import Account
from fieldapp.store.engine import reading, writing
from fieldapp.survey.day import instant, moment
from fieldapp.survey.ids import RANDOM_BYTES, is_person_id, person_id
from fieldapp.web import guard
from fieldapp.web.accounts import choosing
from fieldapp.web.accounts.passwords import fits, hashed
from fieldapp.web.limits import password_limits
from fieldapp.web.server import server

pages = Blueprint("people", __name__)

# Who → whom they name here. Leaders are named on their team's page.
NAMED_HERE = {"officer": ("officer", "auditor"), "province": ("province",)}
INVITATION_DAYS = 7


@pages.get("/office/people")
@guard.signed_in(roles=guard.KEEPERS)
def page() -> str:
    """Everybody who has a place at the desk."""
    return _shown({}, {})


@pages.post("/office/people")
@guard.signed_in(roles=guard.KEEPERS)
def add() -> Any:
    """A new officer or auditor (of a province: another of its officers), and the card by which they choose a password. `new`: their id, made
    with the form: sent twice, it is one person, and the card that was shown last counts."""
    name, role, account_id = choosing.name_of(request.form), request.form.get("role", ""), request.form.get("new", "")
    problem = choosing.name_problem(name)
    if problem or role not in NAMED_HERE.get(current_user.role, ()):
        return _shown(request.form, {"name": problem or ""}), 422
    if not is_person_id(account_id):
        abort(400)
    new = Account(current_user.commune_id, account_id, name, role)
    with writing(server().engine) as connection:
        known = accounts.by_id(connection, new.commune_id, account_id)
        if known is None:
            accounts.add(connection, new)
        elif known.role not in NAMED_HERE.get(current_user.role, ()) or known.password_hash:
            abort(404)
    return card_of(known or new)


@pages.post("/office/people/<account_id>/invite")
@guard.signed_in(roles=guard.KEEPERS)
def invite(account_id: str) -> Any:
    """A new invitation: for somebody new, or whose password is forgotten."""
    return card_of(_theirs(account_id))


@pages.post("/office/people/<account_id>/active")
@guard.signed_in(roles=guard.KEEPERS)
def set_active(account_id: str) -> Any:
    """Close or reopen an account. Nobody closes their own, nor does who was just closed: so an officer is always left."""
    account, mine, active = _theirs(account_id), current_user.account.account_id, request.form.get("active") == "1"
    if account.account_id == mine:
        abort(404)
    with writing(server().engine) as connection:
        if not accounts.works_still(connection, account.commune_id, mine):
            abort(404)
        if active:
            accounts.set_active(connection, account.commune_id, account.account_id, True)
        else:
            teams.close(connection, account, server().clock())
    words = _("Đã mở lại tài khoản của %(name)s.", name=account.name) if active else _("Đã đóng tài khoản của %(name)s.", name=account.name)
    flash(words, "good")
    return redirect(url_for("people.page"), 303)


@pages.get("/password")
@guard.signed_in(roles=guard.SIGN_IN_ROLES)
def password() -> str:
    """The form to change one's own password."""
    return render_template("accounts/password.html", problems={})


@pages.post("/password")
@guard.signed_in(roles=guard.SIGN_IN_ROLES)
@password_limits
def change_password() -> Any:
    """A new password for the signed-in person; it ends their sessions elsewhere."""
    here, account = server(), current_user.account
    problems = choosing.password_problems(request.form, account.username or "")
    if not fits(request.form.get("old", "")[: choosing.LONGEST], account.password_hash, here.settings):
        problems = {"old": _("Mật khẩu đang dùng chưa đúng."), **problems}
    if problems:
        return render_template("accounts/password.html", problems=problems), 422
    password_hash = hashed(request.form["password"], here.settings)
    with writing(here.engine) as connection:
        accounts.set_password(connection, account.commune_id, account.account_id, account.username or "", password_hash)
        changed = accounts.by_id(connection, account.commune_id, account.account_id)
    if changed:
        guard.let_in(changed)
    flash(_("Đã đổi mật khẩu."), "good")
    return redirect("/", 303)


def card_of(account: Account) -> str:
    """The card that invites this person, shown once."""
    here = server()
    expires_at = moment(instant(here.clock()) + timedelta(days=INVITATION_DAYS))
    with writing(here.engine) as connection:
        commune = areas.commune(connection, account.commune_id)
        code = invitations.invite(connection, account.commune_id, account.account_id, expires_at)
    spoken = f"{code[:4]}-{code[4:]}"
    link = f"{request.url_root}invited#code={spoken}"
    return render_template(
        "accounts/invitation_card.html", account=account, commune=commune, code=spoken, qr=Markup(svg(link, "Q")), expires_at=expires_at
    )


def _theirs(account_id: str) -> Account:
    with reading(server().engine) as connection:
        account = accounts.by_id(connection, current_user.commune_id, account_id)
    if account is None or account.role not in guard.SIGN_IN_ROLES:
        abort(404)
    return account


def _shown(typed: Any, problems: dict[str, str]) -> str:
    with reading(server().engine) as connection:
        everybody = accounts.of_commune(connection, current_user.commune_id)
    people = [each for each in everybody if each.role in guard.SIGN_IN_ROLES]
    shown = {"people": people, "roles": NAMED_HERE.get(current_user.role, ()), "new": person_id(os.urandom(RANDOM_BYTES))}
    return render_template("accounts/people.html", typed=typed, problems=problems, **shown)
