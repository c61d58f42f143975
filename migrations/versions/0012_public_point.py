"""Registers of public places"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'


def upgrade() -> None:
    op.create_table('public_point',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('point_id', sa.String(length=36), nullable=False),
    sa.Column('since', sa.String(length=10), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('village_id', sa.String(length=36), nullable=True),
    sa.Column('attributes', sa.Text(), nullable=False),
    sa.Column('closed', sa.Boolean(), nullable=False),
    sa.Column('set_at', sa.String(length=24), nullable=False),
    sa.Column('set_by', sa.String(length=36), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'point_id', 'since', name=op.f('pk_public_point'))
    )
