"""The official links that sign-up sheets lead to: edited here, dated, only to allowed hosts."""

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_login import current_user

from fieldapp.paper import official_links
from fieldapp.paper.addresses import address_problem, host_of
from fieldapp.store import areas
from fieldapp.store.engine import reading, writing
from fieldapp.store.links import Link
from fieldapp.survey.day import day_of
from fieldapp.survey.text import nfc
from fieldapp.web import guard
from fieldapp.web.server import server

pages = Blueprint("links", __name__)

NEW = "new"
MOST_TITLE, MOST_STEP, MOST_STEPS = 60, 60, 4
ADDRESS_WORDS = {
    "malformed": later("Địa chỉ có dấu cách, dấu tiếng Việt hoặc ký tự lạ. Vui lòng chép lại đúng từ trình duyệt."),
    "too_long": later("Địa chỉ dài quá, mã in ra sẽ khó quét. Vui lòng dùng địa chỉ ngắn hơn, tối đa 120 ký tự."),
    "not_https": later("Địa chỉ phải bắt đầu bằng https://."),
    "more_than_a_host": later("Tên trang có phần lạ (tên người dùng, cổng, chữ giả dạng). Không in địa chỉ như vậy."),
    "leads_on": later("Địa chỉ này chuyển người xem sang một trang khác. Vui lòng chép địa chỉ của chính trang cần mở."),
    "not_allowed": later("Chỉ in mã dẫn đến trang .gov.vn, kho ứng dụng của Apple và Google, Zalo (zalo.me)."),
}


@pages.get("/links")
@guard.signed_in(roles=("officer",))
def page() -> str:
    """All links in their order, with what has not been tried for long."""
    today = day_of(server().clock())
    with reading(server().engine) as connection:
        every = official_links.of_commune(connection, current_user.commune_id)
        villages = {each.village_id: each for each in areas.all_villages(connection, current_user.commune_id)}
    stale = {each.link_id for each in every if each.active and official_links.is_stale(each, today)}
    past = {each.link_id for each in every if official_links.is_past(each, today)}
    return render_template("residents/links.html", links=every, stale=stale, past=past, villages=villages, host_of=host_of, new=NEW)


@pages.get("/links/<link_id>")
@guard.signed_in(roles=("officer",))
def form(link_id: str) -> str:
    """One link to be changed, or a new one."""
    return _form(_found(link_id), {})


@pages.post("/links/<link_id>")
@guard.signed_in(roles=("officer",))
def save(link_id: str) -> Any:
    """Keeps the link, or says what is wrong with it; another address has to be tried anew."""
    before = _found(link_id)
    link = _read(before)
    wrong = _wrong(link, own=bool(not before.url and before.link_id != NEW))
    if wrong:
        return _form(link, wrong), 422
    tried = day_of(server().clock()) if request.form.get("tried") else before.checked_on if link.url == before.url else None
    link = replace(link, checked_on=tried, link_id=str(uuid.uuid4()) if link_id == NEW else link_id)
    with writing(server().engine) as connection:
        official_links.change(connection, current_user.commune_id, link)
    flash(_("Đã lưu liên kết “%(title)s”.", title=link.title), "good")
    return redirect(url_for("links.page"), 303)


@pages.post("/links/<link_id>/checked")
@guard.signed_in(roles=("officer",))
def checked(link_id: str) -> Any:
    """The officer opened it today, and it was the right page."""
    with writing(server().engine) as connection:
        if not official_links.check(connection, current_user.commune_id, link_id, day_of(server().clock())):
            abort(404)
    flash(_("Đã ghi ngày mở thử."), "good")
    return redirect(url_for("links.page"), 303)


@pages.post("/links/<link_id>/remove")
@guard.signed_in(roles=("officer",))
def remove(link_id: str) -> Any:
    """Takes the link off the list; sheets already printed still lead there."""
    _found(link_id)
    with writing(server().engine) as connection:
        official_links.remove(connection, current_user.commune_id, link_id)
    flash(_("Đã bỏ liên kết. Phiếu đã in vẫn dẫn đến trang cũ."), "good")
    return redirect(url_for("links.page"), 303)


def _found(link_id: str) -> Link:
    with reading(server().engine) as connection:
        every = official_links.of_commune(connection, current_user.commune_id)
    if link_id == NEW:
        return Link(NEW, len(every) + 1, "", "", ())
    return next((each for each in every if each.link_id == link_id), None) or abort(404)


def _read(before: Link) -> Link:
    """The link as the form has it."""
    form = request.form
    steps = tuple(line for line in (" ".join(nfc(each).split()) for each in form.get("steps", "").splitlines()) if line)
    place = form.get("position", "")
    own = not before.url and before.link_id != NEW
    return replace(
        before, title=" ".join(nfc(form.get("title", "")).split()), url="" if own else form.get("url", "").strip(), steps=steps,
        expires_on=form.get("expires_on") or None, village_id=form.get("village") or None, active=form.get("active") == "1",
        position=int(place) if place.isascii() and place.isdigit() and len(place) < 4 else before.position,
    )  # fmt: skip


def _wrong(link: Link, own: bool) -> dict[str, Any]:
    """Field → what to mend, in words."""
    wrong: dict[str, Any] = {}
    if not 1 <= len(link.title) <= MOST_TITLE:
        wrong["title"] = _("Vui lòng ghi tên ngắn, tối đa %(most)s chữ cái.", most=MOST_TITLE)
    problem = None if own else address_problem(link.url, request.host if request.scheme == "https" else "")
    if problem:
        wrong["url"] = ADDRESS_WORDS[problem]
    if not 1 <= len(link.steps) <= MOST_STEPS or any(len(step) > MOST_STEP for step in link.steps):
        wrong["steps"] = _("Ghi 1 đến %(steps)s bước, mỗi bước một dòng, tối đa %(most)s chữ cái một bước.", steps=MOST_STEPS, most=MOST_STEP)
    try:
        date.fromisoformat(link.expires_on or "2026-01-01")
    except ValueError:
        wrong["expires_on"] = _("Ngày chưa đúng.")
    with reading(server().engine) as connection:
        if link.village_id is not None and areas.village(connection, current_user.commune_id, link.village_id) is None:
            abort(404)
    return wrong


def _form(link: Link, wrong: dict[str, Any]) -> str:
    with reading(server().engine) as connection:
        villages = areas.villages(connection, current_user.commune_id)
    return render_template("residents/link.html", link=link, wrong=wrong, villages=villages, new=NEW)
