"""What was told of communes, month by month: written once, read by whoever may see aggregates. What may be told is decided in
survey/disclosure.py; nothing else gets in here."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, insert, or_, select

from fieldapp.store.among import among
from fieldapp.store.ledger import ALL
from fieldapp.store.province_tables import month_figure
from fieldapp.store.tables import balance
from fieldapp.survey.balance import Balance
from fieldapp.survey.contribution import COVERAGE
from fieldapp.survey.disclosure import WHOLE, Count, Told, shown
from fieldapp.survey.event import dumps

# (who keeps it, of which commune): a commune keeps its own, a province what came in packages.
Kept = Collection[tuple[str, str]]


class MonthFigure(NamedTuple):
    """What is told of a count in a month. source_id: of which commune; since: the month that the balance is of; both None where it is hidden;
    unseen: rounded to tens."""

    source_id: str
    month: str
    indicator: str
    since: str | None
    balance: Balance | None
    unseen: int | None


@dataclass(frozen=True, slots=True)
class Telling:
    """A month's count with all its ways, as it is kept."""

    month: str
    indicator: str
    count: Count
    unseen: int | None


def add(connection: Connection, commune_id: str, source_id: str, tellings: Iterable[Telling]) -> None:
    """Keep what is told of a commune. commune_id: who keeps it, the commune itself or its province."""
    rows = [{"commune_id": commune_id, "source_id": source_id, **_columns_of(each)} for each in tellings]
    if rows:
        connection.execute(insert(month_figure), rows)


def forget(connection: Connection, commune_id: str, source_id: str) -> None:
    """Let go of all that was told of a commune, to make room for what it says now."""
    connection.execute(delete(month_figure).where(month_figure.c.commune_id == commune_id, month_figure.c.source_id == source_id))


def tellings(connection: Connection, commune_id: str, source_id: str, month: str | None = None) -> list[Telling]:
    """Everything that was told of a commune (in one month), month by month."""
    columns = (month_figure.c.month, month_figure.c.indicator, month_figure.c.ways, month_figure.c.unseen)
    query = select(*columns).where(month_figure.c.commune_id == commune_id, month_figure.c.source_id == source_id)
    query = query if month is None else query.where(month_figure.c.month == month)
    return [Telling(of, indicator, count_of(json.loads(ways)), unseen) for of, indicator, ways, unseen in
            connection.execute(query.order_by(month_figure.c.month, month_figure.c.indicator))]  # fmt: skip


def first_month(connection: Connection, commune_id: str) -> str | None:
    """The first month in which anything of the commune was posted; None while nothing was."""
    where = balance.c.commune_id == commune_id, balance.c.cut == ALL, func.length(balance.c.period) == 7
    return connection.execute(select(func.min(balance.c.period)).where(*where)).scalar()


def last_month(connection: Connection, commune_id: str, source_id: str) -> str | None:
    """The last month that was told of a commune."""
    return last_months(connection, [(commune_id, source_id)]).get(source_id)


def last_months(connection: Connection, kept: Kept) -> dict[str, str]:
    """Commune → the last month that was told of it."""
    where = _in(connection, kept), month_figure.c.indicator == COVERAGE
    query = select(month_figure.c.source_id, func.max(month_figure.c.month)).where(*where)
    return {source_id: month for source_id, month in connection.execute(query.group_by(month_figure.c.source_id))}


def months(connection: Connection, kept: Kept) -> list[str]:
    """The months that anything was told of, the latest first."""
    query = select(month_figure.c.month).where(_in(connection, kept), month_figure.c.indicator == COVERAGE).distinct()
    return sorted(connection.execute(query).scalars(), reverse=True)


