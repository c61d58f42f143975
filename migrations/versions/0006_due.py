"""The day of the first thing to be done at a household; whom a visit helped, and which sign-up it answered"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'


def upgrade() -> None:
    with op.batch_alter_table('household', schema=None) as batch_op:
        batch_op.add_column(sa.Column('due', sa.String(length=10), nullable=True))
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.add_column(sa.Column('helped', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('sign_up_id', sa.String(length=36), nullable=True))
        batch_op.create_index(batch_op.f('ix_visit_commune_id_account_id_day'), ['commune_id', 'account_id', 'day'], unique=False)
        batch_op.create_index(batch_op.f('ix_visit_commune_id_sign_up_id'), ['commune_id', 'sign_up_id'], unique=False)
