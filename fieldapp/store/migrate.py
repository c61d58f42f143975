"""Bringing a database's shape up to date, by the migrations that production and tests share."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from fieldapp.store.engine import is_sqlite, scrub, writing

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run the migrations that this database has not seen yet."""
    with writing(engine) as connection:
        command.upgrade(_config(connection), revision)
    # An erasure before the last stop may have found the log in use.
    if is_sqlite(engine):
        scrub(engine)


def _config(connection: object) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
