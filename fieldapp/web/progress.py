"""Where we are, who is stuck, what to do today."""

from typing import Any

from flask import Blueprint, render_template
from flask_login import current_user

from fieldapp.figures import progress as figures
from fieldapp.store import areas, devices
from fieldapp.store.engine import reading
from fieldapp.survey.day import day_of
from fieldapp.web import asked, chart, guard
from fieldapp.web.server import server

pages = Blueprint("progress", __name__)

# What the page lists under "today", in the order in which it is done.
TODAY = ("to_return", "absent_twice", "wants_help", "poor_offline", "flagged")


@pages.get("/progress")
@guard.signed_in
def page() -> str:
    """The progress of the villages that the signed-in person sees."""
    here = server()
    today = day_of(here.clock())
    with reading(here.engine) as connection:
        commune = areas.commune(connection, current_user.commune_id)
        seen = guard.villages_seen(connection)
        found = figures.progress(connection, commune.commune_id, today, seen)
        phones = devices.of_commune(connection, commune.commune_id)
    silent = _silent(found, phones, figures.ago(today, 2))
    todo = [(name, found.todo[name]) for name in TODAY if name in asked.filters_seen()]
    return render_template(
        "progress.html", commune=commune, page=found, today=today, todo=todo, silent=silent, columns=chart.columns([each[1:] for each in found.days]),
        stands=figures.STANDS, outcome_words=asked.outcome_words,
    )  # fmt: skip


def _silent(found: figures.Progress, phones: list[Any], since: str) -> list[str]:
    """Names of members whose phone holds visits that were not sent and has not called since that day."""
    names = {each.account.account_id: each.account.name for each in found.members}
    waiting = (each for each in phones if each.account_id in names and not each.revoked_at and (each.manifest.get("unsent") or 0) > 0)
    return sorted({names[each.account_id] for each in waiting if day_of(each.contact_at or "") < since})
