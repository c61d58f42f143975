"""Campaigns"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0017'


def upgrade() -> None:
    op.create_table('campaign',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('campaign_id', sa.String(length=36), nullable=False),
    sa.Column('version', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('set_at', sa.String(length=24), nullable=False),
    sa.Column('set_by', sa.String(length=36), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'campaign_id', 'version', name=op.f('pk_campaign'))
    )
