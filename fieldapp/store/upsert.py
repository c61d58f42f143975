"""Insert-or-replace by primary key, in the one form that SQLite and PostgreSQL share."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from fieldapp.store.engine import is_sqlite


def upsert(connection: Connection, table: Table, rows: list[dict[str, Any]], given_once: tuple[str, ...] = ()) -> None:
    """Write the rows; one that stands already takes the new values of all columns given, but keeps what is given once."""
    if not rows:
        return
    insert = sqlite.insert(table) if is_sqlite(connection) else postgresql.insert(table)
    keys = [column.name for column in table.primary_key]
    changed = {name: insert.excluded[name] for name in rows[0] if name not in keys and name not in given_once}
    on_conflict = insert.on_conflict_do_update(index_elements=keys, set_=changed) if changed else insert.on_conflict_do_nothing()
    connection.execute(on_conflict, rows)
