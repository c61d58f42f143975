"""What rosters last said of each household, whatever was said at its door or at the desk since.

A roster that is given again must bring nothing back that somebody has mended meanwhile: only what it says for the first time is news."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from fieldapp.store.counted import counted
from fieldapp.store.journal import JournalRow, chunks
from fieldapp.store.tables import journal
from fieldapp.survey.event import Event
from fieldapp.survey.standing import amended, people_of, place, voided_by

# The reason of a correction, a move or a list that an import made.
REASON = "roster"
KINDS = ("register", "correct", "list", "move", "void", "review", "erase")


@dataclass(slots=True)
class Rostered:
    """village, address, poverty: None where no roster said any. people: person → fields. erased: how many of them left by an erasure."""

    village: str | None = None
    address: str | None = None
    poverty: str | None = None
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    erased: int = 0


def rostered(connection: Connection, commune_id: str, ids: Iterable[str]) -> dict[str, Rostered]:
    """Household → what rosters last said of it. ids: the households asked for."""
    columns = [journal.c[name] for name in JournalRow._fields]
    found: dict[str, Rostered] = {}
    for chunk in chunks(ids):
        query = select(*columns).where(journal.c.commune_id == commune_id, journal.c.household_id.in_(chunk), journal.c.kind.in_(KINDS))
        rows = map(JournalRow._make, connection.execute(query.order_by(journal.c.sequence)))
        found |= _said(each.event for each in counted(row for row in rows if row.text or row.redacted))
    return found


def _said(events: Iterable[Event]) -> dict[str, Rostered]:
    ordered = sorted(events, key=place)
    voided = voided_by(event for event in ordered if event.kind == "void")
    found: dict[str, Rostered] = {}
    for event in ordered:
        if event.id not in voided:
            _lay(found.setdefault(event.household, Rostered()), event)
    return found


def _lay(said: Rostered, event: Event) -> None:
    body = event.body
    if event.kind == "erase" and body.get("person"):
        said.erased += 1
    elif event.kind == "register" and body["source"] == "roster":
        said.village, said.address = body["village"], body.get("address")
        said.people |= people_of(body["people"])
        said.poverty = said.poverty or "none"  # who is not on the list is not poor, and nobody writes that down
    elif body.get("reason") != REASON:
        return
    elif event.kind == "correct" and body["event"] == event.household:
        said.address = body["fields"].get("address", said.address)
        for person_id, fields in people_of(body["fields"].get("people", {})).items():
            said.people[person_id] = amended(said.people.get(person_id, {}), fields)
    elif event.kind == "list":
        said.poverty = body["poverty"]
    elif event.kind == "move" and "village" in body:
        said.village = body["village"]
