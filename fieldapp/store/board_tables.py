"""The tables of criteria boards: the boards that a commune completed, what it reported, the files attached, the public places that lines
count. Reference data, in every backup."""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, String, Text

from fieldapp.store.tables import key_column, table_of_commune

criteria_board = table_of_commune(
    "criteria_board",  # a version of a board that the commune completed or made; a shipped one stands in no row
    key_column("code", String(40)),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("since", String(10), nullable=False),  # the day from which it holds
    Column("published_at", String(24), nullable=False),
    Column("published_by", String(36), nullable=False),
    Column("text", Text, nullable=False),  # the board, JSON
)
reported = table_of_commune(
    "reported",  # a value that an officer entered for a line of a board; never changed, only withdrawn
    key_column("entry_id"),
    Column("board", String(40), nullable=False),
    Column("line", String(40), nullable=False),
    Column("day", String(10), nullable=False),  # the day that the value is of
    Column("value", Text, nullable=False),  # JSON
    Column("source", Text, nullable=False),
    Column("file_id", String(36)),
    Column("entered_at", String(24), nullable=False),
    Column("entered_by", String(36), nullable=False),
    Column("withdrawn_at", String(24)),
    Column("withdrawn_by", String(36)),
    Index(None, "commune_id", "board", "line", "day"),
)
attachment = table_of_commune(
    "attachment",  # a file that proves a reported value
    key_column("file_id"),
    Column("name", Text, nullable=False),
    Column("kind", String(8), nullable=False),  # pdf, jpg, png, docx, xlsx
    Column("size_bytes", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
)
public_point = table_of_commune(
    "public_point",  # a public place as it is from a day on, until the next row of it
    key_column("point_id"),
    key_column("since", String(10)),
    Column("kind", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("village_id", String(36)),
    Column("attributes", Text, nullable=False),  # JSON: attribute → yes or no
    Column("closed", Boolean, nullable=False),
    Column("set_at", String(24), nullable=False),
    Column("set_by", String(36), nullable=False),
)

OF_BOARDS = (criteria_board, reported, attachment, public_point)
