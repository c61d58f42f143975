"""A province's months read from an index alone"""

from alembic import op

revision = '0016'
down_revision = '0012'


def upgrade() -> None:
    op.drop_index(op.f('ix_month_figure_indicator_month'), table_name='month_figure')
    op.create_index(
        op.f('ix_month_figure_indicator_month_commune_id_source_id'), 'month_figure', ['indicator', 'month', 'commune_id', 'source_id'],
        postgresql_include=['yes', 'no', 'unknown'],
    )
