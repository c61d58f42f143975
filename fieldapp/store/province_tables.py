"""The tables of what leaves a commune as aggregates, and of what a province has taken in. Each row belongs to the tenant that keeps it: a commune
its own months, a province those that came in packages from communes on servers of their own."""

from sqlalchemy import BigInteger, Column, Index, String, Text

from fieldapp.store.tables import key_column, table_of_commune

month_figure = table_of_commune(
    "month_figure",  # what was told of a count of a commune in a month; written once
    key_column("source_id"),  # the commune that it is of
    key_column("month", String(7)),
    key_column("indicator", String(60)),
    Column("since", String(7)),  # of which month the counts are; None: hidden
    Column("yes", BigInteger),
    Column("no", BigInteger),
    Column("unknown", BigInteger),
    Column("unseen", BigInteger),  # rounded to tens; None: there is no estimate
    Column("ways", Text, nullable=False),  # JSON: the whole and its cuts, with what is remembered of hidden ones
    # The province's pages ask of every month of every commune at once: what they sum stands in the index itself, where it can.
    Index(None, "indicator", "month", "commune_id", "source_id", postgresql_include=["yes", "no", "unknown"]),
)
signing_key = table_of_commune(
    "signing_key",  # what a commune signs its packages with; in its sealed backups, so that a restored server stays who it was
    Column("private_key", Text, nullable=False), Column("public_key", Text, nullable=False), Column("made_at", String(24), nullable=False),
)  # fmt: skip
sender = table_of_commune(
    "sender",  # a commune on a server of its own, whose key a province officer has confirmed
    key_column("source_id"),
    Column("code", String(5), nullable=False),
    Column("name", Text, nullable=False),
    Column("public_key", Text, nullable=False),
    Column("confirmed_at", String(24), nullable=False),
    Column("confirmed_by", String(36), nullable=False),
)
package = table_of_commune(
    "package",  # what came from it, as it came
    key_column("source_id"),
    key_column("month", String(7)),  # the last one that it tells
    key_column("made_at", String(24)),
    Column("taken_at", String(24), nullable=False),
    Column("taken_by", String(36), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("about", Text, nullable=False),  # JSON: how its phones and backups stood
    Column("text", Text, nullable=False),
)
put_aside = table_of_commune(
    "put_aside",  # a notice that somebody has read; it comes back once it says something else
    key_column("account_id"),
    key_column("notice", String(80)),
    Column("said", Text, nullable=False),
)

OF_PROVINCE = (month_figure, signing_key, sender, package, put_aside)