def of_month(connection: Connection, kept: Kept, month: str, indicators: Collection[str]) -> list[MonthFigure]:
    """What is told of these indicators in a month, of every commune that is kept so."""
    columns = [month_figure.c[name] for name in ("source_id", "indicator", "since", "yes", "no", "unknown", "unseen")]
    rows = connection.execute(_of_month(connection, columns, kept, month).where(month_figure.c.indicator.in_(indicators)))
    return [
        MonthFigure(source_id, month, indicator, since, None if yes is None else Balance(yes, no, unknown), unseen)
        for source_id, indicator, since, yes, no, unknown, unseen in rows
    ]


def counts_of_month(connection: Connection, kept: Kept, month: str, indicator: str) -> dict[str, Count]:
    """Commune → what is told of one indicator in a month, with its cuts."""
    columns = month_figure.c.source_id, month_figure.c.ways
    rows = connection.execute(_of_month(connection, columns, kept, month).where(month_figure.c.indicator == indicator))
    return {source_id: count_of(json.loads(ways)) for source_id, ways in rows}


def sums(connection: Connection, kept: Kept, indicator: str) -> list[tuple[str, Balance, int]]:
    """(month, the sum of what is told, of how many communes), the first month first. What is hidden is in no sum."""
    counts = (func.coalesce(func.sum(column), 0) for column in (month_figure.c.yes, month_figure.c.no, month_figure.c.unknown))
    query = (
        select(month_figure.c.month, func.count(month_figure.c.yes), *counts)
        .where(_in(connection, kept), month_figure.c.indicator == indicator)
        .group_by(month_figure.c.month).order_by(month_figure.c.month)
    )  # fmt: skip
    return [(month, Balance(*map(int, counts)), number) for month, number, *counts in connection.execute(query)]


def by_month(connection: Connection, commune_id: str, source_id: str) -> dict[str, dict[str, Balance]]:
    """Month → indicator → what is told of a commune, the first month first."""
    counts = month_figure.c.yes, month_figure.c.no, month_figure.c.unknown
    query = select(month_figure.c.month, month_figure.c.indicator, *counts).where(
        month_figure.c.commune_id == commune_id, month_figure.c.source_id == source_id, month_figure.c.yes.is_not(None)
    )
    found: dict[str, dict[str, Balance]] = {}
    for month, indicator, yes, no, unknown in connection.execute(query.order_by(month_figure.c.month)):
        found.setdefault(month, {})[indicator] = Balance(yes, no, unknown)
    return found


def _of_month(connection: Connection, columns: Any, kept: Kept, month: str) -> Select:
    return select(*columns).where(_in(connection, kept), month_figure.c.month == month)


def _in(connection: Connection, kept: Kept) -> ColumnElement[bool]:
    keeper, source = month_figure.c.commune_id, month_figure.c.source_id
    sent: dict[str, list[str]] = {}
    for commune_id, source_id in sorted(kept):
        if commune_id != source_id:
            sent.setdefault(commune_id, []).append(source_id)
    own = and_(among(connection, keeper, sorted(commune_id for commune_id, source_id in kept if commune_id == source_id)), source == keeper)
    return or_(own, *(and_(keeper == commune_id, among(connection, source, its)) for commune_id, its in sent.items()))


def _columns_of(each: Telling) -> dict[str, Any]:
    whole = shown(each.count.get(WHOLE))
    yes, no, unknown = whole.cells[WHOLE] if whole else (None, None, None)
    told = {"since": whole.since if whole else None, "yes": yes, "no": no, "unknown": unknown, "unseen": each.unseen if whole else None}
    return {"month": each.month, "indicator": each.indicator, **told, "ways": dumps(written(each.count))}


def written(count: Count) -> dict[str, Any]:
    """A count as it is kept and sent."""
    return {
        kind: {"since": each.since, "cells": {part: list(cell) for part, cell in each.cells.items()}, **({"hidden": True} if each.hidden else {})}
        for kind, each in count.items()
    }


def count_of(document: Mapping[str, Any]) -> Count:
    """The count again."""
    return {
        kind: Told(each["since"], {part: Balance(*cell) for part, cell in each["cells"].items()}, each.get("hidden", False))
        for kind, each in document.items()
    }
