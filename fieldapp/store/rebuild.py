"""The proof that nothing but the journal matters: follow its chain, make everything again from it in a fresh database, compare.

What differs is told in one line each, as an officer's helper could read it out; nothing is mended here."""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, or_, select

from fieldapp.store import erasure, journal, remaking
from fieldapp.store.desk_tables import indicator, questionnaire
from fieldapp.store.engine import open_engine, reading, writing
from fieldapp.store.remaking import PROJECTIONS
from fieldapp.store.tables import balance, commune, metadata
from fieldapp.store.tables import journal as journal_table
from fieldapp.store.tables import village as village_table
from fieldapp.survey.event import sha256_of

ROWS_AT_ONCE = 5_000
MOST_TOLD = 200


def differences(connection: Connection, commune_id: str) -> list[str]:
    """Every difference between what the database says and what its journal says; empty when all is well (told: the first 200)."""
    # From a journal that is not the one that was written nothing can be rebuilt.
    return (list(broken_links(connection, commune_id)) or list(unlike_rebuilt(connection, commune_id)))[:MOST_TOLD]


def broken_links(connection: Connection, commune_id: str) -> Iterator[str]:
    """Where the sequence has a gap, a text is not the one that was chained, or a text is missing that no erasure names."""
    last, head = journal.head(connection, commune_id)
    redactions = _redactions(connection, commune_id)
    expected = 1
    chain: bytes | None = journal.GENESIS
    for row in _rows(connection, commune_id):
        if row.sequence != expected:
            yield f"journal {expected}: missing"
            chain = None
        expected = row.sequence + 1
        if chain is not None and journal.chained(chain, row.digest, row.decision) != row.chain:
            yield f"journal {row.sequence}: the chain is broken"
        chain = row.chain
        yield from _unlike_sealed(row, redactions)
    if expected != last + 1 or (chain or head) != head:
        yield f"journal: ends at {expected - 1}, should at {last}"


def _unlike_sealed(row: Any, redactions: dict[int, str | None]) -> Iterator[str]:
    if row.text is not None:
        if row.salt is None or journal.digest_of(row.salt, row.text) != row.digest or sha256_of(row.text) != row.sha256:
            yield f"journal {row.sequence}: the text is not the one that was taken"
    elif row.sequence not in redactions:
        yield f"journal {row.sequence}: the text is gone and no erasure names it"
    elif (row.redacted and sha256_of(row.redacted)) != redactions[row.sequence]:
        yield f"journal {row.sequence}: what the erasure left has changed"


def _redactions(connection: Connection, commune_id: str) -> dict[int, str | None]:
    """Rows that erasures took → the hash of what was left."""
    texts = connection.execute(
        select(journal_table.c.text)
        .where(journal_table.c.commune_id == commune_id, journal_table.c.kind == erasure.KIND)
        .order_by(journal_table.c.sequence)
    ).scalars()
    # Where somebody changed such a row, its own digest tells; here it names nothing.
    return {int(row): left for text in texts for row, left in _rows_named(text).items()}


def _rows_named(text: str | None) -> dict[str, str | None]:
    try:
        return dict(json.loads(text or "")["rows"])
    except (ValueError, KeyError, TypeError):
        return {}


def unlike_rebuilt(connection: Connection, commune_id: str) -> Iterator[str]:
    """Where a projection or a balance is not what a rebuild makes of the journal."""
    with tempfile.TemporaryDirectory() as folder:
        fresh_engine = open_engine(f"sqlite:///{Path(folder) / 'rebuilt.sqlite'}")
        try:
            with writing(fresh_engine) as fresh:
                metadata.create_all(fresh)
                rebuild(connection, fresh, commune_id)
            with reading(fresh_engine) as fresh:
                for table in PROJECTIONS:
                    yield from _unlike(connection, fresh, table, commune_id)
        finally:
            fresh_engine.dispose()


def rebuild(source: Connection, fresh: Connection, commune_id: str) -> None:
    """Copy the journal, the areas and the definitions of a commune into an empty database and make every projection again."""
    for table in (commune, village_table, questionnaire, indicator, journal_table):
        rows = source.execute(select(table).where(table.c.commune_id == commune_id).execution_options(yield_per=ROWS_AT_ONCE))
        for part in rows.mappings().partitions(ROWS_AT_ONCE):
            fresh.execute(insert(table), [dict(row) for row in part])
    remaking.make_whole(fresh, commune_id)


def _rows(connection: Connection, commune_id: str) -> Iterator[Any]:
    query = select(journal_table).where(journal_table.c.commune_id == commune_id).order_by(journal_table.c.sequence)
    return iter(connection.execute(query.execution_options(yield_per=ROWS_AT_ONCE)))


def _unlike(connection: Connection, fresh: Connection, table: Table, commune_id: str) -> Iterator[str]:
    here, there = _contents(connection, table, commune_id), _contents(fresh, table, commune_id)
    for key in sorted(here.keys() | there.keys()):
        if here.get(key) != there.get(key):
            yield f"{table.name} {' '.join(map(str, key[1:]))}: {_told(here.get(key))}, rebuilt {_told(there.get(key))}"


def _contents(connection: Connection, table: Table, commune_id: str) -> dict[tuple[Any, ...], Any]:
    query = select(table).where(table.c.commune_id == commune_id)
    if table is balance:
        # A balance that came to nothing may have kept its row.
        query = query.where(or_(balance.c.yes != 0, balance.c.no != 0, balance.c.unknown != 0))
    keys = len(table.primary_key)
    order = [*table.primary_key, *(column for column in table.c if not column.primary_key)]
    rows = connection.execute(query.with_only_columns(*order))
    return {tuple(row[:keys]): _shown(table, tuple(row[keys:])) for row in rows}


def _shown(table: Table, values: tuple[Any, ...]) -> Any:
    """Balances as they are; rows about people only as a hash: a difference is told aloud, a name is not."""
    return values if table is balance else hashlib.sha256(repr(values).encode()).hexdigest()[:12]


def _told(value: Any) -> str:
    return "missing" if value is None else str(value)
