"""Alembic's entry: runs the migrations on the connection that store/migrate.py hands over."""

from alembic import context

from fieldapp.store import desk_tables  # noqa: F401 (its tables belong to the same metadata)
from fieldapp.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
