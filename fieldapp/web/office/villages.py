"""The commune's villages: founded one by one or pasted as a list, renamed, merged with a date."""

import os
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.store import accounts, areas, journal, teams, visits
from fieldapp.store.areas import Village
from fieldapp.store.engine import reading, writing
from fieldapp.survey import village_name
from fieldapp.survey.codes import MOST_VILLAGES
from fieldapp.survey.day import day_of
from fieldapp.survey.ids import RANDOM_BYTES, person_id
from fieldapp.web import formats, guard
from fieldapp.web.server import server
from fieldapp.web.words import VILLAGE_TYPE

pages = Blueprint("villages", __name__, url_prefix="/office/villages")

URBAN = ("khu_pho", "to_dan_pho", "tieu_khu")
MOST_LETTERS, MOST_LINES = 80, 300


@pages.get("")
@guard.signed_in(roles=("officer",))
def page() -> str:
    """Every village, those that became part of another too."""
    return _shown()


@pages.post("")
@guard.signed_in(roles=("officer",))
def add() -> Any:
    """New villages: one a line, with or without its kind before it."""
    names = [village_name.read(line) for line in request.form.get("names", "").splitlines() if line.strip()]
    with writing(server().engine) as connection:
        journal.lock(connection, current_user.commune_id)  # two who add at once must not get one number
        known = [(each.village_type, each.name) for each in areas.villages(connection, current_user.commune_id)]
        typed = request.form.get("number", "").strip()
        problem = _names_problem(names, known, "sure" in request.form) or _number_problem(connection, typed, len(names))
        if not problem:
            number = int(typed or areas.next_number(connection, current_user.commune_id))
            for place, (kind, name) in enumerate(names):
                new = Village(person_id(os.urandom(RANDOM_BYTES)), name, kind, kind in URBAN, number + place, day_of(server().clock()))
                areas.found_village(connection, current_user.commune_id, new)
    if problem:
        return _shown(request.form, problem), 422
    flash(formats.ngettext("Đã thêm %(num)s thôn.", "Đã thêm %(num)s thôn.", len(names)), "good")
    return redirect(url_for("villages.page"), 303)


@pages.get("/<village_id>")
@guard.signed_in(roles=("officer",))
def one(village_id: str) -> str:
    """The village's name and kind; the way to merge it."""
    return _one(village_id)


@pages.post("/<village_id>")
@guard.signed_in(roles=("officer",))
def change(village_id: str) -> Any:
    """Another name, kind, or urban instead of rural."""
    village, (_written, name) = _theirs(village_id), village_name.read(request.form.get("name", ""))
    kind = request.form.get("village_type", "")
    if kind not in VILLAGE_TYPE:
        abort(404)
    with writing(server().engine) as connection:
        others = [(each.village_type, each.name) for each in areas.villages(connection, current_user.commune_id) if each.village_id != village_id]
        problem = _names_problem([(kind, name)], others, "sure" in request.form)
        if not problem:
            areas.describe_village(connection, current_user.commune_id, village.village_id, name, kind, "urban" in request.form)
    if problem:
        return _one(village_id, request.form, {"name": problem}), 422
    flash(_("Đã lưu. Điện thoại thấy tên mới ở lần gửi tới."), "good")
    return redirect(url_for("villages.page"), 303)


@pages.post("/<village_id>/merge")
@guard.signed_in(roles=("officer",))
def merge(village_id: str) -> Any:
    """From a day on the village is part of another."""
    on = request.form.get("on", "")
    with writing(server().engine) as connection:
        # Looked at where it is written: of two who merge each into the other one would leave none standing.
        journal.lock(connection, current_user.commune_id)
        asked = (village_id, request.form.get("into", ""))
        village, into = (areas.village(connection, current_user.commune_id, each) or abort(404) for each in asked)
        done = (village.merged_into, village.merged_on) == (into.village_id, on)  # sent twice
        if not done and (into.village_id == village_id or village.merged_into is not None or into.merged_into is not None):
            abort(404)
        problem = None if done else _day_problem(on, max(village.valid_from, into.valid_from))
        if not problem and not done:
            areas.merge_village(connection, current_user.commune_id, village_id, into.village_id, on)
    if problem:
        return _one(village_id, request.form, {"on": problem}), 422
    flash(_("Đã lưu. Mã hộ đã in vẫn dùng được."), "good")
    return redirect(url_for("villages.page"), 303)


