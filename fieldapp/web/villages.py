"""The commune's villages: founded one by one or pasted as a list, renamed, merged with a date."""

import os
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.intake.shapes import KINDS_OF_VILLAGE, bare
from fieldapp.store import areas, visits
from fieldapp.store.areas import Village
from fieldapp.store.engine import reading, writing
from fieldapp.survey.day import day_of
from fieldapp.survey.ids import RANDOM_BYTES, person_id
from fieldapp.survey.text import folded, nfc
from fieldapp.web import guard
from fieldapp.web.server import server
from fieldapp.web.words import VILLAGE_TYPE

pages = Blueprint("villages", __name__, url_prefix="/office/villages")

URBAN = ("khu_pho", "to_dan_pho", "tieu_khu")
# What a line may begin with → the kind of village.
TYPES = {"thon": "thon", "ban": "ban", "lang": "lang", "xom": "xom", "khu pho": "khu_pho", "kp": "khu_pho", "to dan pho": "to_dan_pho",
         "tdp": "to_dan_pho", "tieu khu": "tieu_khu"}  # fmt: skip
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
    lines = [" ".join(nfc(line).split()).strip(" .,;-") for line in request.form.get("names", "").splitlines()[:MOST_LINES]]
    names = [_parted(line) for line in lines if line]
    if not names or any(len(name) > MOST_LETTERS or not any(map(str.isalnum, name)) for _kind, name in names):
        return _shown(request.form.get("names", ""), _("Vui lòng ghi tên thôn, mỗi dòng một thôn.")), 422
    with writing(server().engine) as connection:
        known = {bare(each.name) for each in areas.villages(connection, current_user.commune_id)}
        twice = [name for _kind, name in names if bare(name) in known or [bare(other) for _k, other in names].count(bare(name)) > 1]
        if not twice:
            number = areas.next_number(connection, current_user.commune_id)
            for place, (kind, name) in enumerate(names):
                new = Village(person_id(os.urandom(RANDOM_BYTES)), name, kind, kind in URBAN, number + place, day_of(server().clock()))
                areas.found_village(connection, current_user.commune_id, new)
    if twice:
        return _shown(request.form.get("names", ""), _("Đã có hoặc ghi hai lần: %(names)s.", names=", ".join(dict.fromkeys(twice)))), 422
    flash(_("Đã thêm %(count)s thôn.", count=len(names)), "good")
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
    village, name = _theirs(village_id), " ".join(nfc(request.form.get("name", "")).split())[:MOST_LETTERS]
    with writing(server().engine) as connection:
        others = {bare(each.name) for each in areas.villages(connection, current_user.commune_id) if each.village_id != village_id}
        kind = request.form.get("village_type", "")
        fine = any(map(str.isalnum, name)) and bare(name) not in others and kind in VILLAGE_TYPE
        if fine:
            areas.describe_village(connection, current_user.commune_id, village.village_id, name, kind, "urban" in request.form)
    if not fine:
        return _one(village_id, _("Tên này trống hoặc đã có thôn khác dùng.")), 422
    flash(_("Đã lưu."), "good")
    return redirect(url_for("villages.page"), 303)


@pages.post("/<village_id>/merge")
@guard.signed_in(roles=("officer",))
def merge(village_id: str) -> Any:
    """From a day on the village is part of another; or no longer is."""
    village, into = _theirs(village_id), request.form.get("into", "")
    commune_id, on = current_user.commune_id, request.form.get("on") or day_of(server().clock())
    with writing(server().engine) as connection:
        if "part" in request.form:
            areas.part_village(connection, commune_id, village.village_id)
        else:
            standing = {each.village_id for each in areas.villages(connection, commune_id)} - {village_id}
            if into not in standing or village.merged_into is not None or not _is_day(on):
                abort(404)
            areas.merge_village(connection, commune_id, village_id, into, on)
    flash(_("Đã lưu. Mã hộ đã in vẫn dùng được."), "good")
    return redirect(url_for("villages.page"), 303)


def _parted(line: str) -> tuple[str, str]:
    """(kind, name) of "Thôn Đồng Chợ"; a line without a kind is a thôn."""
    words = folded(line)
    kind = next((each for each in KINDS_OF_VILLAGE if words.startswith(f"{each} ")), None)
    return ("thon", line) if kind is None else (TYPES[kind], " ".join(line.split()[len(kind.split()) :]))


def _is_day(text: str) -> bool:
    try:
        return bool(day_of(f"{text}T05:00:00.000Z"))
    except ValueError:
        return False


def _theirs(village_id: str) -> Village:
    with reading(server().engine) as connection:
        return areas.village(connection, current_user.commune_id, village_id) or abort(404)


def _one(village_id: str, problem: str | None = None) -> str:
    village = _theirs(village_id)
    with reading(server().engine) as connection:
        others = [each for each in areas.villages(connection, current_user.commune_id) if each.village_id != village_id]
    return render_template("village_of.html", village=village, others=others, types=VILLAGE_TYPE, problem=problem, today=day_of(server().clock()))


def _shown(typed: str = "", problem: str | None = None) -> str:
    with reading(server().engine) as connection:
        every = areas.all_villages(connection, current_user.commune_id)
        counted: dict[str, int] = {}
        for (village_id, _outcome), number in visits.standings(connection, current_user.commune_id).items():
            counted[village_id] = counted.get(village_id, 0) + number
    names = {each.village_id: each for each in every}
    return render_template("villages.html", villages=every, names=names, counted=counted, typed=typed, problem=problem)
