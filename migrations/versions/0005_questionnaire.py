"""Questionnaires of communes, each version as it was published"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'


def upgrade() -> None:
    op.create_table('questionnaire',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('published_at', sa.String(length=24), nullable=False),
    sa.Column('published_by', sa.String(length=36), nullable=False),
    sa.Column('form', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('changes', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'number', name=op.f('pk_questionnaire'))
    )
