"""What must be so in the end: every visit that was ever shown as saved is in the journal, once; and phone and server are of one mind."""

import json

from fieldapp.kills.commune import VILLAGE, Commune
from fieldapp.kills.phone import Phone
from fieldapp.store import arrivals, held, journal, rebuild
from fieldapp.store.engine import reading

NEVER, NO_LIMIT = (0, ""), 1_000_000


def lost(commune: Commune, phone: Phone) -> list[str]:
    """The visits that were shown as saved and are nowhere."""
    with reading(commune.engine) as connection:
        there = journal.seen(connection, commune.commune_id, list(phone.saved))
    return [f"visit {number} ({event_id}) was shown as saved" for event_id, number in phone.saved.items() if event_id not in there]


def double(commune: Commune, phone: Phone) -> list[str]:
    """The visits that are in the journal more than once, or that nobody made."""
    ids = [house.id for house in commune.houses]
    with reading(commune.engine) as connection:
        rows = [row for row in journal.of_households(connection, commune.commune_id, ids) if row.kind == "visit"]
    times: dict[str, int] = {}
    for row in rows:
        times[row.event_id] = times.get(row.event_id, 0) + 1
    twice = [f"{event_id} is there {count} times" for event_id, count in times.items() if count > 1]
    return twice + [f"{event_id} was never begun" for event_id in times if event_id not in phone.begun]


def differences(commune: Commune, phone: Phone) -> list[str]:
    """Where the database is not what its journal says, where phone and server differ, and what is held though nothing was wrong."""
    ids = [house.id for house in commune.houses]
    with reading(commune.engine) as connection:
        found = list(rebuild.differences(connection, commune.commune_id))
        found += [f"held: {reason} ({times})" for reason, _, times in held.counts(connection, commune.commune_id)]
        rows = arrivals.since(connection, commune.commune_id, VILLAGE, NEVER, NO_LIMIT)
    server = {row.household_id: {"id": row.household_id, "code": row.code, "token": row.token, **json.loads(row.state)} for row in rows}
    for known in phone.known(ids):
        here = server[known["id"]]
        # Folded anew, a household has all its fields; the server sends those that say something.
        shown = {name: value for name, value in (known["shown"] or {}).items() if name in here}
        found += [f"household {known['id']}: {each} is not {here}" for each in (known["sent"], shown) if each != here]
    return found
