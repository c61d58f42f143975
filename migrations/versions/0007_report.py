"""Reports that were frozen"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'


def upgrade() -> None:
    op.create_table('report',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('report_id', sa.String(length=36), nullable=False),
    sa.Column('period', sa.String(length=40), nullable=False),
    sa.Column('as_of', sa.String(length=10), nullable=False),
    sa.Column('frozen_at', sa.String(length=24), nullable=False),
    sa.Column('frozen_by', sa.String(length=36), nullable=False),
    sa.Column('sequence', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'report_id', name=op.f('pk_report'))
    )
