"""Files that are made beside the pages, for whoever asked for one: what it is to hold, and what came of it. The file lies in the data folder."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from fieldapp.store import journal
from fieldapp.store.desk_tables import made_file

# What a file's state leads to: making → done, failed or stopped; making or done → gone, once somebody's data were erased.
MAKING, DONE, FAILED, STOPPED, GONE = "making", "done", "failed", "stopped", "gone"


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
    """Keep that it was asked for. Not beside an erasure, which takes away what it sees: the file would be made of what is being erased."""
    journal.lock(connection, commune_id)
    row = {name: getattr(file, name) for name in MadeFile.__dataclass_fields__}
    connection.execute(insert(made_file).values(commune_id=commune_id, **{**row, "asked": json.dumps(file.asked)}))


def by_id(connection: Connection, commune_id: str, file_id: str) -> MadeFile | None:
    row = connection.execute(select(*_COLUMNS).where(made_file.c.commune_id == commune_id, made_file.c.file_id == file_id)).first()
    return _read(row) if row else None


def of_account(connection: Connection, commune_id: str, account_id: str) -> list[MadeFile]:
    """Those that somebody asked for, the latest first."""
    query = select(*_COLUMNS).where(made_file.c.commune_id == commune_id, made_file.c.account_id == account_id)
    return [_read(row) for row in connection.execute(query.order_by(made_file.c.at.desc(), made_file.c.file_id.desc()))]


def end(connection: Connection, commune_id: str, file_id: str, state: str) -> bool:
    """Its making is over: done, failed or stopped. False where it was over already: then no file may stay."""
    mine = made_file.c.commune_id == commune_id, made_file.c.file_id == file_id, made_file.c.state == MAKING
    return connection.execute(update(made_file).where(*mine).values(state=state)).rowcount == 1


def take_away(connection: Connection, commune_id: str) -> None:
    """Somebody's data were erased: no file that was made of the book before may be fetched any more, nor be finished."""
    held = made_file.c.commune_id == commune_id, made_file.c.state.in_((MAKING, DONE))
    connection.execute(update(made_file).where(*held).values(state=GONE))


def unfinished(connection: Connection, commune_id: str, before: str | None = None) -> list[str]:
    """Ids of those that say that they are being made; before: asked for before that moment."""
    query = select(made_file.c.file_id).where(made_file.c.commune_id == commune_id, made_file.c.state == MAKING)
    return list(connection.execute(query if before is None else query.where(made_file.c.at < before)).scalars())


def spent(connection: Connection, commune_id: str, before: str) -> list[str]:
    """Ids of those of which no file may lie there: what came to nothing or was taken away, and what is from before that moment."""
    over = made_file.c.state.not_in((MAKING, DONE)) | ((made_file.c.state == DONE) & (made_file.c.at < before))
    return list(connection.execute(select(made_file.c.file_id).where(made_file.c.commune_id == commune_id, over)).scalars())


def forget(connection: Connection, commune_id: str, before: str) -> None:
    """Those from before that moment are known no more. One that is being made stays."""
    connection.execute(delete(made_file).where(made_file.c.commune_id == commune_id, made_file.c.at < before, made_file.c.state != MAKING))


def _read(row: Any) -> MadeFile:
    return MadeFile(**{**row._mapping, "asked": json.loads(row.asked)})
