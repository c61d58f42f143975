"""Files that are made beside the pages, for whoever asked for one: what it is to hold, and what came of it. The file lies in the data folder."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from fieldapp.store.desk_tables import made_file

# What a file's state leads to: making → done, failed or stopped.
MAKING, DONE, FAILED, STOPPED = "making", "done", "failed", "stopped"


@dataclass(frozen=True, slots=True)
class MadeFile:
    """kind: what sort of file, a code; asked: what it is to hold; rows: how many there were when it was asked for."""

    file_id: str
    account_id: str
    at: str
    kind: str
    asked: dict[str, Any]
    rows: int
    state: str


_COLUMNS = [made_file.c[name] for name in MadeFile.__dataclass_fields__]


def add(connection: Connection, commune_id: str, file: MadeFile) -> None:
    row = {name: getattr(file, name) for name in MadeFile.__dataclass_fields__}
    connection.execute(insert(made_file).values(commune_id=commune_id, **{**row, "asked": json.dumps(file.asked)}))


def by_id(connection: Connection, commune_id: str, file_id: str) -> MadeFile | None:
    row = connection.execute(select(*_COLUMNS).where(made_file.c.commune_id == commune_id, made_file.c.file_id == file_id)).first()
    return _read(row) if row else None


def of_account(connection: Connection, commune_id: str, account_id: str) -> list[MadeFile]:
    """Those that somebody asked for, the latest first."""
    query = select(*_COLUMNS).where(made_file.c.commune_id == commune_id, made_file.c.account_id == account_id)
    return [_read(row) for row in connection.execute(query.order_by(made_file.c.at.desc(), made_file.c.file_id.desc()))]


def end(connection: Connection, commune_id: str, file_id: str, state: str) -> None:
    """Its making is over: done, failed or stopped."""
    connection.execute(update(made_file).where(made_file.c.commune_id == commune_id, made_file.c.file_id == file_id).values(state=state))


def interrupted(connection: Connection, commune_id: str) -> None:
    """A server that starts makes none yet: what says that it is being made was cut off."""
    connection.execute(update(made_file).where(made_file.c.commune_id == commune_id, made_file.c.state == MAKING).values(state=STOPPED))


def forget(connection: Connection, commune_id: str, before: str) -> list[str]:
    """Those from before that moment are known no more; their ids come back. One that is being made stays."""
    old = made_file.c.commune_id == commune_id, made_file.c.at < before, made_file.c.state != MAKING
    gone = list(connection.execute(select(made_file.c.file_id).where(*old)).scalars())
    connection.execute(delete(made_file).where(*old))
    return gone


def _read(row: Any) -> MadeFile:
    return MadeFile(**{**row._mapping, "asked": json.loads(row.asked)})
