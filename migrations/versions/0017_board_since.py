"""The day from which a version of a criteria board holds"""

from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'


def upgrade() -> None:
    op.add_column('criteria_board', sa.Column('since', sa.String(length=10), nullable=False, server_default=''))
    connection = op.get_bind()
    board = sa.table('criteria_board', sa.column('since'), sa.column('published_at'))
    # From 17 UTC on a moment is of the next day here.
    for at in connection.execute(sa.select(board.c.published_at).distinct()).scalars().all():
        day = date.fromisoformat(at[:10]) + timedelta(days=at[11:13] >= '17')
        connection.execute(board.update().where(board.c.published_at == at).values(since=day.isoformat()))
