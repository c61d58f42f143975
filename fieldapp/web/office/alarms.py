"""What can't wait, at the top of the pages that a leader or an officer opens first: phones that hold visits nobody has and have gone silent,
and lost phones of which the authority is still to be told."""

from dataclasses import dataclass
from typing import NamedTuple

from flask import Flask, request
from flask_login import current_user

from fieldapp.figures.fleet import Phone, fleet
from fieldapp.store import accounts, devices, lost_phones
from fieldapp.store.engine import reading
from fieldapp.store.lost_phones import OPEN, Record
from fieldapp.web import guard
from fieldapp.web.server import server
from fieldapp.web.teams.phones import own

PAGES = (
    "overview.page", "progress.page", "village.page", "office.page", "queue.page", "teams.page", "teams.one", "phones.page",
)  # fmt: skip
# More are read by nobody in ten seconds; the page of phones has them all.
MOST_NAMED = 3


class Loss(NamedTuple):
    """A lost phone whose record is open. hours: left to tell the authority, below 0 when that is over; revoked: it receives nothing more."""

    record: Record
    name: str
    hours: int
    revoked: bool


@dataclass(frozen=True, slots=True)
class Alarms:
    """silent: phones with unsent visits, silent for two days or more, the longest silent first; lost: due first before the others."""

    silent: list[Phone]
    lost: list[Loss]
    most: int = MOST_NAMED


def alarms() -> Alarms | None:
    """What the present page says before all else; None on pages that say nothing of it."""
    if request.endpoint not in PAGES or not current_user.is_authenticated or current_user.role not in guard.DESK_ROLES:
        return None
    commune_id, now = current_user.commune_id, server().clock()
    with reading(server().engine) as connection:
        people = {each.account_id: each for each in accounts.of_commune(connection, commune_id)}
        every = {each.device_id: each for each in devices.of_commune(connection, commune_id)}
        records = lost_phones.of_state(connection, commune_id, OPEN) if current_user.role == "officer" else []
    # Which version a phone has, and which of its numbers came, is nothing that can't wait.
    phones = own(fleet(every.values(), people, now, {}, ""))
    lost = [
        Loss(each, people[each.held.account_id].name if each.held.account_id in people else each.held.account_id, each.hours_left(now),
             every[each.device_id].revoked_at is not None)
        for each in records
        if each.device_id in every
    ]  # fmt: skip
    return Alarms([each for each in phones if "unsent_and_silent" in each.troubles], lost)


def install(app: Flask) -> None:
    """Gives the templates what can't wait."""
    app.context_processor(lambda: {"alarms": alarms})
