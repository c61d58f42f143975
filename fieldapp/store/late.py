"""What came into the journal after a report was made and reaches back into its days: why a published figure reads otherwise now."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Connection, select

from fieldapp.store import journal
from fieldapp.store.counted import event_of
from fieldapp.store.journal import JournalRow
from fieldapp.store.tables import journal as journal_table
from fieldapp.survey.day import day_of
from fieldapp.survey.event import KINDS, Event
from fieldapp.survey.standing import UPON_EVENTS

_COLUMNS = [journal_table.c[name] for name in JournalRow._fields]


def since(connection: Connection, commune_id: str, sequence: int, until: str) -> dict[str, int]:
    """Kind → how many events that count came after that row of the journal and speak of days up to `until`. Corrections and voids speak of
    the day of the event that they name."""
    where = journal_table.c.commune_id == commune_id, journal_table.c.sequence > sequence, journal_table.c.held.is_(None)
    rows = connection.execute(select(*_COLUMNS).where(*where, journal_table.c.kind.in_(KINDS)).order_by(journal_table.c.sequence))
    events = [event_of(JournalRow._make(row)) for row in rows]
    upon = [event for event in events if event.kind in UPON_EVENTS]
    days = _days(connection, commune_id, (event.body["event"] for event in upon)) if upon else {}
    found = Counter(event.kind for event in events if _day(event, days) <= until)
    return {kind: found[kind] for kind in KINDS if found[kind]}


def _day(event: Event, days: dict[str, str]) -> str:
    return days.get(event.body["event"], day_of(event.at)) if event.kind in UPON_EVENTS else day_of(event.at)


def _days(connection: Connection, commune_id: str, event_ids: Iterable[str]) -> dict[str, str]:
    """Event → its day. What a void undoes may itself be a void: its own day is near enough to name a reason."""
    found = {}
    for ids in journal.chunks(set(event_ids)):
        query = select(*_COLUMNS).where(journal_table.c.commune_id == commune_id, journal_table.c.event_id.in_(ids), journal_table.c.kind.in_(KINDS))
        for row in connection.execute(query):
            event = event_of(JournalRow._make(row))
            found[event.id] = day_of(event.at)
    return found
