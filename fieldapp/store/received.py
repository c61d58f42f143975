"""When a row of the journal was received: it stands in the row's decision, and an index has it, so that nobody goes through all rows for the last.

No column of its own: what the chain binds could differ from it. Rows that nobody sent (an erasure's note) have none: what comes back is no moment."""

from typing import Any

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class received(FunctionElement[str]):
    """The moment in a decision."""

    type = String()
    inherit_cache = True


@compiles(received, "sqlite")
def _of_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    decision = compiler.process(element.clauses, **options)
    return f"""substr({decision}, instr({decision}, '"received":"') + 12, 24)"""


@compiles(received, "postgresql")
def _of_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"""substring({compiler.process(element.clauses, **options)}, '"received":"([^"]*)"')"""
