"""Packages of monthly figures: the commune takes its own away, the province takes them in.

Between the first page of a new key and the second the file travels in the form; the server keeps nothing before the officer has confirmed."""

import base64
import gzip
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.figures.months import keep_up
from fieldapp.figures.province import province_of
from fieldapp.intake import packages as intake
from fieldapp.paper.package import NothingTold, package
from fieldapp.store import areas, months, packages, signing
from fieldapp.store.engine import reading, writing
from fieldapp.survey.day import day_of
from fieldapp.survey.problems import Problem, Refused
from fieldapp.web import guard
from fieldapp.web.phone.body import inflated
from fieldapp.web.province.province_words import month_words
from fieldapp.web.server import server
from fieldapp.web.words import problem_words

pages = Blueprint("packages", __name__)

MOST_BYTES = 64 * 1024 * 1024


@pages.get("/office/package")
@guard.signed_in(roles=("officer",))
def mine() -> str:
    """What leaves the commune, and the code of its key."""
    with reading(server().engine) as connection:
        commune = areas.commune(connection, current_user.commune_id)
        month, key = months.last_month(connection, commune.commune_id, commune.commune_id), signing.public_key(connection, commune.commune_id)
    code = intake.fingerprint(key) if key else None
    return render_template("reports/package.html", commune=commune, month=month, month_words=month_words, fingerprint=code)


@pages.post("/office/package")
@guard.signed_in(roles=("officer",))
def taken_away() -> Any:
    """The commune's package, as a file."""
    now = server().clock()
    with writing(server().engine) as connection:
        keep_up(connection, current_user.commune_id, day_of(now))
        try:
            made = package(connection, current_user.commune_id, now)
        except NothingTold:
            made = None
    if made is None:
        flash(_("Xã chưa có số liệu tháng nào: tháng đầu có sau khi hết tháng năm ngày."), "bad")
        return redirect(url_for("packages.mine"), 303)
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return Response(made.content, mimetype="application/jsonl", headers=headers)


@pages.get("/province/packages")
@guard.signed_in(roles=("province",))
def page() -> str:
    """What came, and where a file is chosen."""
    return _shown(None)


@pages.post("/province/packages")
@guard.signed_in(roles=("province",))
def take() -> Any:
    """Takes a package in; the first of a key is shown before, with the code to compare."""
    here = server()
    try:
        content = _content()
        read = intake.read(content)
        with writing(here.engine) as connection:
            province = province_of(connection, current_user.commune_id) or abort(404)
            known = intake.sender_of(connection, province, read)
            if (known is None or known.public_key != read.key) and "confirmed" not in request.form:
                carried = base64.b64encode(gzip.compress(content, 6)).decode()
                return render_template("reports/package_key.html", read=read, known=known, carried=carried, month_words=month_words)
            confirmed = request.form.get("confirmed") if request.form.get("same") else None
            taken = intake.take_in(connection, current_user.account.account_id, province, read, confirmed, here.clock())
    except Refused as refused:
        return _shown(problem_words(refused.problem.code)), 422
    about = {"name": read.about.commune.name, "month": month_words(read.about.month)}
    flash(_("Đã nhận gói của %(name)s, số liệu đến %(month)s.", **about), "good")
    if taken.changed:
        told = ", ".join(month_words(each) for each in taken.changed)
        flash(_("Xã nói lại số liệu đã gửi của %(months)s, có lẽ vì máy chủ của xã được khôi phục. Từ nay tính theo gói mới.", months=told), "bad")
    return redirect(url_for("packages.page"), 303)


def _content() -> bytes:
    """The file as it was chosen now, or as it came with the form of the page before."""
    given = request.files.get("file")
    if given:
        return given.read()
    try:
        return inflated(base64.b64decode(request.form.get("carried", ""), validate=True), MOST_BYTES)
    except (ValueError, Refused):
        raise Refused(Problem("package_unreadable", "file")) from None


def _shown(problem: Any) -> str:
    with reading(server().engine) as connection:
        province = province_of(connection, current_user.commune_id) or abort(404)
        senders, came = packages.senders(connection, province.commune_id), packages.of_province(connection, province.commune_id)
        counts = packages.latest(connection, province.commune_id)
    shown = {"province": province, "senders": senders, "came": came[:60], "counts": counts, "fingerprint": intake.fingerprint}
    return render_template("reports/packages.html", problem=problem, month_words=month_words, **shown)
