"""The tables of what officers look at: what waits for them, and what their reviews have answered. All of them projections (tables.py)."""

from sqlalchemy import Column, Index, Integer, String, Text

from fieldapp.store.tables import key_column, table_of_commune

flag = table_of_commune(
    "flag",
    key_column("event_id"),
    key_column("code", String(40)),
    key_column("place", Text),
    Column("household_id", String(36), nullable=False),
    Column("answered_by", String(36)),  # the review that says it is right, or the void of its event; None: nobody has looked
    Index(None, "commune_id", "household_id"),
)
flag_answer = table_of_commune(
    "flag_answer",  # what answers doubts, those too that no event was flagged with when it was taken; code "": all about that event
    key_column("event_id"),
    key_column("code", String(40)),
    Column("household_id", String(36), nullable=False),
    Column("answered_by", String(36), nullable=False),
    Index(None, "commune_id", "household_id"),
)
held_answer = table_of_commune(
    "held_answer", key_column("event_id"), key_column("sha256", String(64)), Column("household_id", String(36), nullable=False),
    Column("outcome", String(8), nullable=False), Column("answered_by", String(36), nullable=False), Index(None, "commune_id", "household_id"),
)  # fmt: skip
to_review = table_of_commune(
    "to_review",  # what waits for an officer among what counts: one row for each event in doubt, household in dispute, visit given back
    key_column("kind", String(9)),
    key_column("event_id"),
    Column("household_id", String(36), nullable=False),
    Column("village_id", String(36)),
    Column("account_id", String(36), nullable=False),
    Column("day", String(10), nullable=False),
    Index(None, "commune_id", "household_id"),
    Index(None, "commune_id", "day", "event_id"),
)
back_check = table_of_commune(
    "back_check",  # a visited household that another member is asked to visit blindly, and how the two visits agree
    key_column("review_id"),  # the review that asks for it
    Column("household_id", String(36), nullable=False),
    Column("village_id", String(36)),
    Column("visit_id", String(36), nullable=False),
    Column("account_id", String(36), nullable=False),  # whose visit is checked
    Column("checker_id", String(36), nullable=False),
    Column("asked_on", String(10), nullable=False),
    Column("due", String(10), nullable=False),
    Column("done_by", String(36)),  # the checking visit; None while it is awaited
    Column("done_on", String(10)),
    Column("same", Integer, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("compared", Text, nullable=False),  # JSON: [[where, what stood, what was found]] of what differs, and by question
    Index(None, "commune_id", "household_id"),
    Index(None, "commune_id", "asked_on"),
)
