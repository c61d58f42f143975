"""A test's own database, opened: as the product opens it, but without what only a power cut could tell.

No test cuts this machine's power. What a killed process has written the kernel still has, and waiting for the disk at each commit
took the tests longer than the commits. Servers in processes of their own wait for it as in production.

On PostgreSQL to make a database and to remove it costs more than most tests do with it: so the next test gets it, empty again, under
a name that nobody knows yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Engine, event

from fieldapp.store.engine import is_sqlite, open_engine
from tests import postgres
from tests.compiled import sharing_statements

SHAPE = """SELECT oid, relkind, relnatts, relchecks, relhastriggers, relhasindex FROM pg_class
    WHERE relnamespace = 'public'::regnamespace ORDER BY oid"""
# Every row but the migrations' own. A table that has grown is cut: what is only deleted stays in its file.
EMPTY = """DO $$ DECLARE each record; BEGIN
    PERFORM set_config('session_replication_role', 'replica', true);
    FOR each IN SELECT oid::regclass AS place, pg_relation_size(oid) AS bytes FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version' LOOP
        IF each.bytes > 131072 THEN EXECUTE format('TRUNCATE %s CASCADE', each.place);
        ELSIF each.bytes > 0 THEN EXECUTE format('DELETE FROM %s', each.place);
        END IF;
    END LOOP;
END $$"""
_shapes: dict[str, list[Any]] = {}  # a template → its tables
_done_with: dict[str, list[str]] = {}  # a template → what tests have done with


def opened(url: str) -> Engine:
    """The engine of a database that is one test's."""
    engine = open_engine(url)
    if is_sqlite(engine):
        event.listen(engine, "connect", _wait_for_no_disk)
    return sharing_statements(engine)


@contextmanager
def lent(template: str) -> Iterator[str]:
    """The URL of a PostgreSQL database that is like this template, for one test, as if it were made for it."""
    done_with = _done_with.setdefault(template, [])
    url = _emptied(postgres.shared().renamed(done_with.pop()), template) if done_with else None
    url = url or _made(template)
    yield url
    done_with.append(url)


def _made(template: str) -> str:
    url = postgres.shared().new_database(template)
    if template not in _shapes:
        _shapes[template] = _asked(url, SHAPE)
    return url


def _emptied(url: str, template: str) -> str | None:
    """This database, in which nothing is now; None, and it is gone, when its last test changed the tables themselves."""
    if _asked(url, SHAPE, EMPTY) == _shapes[template]:
        return url
    postgres.shared().drop(url)
    return None


def _asked(url: str, question: str, then: str = "SELECT") -> list[Any]:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        rows = connection.execute(question).fetchall()
        connection.execute(then)
    return rows


def _wait_for_no_disk(connection: Any, record: Any) -> None:
    connection.execute("PRAGMA synchronous = OFF")
