"""Records of phones that were lost"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'


def upgrade() -> None:
    op.create_table('lost_phone',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('record_id', sa.String(length=36), nullable=False),
    sa.Column('device_id', sa.String(length=36), nullable=False),
    sa.Column('noticed_at', sa.String(length=24), nullable=False),
    sa.Column('opened_by', sa.String(length=36), nullable=False),
    sa.Column('opened_at', sa.String(length=24), nullable=False),
    sa.Column('happened', sa.Text(), nullable=False),
    sa.Column('protected', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('held', sa.Text(), nullable=False),
    sa.Column('steps', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'record_id', name=op.f('pk_lost_phone'))
    )
    with op.batch_alter_table('lost_phone', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_lost_phone_commune_id_device_id'), ['commune_id', 'device_id'], unique=False)
