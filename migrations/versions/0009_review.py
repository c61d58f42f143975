"""What waits for an officer, how each visit was made, back-checks, and the commune's own thresholds"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'


def upgrade() -> None:
    op.create_table('flag_answer',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('event_id', sa.String(length=36), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('household_id', sa.String(length=36), nullable=False),
    sa.Column('answered_by', sa.String(length=36), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'event_id', 'code', name=op.f('pk_flag_answer'))
    )
    op.create_index(op.f('ix_flag_answer_commune_id_household_id'), 'flag_answer', ['commune_id', 'household_id'], unique=False)
    op.create_table('to_review',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('kind', sa.String(length=9), nullable=False),
    sa.Column('event_id', sa.String(length=36), nullable=False),
    sa.Column('household_id', sa.String(length=36), nullable=False),
    sa.Column('village_id', sa.String(length=36), nullable=True),
    sa.Column('account_id', sa.String(length=36), nullable=False),
    sa.Column('day', sa.String(length=10), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'kind', 'event_id', name=op.f('pk_to_review'))
    )
    op.create_index(op.f('ix_to_review_commune_id_household_id'), 'to_review', ['commune_id', 'household_id'], unique=False)
    op.create_index(op.f('ix_to_review_commune_id_day_event_id'), 'to_review', ['commune_id', 'day', 'event_id'], unique=False)
    op.create_table('back_check',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('review_id', sa.String(length=36), nullable=False),
    sa.Column('household_id', sa.String(length=36), nullable=False),
    sa.Column('village_id', sa.String(length=36), nullable=True),
    sa.Column('visit_id', sa.String(length=36), nullable=False),
    sa.Column('account_id', sa.String(length=36), nullable=False),
    sa.Column('checker_id', sa.String(length=36), nullable=False),
    sa.Column('asked_on', sa.String(length=10), nullable=False),
    sa.Column('due', sa.String(length=10), nullable=False),
    sa.Column('done_by', sa.String(length=36), nullable=True),
    sa.Column('done_on', sa.String(length=10), nullable=True),
    sa.Column('same', sa.Integer(), nullable=False),
    sa.Column('asked', sa.Integer(), nullable=False),
    sa.Column('compared', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'review_id', name=op.f('pk_back_check'))
    )
    op.create_index(op.f('ix_back_check_commune_id_household_id'), 'back_check', ['commune_id', 'household_id'], unique=False)
    op.create_index(op.f('ix_back_check_commune_id_asked_on'), 'back_check', ['commune_id', 'asked_on'], unique=False)
    op.create_table('finding',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('event_id', sa.String(length=36), nullable=False),
    sa.Column('household_id', sa.String(length=36), nullable=True),
    sa.Column('village_id', sa.String(length=36), nullable=True),
    sa.Column('account_id', sa.String(length=36), nullable=True),
    sa.Column('day', sa.String(length=10), nullable=False),
    sa.Column('seen', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'code', 'event_id', name=op.f('pk_finding'))
    )
    op.create_index(op.f('ix_finding_commune_id_day_event_id'), 'finding', ['commune_id', 'day', 'event_id'], unique=False)
    op.create_table('threshold',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.Column('set_by', sa.String(length=36), nullable=False),
    sa.Column('set_at', sa.String(length=24), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'name', name=op.f('pk_threshold'))
    )
    with op.batch_alter_table('household', schema=None) as batch_op:
        batch_op.add_column(sa.Column('checker_id', sa.String(length=36), nullable=True))
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.add_column(sa.Column('seconds', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('manner', sa.String(length=9), nullable=True))
        batch_op.add_column(sa.Column('stated', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('unsaid', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('kept', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('alike', sa.String(length=16), nullable=True))
