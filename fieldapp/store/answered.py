"""Which flags need nobody's look any more: an officer's review answered them, or their event was voided.

A flag is decided once, as its event is taken; whether it is answered follows from the events of the household that stand, so it is
projected like everything else and a rebuild finds the same. The answers are kept on their own too: what is found by comparing many visits
(findings.py) bears no flag, and is answered alike."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from fieldapp.store.among import among
from fieldapp.store.counted import counted
from fieldapp.store.groups import Group
from fieldapp.store.journal import chunks
from fieldapp.store.review_tables import flag, flag_answer
from fieldapp.survey.standing import place, standing, voided_by

EVERY_FLAG = ""
Answers = dict[tuple[str, str], tuple[str, str]]  # (event, flag's code; "": all of them) → (the event that answers, its household)
ANSWERING = ("answered", "approved")


def answers(group: Group) -> Answers:
    """What the reviews and voids of a group of households answer."""
    if not any(row.kind in ("review", "void") for rows in group.values() for row in rows):
        return {}
    events = sorted((each.event for each in counted(sorted(row for rows in group.values() for row in rows))), key=place)
    found: Answers = {}
    for event in standing(events):
        if event.kind == "review" and event.body["outcome"] in ANSWERING and event.body.get("event"):
            found[event.body["event"], event.body.get("flag") or EVERY_FLAG] = event.id, event.household
    voids = [event for event in events if event.kind == "void"]
    voided = voided_by(voids)
    found |= {(void.body["event"], EVERY_FLAG): (void.id, void.household) for void in voids if void.id not in voided and void.body["event"] in voided}
    return found


def is_answered(found: Answers, event_id: str, code: str) -> bool:
    return (event_id, EVERY_FLAG) in found or (event_id, code) in found


def write(connection: Connection, commune_id: str, households: Iterable[str], found: Answers) -> None:
    """Keep the answers that stand in these households, and note with each flag what answers it; only rows that change are written."""
    households = list(households)
    _keep(connection, commune_id, households, found)
    changed = []
    for ids in chunks(households):
        columns = flag.c.event_id, flag.c.code, flag.c.answered_by
        query = select(*columns).where(flag.c.commune_id == commune_id, among(connection, flag.c.household_id, ids))
        for event_id, code, before in connection.execute(query):
            after, _ = found.get((event_id, EVERY_FLAG)) or found.get((event_id, code)) or (None, "")
            if after != before:
                changed.append({"of": event_id, "named": code, "by": after})
    if changed:
        connection.execute(
            update(flag).where(flag.c.commune_id == commune_id, flag.c.event_id == bindparam("of"), flag.c.code == bindparam("named"))
            .values(answered_by=bindparam("by")),
            changed,
        )  # fmt: skip


def _keep(connection: Connection, commune_id: str, households: list[str], found: Answers) -> None:
    before: Answers = {}
    columns = [flag_answer.c[name] for name in ("event_id", "code", "answered_by", "household_id")]
    for ids in chunks(households):
        query = select(*columns).where(flag_answer.c.commune_id == commune_id, among(connection, flag_answer.c.household_id, ids))
        before |= {(event_id, code): (by, household_id) for event_id, code, by, household_id in connection.execute(query)}
    gone = sorted(key for key, value in before.items() if found.get(key) != value)
    if gone:
        connection.execute(
            delete(flag_answer).where(
                flag_answer.c.commune_id == commune_id, flag_answer.c.event_id == bindparam("of"), flag_answer.c.code == bindparam("named")
            ),
            [{"of": event_id, "named": code} for event_id, code in gone],
        )  # fmt: skip
    new = [
        {"commune_id": commune_id, "event_id": event_id, "code": code, "answered_by": by, "household_id": household_id}
        for (event_id, code), (by, household_id) in sorted(found.items()) if before.get((event_id, code)) != (by, household_id)
    ]  # fmt: skip
    if new:
        connection.execute(insert(flag_answer), new)
