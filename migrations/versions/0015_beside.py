"""How far a commune's projections are made; files that are made beside the pages"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'


def upgrade() -> None:
    with op.batch_alter_table('commune') as batch_op:
        batch_op.add_column(sa.Column('projected_to', sa.String(length=36), nullable=True))
    op.create_table('made_file',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('file_id', sa.String(length=36), nullable=False),
    sa.Column('account_id', sa.String(length=36), nullable=False),
    sa.Column('at', sa.String(length=24), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('asked', sa.Text(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'file_id', name=op.f('pk_made_file'))
    )
