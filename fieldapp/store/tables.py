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
)
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

ID = String(36)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
    }
)


def _table(name: str, *columns: SchemaItem) -> Table:
    return Table(name, metadata, _key("commune_id"), *columns)


def _key(name: str, type_: TypeEngine[Any] | type[TypeEngine[Any]] = ID) -> Column[Any]:
    return Column(name, type_, primary_key=True, nullable=False)


# --- the truth ---
commune = _table(
    "commune",
    Column("sequence", BigInteger, nullable=False),  # the last one given
    Column("chain", LargeBinary, nullable=False),  # the hash after that row
    Column("epoch", String(36), nullable=False),  # another after a restore: phones offer again
    Column("settings", Text, nullable=False),
)
journal = _table(
    "journal",
    _key("sequence", BigInteger),
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
)

# --- projections ---
household = _table(
    "household",
    _key("household_id"),
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
    Column("state", Text, nullable=False),  # the folded state as phones take it
    Column("aside", Text, nullable=False),  # what of it stays on the server
    Column("changed", BigInteger, nullable=False),  # the sequence of the last event that touched it
    Index(None, "commune_id", "village_id", "code"),
    Index(None, "commune_id", "village_id", "changed", "household_id"),
    Index(None, "commune_id", "code"),
    Index(None, "commune_id", "token"),
)
person = _table(
    "person",
    _key("household_id"),
    _key("person_id"),
    Column("name", Text),
    Column("name_folded", Text),
    Column("sort_key", Text),
    Column("birth_year", Integer),
    Column("sex", String(8)),
    Column("relation", String(12)),
    Column("residence", String(12)),
    Index(None, "commune_id", "name_folded"),
)
link = _table("household_link", _key("household_id"), _key("other_id"), Index(None, "commune_id", "other_id"))
departure = _table(
    "departure",  # a village that a household was once in and is no longer: phones there forget it
    _key("village_id"),
    _key("household_id"),
    Column("changed", BigInteger, nullable=False),
    Index(None, "commune_id", "village_id", "changed", "household_id"),
    Index(None, "commune_id", "household_id"),
)
flag = _table(
    "flag",
    _key("event_id"),
    _key("code", String(40)),
    _key("place", Text),
    Column("household_id", String(36), nullable=False),
    Index(None, "commune_id", "household_id"),
)
# What was posted within a period: "" all of them, "2026", "2026-11", "2026-11-22" (days only for the cut "all").
# A figure of any day is a sum of few rows, and posting is adding: no running total has to be carried on.
balance = Table(
    "balance",
    metadata,
    _key("commune_id"),
    _key("period", String(10)),
    _key("cut", String(24)),
    _key("village_id"),
    _key("indicator", String(60)),
    Column("yes", BigInteger, nullable=False),
    Column("no", BigInteger, nullable=False),
    Column("unknown", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# --- reference data ---
commune_name = _table(
    "commune_name", _key("valid_from", String(10)), Column("code", String(5), nullable=False), Column("name", Text, nullable=False),
    Column("province", Text, nullable=False),
)  # fmt: skip
village = _table(
    "village",
    _key("village_id"),
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
team = _table("team", _key("team_id"), Column("name", Text, nullable=False))
account = _table(
    "account",
    _key("account_id"),
    Column("name", Text, nullable=False),
    Column("role", String(10), nullable=False),
    Column("team_id", String(36)),
    Column("username", String(60), unique=True),
    Column("password_hash", Text),
    Column("language", String(5)),
    Column("active", Boolean, nullable=False),
    ForeignKeyConstraint(["commune_id", "team_id"], ["team.commune_id", "team.team_id"]),
)
assignment = _table(
    "assignment", _key("account_id"), _key("village_id"), _key("since", String(10)), Column("until", String(10)),
    ForeignKeyConstraint(["commune_id", "account_id"], ["account.commune_id", "account.account_id"]),
    ForeignKeyConstraint(["commune_id", "village_id"], ["village.commune_id", "village.village_id"]),
)  # fmt: skip
device = _table(
    "device",
    _key("device_id"),
    Column("account_id", String(36), nullable=False),
    Column("token_hash", String(64), nullable=False),
    Column("enrolled_at", String(24), nullable=False),
    Column("revoked_at", String(24)),
    Column("contact_at", String(24)),
    Column("contiguous", Integer, nullable=False),  # every number up to it was received
    Column("highest", Integer, nullable=False),
    Column("manifest", Text, nullable=False),
)
enrolment = _table(
    "enrolment",
    _key("code_hash", String(64)),
    Column("account_id", String(36), nullable=False),
    Column("expires_at", String(24), nullable=False),
    Column("used_at", String(24)),
    Column("device_id", String(36)),
    Index(None, "code_hash"),
)
backup = _table("backup", _key("backup_id"), Column("completed_at", String(24), nullable=False), Column("sequence", BigInteger, nullable=False))
access = _table(
    "access",
    _key("access_id"),
    Column("at", String(24), nullable=False),
    Column("account_id", String(36), nullable=False),
    Column("household_id", String(36), nullable=False),
    Column("address", String(45)),
    Index(None, "commune_id", "household_id", "at"),
)

PROJECTIONS = (household, person, link, departure, flag, balance)
REFERENCE = (commune_name, village, team, account, assignment, device, enrolment, backup)
