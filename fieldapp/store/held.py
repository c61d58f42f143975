"""Texts that are held: in the journal, and not counted until an officer has answered them.

Whether one is answered is read from the journal's reviews (held_answers.py): each names a text by event and hash. So none leaves the list
without somebody's word. A text that belongs to no household is answered under a household id made of its hash, which nobody bears."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, exists, func, select

from fieldapp.store.counted import UNKNOWN_HOUSEHOLD
from fieldapp.store.held_answers import PUT_AWAY
from fieldapp.store.journal import chunks
from fieldapp.store.review_tables import held_answer
from fieldapp.store.tables import household, journal
from fieldapp.survey.day import day_of

_COLUMNS = [journal.c[name] for name in ("sequence", "event_id", "sha256", "kind", "household_id", "device_id", "account_id", "held", "decision")]
_ANSWER = and_(
    held_answer.c.commune_id == journal.c.commune_id, held_answer.c.event_id == journal.c.event_id, held_answer.c.sha256 == journal.c.sha256
)
# Its household came into the book since: it counts, and nobody need look (counted.py).
_FOUND = and_(
    journal.c.held == UNKNOWN_HOUSEHOLD,
    exists().where(household.c.commune_id == journal.c.commune_id, household.c.household_id == journal.c.household_id),
)


@dataclass(frozen=True, slots=True)
class Held:
    """One held text. kind: "unread" where it could not be read; where: what of it is wrong, as the decision says."""

    sequence: int
    event_id: str
    sha256: str
    kind: str
    household_id: str | None
    device_id: str | None
    account_id: str | None
    reason: str
    where: str
    received_at: str

    @property
    def filed_under(self) -> str:
        """The household under which its answer stands."""
        code = self.sha256
        return self.household_id or "-".join((code[:8], code[8:12], code[12:16], code[16:20], code[20:32]))


@dataclass(frozen=True, slots=True)
class PutAway:
    """A text that an officer put away, with the review that says so."""

    held: Held
    review: str


def counts(connection: Connection, commune_id: str) -> list[tuple[str, str | None, int]]:
    """How many texts wait, as (reason, phone, number), the most first."""
    number = func.count()
    query = select(journal.c.held, journal.c.device_id, number).where(*_waiting(commune_id)).group_by(journal.c.held, journal.c.device_id)
    return [(reason, device, found) for reason, device, found in connection.execute(query.order_by(number.desc(), journal.c.held))]


def waiting(
    connection: Connection, commune_id: str, reason: str = "", before: int = 0, limit: int = 25,
    villages: Collection[str] = (), member: str = "", since: int = 0,
) -> list[Held]:  # fmt: skip
    """Held texts that nobody has answered, latest first, from below the sequence `before` (0: the latest). What an erasure took is not waited for.

    villages: only of households there (none: of all); member: only theirs; since: no lower sequences than this."""
    query = select(*_COLUMNS).where(*_waiting(commune_id), *_narrowed(commune_id, villages, member, since))
    query = query.where(journal.c.held == reason) if reason else query
    query = query.where(journal.c.sequence < before) if before else query
    return [_held(row) for row in connection.execute(query.order_by(journal.c.sequence.desc()).limit(limit))]


def number(connection: Connection, commune_id: str, villages: Collection[str] = (), member: str = "", since: int = 0) -> int:
    """How many wait, as `waiting` is asked."""
    return connection.execute(select(func.count()).where(*_waiting(commune_id), *_narrowed(commune_id, villages, member, since))).scalar_one()


def first_since(connection: Connection, commune_id: str, day: str) -> int:
    """The first sequence that was received on the local day or after it: rows bear no time of their own, but stand in the order of receipt."""
    low, high = 1, connection.execute(select(func.max(journal.c.sequence)).where(journal.c.commune_id == commune_id)).scalar() or 0
    while low <= high:
        middle = (low + high) // 2
        query = select(journal.c.decision).where(journal.c.commune_id == commune_id, journal.c.sequence == middle)
        if day_of(json.loads(connection.execute(query).scalar_one())["received"]) < day:
            low = middle + 1
        else:
            high = middle - 1
    return low


def of_cause(connection: Connection, commune_id: str, reason: str, device_id: str | None, until: int, limit: int = 500) -> list[Held]:
    """Waiting texts of one reason from one phone that came no later than `until`, the earliest first."""
    query = select(*_COLUMNS).where(*_waiting(commune_id), journal.c.held == reason, journal.c.device_id == device_id, journal.c.sequence <= until)
    return [_held(row) for row in connection.execute(query.order_by(journal.c.sequence).limit(limit))]


def by_hashes(connection: Connection, commune_id: str, hashes: Iterable[str]) -> list[Held]:
    """The waiting texts of these hashes, the earliest first."""
    found: list[Held] = []
    for chunk in chunks(hashes):
        found += [_held(row) for row in connection.execute(select(*_COLUMNS).where(*_waiting(commune_id), journal.c.sha256.in_(chunk)))]
    return sorted(found, key=lambda each: each.sequence)


def by_hash(connection: Connection, commune_id: str, sha256: str) -> Held | None:
    """A waiting text by its hash; None when it waits no more or never did."""
    return next(iter(by_hashes(connection, commune_id, [sha256])), None)


def was_held(connection: Connection, commune_id: str, sha256: str) -> bool:
    """Whether a text of this hash was ever held, answered or not."""
    return connection.execute(select(exists().where(*_held_in(commune_id), journal.c.sha256 == sha256))).scalar_one()


def put_away(connection: Connection, commune_id: str, before: int = 0, limit: int = 25) -> list[PutAway]:
    """Texts that were put away, the latest to come first, from below the sequence `before` (0: the latest)."""
    query = select(*_COLUMNS, held_answer.c.answered_by).select_from(journal.join(held_answer, _ANSWER)).where(
        *_held_in(commune_id), held_answer.c.outcome == PUT_AWAY, *([journal.c.sequence < before] if before else [])
    )  # fmt: skip
    return [PutAway(_held(row), row.answered_by) for row in connection.execute(query.order_by(journal.c.sequence.desc()).limit(limit))]


def away_by_hash(connection: Connection, commune_id: str, sha256: str) -> PutAway | None:
    """A text that was put away, by its hash; None when it is not among them."""
    query = select(*_COLUMNS, held_answer.c.answered_by).select_from(journal.join(held_answer, _ANSWER)).where(
        *_held_in(commune_id), held_answer.c.outcome == PUT_AWAY, journal.c.sha256 == sha256
    )  # fmt: skip
    row = connection.execute(query.limit(1)).first()
    return PutAway(_held(row), row.answered_by) if row else None


def texts(connection: Connection, commune_id: str, sequences: list[int]) -> dict[int, str]:
    """The texts as they came: sequence → text."""
    query = select(journal.c.sequence, journal.c.text).where(journal.c.commune_id == commune_id, journal.c.sequence.in_(sequences))
    return {sequence: text for sequence, text in connection.execute(query) if text is not None}


def other_text(connection: Connection, commune_id: str, held: Held) -> str | None:
    """The text that came first under the same id; None when there is none or an erasure took it."""
    query = select(journal.c.text).where(
        journal.c.commune_id == commune_id, journal.c.event_id == held.event_id, journal.c.sha256 != held.sha256, journal.c.sequence < held.sequence
    )
    return connection.execute(query.order_by(journal.c.sequence).limit(1)).scalar()


def _held_in(commune_id: str) -> tuple[Any, ...]:
    return journal.c.commune_id == commune_id, journal.c.held.is_not(None), journal.c.text.is_not(None)


def _waiting(commune_id: str) -> tuple[Any, ...]:
    return *_held_in(commune_id), ~exists().where(_ANSWER), ~_FOUND


def _narrowed(commune_id: str, villages: Collection[str], member: str, since: int) -> list[Any]:
    there = exists().where(
        household.c.commune_id == commune_id, household.c.household_id == journal.c.household_id, household.c.village_id.in_(sorted(villages))
    )
    where: list[Any] = [there] if villages else []
    where += [journal.c.account_id == member] if member else []
    return where + ([journal.c.sequence >= since] if since else [])


def _held(row: Any) -> Held:
    decision = json.loads(row.decision)
    return Held(
        row.sequence, row.event_id, row.sha256, row.kind, row.household_id, row.device_id, row.account_id, row.held,
        decision.get("where") or "", decision["received"],
    )  # fmt: skip
