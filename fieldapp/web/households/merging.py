"""Two households that are one: the other is found by its code or among those alike, their people are laid side by side, then merged."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.store import areas, duplicates
from fieldapp.store.engine import reading
from fieldapp.store.households import Household
from fieldapp.survey.text import folded
from fieldapp.web import guard
from fieldapp.web.households import saying
from fieldapp.web.server import server

pages = Blueprint("merging", __name__)


@pages.route("/households/<code>/merge", methods=["GET", "POST"])
@guard.signed_in(roles=("officer",))
def page(code: str) -> Any:
    """Choose the other household, say who of it is who here, merge."""
    typed = request.values.get("other", "").strip()
    with reading(server().engine) as connection:
        household = saying.found(connection, code)
        elsewhere = saying.elsewhere(connection, household)
        other = saying.other(connection, typed) if typed else None
        alike = duplicates.like(connection, current_user.commune_id, household.household_id)
        villages = areas.names(connection, current_user.commune_id)
    if elsewhere:
        return elsewhere
    wrong = _wrong(household, other) if typed else ""
    guard.note_reading("household", [household.household_id, *([other.household_id] if other else [each.household_id for each in alike])])
    reason, problem = saying.words_of(), ""
    if request.method == "POST":
        problem = saying.reason_problem(reason)
        if other and not wrong and not problem:
            body = {"other": other.household_id, "people": _people(household, other), "reason": reason}
            words = _("Đã gộp. Mã %(code)s từ nay mở hộ này.", code=other.code)
            return saying.answer([("merge", household.household_id, body)], words, saying.to_household(household))
    page = render_template(
        "households/merge.html", household=household, other=None if wrong else other, alike=alike, villages=villages,
        same=same_people(household, other), typed=typed, wrong=wrong, reason=reason, problem=problem,
    )  # fmt: skip
    return page, 422 if wrong or request.method == "POST" else 200


def same_people(household: Household, other: Household | None) -> dict[str, str]:
    """The other's person → ours of the same name and, as far as both are known, birth year."""
    found: dict[str, str] = {}
    for theirs, person in (other.state["people"] if other else {}).items():
        for ours, one in household.state["people"].items():
            years = {person["birth_year"], one["birth_year"]} - {None}
            if person["name"] and one["name"] and folded(person["name"]) == folded(one["name"]) and len(years) < 2 and ours not in found.values():
                found[theirs] = ours
                break
    return found


def _people(household: Household, other: Household) -> dict[str, str]:
    chosen = {theirs: request.form.get(f"person.{theirs}", "") for theirs in other.state["people"]}
    return {theirs: ours for theirs, ours in chosen.items() if ours in household.state["people"]}


def _wrong(household: Household, other: Household | None) -> str:
    if other is None:
        return _("Không có hộ nào mang mã này.")
    if other.household_id == household.household_id:
        return _("Đây chính là hộ này. Vui lòng ghi mã của hộ kia.")
    if other.state["erased"] or household.state["erased"]:
        return _("Một trong hai hộ đã được xóa theo yêu cầu, không gộp được.")
    return ""
