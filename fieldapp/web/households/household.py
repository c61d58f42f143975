"""One household: its people as left and as found, its visits with their authors, its consent. Each reading is logged."""

from typing import Any

from flask import Blueprint, abort, render_template
from flask_login import current_user

from fieldapp.store import accounts, areas, history, households
from fieldapp.store.engine import reading
from fieldapp.survey.codes import parse_code
from fieldapp.survey.fold import BACK_CHECK
from fieldapp.web import guard
from fieldapp.web.households import actions, dossier
from fieldapp.web.server import server

pages = Blueprint("household", __name__)


@pages.get("/households/<code>")
@guard.signed_in
def page(code: str) -> Any:
    """The page of the household that bears this code in the signed-in person's commune."""
    here, commune_id = server(), current_user.commune_id
    with reading(here.engine) as connection:
        household = households.by_code(connection, commune_id, parse_code(code) or code) or abort(404)
        guard.require_village(connection, household.village_id)
        shown = {
            "household": household,
            "commune": areas.commune(connection, commune_id),
            "village": areas.village(connection, commune_id, household.village_id or ""),
            "merged_into": _seen(connection, households.by_id(connection, commune_id, household.line.merged_into or "")),
            "events": _told(connection, household.household_id),
            "authors": {each.account_id: each.name for each in accounts.of_commune(connection, commune_id)},
        }
    guard.note_reading("household", [household.household_id])
    state = household.state
    laid_out = {"house": dossier.house(state), "people": dossier.people(state), "names": dossier.names(state)}
    may = {"void": actions.may_void, "correct": actions.may_correct, "review": actions.may_review} if current_user.role == "officer" else {}
    return render_template("households/household.html", state=state, stated=dossier.stated, may=may, **laid_out, **shown)


def _told(connection: Any, household_id: str) -> list[history.Told]:
    """The events; who is asked to check whom is between the officer and the checker."""
    told = history.told(households.said_of(connection, current_user.commune_id, household_id))
    return told if current_user.role == "officer" else [each for each in told if each.event.body.get("outcome") != BACK_CHECK]


def _seen(connection: Any, household: households.Household | None) -> households.Household | None:
    """The household, None when its village is not one that the signed-in person sees."""
    seen = guard.villages_seen(connection)
    return household if household is not None and (seen is None or household.village_id in seen) else None
