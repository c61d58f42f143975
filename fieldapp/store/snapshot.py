"""All that is kept of a commune, as lines, and back: what a backup holds. The journal is the truth and the rest of the tables stand beside it;
projections are left out, for they are made again."""

import base64
import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, insert, select, update

from fieldapp.store.board_tables import attachment
from fieldapp.store.desk_tables import DESK, roster_upload
from fieldapp.store.remaking import make_whole
from fieldapp.store.sealed_file import NewerFile
from fieldapp.store.tables import REFERENCE, commune, journal
from fieldapp.survey.event import dumps

# An uploaded roster is work in progress: people's names that belong nowhere yet.
TABLES: tuple[Table, ...] = (commune, journal, *REFERENCE, *(table for table in DESK if table is not roster_upload))
BY_NAME = {table.name: table for table in TABLES}
COLUMNS = {table.name: set(table.c.keys()) for table in TABLES}
ROWS_AT_ONCE = 2000
FILES_AT_ONCE = 4  # each may have megabytes, and the machine little room


def rows(connection: Connection, commune_id: str) -> Iterator[str]:
    """Every row of the commune as a line of JSON: [table, {column: value}]."""
    for table in TABLES:
        found = connection.execute(select(table).where(table.c.commune_id == commune_id).execution_options(yield_per=at_once(table)))
        for row in found.mappings():
            yield dumps([table.name, {name: _plain(value) for name, value in row.items()}])


def restore(connection: Connection, commune_id: str, lines: Iterable[str], epoch: str) -> None:
    """Put the rows of a commune into a database that has none of it, make its projections, and begin a new epoch: phones then offer
    again what they hold. Raises NewerFile when there is something in them that this version has no place for."""
    waiting: list[dict[str, Any]] = []
    name = ""
    for line in lines:
        table, row = json.loads(line)
        if table not in BY_NAME or not row.keys() <= COLUMNS[table]:
            raise NewerFile(table)
        if waiting and (table != name or len(waiting) >= at_once(BY_NAME[name])):
            connection.execute(insert(BY_NAME[name]), waiting)
            waiting = []
        name = table
        waiting.append(_of_columns(BY_NAME[table], row))
    if waiting:
        connection.execute(insert(BY_NAME[name]), waiting)
    make_whole(connection, commune_id)
    connection.execute(update(commune).where(commune.c.commune_id == commune_id).values(epoch=epoch))


def at_once(table: Table) -> int:
    """How many rows of it are held in memory together."""
    return FILES_AT_ONCE if table is attachment else ROWS_AT_ONCE


def is_empty(connection: Connection) -> bool:
    """Whether the database holds no commune yet."""
    return connection.execute(select(commune.c.commune_id)).first() is None


def _plain(value: Any) -> Any:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _of_columns(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    binary = {column.name for column in table.c if isinstance(column.type, LargeBinary)}
    return {name: base64.b64decode(value) if name in binary and value is not None else value for name, value in row.items()}
