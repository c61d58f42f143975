"""Who was invited chooses a password, by a single-use code. One answer for every code that does not fit: it must not tell which exist."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _

from fieldapp.intake.enrol import plain
from fieldapp.store import accounts, invitations
from fieldapp.store.accounts import Account
from fieldapp.store.engine import reading, writing
from fieldapp.web import guard
from fieldapp.web.accounts import choosing
from fieldapp.web.accounts.passwords import hashed
from fieldapp.web.limits import enrolment_limits
from fieldapp.web.server import server

pages = Blueprint("invited", __name__)


@pages.get("/invited")
def page() -> str:
    """The form; a scanned link brings the code in its fragment, which no server sees."""
    return render_template("accounts/invited.html", typed={}, problems={})


@pages.post("/invited")
@enrolment_limits
def accept() -> Any:
    """The account becomes theirs; they are signed in."""
    typed, here = request.form, server()
    code, account = plain(typed.get("code", "")), _invited(plain(typed.get("code", "")))
    username = (account.username if account and account.username else choosing.username_of(typed))
    problems = _problems(typed, account, username)
    if problems or account is None:
        return render_template("accounts/invited.html", typed=typed, problems=problems), 422
    with writing(here.engine) as connection:
        if not invitations.use(connection, account.commune_id, code, here.clock()):
            abort(404)
        accounts.set_password(connection, account.commune_id, account.account_id, username, hashed(typed["password"], here.settings))
        accepted = accounts.by_id(connection, account.commune_id, account.account_id)
    if accepted:
        guard.let_in(accepted)
    flash(_("Chào %(name)s. Lần sau đăng nhập bằng tên %(username)s.", name=account.name, username=username), "good")
    return redirect("/", 303)


def _invited(code: str) -> Account | None:
    with reading(server().engine) as connection:
        found = invitations.by_code(connection, code)
        if found is None or found.used_at or found.expires_at <= server().clock():
            return None
        account = accounts.by_id(connection, found.commune_id, found.account_id)
    return account if guard.may_sign_in(account) else None


def _problems(typed: Mapping[str, str], account: Account | None, username: str) -> dict[str, str]:
    if account is None:
        return {"code": _("Mã này không dùng được: gõ nhầm, đã dùng, hoặc quá hạn. Vui lòng xin lời mời mới.")}
    found = choosing.password_problems(typed, username)
    if account.username is None:
        with reading(server().engine) as connection:
            problem = choosing.username_problem(connection, username)
        found |= {"username": problem} if problem else {}
    return found
