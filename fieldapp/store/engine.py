"""Connections to SQLite and PostgreSQL that keep the promises: durable commits, one writer at a time, readers never waiting.

SQLite: WAL, synchronous FULL (a receipt means the disk has it), BEGIN IMMEDIATE for writers (a deferred BEGIN that upgrades
later fails with SQLITE_BUSY whatever the timeout) and turns in this process around them, in the order of asking, which SQLite's own
polling does not keep. secure_delete overwrites what an erasure removes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError

from fieldapp.store.turns import Turns

# The rooms above name these two types and know no more of SQLAlchemy.
__all__ = [
    "Connection", "DatabaseDown", "Engine",
    "is_sqlite", "open_engine", "prepare", "reading", "scrub", "scrub_afterwards", "turns_of", "writing",
]  # fmt: skip

DatabaseDown = OperationalError  # locked, full, gone: nothing was taken, ask again

BUSY_TIMEOUT_S = 30
TURN_TIMEOUT_S = 60  # with the wait above still within a phone's patience
CHECKPOINT_PAGES = 8_000  # 32 MB of log: an evening's batches dirty the same pages again and again, and each checkpoint costs a second sync
ERASED = "erased"
SCRUB_TIMEOUT_S = 0.2  # readers come and go; nobody waits for a scrub
_scrub_due: set[str] = set()
_turns: dict[str, Turns] = {}
_writers: WeakKeyDictionary[Engine, Connection] = WeakKeyDictionary()


def open_engine(url: str, **options: Any) -> Engine:
    """A ready engine for `sqlite:///…` or `postgresql+psycopg://…`."""
    return prepare(create_engine(url, **options))


def prepare(engine: Engine) -> Engine:
    """Teach an engine that somebody else made (flask-sqlalchemy) what this module promises; the same engine comes back."""
    engine.hide_parameters = True  # names must not get into logs, where no erasure reaches them
    if not is_sqlite(engine):
        if not event.contains(engine, "connect", _connected_postgresql):
            event.listen(engine, "connect", _connected_postgresql)
    elif not event.contains(engine, "begin", _begin):
        event.listen(engine, "connect", _connected)
        event.listen(engine, "begin", _begin)
        event.listen(engine, "engine_disposed", _disposed)
    return engine


def is_sqlite(connectable: Engine | Connection) -> bool:
    return connectable.dialect.name == "sqlite"


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment of the data and writes nothing."""
    isolation: dict[str, Any] = {} if is_sqlite(engine) else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**isolation) as connection:
        yield connection
        connection.rollback()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection in one transaction: all of it is on disk when the block ends, or none of it."""
    with _turn(engine), _writer(engine) as connection, connection.begin():
        yield connection
        erased = connection.info.pop(ERASED, False)
    if erased or str(engine.url) in _scrub_due:
        scrub(engine)


def scrub_afterwards(connection: Connection) -> None:
    """Something is being erased in this transaction: when it is done, its bytes are to leave the files as well."""
    connection.info[ERASED] = True


def scrub(engine: Engine) -> bool:
    """Let erased bytes leave the files; False when somebody is reading meanwhile: then the next write tries again.

    SQLite overwrites what was erased on its page, but older pages wait in the log until a checkpoint. PostgreSQL keeps dead rows
    until a vacuum, and its own log until that is recycled (docs/decisions)."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not is_sqlite(engine):
            for table in ("journal", "household", "person", "sign_up"):
                connection.exec_driver_sql(f"VACUUM {table}")
            return True
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {SCRUB_TIMEOUT_S * 1000:.0f}")
        busy = bool(connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0])
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_S * 1000}")
    (_scrub_due.add if busy else _scrub_due.discard)(str(engine.url))
    return not busy


@contextmanager
def _writer(engine: Engine) -> Iterator[Connection]:
    """SQLite's writers take turns on one connection: its cache holds the pages as they are, for nobody else changes them."""
    if not is_sqlite(engine):
        with engine.connect() as connection:
            yield connection
        return
    kept = _writers.get(engine)
    if kept is None or kept.closed or kept.invalidated:
        kept = _writers[engine] = engine.connect().execution_options(writing=True)
    yield kept


def _disposed(engine: Engine) -> None:
    kept = _writers.pop(engine, None)
    if kept is not None and not kept.closed:
        kept.detach()
        kept.close()


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    """This process's turn to write, if it comes in time: in a row of writers before a locked database each would wait for all before it."""
    if not is_sqlite(engine):
        yield
        return
    turns = turns_of(engine)
    if not turns.take(TURN_TIMEOUT_S):
        raise DatabaseDown(None, None, TimeoutError(f"no turn to write in {TURN_TIMEOUT_S} s"))
    try:
        yield
    finally:
        turns.pass_on()


def turns_of(engine: Engine) -> Turns:
    """In which order this process writes to the file of this engine."""
    return _turns.setdefault(str(engine.url), Turns())


def _connected(connection: Any, record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL", "synchronous = FULL", f"busy_timeout = {BUSY_TIMEOUT_S * 1000}", "foreign_keys = ON",
        "secure_delete = ON", "temp_store = MEMORY", f"wal_autocheckpoint = {CHECKPOINT_PAGES}",
        "cache_size = -65536",
    ):  # fmt: skip
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _connected_postgresql(connection: Any, record: Any) -> None:
    """Nobody waits for ever for what another session locks: a phone's patience is bounded, and so are this server's threads."""
    connection.execute(f"SET lock_timeout = {BUSY_TIMEOUT_S * 1000}")
    connection.commit()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writing") else "BEGIN")
