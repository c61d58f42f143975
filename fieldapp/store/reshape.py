"""Making projections again where an older version of the code made them: the journal holds all that they are made of.

A migration only adds the empty columns; what belongs in them is the fold's to say, and the fold lives here, not in a migration."""

from collections.abc import Callable

from sqlalchemy import Connection, delete, select, update

from fieldapp.store import journal
from fieldapp.store.engine import Engine, reading, writing
from fieldapp.store.rebuild import PROJECTIONS, remake
from fieldapp.store.shape import SHAPE
from fieldapp.store.tables import commune


def reshape(engine: Engine, said: Callable[[int, int], None] = lambda done, of: None) -> list[str]:
    """Make every commune's projections again that are not of the present shape, each in one transaction; their ids come back.

    said: told after each commune how many are done, and of how many."""
    with reading(engine) as connection:
        old = list(connection.execute(select(commune.c.commune_id).where(commune.c.projected_by != SHAPE).order_by(commune.c.commune_id)).scalars())
    for done, commune_id in enumerate(old, start=1):
        with writing(engine) as connection:
            journal.lock(connection, commune_id)
            project_anew(connection, commune_id)
        said(done, len(old))
    return old


def project_anew(connection: Connection, commune_id: str) -> None:
    """Throw the commune's projections away and make them from its journal."""
    for table in PROJECTIONS:
        connection.execute(delete(table).where(table.c.commune_id == commune_id))
    remake(connection, commune_id)
    connection.execute(update(commune).where(commune.c.commune_id == commune_id).values(projected_by=SHAPE))
