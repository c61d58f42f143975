"""What goes down to a phone: the households of its member's villages that changed since it last asked, page by page, and those
to forget; who asked for help there on the public page; and what the member did these days."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import msgspec

from fieldapp.intake import told
from fieldapp.intake.blind import blinded
from fieldapp.store import accounts, areas, arrivals, departures, sign_ups, visits
from fieldapp.store.arrivals import Cursor
from fieldapp.store.devices import Device
from fieldapp.store.engine import Connection
from fieldapp.survey.day import day_of

MARK_LETTERS = 16
SIGN_UP_DAYS = 2
DAYS_TOLD = 7
START = (-1, "")


@dataclass(slots=True)
class Feed:
    """One page. cursors: village → where to ask on; a village that is not in it is not the member's; left: households of further pages."""

    households: list[msgspec.Raw] = field(default_factory=list)
    forget: list[str] = field(default_factory=list)
    villages: list[told.Village] = field(default_factory=list)
    cursors: dict[str, str] = field(default_factory=dict)
    left: int = 0
    sign_ups: told.SignUps | None = field(default_factory=lambda: told.SignUps("", []))
    done: list[told.DayDone] = field(default_factory=list)


def feed(connection: Connection, device: Device, cursors: dict[str, str], limit: int, today: str, mark: str = "") -> Feed:
    """The next page for the phone. cursors: where it stands in each village (absent or unreadable: at the start); mark: of the sign-ups
    that it has."""
    theirs = accounts.villages_of(connection, device.commune_id, device.account_id, today)
    page = Feed()
    for village in areas.all_villages(connection, device.commune_id):
        if village.village_id in theirs:
            page.villages.append(told.Village(village.village_id, village.name, village.village_type, village.number))
            _add(connection, device, village.village_id, parsed(cursors.get(village.village_id, "")), limit, page)
    page.forget = departures.still_gone(connection, device.commune_id, page.forget, theirs)
    page.sign_ups = _waiting(connection, device.commune_id, theirs, mark)
    since = (date.fromisoformat(today) - timedelta(days=DAYS_TOLD - 1)).isoformat()
    page.done = [told.DayDone(*each) for each in visits.days_of(connection, device.commune_id, device.account_id, since)]
    return page


def _waiting(connection: Connection, commune_id: str, villages: Collection[str], mark: str) -> told.SignUps | None:
    """All who wait, under a mark that says which they are; None when the phone has these."""
    found = [
        told.SignUp(each.sign_up_id, each.village_id, each.name, each.phone, list(each.wishes), _called_by(each.at))
        for each in sign_ups.waiting(connection, commune_id, villages)
    ]
    now = sha256(msgspec.json.encode(found)).hexdigest()[:MARK_LETTERS]
    return None if now == mark else told.SignUps(now, found)


def _called_by(at: str) -> str:
    """Within two days, as the desk asks of the team."""
    return (date.fromisoformat(day_of(at)) + timedelta(days=SIGN_UP_DAYS)).isoformat()


def _add(connection: Connection, device: Device, village_id: str, cursor: Cursor, limit: int, page: Feed) -> None:
    commune_id, room = device.commune_id, limit - len(page.households)
    changed = arrivals.since(connection, commune_id, village_id, cursor, room + 1)
    # Departures are bounded by what was read of the village, so that the one cursor serves both.
    bound = (changed[room - 1].changed, changed[room - 1].household_id) if len(changed) > room and room else None
    if len(changed) > room:
        page.left += arrivals.left_after(connection, commune_id, village_id, bound or cursor)
        if not room:
            page.cursors[village_id] = text_of(cursor)
            return
        changed = changed[:room]
    gone = departures.since(connection, commune_id, village_id, cursor, bound)
    page.households += [_for_phone(row, device.account_id) for row in changed]
    page.forget += [household_id for _, household_id in gone]
    page.cursors[village_id] = text_of(max([cursor, *((row.changed, row.household_id) for row in changed), *gone]))


def _for_phone(row: Any, account_id: str) -> msgspec.Raw:
    """The household's state as it is kept, with its names put in front: nothing is read only to be written again. Who makes a back-check there
    gets it without its answers."""
    names = msgspec.json.encode({"id": row.household_id, "code": row.code, "token": row.token})
    state = row.state.encode()
    if row.checker_id == account_id:
        state = msgspec.json.encode(blinded(msgspec.json.decode(row.state), msgspec.json.decode(row.aside)["back_check"]))
    return msgspec.Raw(names[:-1] + b"," + state[1:])


def parsed(cursor: str) -> Cursor:
    """A cursor that is no longer understood starts the village over: more bytes, nothing lost."""
    changed, _, household_id = cursor.partition(".")
    fits = changed.isascii() and changed.isdecimal() and len(changed) < 16 and household_id.isascii() and household_id.isprintable()
    return (int(changed), household_id) if fits else START


def text_of(cursor: Cursor) -> str:
    return "" if cursor == START else f"{cursor[0]}.{cursor[1]}"
