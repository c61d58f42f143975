"""Every value that was ever stated of a household: when, by whom, and what put it aside."""

from typing import Any

from flask import Blueprint, abort, render_template
from flask_login import current_user

from fieldapp.store import accounts, areas, households
from fieldapp.store import history as store
from fieldapp.store.engine import reading
from fieldapp.survey.codes import parse_code
from fieldapp.web import guard
from fieldapp.web.households import dossier
from fieldapp.web.server import server

pages = Blueprint("history", __name__)


@pages.get("/households/<code>/history")
@guard.signed_in
def page(code: str) -> Any:
    """The history of each field of the house and of each person."""
    commune_id = current_user.commune_id
    with reading(server().engine) as connection:
        household = households.by_code(connection, commune_id, parse_code(code) or code) or abort(404)
        guard.require_village(connection, household.village_id)
        said = households.said_of(connection, commune_id, household.household_id)
        authors = {each.account_id: each.name for each in accounts.of_commune(connection, commune_id)}
        villages = areas.names(connection, commune_id)
    guard.note_reading("household", [household.household_id])
    found = store.history(said, household.household_id)
    # Poverty comes from the commune's own list and is the office's business.
    if current_user.role != "officer":
        found.get(store.BOOK, {}).pop("poverty", None)
    names = {**{who: None for who in found if who}, **dossier.names(household.state)}
    return render_template("households/household_history.html", household=household, history=found, names=names, authors=authors, villages=villages)
