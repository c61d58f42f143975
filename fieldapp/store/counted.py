"""Which rows of the journal count, and from when: those that were not held; held ones that an officer's review has replayed since; and what
was held because its household was in no book, from the moment that its register counts."""

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.json import decode

from fieldapp.store.journal import JournalRow
from fieldapp.survey.event import AUTHORS, Event, composed, of
from fieldapp.survey.standing import place, voided_by

UNKNOWN_HOUSEHOLD = "unknown_household"


class CountedEvent(NamedTuple):
    """row: its text's own; by: the row that let it count: the same, an officer's review of it, or what let its household's register count."""

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
    for known in _found_their_household(held, found):
        found.setdefault(known.event.id, known)
    return sorted(found.values(), key=lambda each: each.sequence) if held else list(found.values())


def _found_their_household(held: dict[tuple[str, str], JournalRow], found: dict[str, CountedEvent]) -> list[CountedEvent]:
    """Held rows whose household has come into the book since, unless an officer has put them away."""
    waiting = [(named, row) for named, row in held.items() if row.held == UNKNOWN_HOUSEHOLD and (row.text or row.redacted)]
    away = _put_away(found) if waiting else set()
    registers = {row.household_id: found.get(row.household_id) for _, row in waiting}
    return [
        CountedEvent(row, register.by, event_of(row))
        for named, row in waiting
        if named not in away and (register := registers[row.household_id]) is not None and register.event.kind == "register"
    ]


def _put_away(found: dict[str, CountedEvent]) -> set[tuple[str, str]]:
    events = sorted((each.event for each in found.values()), key=place)
    voided = voided_by(event for event in events if event.kind == "void")
    return {
        (event.body.get("event") or "", event.body.get("sha256") or "")
        for event in events
        if event.kind == "review" and event.body["outcome"] == "not_ours" and event.id not in voided
    }


def event_of(row: JournalRow) -> Event:
    """The event of a row: of what an erasure left of it, where one came by."""
    return of(decode(composed(row.text or row.redacted or "")), row.at)
