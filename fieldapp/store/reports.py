"""Frozen reports: kept as the text that was sealed, and named by a row of the journal's own, so that the chain binds them.

Nothing here changes a report or takes one away: what arrives later stands in the next one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from fieldapp.store import journal
from fieldapp.store.desk_tables import report
from fieldapp.store.journal import Entry
from fieldapp.store.tables import journal as journal_table
from fieldapp.survey.event import dumps, sha256_of

KIND = "report"


@dataclass(frozen=True, slots=True)
class Report:
    """period: its code; sequence: the head of the journal that it was made from; sha256: of the whole text."""

    report_id: str
    period: str
    as_of: str
    frozen_at: str
    frozen_by: str
    sequence: int
    sha256: str
    text: str


_COLUMNS = [report.c[name] for name in Report.__dataclass_fields__]


def add(connection: Connection, commune_id: str, new: Report) -> None:
    """Keep a report, and write into the journal that it was frozen. The journal is locked."""
    connection.execute(insert(report).values(commune_id=commune_id, **{name: getattr(new, name) for name in Report.__dataclass_fields__}))
    note = dumps({"kind": KIND, "report": new.report_id, "sha256": new.sha256})
    journal.append(connection, commune_id, [Entry(note, sha256_of(note), new.report_id, KIND, account_id=new.frozen_by)])


def of_commune(connection: Connection, commune_id: str) -> list[Report]:
    """Every frozen report, the first one first."""
    query = select(*_COLUMNS).where(report.c.commune_id == commune_id).order_by(report.c.sequence, report.c.report_id)
    return [Report(*row) for row in connection.execute(query)]


def periods(connection: Connection, commune_id: str) -> set[str]:
    """The codes of the periods of which a report was frozen."""
    return set(connection.execute(select(report.c.period).where(report.c.commune_id == commune_id)).scalars())


def is_frozen(connection: Connection, commune_id: str, period: str, campaign_id: str) -> bool:
    """Whether a report of this campaign was frozen on its days; another campaign may have the same days, and the same code."""
    # A text is written one way only (survey/report.py), and a quote inside of a name is escaped in it.
    named = report.c.text.contains(f'"campaign_id":{json.dumps(campaign_id)}', autoescape=True)
    query = select(report.c.report_id).where(report.c.commune_id == commune_id, report.c.period == period, named)
    return connection.execute(query.limit(1)).first() is not None


def by_id(connection: Connection, commune_id: str, report_id: str) -> Report | None:
    row = connection.execute(select(*_COLUMNS).where(report.c.commune_id == commune_id, report.c.report_id == report_id)).first()
    return Report(*row) if row else None


def noted(connection: Connection, commune_id: str) -> dict[str, tuple[int, str]]:
    """Report → (its own row of the journal, the hash that the row names). The chain binds both."""
    rows = connection.execute(
        select(journal_table.c.sequence, journal_table.c.text)
        .where(journal_table.c.commune_id == commune_id, journal_table.c.kind == KIND, journal_table.c.text.is_not(None))
        .order_by(journal_table.c.sequence)
    )
    return {note["report"]: (sequence, note["sha256"]) for sequence, text in rows for note in [json.loads(text)]}


def is_named(note: tuple[int, str] | None, sequence: int, text: str) -> bool:
    """Whether that row of the journal names this text. sequence: the head that it was made from; other rows may stand between."""
    return note is not None and sequence < note[0] and note[1] == sha256_of(text)


def rows(connection: Connection, commune_id: str) -> dict[str, int]:
    """Report → its own row of the journal, of those that are kept."""
    of_it = (journal_table.c.commune_id == report.c.commune_id) & (journal_table.c.event_id == report.c.report_id) & (journal_table.c.kind == KIND)
    query = select(report.c.report_id, journal_table.c.sequence).join(journal_table, of_it).where(report.c.commune_id == commune_id)
    return {report_id: sequence for report_id, sequence in connection.execute(query)}


def unlike_noted(connection: Connection, commune_id: str) -> Iterator[str]:
    """Where a frozen report is not the one that the journal names, or is not there."""
    named = noted(connection, commune_id)
    kept = {each.report_id: each for each in of_commune(connection, commune_id)}
    for report_id in sorted(named.keys() | kept.keys()):
        if report_id not in kept:
            yield f"report {report_id}: missing"
        elif report_id not in named:
            yield f"report {report_id}: the journal knows of none"
        elif not is_named(named[report_id], kept[report_id].sequence, kept[report_id].text):
            yield f"report {report_id}: is not the one that was frozen"
