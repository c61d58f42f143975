"""Counting a commune by a new version of an indicator, some households at a time.

Each slice is a short transaction of its own: phones sync between two. A definition remembers the last household that is counted by it, in the
order of their ids; whoever writes a household posts it by exactly the definitions that count it (indicators.py). So a slice, a sync and a rebuild
agree at any moment, and a server that was killed goes on where it stood."""

from collections import defaultdict

from sqlalchemy import ColumnElement, Connection, distinct, func, select

from fieldapp.store import indicators, journal, ledger, questionnaires
from fieldapp.store.counted import counted
from fieldapp.store.engine import is_sqlite
from fieldapp.store.groups import groups_of
from fieldapp.store.tables import journal as journal_table
from fieldapp.survey.posting import Place, post, steps
from fieldapp.survey.reckonings import answers_of, by_form, together

HOUSEHOLDS_AT_ONCE = 300  # a slice costs as much for itself as fifty households do; a phone waits for one, some hundredths of a second


def count_some(connection: Connection, commune_id: str, most: int = HOUSEHOLDS_AT_ONCE) -> bool:
    """Count the next households by what is being counted, those furthest behind first; False when nothing was left to count."""
    journal.lock(connection, commune_id)
    waiting = [each for each in indicators.own(connection, commune_id) if each.state == indicators.COUNTING]
    if not waiting:
        return False
    at = min(each.counted_to for each in waiting)
    behind = tuple(each.indicator for each in waiting if each.counted_to == at)
    # Never past one that is further on: from there they go together.
    until = min((each.counted_to for each in waiting if each.counted_to > at), default=None)
    ids = _after(connection, commune_id, at, until, most)
    forms = questionnaires.forms(connection, commune_id, {each.form for each in behind})
    reckons = together(lambda state: {}, [answers_of(*each) for each in by_form(behind, forms.of)])
    totals: dict[Place, list[int]] = defaultdict(lambda: [0, 0, 0])
    for group in groups_of(connection, commune_id, ids):
        events = [each.event for each in counted(sorted(row for rows in group.values() for row in rows))]
        for household_id in group.keys() & set(ids):
            post(totals, steps(events, household_id, reckons=reckons)[0])
    ledger.post(connection, commune_id, totals)
    for each in behind:
        indicators.counted_up_to(connection, commune_id, each, ids[-1] if ids else until)
    return True


def how_far(connection: Connection, commune_id: str) -> tuple[int, int]:
    """(households counted, of all) of the definition furthest behind; (0, 0) when nothing is being counted."""
    waiting = [each.counted_to for each in indicators.own(connection, commune_id) if each.state == indicators.COUNTING]
    if not waiting:
        return 0, 0
    every = select(func.count(distinct(journal_table.c.household_id))).where(*_households(commune_id))
    done = every.where(_id(connection) <= min(waiting))
    return connection.execute(done).scalar_one(), connection.execute(every).scalar_one()


def _after(connection: Connection, commune_id: str, at: str, until: str | None, most: int) -> list[str]:
    where = [*_households(commune_id), _id(connection) > at]
    if until is not None:
        where.append(_id(connection) <= until)
    query = select(journal_table.c.household_id).where(*where).group_by(journal_table.c.household_id).order_by(_id(connection)).limit(most)
    return list(connection.execute(query).scalars())


def _households(commune_id: str) -> tuple[ColumnElement[bool], ...]:
    return journal_table.c.commune_id == commune_id, journal_table.c.household_id.is_not(None)


def _id(connection: Connection) -> ColumnElement[str]:
    """Ordered as Python orders texts, whatever the database's own order is."""
    return journal_table.c.household_id if is_sqlite(connection) else journal_table.c.household_id.collate("C")
