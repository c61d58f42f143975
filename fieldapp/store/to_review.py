"""What waits for an officer among what counts, projected: events in doubt, households in dispute, visits that were given back.

One row for each, so that the queue is read page by page, filtered and counted, however many households there are."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, tuple_

from fieldapp.store.among import among
from fieldapp.store.answered import Answers, is_answered
from fieldapp.store.counted import event_of
from fieldapp.store.groups import Group
from fieldapp.store.journal import JournalRow, chunks
from fieldapp.store.review_tables import to_review
from fieldapp.survey.day import day_of
from fieldapp.survey.event import Event
from fieldapp.survey.fold import State

FLAGGED, CONTESTED, RETURNED = KINDS = ("flagged", "contested", "returned")
KEYS_AT_ONCE = 200


class Row(NamedTuple):
    """account_id: the author of the event; day: on which it was, of what was given back the day of that."""

    household_id: str
    village_id: str | None
    account_id: str
    day: str


Waiting = dict[tuple[str, str], Row]  # (kind, event) → what waits


def of_group(group: Group, states: Mapping[str, State], answers: Answers) -> Waiting:
    """What waits in a group of households. states: of those that are in the book."""
    found: Waiting = {}
    for household_id, state in states.items():
        for row in group[household_id]:
            if '"flags":' in row.decision and _is_doubted(row, answers):
                event = event_of(row)
                found[FLAGGED, row.event_id] = Row(household_id, state["village"], event.member, day_of(event.at))
        if state["status"] == "merged":
            continue
        disputed = {id for mark in state["contested"] for id in mark["events"]}
        if disputed and (latest := _latest(group, disputed)):
            found[CONTESTED, latest.id] = Row(household_id, state["village"], latest.member, day_of(latest.at))
        for visit_id in state["returned"]:
            visit = _latest(group, {visit_id})
            if visit is not None:
                found[RETURNED, visit_id] = Row(household_id, state["village"], visit.member, state["returned_on"])
    return found


def _is_doubted(row: JournalRow, answers: Answers) -> bool:
    return bool(row.text or row.redacted) and any(not is_answered(answers, row.event_id, each["code"]) for each in row.decided["flags"])


def _latest(group: Group, ids: set[str]) -> Event | None:
    events = [event_of(row) for rows in group.values() for row in rows if row.event_id in ids and (row.text or row.redacted)]
    return max(events, key=lambda event: event.place, default=None)


def write(connection: Connection, commune_id: str, households: Iterable[str], found: Waiting) -> None:
    """Keep what waits in these households; only rows that change are written."""
    before: Waiting = {}
    columns = [to_review.c[name] for name in ("kind", "event_id", *Row._fields)]
    for ids in chunks(households):
        query = select(*columns).where(to_review.c.commune_id == commune_id, among(connection, to_review.c.household_id, ids))
        before |= {(kind, event_id): Row(*row) for kind, event_id, *row in connection.execute(query)}
    gone = sorted(key for key, row in before.items() if found.get(key) != row)
    for i in range(0, len(gone), KEYS_AT_ONCE):
        keys = tuple_(to_review.c.kind, to_review.c.event_id).in_(gone[i : i + KEYS_AT_ONCE])
        connection.execute(delete(to_review).where(to_review.c.commune_id == commune_id, keys))
    new = [
        {"commune_id": commune_id, "kind": kind, "event_id": event_id, **row._asdict()}
        for (kind, event_id), row in sorted(found.items()) if before.get((kind, event_id)) != row
    ]  # fmt: skip
    if new:
        connection.execute(insert(to_review), new)
