"""A column that has one of many values, told in one parameter where the database knows lists: a statement of hundreds of parameters takes longer
to be put together than to be answered."""

from collections.abc import Iterable

from sqlalchemy import ARRAY, ColumnElement, Connection, String, any_, bindparam

from fieldapp.store.engine import is_sqlite


def among(connection: Connection, column: ColumnElement[str], values: Iterable[str]) -> ColumnElement[bool]:
    """Whether the column's text is one of these."""
    values = list(values)
    return column.in_(values) if is_sqlite(connection) else column == any_(bindparam(None, values, ARRAY(String)))
