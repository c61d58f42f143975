"""Taking sealed texts in: write each down, decide what must be decided once, fold what counts. One transaction; its end is the
receipt."""

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from fieldapp.intake.judge import Court, judge
from fieldapp.intake.numbering import Numbering
from fieldapp.intake.sealed import Sealed, unseal
from fieldapp.store import areas, journal, projection
from fieldapp.store.engine import Connection, DatabaseDown
from fieldapp.store.journal import Entry
from fieldapp.survey.check import check
from fieldapp.survey.codes import code_of
from fieldapp.survey.day import day_of
from fieldapp.survey.ids import token as new_token
from fieldapp.survey.problems import Problem
from fieldapp.survey.sudden import sudden_losses

logger = logging.getLogger(__name__)

TOKEN_BYTES = 10
STORED, KNOWN, HELD = "stored", "known", "held"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one text. id: None when it could not be read; reason: the problem's code when held."""

    id: str | None
    sha256: str
    outcome: str
    reason: str | None = None


def take(
    connection: Connection, court: Court, batch: list[Sealed], now: str, numbering: Numbering | None = None, offset_ms: int | None = 0
) -> list[Receipt]:
    """Take texts from a phone or an officer; a receipt for each, in their order, true once the transaction is committed.

    now: the moment of receipt; numbering: the phone's (None: an officer's); offset_ms: how far the phone's clock was behind (None: unreadable).
    Should our own code stumble over a text, that one is held and the others are taken: one bad event must never block a phone for ever."""

    def taken(part: list[Sealed]) -> list[Receipt]:
        with connection.begin_nested():
            return _taken(connection, court, part, now, numbering, offset_ms)

    try:
        return taken(batch)
    except DatabaseDown:
        raise
    except Exception:
        logger.exception("a batch of %d could not be taken; trying one by one", len(batch))
    return [receipt for sealed in batch for receipt in _taken_or_held(taken, sealed)]


def _taken_or_held(taken: Callable[[list[Sealed]], list[Receipt]], sealed: Sealed) -> list[Receipt]:
    try:
        return taken([sealed])
    except DatabaseDown:
        raise
    except Exception:
        logger.exception("event %s could not be taken; held", sealed.key)
        return taken([replace(sealed, event=None, problem=Problem("unforeseen"))])


def _taken(
    connection: Connection, court: Court, batch: list[Sealed], now: str, numbering: Numbering | None, offset_ms: int | None
) -> list[Receipt]:
    seen = journal.seen(connection, court.commune_id, {sealed.key for sealed in batch})
    court.learn(connection, batch)
    entries: list[Entry] = []
    receipts: list[Receipt] = []
    for sealed in batch:
        texts_of_id = seen.setdefault(sealed.key, set())
        if sealed.sha256 in texts_of_id:
            receipts.append(Receipt(sealed.id, sealed.sha256, KNOWN))
            continue
        taken = numbering.take(sealed) if numbering else None
        problem = _other_text(texts_of_id) or taken or judge(sealed, court)
        texts_of_id.add(sealed.sha256)
        entries.append(_entry(sealed, court, problem, decided(connection, sealed, court, now, offset_ms, problem)))
        receipts.append(Receipt(sealed.id, sealed.sha256, HELD if problem else STORED, problem.code if problem else None))
    if entries:
        _give_codes(connection, court.commune_id, entries, now)
        first = journal.append(connection, court.commune_id, entries)
        # Held ones too: what an erasure took from their household must not come back with them.
        projection.project(connection, court.commune_id, {entry.household_id for entry in entries if entry.household_id}, first)
    return receipts


def _other_text(known: set[str]) -> Problem | None:
    return Problem("other_text", "id", {"sha256": sorted(known)}) if known else None


def decided(connection: Connection, sealed: Sealed, court: Court, now: str, offset_ms: int | None, problem: Problem | None) -> dict[str, Any]:
    """What the server says of the event once and for all. A moment in the future is brought back to the receipt, and flagged."""
    decision: dict[str, Any] = {"received": now, "offset": offset_ms}
    event = sealed.event
    if problem is not None:
        # Never what was said there: it may be a name, and decisions outlive an erasure.
        decision |= {"where": problem.where, "details": {name: value for name, value in problem.details.items() if name != "value"}}
    if event is None or (problem is not None and event.at <= now):
        return decision
    flags: list[dict[str, str]] = []
    if event.at > now:
        decision["at"] = now
        if day_of(event.at) > day_of(now):
            flags.append({"code": "day_in_future", "where": "at"})
    if problem is None:
        before = court.before(connection, event)
        # Who came to a house that has become part of another knew its people by their old ids: nothing about them is doubtful.
        if before["status"] != "merged":
            flags += check(event, before, court.limits) + sudden_losses(event, before, court.limits)
    if flags:
        decision["flags"] = flags
    return decision


def _give_codes(connection: Connection, commune_id: str, entries: list[Entry], now: str) -> None:
    """Every household that comes into being gets its code and its door token, for ever: as it is registered, or as an officer's review
    lets a held register count."""
    new: dict[str, list[Entry]] = {}
    for entry in entries:
        village_id = None if entry.held else _founded_in(connection, commune_id, entry)
        if village_id is not None:
            new.setdefault(village_id, []).append(entry)
    for village_id, registers in new.items():
        commune = areas.commune(connection, commune_id, on=day_of(now))
        village = areas.village(connection, commune_id, village_id)
        assert village is not None  # judged before
        first = areas.take_serials(connection, commune_id, village_id, len(registers))
        for serial, entry in enumerate(registers, start=first):
            entry.decision["code"] = code_of(commune.code, village.number, serial)
            entry.decision["token"] = new_token(os.urandom(TOKEN_BYTES))


def _founded_in(connection: Connection, commune_id: str, entry: Entry) -> str | None:
    """The village in which the entry lets a household come into being; None when it does no such thing."""
    if entry.kind == "register":
        return unseal(entry.text).event.body["village"]  # type: ignore[union-attr]
    if entry.kind != "review":
        return None
    body = unseal(entry.text).event.body  # type: ignore[union-attr]
    if body["outcome"] != "replayed":
        return None
    text = journal.held_text(connection, commune_id, body.get("event") or "", body.get("sha256") or "")
    event = unseal(text).event if text else None
    known = event is not None and areas.village(connection, commune_id, event.body.get("village", "")) is not None
    return event.body["village"] if event is not None and event.kind == "register" and known else None


def _entry(sealed: Sealed, court: Court, problem: Problem | None, decision: dict[str, Any]) -> Entry:
    device = court.device
    own = device is not None and (sealed.event is None or sealed.event.device == device.device_id)
    return Entry(
        sealed.text, sealed.sha256, sealed.key, sealed.event.kind if sealed.event else "unread", sealed.household,
        device.device_id if device else None, sealed.n if own else None, sealed.event.member if sealed.event else None,
        problem.code if problem else None, decision,
    )  # fmt: skip
