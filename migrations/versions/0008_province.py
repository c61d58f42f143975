"""What is told of a commune's months, and what a province takes in"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'


def upgrade() -> None:
    op.create_table('month_figure',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('source_id', sa.String(length=36), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('indicator', sa.String(length=60), nullable=False),
    sa.Column('since', sa.String(length=7), nullable=True),
    sa.Column('yes', sa.BigInteger(), nullable=True),
    sa.Column('no', sa.BigInteger(), nullable=True),
    sa.Column('unknown', sa.BigInteger(), nullable=True),
    sa.Column('unseen', sa.BigInteger(), nullable=True),
    sa.Column('ways', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'source_id', 'month', 'indicator', name=op.f('pk_month_figure'))
    )
    op.create_index(op.f('ix_month_figure_indicator_month'), 'month_figure', ['indicator', 'month'])
    op.create_table('signing_key',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('private_key', sa.Text(), nullable=False),
    sa.Column('public_key', sa.Text(), nullable=False),
    sa.Column('made_at', sa.String(length=24), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', name=op.f('pk_signing_key'))
    )
    op.create_table('sender',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('source_id', sa.String(length=36), nullable=False),
    sa.Column('code', sa.String(length=5), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('public_key', sa.Text(), nullable=False),
    sa.Column('confirmed_at', sa.String(length=24), nullable=False),
    sa.Column('confirmed_by', sa.String(length=36), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'source_id', name=op.f('pk_sender'))
    )
    op.create_table('package',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('source_id', sa.String(length=36), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('made_at', sa.String(length=24), nullable=False),
    sa.Column('taken_at', sa.String(length=24), nullable=False),
    sa.Column('taken_by', sa.String(length=36), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'source_id', 'month', 'made_at', name=op.f('pk_package'))
    )
    op.create_table('put_aside',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('account_id', sa.String(length=36), nullable=False),
    sa.Column('notice', sa.String(length=80), nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'account_id', 'notice', name=op.f('pk_put_aside'))
    )
