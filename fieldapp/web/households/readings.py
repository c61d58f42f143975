"""The access log: who read which households, searched; and the heads of the journal, by which a third person can hold us to it."""

from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask_login import current_user

from fieldapp.store import access, accounts, areas, backups, households, journal
from fieldapp.store.engine import reading
from fieldapp.survey.codes import parse_code
from fieldapp.survey.day import LOCAL, moment
from fieldapp.web import guard
from fieldapp.web.server import server

pages = Blueprint("readings", __name__)

SEEN_BY = ("officer", "auditor")
ASKED = ("account", "code", "page", "address", "since", "until")


@pages.get("/readings")
@guard.signed_in(roles=SEEN_BY)
def page() -> str:
    """The log, the latest first; by person, household, kind of page, address and days."""
    asked = {name: request.args.get(name, "").strip() for name in ASKED}
    with reading(server().engine) as connection:
        commune = areas.commune(connection, current_user.commune_id)
        wanted = _wanted(connection, commune, asked)
        before = request.args.get("before")
        rows, following = access.readings(connection, commune.commune_id, before=before, **wanted) if wanted is not None else ([], None)
        everybody = {each.account_id: each for each in accounts.of_commune(connection, commune.commune_id)}
        known = access.readers(connection, commune.commune_id)
    # Whoever once read stays to be chosen, also when they have no place at the desk any more.
    readers = [each for each in everybody.values() if each.role in guard.FIGURE_ROLES or each.account_id in known]
    return render_template(
        "households/readings.html", rows=rows, following=following, asked=asked, people=everybody, readers=readers, kinds=access.PAGES
    )  # fmt: skip


@pages.get("/readings/<reading_id>")
@guard.signed_in(roles=SEEN_BY)
def one(reading_id: str) -> str:
    """The codes of the households that a page showed, and how many people of no household; nobody's name."""
    with reading(server().engine) as connection:
        found = access.by_id(connection, current_user.commune_id, reading_id) or abort(404)
        ids = access.households_of(connection, current_user.commune_id, reading_id)
        codes = households.codes_of(connection, current_user.commune_id, ids)
    return render_template("households/reading.html", reading=found, codes=codes, others=found.shown - len(ids))


@pages.get("/journal")
@guard.signed_in(roles=SEEN_BY)
def heads() -> str:
    """Where the journal stands: who wrote this down can tell later whether anything before it was changed."""
    with reading(server().engine) as connection:
        commune = areas.commune(connection, current_user.commune_id)
        sequence, chain = journal.head(connection, commune.commune_id)
        backup = backups.last(connection, commune.commune_id)
    return render_template("households/journal.html", commune=commune, sequence=sequence, chain=chain.hex(), backup=backup, now=server().clock())


def _wanted(connection: Any, commune: areas.Commune, asked: dict[str, str]) -> dict[str, Any] | None:
    """What the log is asked for; None when the household asked for is none of the commune's."""
    wanted: dict[str, Any] = {
        "account_id": asked["account"] or None, "page": asked["page"] or None, "address": asked["address"] or None,
        "since": _begin(asked["since"], 0), "until": _begin(asked["until"], 1),
    }  # fmt: skip
    if asked["code"]:
        found = households.by_code(connection, commune.commune_id, parse_code(asked["code"], commune.code) or asked["code"])
        if found is None:
            return None
        wanted["household_id"] = found.household_id
    return wanted


def _begin(day: str, later: int) -> str | None:
    """The moment at which a local day begins, so many days later; None where none is asked. What is no day is answered 400: a log
    that showed more than was asked for would be read wrongly."""
    if not day:
        return None
    try:
        return moment(datetime.combine(date.fromisoformat(day) + timedelta(days=later), time(), LOCAL))
    except (ValueError, OverflowError):
        abort(400)
