"""The journal: every text that was ever taken, in one gapless sequence per commune, chained by salted digests.

A row's digest is SHA-256(salt + text); its chain is SHA-256(chain before + digest + SHA-256(decision)). So an erasure can take text and salt away
and leave the digest: nobody can guess the text from it any more, and the chain still holds. What the server decided when it took the text
(receipt time, code given, held and why) is part of the chain and is never decided again."""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import NAMESPACE_OID, uuid5

from msgspec.json import encode
from sqlalchemy import Connection, bindparam, func, insert, select, update

from fieldapp.store.among import among
from fieldapp.store.engine import is_sqlite
from fieldapp.store.tables import commune, journal

SALT_BYTES = 16
GENESIS = bytes(32)
CHUNK = 500


@dataclass(slots=True)
class Entry:
    """A text on its way into the journal, with what was decided about it. held: the code of the problem, None when the event counts."""

    text: str
    sha256: str
    event_id: str
    kind: str
    household_id: str | None = None
    device_id: str | None = None
    n: int | None = None
    account_id: str | None = None
    held: str | None = None
    decision: dict[str, Any] = field(default_factory=dict)


class JournalRow(NamedTuple):
    """What projections are made from. text: None once erased, then `redacted` is what stayed of it (None: nothing)."""

    sequence: int
    event_id: str
    sha256: str
    kind: str
    household_id: str
    held: str | None
    decision: str
    text: str | None
    redacted: str | None

    @property
    def decided(self) -> dict[str, Any]:
        return json.loads(self.decision)

    @property
    def at(self) -> str | None:
        """The moment decided at receipt, None where the author's own stands (nearly always)."""
        return self.decided["at"] if '"at":' in self.decision else None


def lock(connection: Connection, commune_id: str) -> None:
    """From here to the end of the transaction nobody else writes in this commune (SQLite's writers are alone already)."""
    if not is_sqlite(connection):
        connection.execute(select(commune.c.sequence).where(commune.c.commune_id == commune_id).with_for_update())


def append(connection: Connection, commune_id: str, entries: list[Entry]) -> int:
    """Write the entries in their order; the sequence of the first of them comes back."""
    last, chain = connection.execute(
        update(commune).where(commune.c.commune_id == commune_id)
        .values(sequence=commune.c.sequence + len(entries)).returning(commune.c.sequence, commune.c.chain)
    ).one()  # fmt: skip
    first = last - len(entries) + 1
    rows = []
    for sequence, entry in enumerate(entries, start=first):
        decision = encode({"sequence": sequence, **({"held": entry.held} if entry.held else {}), **entry.decision}).decode()
        salt = os.urandom(SALT_BYTES)
        digest = digest_of(salt, entry.text)
        chain = chained(chain, digest, decision)
        rows.append(
            {
                "commune_id": commune_id, "sequence": sequence, "event_id": entry.event_id, "sha256": entry.sha256, "kind": entry.kind,
                "household_id": entry.household_id, "device_id": entry.device_id, "n": entry.n, "account_id": entry.account_id,
                "held": entry.held, "decision": decision, "text": entry.text, "redacted": None, "salt": salt, "digest": digest, "chain": chain,
            }
        )  # fmt: skip
    connection.execute(insert(journal), rows)
    connection.execute(update(commune).where(commune.c.commune_id == commune_id).values(chain=chain))
    return first


def note(connection: Connection, commune_id: str, kind: str, said: dict[str, Any], by: str) -> None:
    """Write down an act of the desk that is about no household, so that the chain binds it."""
    text = encode({"kind": kind, **said}).decode()
    entry_id = str(uuid5(NAMESPACE_OID, f"{commune_id} {text}"))
    append(connection, commune_id, [Entry(text, hashlib.sha256(text.encode()).hexdigest(), entry_id, kind, account_id=by)])


def noted(connection: Connection, commune_id: str, kind: str) -> list[dict[str, Any]]:
    """What was so written down, by sequence."""
    query = select(journal.c.text).where(journal.c.commune_id == commune_id, journal.c.kind == kind, journal.c.text.is_not(None))
    return [json.loads(text) for text in connection.execute(query.order_by(journal.c.sequence)).scalars()]


def digest_of(salt: bytes, text: str) -> bytes:
    return hashlib.sha256(salt + text.encode()).digest()


def chained(before: bytes, digest: bytes, decision: str) -> bytes:
    return hashlib.sha256(before + digest + hashlib.sha256(decision.encode()).digest()).digest()


def seen(connection: Connection, commune_id: str, event_ids: Iterable[str]) -> dict[str, set[str]]:
    """The hashes under which the journal knows these ids: id → {sha256}."""
    known: dict[str, set[str]] = {}
    for ids in chunks(event_ids):
        for event_id, sha256 in connection.execute(
            select(journal.c.event_id, journal.c.sha256).where(journal.c.commune_id == commune_id, journal.c.event_id.in_(ids))
        ):
            known.setdefault(event_id, set()).add(sha256)
    return known


