"""Which flags need nobody's look any more: an officer's review answered them, or their event was voided.

A flag is decided once, as its event is taken; whether it is answered follows from the events of the household that stand, so it is
projected like everything else and a rebuild finds the same."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, select, update

from fieldapp.store.counted import counted
from fieldapp.store.groups import Group
from fieldapp.store.journal import chunks
from fieldapp.store.tables import flag
from fieldapp.survey.standing import place, standing, voided_by

EVERY_FLAG = ""
Answers = dict[tuple[str, str], str]  # (event, flag's code; "": all of them) → the event that answers


def answers(group: Group) -> Answers:
    """What the reviews and voids of a group of households answer."""
    if not any(row.kind in ("review", "void") for rows in group.values() for row in rows):
        return {}
    events = sorted((each.event for each in counted(sorted(row for rows in group.values() for row in rows))), key=place)
    found: Answers = {}
    for event in standing(events):
        if event.kind == "review" and event.body["outcome"] == "answered" and event.body.get("event"):
            found[event.body["event"], event.body.get("flag") or EVERY_FLAG] = event.id
    voids = [event for event in events if event.kind == "void"]
    voided = voided_by(voids)
    found |= {(void.body["event"], EVERY_FLAG): void.id for void in voids if void.id not in voided and void.body["event"] in voided}
    return found


def write(connection: Connection, commune_id: str, households: Iterable[str], found: Answers) -> None:
    """Note with each flag of these households what answers it; only rows that change are written."""
    changed = []
    for ids in chunks(households):
        query = select(flag.c.event_id, flag.c.code, flag.c.answered_by).where(flag.c.commune_id == commune_id, flag.c.household_id.in_(ids))
        for event_id, code, before in connection.execute(query):
            after = found.get((event_id, EVERY_FLAG)) or found.get((event_id, code))
            if after != before:
                changed.append({"of": event_id, "named": code, "by": after})
    if changed:
        connection.execute(
            update(flag).where(flag.c.commune_id == commune_id, flag.c.event_id == bindparam("of"), flag.c.code == bindparam("named"))
            .values(answered_by=bindparam("by")),
            changed,
        )  # fmt: skip
