"""Writing a roster into the book: all of it in one transaction, through the door that every event goes through, or nothing."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from fieldapp.intake.desk import ID_BYTES, sealed
from fieldapp.intake.judge import convene
from fieldapp.intake.receive import HELD, take
from fieldapp.intake.roster.plan import CHANGED, NEW, SAME, Plan, Step, fields_of, plan
from fieldapp.intake.roster.reading import Read
from fieldapp.intake.sealed import unseal
from fieldapp.store import journal
from fieldapp.store.accounts import Account
from fieldapp.store.engine import Connection, Engine, writing
from fieldapp.store.rostered import REASON
from fieldapp.survey.ids import person_id

EVENTS_AT_ONCE = 500

Said = tuple[str, str | None, dict[str, Any]]


class NotTaken(Exception):
    """The door held an event of the roster (the code says why): nothing was written."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Households that came in, changed, stayed as they were, and were left out for what is wrong with them."""

    new: int
    changed: int
    same: int
    left_out: int


def import_roster(engine: Engine, officer: Account, read: Read, listed: str, now: str, report: Callable[[int, int], None]) -> Outcome:
    """Write what the file holds. listed: the file's name, by which poverty is told. report(done, all): called now and then, in households;
    what it raises takes everything back. Raises NotTaken."""
    with writing(engine) as connection:
        journal.lock(connection, officer.commune_id)
        planned = plan(connection, officer.commune_id, read.households)
        steps = [step for step in planned.steps if step.what != SAME]
        done = 0
        report(done, len(steps))
        for part in _parts(steps):
            _take(connection, officer, now, part, listed)
            done += len(part)
            report(done, len(steps))
    return _outcome(planned, read)


def _outcome(planned: Plan, read: Read) -> Outcome:
    return Outcome(planned.count(NEW), planned.count(CHANGED), planned.count(SAME), read.left_out)


def _parts(steps: list[Step]) -> Iterator[list[Step]]:
    return (steps[start : start + EVENTS_AT_ONCE] for start in range(0, len(steps), EVENTS_AT_ONCE))


def _take(connection: Connection, officer: Account, now: str, steps: list[Step], listed: str) -> None:
    """First what brings households into being, then what is said of them: a list names a household that must be there."""
    new = [step for step in steps if step.known is None]
    ids = _write(connection, officer, now, [("register", None, _register(step)) for step in new])
    said: list[Said] = [
        ("list", household_id, {"poverty": step.poverty, "list": listed, "reason": REASON})
        for step, household_id in zip(new, ids, strict=True) if step.poverty not in (None, "none")
    ]  # fmt: skip
    said += [event for step in steps if step.known is not None for event in _changes(step, listed)]
    _write(connection, officer, now, said)


def _write(connection: Connection, officer: Account, now: str, said: list[Said]) -> list[str | None]:
    if not said:
        return []
    batch = [unseal(sealed(connection, officer, now, *each)) for each in said]
    receipts = take(connection, convene(connection, officer.commune_id, None, batch), batch, now)
    held = next((receipt.reason for receipt in receipts if receipt.outcome == HELD), None)
    if held is not None:
        raise NotTaken(held)
    return [receipt.id for receipt in receipts]


def _register(step: Step) -> dict[str, Any]:
    household = step.household
    people = [{"id": person_id(os.urandom(ID_BYTES)), **person} for person in household.people]
    return {"village": household.village_id, "address": household.address, "source": "roster", "people": people}


def _changes(step: Step, listed: str) -> Iterator[Said]:
    known = step.known
    assert known is not None
    fields: dict[str, Any] = {"address": step.address} if step.address else {}
    people = fields_of(step.changes)
    people |= {person_id(os.urandom(ID_BYTES)): {name: value for name, value in each.items() if value} for each in step.people}
    if people:
        fields["people"] = people
    if fields:
        yield "correct", known.household_id, {"event": known.household_id, "fields": fields, "reason": REASON}
    if step.village:
        yield "move", known.household_id, {"village": step.village, "reason": REASON}
    if step.poverty:
        yield "list", known.household_id, {"poverty": step.poverty, "list": listed, "reason": REASON}
