"""The tables. Every one has `commune_id` first in its primary key: the commune is the controller in law,
the unit of access and of scale.

Three sorts: the journal (the truth), projections (made from the journal by projection.py, provably the same when made again: rebuild.py),
and reference data (communes, villages, accounts, devices). Times are UTC texts, days local texts, structures JSON texts that only we read."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

from fieldapp.store.received import received

ID = String(36)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
    }
)


def table_of_commune(name: str, *columns: SchemaItem) -> Table:
    """A table whose primary key begins with the commune."""
    return Table(name, metadata, key_column("commune_id"), *columns)


def key_column(name: str, type_: TypeEngine[Any] | type[TypeEngine[Any]] = ID) -> Column[Any]:
    return Column(name, type_, primary_key=True, nullable=False)


# --- the truth ---
commune = table_of_commune(
    "commune",
    Column("sequence", BigInteger, nullable=False),  # the last one given
    Column("chain", LargeBinary, nullable=False),  # the hash after that row
    Column("epoch", String(36), nullable=False),  # another after a restore: phones offer again
    Column("settings", Text, nullable=False),
    Column("projected_by", Integer, nullable=False, server_default="1"),  # by which shape of the projections (shape.py) they are made
    Column("projected_to", String(36)),  # while they are being made again: the last household whose are; None: all are
)
journal = table_of_commune(
    "journal",
    key_column("sequence", BigInteger),
    Column("event_id", String(36), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("household_id", String(36)),
    Column("device_id", String(36)),
    Column("n", Integer),
    Column("account_id", String(36)),
    Column("held", String(40)),
    Column("decision", Text, nullable=False),
    Column("text", Text),  # None once an erasure took it
    Column("redacted", Text),  # what stayed of it then
    Column("salt", LargeBinary),
    Column("digest", LargeBinary, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    UniqueConstraint("commune_id", "event_id", "sha256"),
    Index(None, "commune_id", "household_id", "sequence"),
    Index(None, "commune_id", "device_id", "n"),
    Index("ix_journal_held", "commune_id", "sequence", sqlite_where=text("held IS NOT NULL"), postgresql_where=text("held IS NOT NULL")),
)
Index("ix_journal_received", journal.c.commune_id, received(journal.c.decision))

# --- projections ---
household = table_of_commune(
    "household",
    key_column("household_id"),
    Column("village_id", String(36)),
    Column("code", String(20)),
    Column("token", String(16)),
    Column("head", Text),
    Column("head_folded", Text),
    Column("address", Text),
    Column("status", String(8), nullable=False),
    Column("merged_into", String(36)),
    Column("visited", Boolean, nullable=False),
    Column("outcome", String(8)),
    Column("day", String(10)),
    Column("return_on", String(10)),
    Column("poverty", String(10)),
    Column("contested", Integer, nullable=False),
    Column("lane", Text),  # the address as lists order it: house 9 before house 10
    Column("source", String(8)),  # roster or door
    Column("registered_on", String(10)),
    Column("residents", Integer),  # who lives here: permanent, temporary or away
    Column("smartphone", Boolean),  # somebody of them has one; None: nobody was asked
    Column("absences", Integer),  # visits that found nobody since the last survey
    Column("wishes", Integer),  # help that somebody wants or was promised, and that was neither done nor declined
    Column("due", String(10)),  # the day of the first thing that is still to be done
    Column("checker_id", String(36)),  # whose phone gets it without its answers, for a back-check
    Column("state", Text, nullable=False),  # the folded state as phones take it
    Column("aside", Text, nullable=False),  # what of it stays on the server
    Column("changed", BigInteger, nullable=False),  # the sequence of the last event that touched it
    Index(None, "commune_id", "village_id", "code"),
    Index(None, "commune_id", "village_id", "changed", "household_id"),
    Index(None, "commune_id", "code"),
    Index(None, "commune_id", "token"),
)
person = table_of_commune(
    "person",
    key_column("household_id"),
    key_column("person_id"),
    Column("name", Text),
    Column("name_folded", Text),
    Column("sort_key", Text),
    Column("birth_year", Integer),
    Column("sex", String(8)),
    Column("relation", String(12)),
    Column("residence", String(12)),
    Index(None, "commune_id", "name_folded"),
)
visit = table_of_commune(
    "visit",  # every visit that counts, for who went where and when
    key_column("event_id"),
    Column("household_id", String(36), nullable=False),
    Column("village_id", String(36)),
    Column("account_id", String(36), nullable=False),
    Column("at", String(24), nullable=False),
    Column("day", String(10), nullable=False),
    Column("outcome", String(8), nullable=False),
    Column("helped", Integer),  # how many people, the house among them, were helped with something
    Column("sign_up_id", String(36)),  # the wish from the public page that it answered
    # How it was made, for who compares it with what is usual (survey/manner.py).
    Column("seconds", Integer),
    Column("manner", String(9)),
    *(Column(name, Integer) for name in ("stated", "unsaid", "kept")),
    Column("alike", String(16)),
    *(Index(None, "commune_id", *columns) for columns in (("household_id",), ("day",), ("account_id", "day"), ("sign_up_id",))),
)
link = table_of_commune("household_link", key_column("household_id"), key_column("other_id"), Index(None, "commune_id", "other_id"))
departure = table_of_commune(
    "departure",  # a village that a household was once in and is no longer: phones there forget it
    key_column("village_id"),
    key_column("household_id"),
    Column("changed", BigInteger, nullable=False),
    Index(None, "commune_id", "village_id", "changed", "household_id"),
    Index(None, "commune_id", "household_id"),
)
# What was posted within a period: "" all of them, "2026", "2026-11", "2026-11-22" (days only for the cut "all").
# A figure of any day is a sum of few rows, and posting is adding: no running total has to be carried on.
balance = Table(
    "balance",
    metadata,
    key_column("commune_id"),
    key_column("period", String(10)),
    key_column("cut", String(24)),
    key_column("village_id"),
    key_column("indicator", String(60)),
    Column("yes", BigInteger, nullable=False),
    Column("no", BigInteger, nullable=False),
    Column("unknown", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# --- reference data ---
commune_name = table_of_commune(
    "commune_name", key_column("valid_from", String(10)), Column("code", String(5), nullable=False), Column("name", Text, nullable=False),
    Column("province", Text, nullable=False),
)  # fmt: skip
village = table_of_commune(
    "village",
    key_column("village_id"),
    Column("name", Text, nullable=False),
    Column("village_type", String(12), nullable=False),
    Column("urban", Boolean, nullable=False),
    Column("number", Integer, nullable=False),
    Column("valid_from", String(10), nullable=False),
    Column("merged_into", String(36)),
    Column("merged_on", String(10)),
    Column("last_serial", Integer, nullable=False),
    UniqueConstraint("commune_id", "number"),
)
team = table_of_commune("team", key_column("team_id"), Column("name", Text, nullable=False))
account = table_of_commune(
    "account",
    key_column("account_id"),
    Column("name", Text, nullable=False),
    Column("role", String(10), nullable=False),
    Column("team_id", String(36)),
    Column("username", String(60), unique=True),
    Column("password_hash", Text),
    Column("phone", String(20)),  # E.164; printed on sign-up sheets where its owner agreed
    Column("language", String(5)),
    Column("active", Boolean, nullable=False),
    ForeignKeyConstraint(["commune_id", "team_id"], ["team.commune_id", "team.team_id"]),
)
assignment = table_of_commune(
    "assignment", key_column("account_id"), key_column("village_id"), key_column("since", String(10)), Column("until", String(10)),
    ForeignKeyConstraint(["commune_id", "account_id"], ["account.commune_id", "account.account_id"]),
    ForeignKeyConstraint(["commune_id", "village_id"], ["village.commune_id", "village.village_id"]),
)  # fmt: skip
device = table_of_commune(
    "device",
    key_column("device_id"),
    Column("account_id", String(36), nullable=False),
    Column("token_hash", String(64), nullable=False),
    Column("enrolled_at", String(24), nullable=False),
    Column("revoked_at", String(24)),
    Column("revoked_for", Text),  # why, in an officer's words
    Column("contact_at", String(24)),
    Column("contiguous", Integer, nullable=False),  # every number up to it was received
    Column("highest", Integer, nullable=False),
    Column("manifest", Text, nullable=False),
)
enrolment = table_of_commune(
    "enrolment",
    key_column("code_hash", String(64)),
    Column("account_id", String(36), nullable=False),
    Column("expires_at", String(24), nullable=False),
    Column("used_at", String(24)),
    Column("device_id", String(36)),
    Index(None, "code_hash"),
)
backup = table_of_commune(
    "backup",
    key_column("backup_id"),
    Column("completed_at", String(24), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("file", Text),  # its name; None once it was removed
    Column("size_bytes", BigInteger),
    Column("sha256", String(64)),
)

REFERENCE = (commune_name, village, team, account, assignment, device, enrolment, backup)
