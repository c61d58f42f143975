"""Indicators that communes define themselves"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'


def upgrade() -> None:
    op.create_table('indicator',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('counted_to', sa.String(length=36), nullable=False),
    sa.Column('published_at', sa.String(length=24), nullable=False),
    sa.Column('published_by', sa.String(length=36), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'code', 'version', name=op.f('pk_indicator'))
    )
