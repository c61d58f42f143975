"""Of which shape a commune's projections are, and how far they are made.

SHAPE is raised by whoever changes what projection.py makes. A commune of an older shape is made again from its journal, some households at a
time in the order of their ids (remaking.py): it remembers the last one that is made, so a server that was killed goes on where it stood."""

from sqlalchemy import Connection, func, select, update

from fieldapp.store.tables import commune

SHAPE = 8
NONE = ""


def made_to(connection: Connection, commune_id: str) -> str | None:
    """The last household whose projections are of the present shape; NONE while none's are, None once all are."""
    by, to = connection.execute(select(commune.c.projected_by, commune.c.projected_to).where(commune.c.commune_id == commune_id)).one()
    return to if by == SHAPE else NONE


def is_whole(connection: Connection, commune_id: str) -> bool:
    """Whether all that is shown of the commune is of the present shape."""
    return made_to(connection, commune_id) is None


def has_begun(connection: Connection, commune_id: str) -> bool:
    """Whether its projections of the present shape are begun: what an older version left half made is begun anew."""
    return connection.execute(select(commune.c.projected_by).where(commune.c.commune_id == commune_id)).scalar_one() == SHAPE


def note(connection: Connection, commune_id: str, to: str | None) -> None:
    """Note how far they are made; NONE: begun, None: all are."""
    connection.execute(update(commune).where(commune.c.commune_id == commune_id).values(projected_by=SHAPE, projected_to=to))


def age(connection: Connection, commune_id: str) -> None:
    """Take all that is made of the commune for an older version's: it will be made again."""
    connection.execute(update(commune).where(commune.c.commune_id == commune_id).values(projected_by=SHAPE - 1))


def unmade(connection: Connection) -> list[str]:
    """The communes that are not whole yet."""
    unlike = (commune.c.projected_by != SHAPE) | commune.c.projected_to.is_not(None)
    return list(connection.execute(select(commune.c.commune_id).where(unlike).order_by(commune.c.commune_id)).scalars())


def how_many(connection: Connection) -> tuple[int, int]:
    """(communes that are whole, all that have anything in their journal)."""
    whole = (commune.c.projected_by == SHAPE) & commune.c.projected_to.is_(None)
    counts = [select(func.count()).where(commune.c.sequence > 0, *where) for where in ([whole], [])]
    done, every = (connection.execute(count).scalar_one() for count in counts)
    return done, every
