"""Phones that somebody lost: each has a record, as the law asks for (domain/LAW.md, "breach"): what happened, when it was noticed, what data the
phone carried and how they were protected, what was done, who was told and when. What the phone held is written down once, when it is
reported; what is done afterwards is added, never changed."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from fieldapp.store.desk_tables import lost_phone
from fieldapp.survey.day import instant, moment
from fieldapp.survey.event import dumps

HOURS_TO_TELL = 72
OPEN, NOTIFIED, CLOSED = "open", "notified", "closed"
# State → what is done → next state. told: the authority knows; needless: why it need not; ended: nothing more is to be done.
STEPS = {
    OPEN: {"done": OPEN, "told": NOTIFIED, "needless": CLOSED, "found": CLOSED},
    NOTIFIED: {"done": NOTIFIED, "ended": CLOSED, "found": CLOSED},
    CLOSED: {"done": CLOSED},
}


@dataclass(frozen=True, slots=True)
class Held:
    """What a phone had sent and still held, as the server knew it when the loss was reported. since: from this moment on, visits may be on
    the phone alone; villages: ids; unsent, oldest: in its own last words."""

    account_id: str
    villages: list[str]
    households: int
    people: int
    received: int
    received_at: str | None
    contiguous: int
    missing: list[int]
    unsent: int
    oldest: str | None
    contact_at: str | None
    since: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done: told, needless, found, ended, or anything else that was done."""

    what: str
    at: str
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Record:
    """The record of one loss. state: open until the authority was told (notified) or need not be, then closed."""

    record_id: str
    device_id: str
    noticed_at: str
    opened_by: str
    opened_at: str
    happened: str
    protected: str
    state: str
    held: Held
    steps: tuple[Step, ...] = ()

    @property
    def due_at(self) -> str:
        """Until when the authority must be told."""
        return moment(instant(self.noticed_at) + timedelta(hours=HOURS_TO_TELL))

    def hours_left(self, now: str) -> int:
        """Whole hours until the authority must be told; below 0 when that is over."""
        return (instant(self.due_at) - instant(now)) // timedelta(hours=1)

    @property
    def was_found(self) -> bool:
        return any(each.what == "found" for each in self.steps)


_COLUMNS = [lost_phone.c[name] for name in Record.__dataclass_fields__]


def add(connection: Connection, commune_id: str, record: Record) -> None:
    row = {name: getattr(record, name) for name in Record.__dataclass_fields__}
    row |= {"held": dumps(asdict(record.held)), "steps": _kept(record.steps)}
    connection.execute(insert(lost_phone).values(commune_id=commune_id, **row))


def latest(connection: Connection, commune_id: str, device_id: str) -> Record | None:
    """The record of the phone's last loss; None when nobody ever lost it."""
    query = select(*_COLUMNS).where(lost_phone.c.commune_id == commune_id, lost_phone.c.device_id == device_id)
    row = connection.execute(query.order_by(lost_phone.c.record_id.desc()).limit(1)).first()
    return _record(row) if row else None


def of_state(connection: Connection, commune_id: str, state: str) -> list[Record]:
    """The commune's records in this state, the one that is due first before the others."""
    query = select(*_COLUMNS).where(lost_phone.c.commune_id == commune_id, lost_phone.c.state == state)
    return [_record(row) for row in connection.execute(query.order_by(lost_phone.c.noticed_at, lost_phone.c.record_id))]


def note(connection: Connection, commune_id: str, record_id: str, step: Step) -> bool:
    """Add what was done to a record; False, and nothing is added, where the step does not lead on from its state."""
    mine = lost_phone.c.commune_id == commune_id, lost_phone.c.record_id == record_id
    record = _record(connection.execute(select(*_COLUMNS).where(*mine).with_for_update()).one())
    state = STEPS[record.state].get(step.what)
    if state is None:
        return False
    connection.execute(update(lost_phone).where(*mine).values(state=state, steps=_kept((*record.steps, step))))
    return True


def _kept(steps: Iterable[Step]) -> str:
    return dumps([asdict(each) for each in steps])


def _record(row: Any) -> Record:
    steps = tuple(Step(**each) for each in json.loads(row.steps))
    return Record(**{**row._mapping, "held": Held(**json.loads(row.held)), "steps": steps})
