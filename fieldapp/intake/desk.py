"""The officer's own events: sealed on the server, and taken in by the same door as a phone's."""

import os
from collections.abc import Mapping, Sequence
from typing import Any

from fieldapp.intake.judge import convene
from fieldapp.intake.receive import Receipt, take
from fieldapp.intake.sealed import unseal
from fieldapp.store import households, journal
from fieldapp.store.accounts import Account
from fieldapp.store.engine import Connection, Engine, writing
from fieldapp.survey.day import instant
from fieldapp.survey.event import dumps
from fieldapp.survey.ids import uuid7

ID_BYTES = SALT_BYTES = 10
Said = tuple[str, str | None, Mapping[str, Any]]  # kind, household (None: a new one), body


def record(engine: Engine, officer: Account, now: str, said: Sequence[Said], seen: Mapping[str, list[str]] | None = None) -> list[Receipt]:
    """Record what the officer says, in one transaction. said: (kind, household, body); household None: a new one (register).

    seen: household → its latest events as the officer was shown them; nothing is recorded, and no receipt comes back, where others came meanwhile:
    a second tap, or a colleague with the same thought."""
    with writing(engine) as connection:
        journal.lock(connection, officer.commune_id)
        if seen and _has_changed(connection, officer.commune_id, seen):
            return []
        batch = [unseal(sealed(connection, officer, now, *each)) for each in said]
        receipts = take(connection, convene(connection, officer.commune_id, None, batch), batch, now)
    return receipts


def _has_changed(connection: Connection, commune_id: str, seen: Mapping[str, list[str]]) -> bool:
    known = households.known(connection, commune_id, seen)
    return any(household_id in known and known[household_id].state["heads"] != heads for household_id, heads in seen.items())


def sealed(connection: Connection, officer: Account, now: str, kind: str, household_id: str | None, body: Mapping[str, Any]) -> str:
    """The event's text, with what the officer had before them as its base."""
    event_id = uuid7(int(instant(now).timestamp() * 1000), os.urandom(ID_BYTES))
    known = households.by_id(connection, officer.commune_id, household_id) if household_id else None
    return dumps(
        {
            "id": event_id, "kind": kind, "commune": officer.commune_id, "household": household_id or event_id, "device": None, "n": None,
            "after": None, "member": officer.account_id, "at": now, "base": known.state["heads"] if known else [], "questionnaire": None,
            "campaign": None, "salt": os.urandom(SALT_BYTES).hex(), "body": body,
        }
    )  # fmt: skip
