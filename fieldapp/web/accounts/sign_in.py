"""Signing in and out at the desk."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_login import logout_user
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from fieldapp.store import accounts
from fieldapp.store.engine import reading
from fieldapp.web import guard
from fieldapp.web.accounts import choosing
from fieldapp.web.accounts.passwords import fits
from fieldapp.web.limits import sign_in_limits
from fieldapp.web.office import setup
from fieldapp.web.paths import safe_target
from fieldapp.web.server import server

pages = Blueprint("sign_in", __name__)


class SignIn(FlaskForm):
    # The upper limits keep argon2 from being fed megabytes.
    username = StringField(later("Tên đăng nhập"), [InputRequired(), Length(max=100)])
    password = PasswordField(later("Mật khẩu"), [InputRequired(), Length(max=200)])


@pages.get("/sign-in")
def form() -> Any:
    """The page that asks who is there; on a new server, the way to its setting up."""
    if not setup.stands():
        return redirect(url_for("setup.page"))
    return render_template("accounts/sign_in.html", form=SignIn(), problem=None)


@pages.post("/sign-in")
@sign_in_limits(lambda: choosing.username_of(request.form)[: choosing.LONGEST])
def enter() -> Any:
    """Signs in who knows the password. One message for every failure: it must not tell which usernames exist."""
    asked = SignIn()
    account = _account_of(asked) if asked.validate_on_submit() else None
    if account is None:
        problem = _("Tên đăng nhập hoặc mật khẩu không đúng. Vui lòng kiểm tra phím Caps Lock và bộ gõ tiếng Việt.")
        return render_template("accounts/sign_in.html", form=asked, problem=problem), 422
    guard.let_in(account)
    return redirect(safe_target(request.args.get("next")))


@pages.post("/sign-out")
def leave() -> Any:
    """Ends the session."""
    logout_user()
    session.clear()
    return redirect(url_for("sign_in.form"))


def _account_of(asked: SignIn) -> accounts.Account | None:
    with reading(server().engine) as connection:
        account = accounts.by_username(connection, choosing.username_of(request.form))
    known = account if guard.may_sign_in(account) else None
    right = fits(asked.password.data or "", known.password_hash if known else None, server().settings)
    return known if right else None
