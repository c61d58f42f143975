"""A new server's first page: the commune, its first officer, the recovery sheet. Once a commune stands, the page does not exist."""

import os
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from fieldapp.store import accounts, areas, commune_keys, sealing
from fieldapp.store.accounts import Account
from fieldapp.store.areas import Commune
from fieldapp.store.engine import reading, writing
from fieldapp.survey.communes import COMMUNES, VALID_FROM, find
from fieldapp.survey.day import instant
from fieldapp.survey.ids import RANDOM_BYTES, uuid7
from fieldapp.web import guard
from fieldapp.web.accounts import choosing
from fieldapp.web.accounts.passwords import hashed
from fieldapp.web.limits import enrolment_limits
from fieldapp.web.office import first_days, founding
from fieldapp.web.server import server

pages = Blueprint("setup", __name__)

FORM_TOKEN = "csrf_token"  # as flask-wtf keeps it in the session


@pages.get("/setup")
def page() -> str:
    """The form; `q`: part of the commune's name, by which the list is narrowed."""
    _only_once()
    return _form({"q": request.args.get("q", "")}, {})


@pages.post("/setup")
@enrolment_limits
def found() -> Any:
    """Founds the commune and shows its recovery sheet, which nothing shows again."""
    typed, here = request.form, server()
    if stands():
        return _stands_already()
    problems = _problems(typed)
    if problems:
        return _form(typed, problems), 422
    if not founding.use_up(here.settings.data_folder):
        return _stands_already()
    chosen = COMMUNES[typed["commune"]]
    printed, public = sealing.new_key()
    officer = _founded(chosen.code, typed, public)
    form_token = session.get(FORM_TOKEN)
    guard.let_in(officer)
    # A reload sends the form again: it has to be told that the commune stands, not that nothing was saved.
    session[FORM_TOKEN] = form_token
    return first_days.recovery_sheet(chosen, printed, public)


def stands() -> bool:
    """Whether this server has a commune already."""
    with reading(server().engine) as connection:
        return bool(areas.commune_ids(connection))


def _only_once() -> None:
    if stands():
        abort(404)


def _stands_already() -> Any:
    """Pressed twice, or sent again by a reload: the sheet can't be shown again, and the way to a new one is told."""
    flash(_("Xã đã lập xong. Nếu chưa kịp in phiếu khôi phục, hãy đăng nhập rồi làm phiếu mới."), "good")
    return redirect(url_for("office.key"), 303)


def _form(typed: Mapping[str, str], problems: dict[str, str]) -> str:
    asked = typed.get("q", "")
    return render_template("office/setup.html", typed=typed, found=find(asked), asked=asked, problems=problems)


def _problems(typed: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str | None] = {
        "commune": None if typed.get("commune") in COMMUNES else _("Vui lòng tìm rồi chọn xã, phường hoặc đặc khu."),
        "name": choosing.name_problem(choosing.name_of(typed)),
        **choosing.password_problems(typed, choosing.username_of(typed)),
    }
    with reading(server().engine) as connection:
        found["username"] = choosing.username_problem(connection, choosing.username_of(typed))
    if not founding.fits(server().settings.data_folder, typed.get("code", "")):
        found["code"] = _("Mã này không đúng. Mã gồm 8 ký tự, hiện trong cửa sổ dòng lệnh nơi máy chủ vừa chạy.")
    return {field: words for field, words in found.items() if words}


def _founded(code: str, typed: Mapping[str, str], public: str) -> Account:
    here, listed = server(), COMMUNES[code]
    now = here.clock()
    commune_id, account_id, epoch = (uuid7(int(instant(now).timestamp() * 1000), os.urandom(RANDOM_BYTES)) for _each in range(3))
    officer = Account(
        commune_id, account_id, choosing.name_of(typed), "officer", username=choosing.username_of(typed),
        password_hash=hashed(typed["password"], here.settings),
    )  # fmt: skip
    with writing(here.engine) as connection:
        if areas.commune_ids(connection):
            abort(404)
        areas.found_commune(connection, Commune(commune_id, code, listed.name, listed.province, epoch), VALID_FROM)
        accounts.add(connection, officer)
        commune_keys.keep(connection, commune_id, public, now)
    return officer
