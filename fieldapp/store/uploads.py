"""Roster files between their upload and the end of their import: people's names that belong nowhere yet, so they go as soon as they can."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from fieldapp.store.desk_tables import roster_upload
from fieldapp.store.engine import scrub_afterwards

# What an upload's state leads to: new → running → done; running → failed or stopped → running; new, failed, stopped → dropped.
OPEN = ("new", "failed", "stopped")


@dataclass(frozen=True, slots=True)
class Upload:
    """content: None once it was imported or given up. choices: what the officer set; outcome: what came of it."""

    upload_id: str
    account_id: str
    at: str
    filename: str
    content: bytes | None
    choices: dict[str, Any]
    state: str
    outcome: dict[str, Any]


_COLUMNS = [roster_upload.c[name] for name in Upload.__dataclass_fields__]


def add(connection: Connection, commune_id: str, upload: Upload) -> None:
    row = {name: getattr(upload, name) for name in Upload.__dataclass_fields__}
    row |= {"choices": json.dumps(upload.choices), "outcome": json.dumps(upload.outcome)}
    connection.execute(insert(roster_upload).values(commune_id=commune_id, **row))


def by_id(connection: Connection, commune_id: str, upload_id: str) -> Upload | None:
    row = connection.execute(
        select(*_COLUMNS).where(roster_upload.c.commune_id == commune_id, roster_upload.c.upload_id == upload_id)
    ).first()  # fmt: skip
    return _read(row) if row else None


def of_commune(connection: Connection, commune_id: str, most: int = 20) -> list[Upload]:
    """The latest uploads, the newest first."""
    query = select(*_COLUMNS).where(roster_upload.c.commune_id == commune_id).order_by(roster_upload.c.at.desc())
    return [_read(row) for row in connection.execute(query.limit(most))]


def choose(connection: Connection, commune_id: str, upload_id: str, choices: dict[str, Any]) -> None:
    _set(connection, commune_id, upload_id, choices=json.dumps(choices))


def begin(connection: Connection, commune_id: str, upload_id: str) -> bool:
    """Its import begins; False when it runs already or is over."""
    changed = connection.execute(
        update(roster_upload)
        .where(roster_upload.c.commune_id == commune_id, roster_upload.c.upload_id == upload_id, roster_upload.c.state.in_(OPEN))
        .values(state="running")
    )  # fmt: skip
    return bool(changed.rowcount)


def end(connection: Connection, commune_id: str, upload_id: str, state: str, outcome: dict[str, Any]) -> None:
    """Its import is over: done (its content goes), failed or stopped (it stays, to be tried again)."""
    _set(connection, commune_id, upload_id, state=state, outcome=json.dumps(outcome))
    if state == "done":
        drop(connection, commune_id, [upload_id])


def drop(connection: Connection, commune_id: str, upload_ids: list[str]) -> None:
    """Let the contents go, out of the files too."""
    mine = roster_upload.c.commune_id == commune_id, roster_upload.c.upload_id.in_(upload_ids)
    connection.execute(update(roster_upload).where(*mine).values(content=None))
    connection.execute(update(roster_upload).where(*mine, roster_upload.c.state.in_(OPEN)).values(state="dropped"))
    scrub_afterwards(connection)


def old(connection: Connection, commune_id: str, before: str) -> list[str]:
    """Uploads from before that moment whose contents are still here, but for one that is being imported."""
    query = select(roster_upload.c.upload_id).where(
        roster_upload.c.commune_id == commune_id, roster_upload.c.at < before, roster_upload.c.content.is_not(None),
        roster_upload.c.state != "running",
    )  # fmt: skip
    return list(connection.execute(query).scalars())


def interrupted(connection: Connection, commune_id: str) -> None:
    """A server that starts runs no import yet: what says that it runs was cut off, and wrote nothing."""
    connection.execute(
        update(roster_upload).where(roster_upload.c.commune_id == commune_id, roster_upload.c.state == "running").values(state="stopped")
    )


def _set(connection: Connection, commune_id: str, upload_id: str, **values: Any) -> None:
    connection.execute(
        update(roster_upload).where(roster_upload.c.commune_id == commune_id, roster_upload.c.upload_id == upload_id).values(**values)
    )


def _read(row: Any) -> Upload:
    return Upload(**{**row._mapping, "choices": json.loads(row.choices), "outcome": json.loads(row.outcome)})
