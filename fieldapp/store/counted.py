"""Which rows of the journal count, and from when: those that were not held, and held ones that an officer's review has replayed
since."""

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.json import decode

from fieldapp.store.journal import JournalRow
from fieldapp.survey.event import AUTHORS, Event, composed, of


class CountedEvent(NamedTuple):
    """row: its text's own; by: the row that let it count: the same, or an officer's review of it."""

    row: JournalRow
    by: JournalRow
    event: Event

    @property
    def sequence(self) -> int:
        return self.by.sequence


def counted(rows: Iterable[JournalRow], read: dict[int, Event] | None = None) -> list[CountedEvent]:
    """The events that count, by sequence. Of two texts under one id the one that came to count last stands.

    read: events of whole texts by their row, for who asks twice."""
    read = {} if read is None else read
    found: dict[str, CountedEvent] = {}
    held: dict[tuple[str, str], JournalRow] = {}
    for row in rows:
        if row.kind not in AUTHORS:
            continue
        if row.held is not None:
            held[row.event_id, row.sha256] = row
            continue
        event = read.get(row.sequence) if row.text is not None else None
        if event is None:
            event = read[row.sequence] = event_of(row)
        found[event.id] = CountedEvent(row, row, event)
        if event.kind == "review" and event.body["outcome"] == "replayed":
            released = held.get((event.body.get("event") or "", event.body.get("sha256") or ""))
            if released is not None and (released.text or released.redacted):
                found[released.event_id] = CountedEvent(released, row, event_of(released))
    return list(found.values())


def event_of(row: JournalRow) -> Event:
    """The event of a row: of what an erasure left of it, where one came by."""
    return of(decode(composed(row.text or row.redacted or "")), row.at)
