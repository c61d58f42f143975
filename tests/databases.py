"""A test's own database, opened: as the product opens it, but without what only a power cut could tell.

No test cuts this machine's power. What a killed process has written the kernel still has, and waiting for the disk at each commit
took the tests longer than the commits. Servers in processes of their own wait for it as in production."""

from typing import Any

from sqlalchemy import Engine, event

from fieldapp.store.engine import is_sqlite, open_engine
from tests.compiled import sharing_statements


def opened(url: str) -> Engine:
    """The engine of a database that is one test's."""
    engine = open_engine(url)
    if is_sqlite(engine):
        event.listen(engine, "connect", _wait_for_no_disk)
    return sharing_statements(engine)


def _wait_for_no_disk(connection: Any, record: Any) -> None:
    connection.execute("PRAGMA synchronous = OFF")
