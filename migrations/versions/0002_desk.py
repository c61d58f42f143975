"""What the desk keeps"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    op.create_table('commune_key',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('public_key', sa.Text(), nullable=False),
    sa.Column('made_at', sa.String(length=24), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', name=op.f('pk_commune_key'))
    )
    op.create_table('household_reading',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('household_id', sa.String(length=36), nullable=False),
    sa.Column('reading_id', sa.String(length=36), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'household_id', 'reading_id', name=op.f('pk_household_reading'))
    )
    with op.batch_alter_table('household_reading', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_household_reading_commune_id_reading_id'), ['commune_id', 'reading_id'], unique=False)

    op.create_table('invitation',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.String(length=36), nullable=False),
    sa.Column('expires_at', sa.String(length=24), nullable=False),
    sa.Column('used_at', sa.String(length=24), nullable=True),
    sa.PrimaryKeyConstraint('commune_id', 'code_hash', name=op.f('pk_invitation'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_code_hash'), ['code_hash'], unique=False)

    op.create_table('official_link',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('link_id', sa.String(length=36), nullable=False),
    sa.Column('village_id', sa.String(length=36), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('steps', sa.Text(), nullable=False),
    sa.Column('checked_on', sa.String(length=10), nullable=True),
    sa.Column('expires_on', sa.String(length=10), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'link_id', name=op.f('pk_official_link'))
    )
    op.create_table('reading',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('reading_id', sa.String(length=36), nullable=False),
    sa.Column('at', sa.String(length=24), nullable=False),
    sa.Column('account_id', sa.String(length=36), nullable=False),
    sa.Column('page', sa.String(length=24), nullable=False),
    sa.Column('shown', sa.BigInteger(), nullable=False),
    sa.Column('address', sa.String(length=45), nullable=True),
    sa.PrimaryKeyConstraint('commune_id', 'reading_id', name=op.f('pk_reading'))
    )
    with op.batch_alter_table('reading', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reading_commune_id_account_id_reading_id'), ['commune_id', 'account_id', 'reading_id'], unique=False)

    op.create_table('roster_upload',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('upload_id', sa.String(length=36), nullable=False),
    sa.Column('account_id', sa.String(length=36), nullable=False),
    sa.Column('at', sa.String(length=24), nullable=False),
    sa.Column('filename', sa.Text(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('choices', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'upload_id', name=op.f('pk_roster_upload'))
    )
    op.create_table('sign_up',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('sign_up_id', sa.String(length=36), nullable=False),
    sa.Column('at', sa.String(length=24), nullable=False),
    sa.Column('village_id', sa.String(length=36), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('wishes', sa.Text(), nullable=False),
    sa.Column('consent', sa.Text(), nullable=False),
    sa.Column('done_at', sa.String(length=24), nullable=True),
    sa.Column('done_by', sa.String(length=36), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('commune_id', 'sign_up_id', name=op.f('pk_sign_up'))
    )
    with op.batch_alter_table('sign_up', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_up_commune_id_village_id_at'), ['commune_id', 'village_id', 'at'], unique=False)

    op.create_table('team_village',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('team_id', sa.String(length=36), nullable=False),
    sa.Column('village_id', sa.String(length=36), nullable=False),
    sa.Column('since', sa.String(length=10), nullable=False),
    sa.Column('until', sa.String(length=10), nullable=True),
    sa.PrimaryKeyConstraint('commune_id', 'team_id', 'village_id', 'since', name=op.f('pk_team_village'))
    )
    op.create_table('village_shape',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('village_id', sa.String(length=36), nullable=False),
    sa.Column('geometry', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'village_id', name=op.f('pk_village_shape'))
    )
    op.create_table('visit',
    sa.Column('commune_id', sa.String(length=36), nullable=False),
    sa.Column('event_id', sa.String(length=36), nullable=False),
    sa.Column('household_id', sa.String(length=36), nullable=False),
    sa.Column('village_id', sa.String(length=36), nullable=True),
    sa.Column('account_id', sa.String(length=36), nullable=False),
    sa.Column('at', sa.String(length=24), nullable=False),
    sa.Column('day', sa.String(length=10), nullable=False),
    sa.Column('outcome', sa.String(length=8), nullable=False),
    sa.PrimaryKeyConstraint('commune_id', 'event_id', name=op.f('pk_visit'))
    )
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_commune_id_day'), ['commune_id', 'day'], unique=False)
        batch_op.create_index(batch_op.f('ix_visit_commune_id_household_id'), ['commune_id', 'household_id'], unique=False)

    op.execute(
        "INSERT INTO reading (commune_id, reading_id, at, account_id, page, shown, address)"
        " SELECT commune_id, access_id, at, account_id, 'household', 1, address FROM access"
    )
    op.execute("INSERT INTO household_reading (commune_id, household_id, reading_id) SELECT commune_id, household_id, access_id FROM access")
    with op.batch_alter_table('access', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_access_commune_id_household_id_at'))

    op.drop_table('access')
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('phone', sa.String(length=20), nullable=True))

    with op.batch_alter_table('backup', schema=None) as batch_op:
        batch_op.add_column(sa.Column('file', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('size_bytes', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('sha256', sa.String(length=64), nullable=True))

    with op.batch_alter_table('commune', schema=None) as batch_op:
        batch_op.add_column(sa.Column('projected_by', sa.Integer(), server_default='1', nullable=False))

    with op.batch_alter_table('flag', schema=None) as batch_op:
        batch_op.add_column(sa.Column('answered_by', sa.String(length=36), nullable=True))

    with op.batch_alter_table('journal', schema=None) as batch_op:
        batch_op.create_index('ix_journal_held', ['commune_id', 'sequence'], unique=False, sqlite_where=sa.text('held IS NOT NULL'), postgresql_where=sa.text('held IS NOT NULL'))

    with op.batch_alter_table('household', schema=None) as batch_op:
        batch_op.add_column(sa.Column('lane', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('source', sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column('registered_on', sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column('residents', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('smartphone', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('absences', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('wishes', sa.Integer(), nullable=True))
