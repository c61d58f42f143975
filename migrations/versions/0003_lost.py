"""Answers to held texts, reasons of revocations, numbers closed as lost, updates of the app that are held"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'


def upgrade() -> None:
    op.create_table('held_answer',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('event_id', sa.String(length=36), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('household_id', sa.String(length=36), nullable=False),
    sa.Column('outcome', sa.String(length=8), nullable=False),
    sa.Column('answered_by', sa.String(length=36), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'event_id', 'sha256', name=op.f('pk_held_answer'))
    )
    with op.batch_alter_table('held_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_held_answer_commune_id_household_id'), ['commune_id', 'household_id'], unique=False)

    op.create_table('lost_number',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('device_id', sa.String(length=36), nullable=False),
    sa.Column('n', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('closed_by', sa.String(length=36), nullable=False),
    sa.Column('closed_at', sa.String(length=24), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('found_at', sa.String(length=24), nullable=True),
    sa.PrimaryKeyConstraint('commune_id', 'device_id', 'n', name=op.f('pk_lost_number'))
    )
    op.create_table('update_hold',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('team_id', sa.String(length=36), nullable=False),
    sa.Column('until', sa.String(length=10), nullable=False),
    sa.Column('set_by', sa.String(length=36), nullable=False),
    sa.Column('set_at', sa.String(length=24), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'team_id', name=op.f('pk_update_hold'))
    )
    with op.batch_alter_table('device', schema=None) as batch_op:
        batch_op.add_column(sa.Column('revoked_for', sa.Text(), nullable=True))