def numbers(connection: Connection, commune_id: str, device_id: str, above: int) -> dict[int, str]:
    """The phone's numbers beyond `above` that were received: n → event id (the one that came first)."""
    rows = connection.execute(
        select(journal.c.n, journal.c.event_id)
        .where(journal.c.commune_id == commune_id, journal.c.device_id == device_id, journal.c.n > above)
        .order_by(journal.c.n, journal.c.sequence.desc())
    )
    return {n: event_id for n, event_id in rows}


def hashes_of(connection: Connection, commune_id: str, device_id: str) -> set[str]:
    """The hashes of all texts that came from the phone."""
    query = select(journal.c.sha256).where(journal.c.commune_id == commune_id, journal.c.device_id == device_id)
    return set(connection.execute(query).scalars())


def last_of(connection: Connection, commune_id: str, device_id: str) -> tuple[int, str | None]:
    """The highest number received from the phone and the hash of that text; (0, None) when there is none."""
    row = connection.execute(
        select(journal.c.n, journal.c.sha256)
        .where(journal.c.commune_id == commune_id, journal.c.device_id == device_id, journal.c.n.is_not(None))
        .order_by(journal.c.n.desc(), journal.c.sequence).limit(1)
    ).first()  # fmt: skip
    return (row.n, row.sha256) if row else (0, None)


def of_households(connection: Connection, commune_id: str, households: Iterable[str]) -> list[JournalRow]:
    """Every row about these households, held ones too, by sequence."""
    columns = [journal.c[name] for name in JournalRow._fields]
    rows: list[JournalRow] = []
    for ids in chunks(households):
        found = connection.execute(select(*columns).where(journal.c.commune_id == commune_id, among(connection, journal.c.household_id, ids)))
        rows += map(JournalRow._make, found.all())
    return sorted(rows)


def unread_about(connection: Connection, commune_id: str, ids: Iterable[str]) -> list[int]:
    """Sequences of texts that could not be read, so belong to no household, and hold one of these ids."""
    rows = connection.execute(
        select(journal.c.sequence, journal.c.text).where(
            journal.c.commune_id == commune_id, journal.c.household_id.is_(None), journal.c.text.is_not(None), journal.c.held.is_not(None)
        )
    ).all()  # fmt: skip
    ids = list(ids)
    return [sequence for sequence, text in rows if any(each in text for each in ids)]


def held_text(connection: Connection, commune_id: str, event_id: str, sha256: str) -> str | None:
    """The text of a held row, None when there is no such row or an erasure took it."""
    return connection.execute(
        select(journal.c.text).where(
            journal.c.commune_id == commune_id, journal.c.event_id == event_id, journal.c.sha256 == sha256, journal.c.held.is_not(None)
        )
    ).scalar()  # fmt: skip


def redact(connection: Connection, commune_id: str, redactions: list[dict[str, Any]]) -> None:
    """Take text and salt of rows away and leave what may stay. redactions: [{"row": sequence, "stays": text or None}]."""
    connection.execute(
        update(journal).where(journal.c.commune_id == commune_id, journal.c.sequence == bindparam("row"))
        .values(text=None, salt=None, redacted=bindparam("stays")),
        redactions,
    )  # fmt: skip


def of_kind(connection: Connection, commune_id: str, kind: str) -> list[tuple[str, str | None]]:
    """(event id, text, or what an erasure left of it) of the rows of a kind that count, by sequence."""
    columns = journal.c.event_id, func.coalesce(journal.c.text, journal.c.redacted)
    query = select(*columns).where(journal.c.commune_id == commune_id, journal.c.kind == kind, journal.c.held.is_(None))
    return [(event_id, text) for event_id, text in connection.execute(query.order_by(journal.c.sequence))]


def head(connection: Connection, commune_id: str) -> tuple[int, bytes]:
    """The last sequence given, and the chain's hash there."""
    row = connection.execute(select(commune.c.sequence, commune.c.chain).where(commune.c.commune_id == commune_id)).one()
    return row.sequence, row.chain


def chain_at(connection: Connection, commune_id: str, sequence: int) -> bytes:
    """The chain's hash after that row; of row 0 the one it begins with. Raises NoResultFound when there is no such row."""
    if not sequence:
        return GENESIS
    return connection.execute(select(journal.c.chain).where(journal.c.commune_id == commune_id, journal.c.sequence == sequence)).scalar_one()


def chunks(ids: Iterable[str]) -> Iterable[list[str]]:
    """The ids in lists short enough for one statement, sorted: the same work in the same order every time."""
    ordered = sorted(ids)
    return (ordered[i : i + CHUNK] for i in range(0, len(ordered), CHUNK))
