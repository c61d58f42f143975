"""Counting a commune anew, some households at a time: because the projections have another shape (remaking.py), or by a new version of an
indicator.

Each slice is a short transaction of its own: phones sync between two. A definition remembers the last household that is counted by it, in the
order of the roll; whoever writes a household posts it by exactly the definitions that count it (indicators.py). So a slice, a sync and a rebuild
agree at any moment, and a server that was killed goes on where it stood."""

from collections import defaultdict

from sqlalchemy import Connection

from fieldapp.store import indicators, journal, ledger, questionnaires, remaking, roll, shape
from fieldapp.store.counted import counted
from fieldapp.store.groups import groups_of
from fieldapp.survey.posting import Place, post, steps
from fieldapp.survey.reckonings import answers_of, by_form, nothing, together

HOUSEHOLDS_AT_ONCE = 300  # a slice costs as much for itself as fifty households do; a phone waits for one, some hundredths of a second


def count_some(connection: Connection, commune_id: str, most: int = HOUSEHOLDS_AT_ONCE) -> bool:
    """Make the next households again, or count them by what is being counted, those furthest behind first; False when nothing was left to do."""
    journal.lock(connection, commune_id)
    if not shape.is_whole(connection, commune_id):
        remaking.make_some(connection, commune_id, most)
        return True
    waiting = [each for each in indicators.own(connection, commune_id) if each.state == indicators.COUNTING]
    if not waiting:
        return False
    at = min(each.counted_to for each in waiting)
    behind = tuple(each.indicator for each in waiting if each.counted_to == at)
    # Never past one that is further on: from there they go together.
    until = min((each.counted_to for each in waiting if each.counted_to > at), default=None)
    ids = roll.after(connection, commune_id, at, most, until)
    forms = questionnaires.forms(connection, commune_id, {each.form for each in behind})
    reckons = together(nothing, [answers_of(*each) for each in by_form(behind, forms.of)])
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
    return roll.how_far(connection, commune_id, min(waiting)) if waiting else (0, 0)


def waiting(connection: Connection) -> list[str]:
    """The communes of which something is still to be made or counted."""
    return sorted({*shape.unmade(connection), *indicators.counting_communes(connection)})
