"""From where on something looks doubtful in a commune: what its officers set, else what is usual (survey/rules.py)."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, delete, select

from fieldapp.store.desk_tables import threshold
from fieldapp.store.upsert import upsert
from fieldapp.survey.rules import THRESHOLDS, USUAL, Limits


class Set(NamedTuple):
    """A threshold that an officer set."""

    value: int
    set_by: str
    set_at: str


def of_commune(connection: Connection, commune_id: str) -> Limits:
    """Every threshold as it holds."""
    found = theirs(connection, commune_id)
    return {**USUAL, **{name: each.value for name, each in found.items() if name in USUAL}} if found else USUAL


def theirs(connection: Connection, commune_id: str) -> dict[str, Set]:
    """Those that the commune set itself."""
    query = select(threshold.c.name, threshold.c.value, threshold.c.set_by, threshold.c.set_at).where(threshold.c.commune_id == commune_id)
    return {name: Set(*row) for name, *row in connection.execute(query)}


def keep(connection: Connection, commune_id: str, values: Mapping[str, int], account_id: str, now: str) -> list[str]:
    """Keep these as the commune's thresholds; one that is the usual is set no more. The names of those that change come back."""
    before = of_commune(connection, commune_id)
    changed = [name for name, value in values.items() if before[name] != value]
    usual = [name for name in changed if values[name] == USUAL[name]]
    connection.execute(delete(threshold).where(threshold.c.commune_id == commune_id, threshold.c.name.in_(usual)))
    rows = [
        {"commune_id": commune_id, "name": name, "value": values[name], "set_by": account_id, "set_at": now}
        for name in changed if name not in usual
    ]  # fmt: skip
    upsert(connection, threshold, rows)
    return changed


def problem_of(name: str, value: int | None) -> bool:
    """Whether the threshold can't be set to that."""
    bounds = THRESHOLDS[name]
    return value is None or not bounds.least <= value <= bounds.most
