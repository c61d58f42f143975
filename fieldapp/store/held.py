"""Texts that are held: in the journal, and not counted until an officer has answered them.

Whether one is answered is not kept beside it but read from the journal: a review names it by event and hash. So none leaves the list
without somebody's word. A text that belongs to no household is answered under a household id made of its hash, which nobody bears."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from fieldapp.store.journal import chunks
from fieldapp.store.tables import journal

ANSWERS = ("replayed", "not_ours")
_COLUMNS = [journal.c[name] for name in ("sequence", "event_id", "sha256", "kind", "household_id", "device_id", "account_id", "held", "decision")]


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


def waiting(connection: Connection, commune_id: str) -> list[Held]:
    """Every held text that nobody has answered, latest first. What an erasure took from a text is not waited for."""
    query = select(*_COLUMNS).where(journal.c.commune_id == commune_id, journal.c.held.is_not(None), journal.c.text.is_not(None))
    rows = [_held(row) for row in connection.execute(query.order_by(journal.c.sequence.desc()))]
    answered = _answered(connection, commune_id, {row.filed_under for row in rows})
    return [row for row in rows if (row.event_id, row.sha256) not in answered]


def by_hash(connection: Connection, commune_id: str, sha256: str) -> Held | None:
    """A waiting text by its hash; None when it waits no more or never did."""
    return next((each for each in waiting(connection, commune_id) if each.sha256 == sha256), None)


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


def _answered(connection: Connection, commune_id: str, households: set[str]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for ids in chunks(households):
        said = func.coalesce(journal.c.text, journal.c.redacted)
        query = select(said).where(
            journal.c.commune_id == commune_id, journal.c.household_id.in_(ids), journal.c.kind == "review", journal.c.held.is_(None)
        )
        bodies = [json.loads(text)["body"] for text in connection.execute(query).scalars() if text]
        found |= {(body.get("event") or "", body.get("sha256") or "") for body in bodies if body["outcome"] in ANSWERS}
    return found


def _held(row: Any) -> Held:
    decision = json.loads(row.decision)
    return Held(
        row.sequence, row.event_id, row.sha256, row.kind, row.household_id, row.device_id, row.account_id, row.held,
        decision.get("where") or "", decision["received"],
    )  # fmt: skip
