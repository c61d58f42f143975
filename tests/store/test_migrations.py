"""The migrations make the very tables that the code speaks of."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from fieldapp.store.desk_tables import DESK  # noqa: F401 (its tables belong to the same metadata)
from fieldapp.store.engine import reading
from fieldapp.store.tables import metadata


@pytest.mark.filterwarnings("ignore:.*expression-based index")  # SQLite tells nobody what such an index is of
def test_the_migrations_make_what_the_tables_say(engine):
    with reading(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata) == []


def test_the_commune_comes_first_in_every_key():
    assert {table.name: next(column.name for column in table.primary_key) for table in metadata.sorted_tables} == {
        table.name: "commune_id" for table in metadata.sorted_tables
    }