@pages.post("/<village_id>/part")
@guard.signed_in(roles=("officer",))
def part(village_id: str) -> Any:
    """A merge taken back; where its name was given to another village since, that one has to be renamed first."""
    with writing(server().engine) as connection:
        village = areas.village(connection, current_user.commune_id, village_id) or abort(404)
        standing = [(each.village_type, each.name) for each in areas.villages(connection, current_user.commune_id)]
        merged = village.merged_into is not None
        taken = merged and village_name.likeness((village.village_type, village.name), standing) == "same"
        if merged and not taken:
            areas.part_village(connection, current_user.commune_id, village.village_id)
    if taken:
        flash(_("Một thôn khác nay mang tên này. Vui lòng đổi tên một trong hai thôn trước."), "bad")
    else:
        flash(_("Đã lưu. Mã hộ đã in vẫn dùng được."), "good")
    return redirect(url_for("villages.one", village_id=village_id), 303)


def _names_problem(names: list[village_name.Named], known: list[village_name.Named], sure: bool) -> str | None:
    """Why these can't be villages beside those that are known; sure: names that differ in marks only are meant."""
    if not names or len(names) > MOST_LINES or any(len(name) > MOST_LETTERS or not any(map(str.isalnum, name)) for _kind, name in names):
        return _("Vui lòng ghi tên thôn, mỗi dòng một thôn.")
    found: dict[str | None, list[str]] = {}
    for place, each in enumerate(names):
        found.setdefault(village_name.likeness(each, [*known, *names[:place]]), []).append(each[1])
    if "same" in found:
        return _("Đã có hoặc ghi hai lần: %(names)s.", names=", ".join(dict.fromkeys(found["same"])))
    if "alike" in found and not sure:
        return _("Chỉ khác dấu với một thôn khác: %(names)s. Nếu đúng là thôn khác, vui lòng đánh dấu ô dưới.", names=", ".join(found["alike"]))
    return None


def _number_problem(connection: Any, typed: str, count: int) -> str | None:
    """Why so many numbers can't begin there; a number once given is printed on doors. Nothing typed: the next free one."""
    highest = areas.next_number(connection, current_user.commune_id)
    if typed and not (typed.isascii() and typed.isdecimal() and len(typed) < 4 and int(typed) >= highest):
        return _("Số của thôn mới phải từ %(highest)s trở lên: số đã cấp thì không cấp lại.", highest=highest)
    if int(typed or highest) + count - 1 > MOST_VILLAGES:
        return _("Số của thôn trong mã hộ chỉ đến %(most)s. Vui lòng chọn số nhỏ hơn.", most=MOST_VILLAGES)
    return None


def _day_problem(text: str, earliest: str) -> str | None:
    """Why the villages can't be merged on that day; what is merged is one at once, so the day can't lie ahead."""
    try:
        day = date.fromisoformat(text).isoformat()
    except ValueError:
        return _("Vui lòng chọn ngày.")
    if day > day_of(server().clock()):
        return _("Ngày này chưa đến. Vui lòng trở lại vào ngày đó.")
    return _("Ngày nhập phải từ ngày lập thôn, %(day)s, trở đi.", day=formats.day(earliest)) if day < earliest else None


def _theirs(village_id: str) -> Village:
    with reading(server().engine) as connection:
        return areas.village(connection, current_user.commune_id, village_id) or abort(404)


def _one(village_id: str, typed: Any = None, problems: dict[str, str] | None = None) -> str:
    village = _theirs(village_id)
    with reading(server().engine) as connection:
        others = [each for each in areas.villages(connection, current_user.commune_id) if each.village_id != village_id]
    shown = {"typed": typed or {}, "problems": problems or {}, "today": day_of(server().clock())}
    return render_template("office/village_of.html", village=village, others=others, types=VILLAGE_TYPE, **shown)


def _shown(typed: Any = None, problem: str | None = None) -> str:
    with reading(server().engine) as connection:
        every = areas.all_villages(connection, current_user.commune_id)
        counted: dict[str, int] = {}
        for (village_id, _outcome), found in visits.standings(connection, current_user.commune_id, day_of(server().clock())).items():
            counted[village_id] = counted.get(village_id, 0) + found.registered
        given = accounts.given(connection, current_user.commune_id)
        people = accounts.of_commune(connection, current_user.commune_id)
    working = [given.get(each.account_id, set()) for each in people if each.active and each.role in teams.ON_PHONES]
    members = {each.village_id: sum(each.village_id in theirs for theirs in working) for each in every}
    every.sort(key=lambda each: each.merged_into is not None)
    names = {each.village_id: each for each in every}
    return render_template("office/villages.html", villages=every, names=names, counted=counted, members=members, typed=typed or {}, problem=problem)
