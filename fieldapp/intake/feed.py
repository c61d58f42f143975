"""What goes down to a phone: the households of its member's villages that changed since it last asked, page by page, and those
to forget."""

from dataclasses import dataclass, field
from typing import Any

import msgspec

from fieldapp.intake import told
from fieldapp.store import accounts, areas, departures, households
from fieldapp.store.devices import Device
from fieldapp.store.engine import Connection

START = (-1, "")

Cursor = tuple[int, str]  # changed, household_id


@dataclass(slots=True)
class Feed:
    """One page. cursors: village → where to ask on; a village that is not in it is not the member's."""

    households: list[msgspec.Raw] = field(default_factory=list)
    forget: list[str] = field(default_factory=list)
    villages: list[told.Village] = field(default_factory=list)
    cursors: dict[str, str] = field(default_factory=dict)
    more: bool = False


def feed(connection: Connection, device: Device, cursors: dict[str, str], limit: int, today: str) -> Feed:
    """The next page for the phone. cursors: where it stands in each village (absent or unreadable: at the start)."""
    theirs = accounts.villages_of(connection, device.commune_id, device.account_id, today)
    page = Feed()
    for village in areas.all_villages(connection, device.commune_id):
        if village.village_id in theirs:
            page.villages.append(told.Village(village.village_id, village.name, village.village_type, village.number))
            _add(connection, device.commune_id, village.village_id, parsed(cursors.get(village.village_id, "")), limit, page)
    page.forget = departures.still_gone(connection, device.commune_id, page.forget, theirs)
    return page


def _add(connection: Connection, commune_id: str, village_id: str, cursor: Cursor, limit: int, page: Feed) -> None:
    room = limit - len(page.households)
    changed = households.changed_in(connection, commune_id, village_id, cursor, room + 1)
    # Departures are bounded by what was read of the village, so that the one cursor serves both.
    bound = (changed[room - 1].changed, changed[room - 1].household_id) if len(changed) > room and room else None
    if len(changed) > room:
        page.more = True
        if not room:
            page.cursors[village_id] = text_of(cursor)
            return
        changed = changed[:room]
    gone = departures.since(connection, commune_id, village_id, cursor, bound)
    page.households += [_for_phone(row) for row in changed]
    page.forget += [household_id for _, household_id in gone]
    page.cursors[village_id] = text_of(max([cursor, *((row.changed, row.household_id) for row in changed), *gone]))


def _for_phone(row: Any) -> msgspec.Raw:
    """The household's state as it is kept, with its names put in front: nothing is read only to be written again."""
    names = msgspec.json.encode({"id": row.household_id, "code": row.code, "token": row.token})
    return msgspec.Raw(names[:-1] + b"," + row.state.encode()[1:])


def parsed(cursor: str) -> Cursor:
    """A cursor that is no longer understood starts the village over: more bytes, nothing lost."""
    changed, _, household_id = cursor.partition(".")
    fits = changed.isascii() and changed.isdecimal() and len(changed) < 16 and household_id.isascii() and household_id.isprintable()
    return (int(changed), household_id) if fits else START


def text_of(cursor: Cursor) -> str:
    return "" if cursor == START else f"{cursor[0]}.{cursor[1]}"
