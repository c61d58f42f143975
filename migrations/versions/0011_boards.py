"""Criteria boards, what is reported for their lines, the files attached"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'


def upgrade() -> None:
    op.create_table('criteria_board',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('published_at', sa.String(length=24), nullable=False),
    sa.Column('published_by', sa.String(length=36), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'code', 'version', name=op.f('pk_criteria_board'))
    )
    op.create_table('reported',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('entry_id', sa.String(length=36), nullable=False),
    sa.Column('board', sa.String(length=40), nullable=False),
    sa.Column('line', sa.String(length=40), nullable=False),
    sa.Column('day', sa.String(length=10), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('file_id', sa.String(length=36), nullable=True),
    sa.Column('entered_at', sa.String(length=24), nullable=False),
    sa.Column('entered_by', sa.String(length=36), nullable=False),
    sa.Column('withdrawn_at', sa.String(length=24), nullable=True),
    sa.Column('withdrawn_by', sa.String(length=36), nullable=True),
    sa.PrimaryKeyConstraint('commune_id', 'entry_id', name=op.f('pk_reported'))
    )
    op.create_index(op.f('ix_reported_commune_id_board_line_day'), 'reported', ['commune_id', 'board', 'line', 'day'], unique=False)
    op.create_table('attachment',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('file_id', sa.String(length=36), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('size_bytes', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'file_id', name=op.f('pk_attachment'))
    )
