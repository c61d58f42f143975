"""What a commune's journal received since a day, found without reading the rows before"""

from alembic import op

revision = '0018'
down_revision = '0015'

RECEIVED = {
    'sqlite': """substr(decision, instr(decision, '"received":"') + 12, 24)""",
    'postgresql': """substring(decision, '"received":"([^"]*)"')""",
}


def upgrade() -> None:
    connection = op.get_bind()
    connection.exec_driver_sql(f'CREATE INDEX ix_journal_received ON journal (commune_id, ({RECEIVED[connection.dialect.name]}))')
