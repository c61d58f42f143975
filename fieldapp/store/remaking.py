"""Making a commune's projections again from its journal: where an older version of the code made them, after a restore, and for the proof that
nothing but the journal matters.

Some households at a time, each in a transaction of its own, while phones go on sending. Until the last one is made nothing is shown that counts
them (web/guard.py); but a phone is answered at once, for whatever it speaks of or asks for is made on the way (`make`). Only the household's own
slice adds it to the ledger, so it is there once, however often it was made before."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete

from fieldapp.store import indicators, ledger, projection, roll, shape
from fieldapp.store.among import among
from fieldapp.store.groups import note_merges
from fieldapp.store.journal import chunks
from fieldapp.store.projection import Totals
from fieldapp.store.review_tables import back_check, flag, flag_answer, held_answer, to_review
from fieldapp.store.tables import balance, departure, household, link, person, visit
from fieldapp.survey.reckonings import nothing

# What stays until its household is made again: what phones are answered from, and people, of whom there are many.
OF_HOUSEHOLDS = (household, visit, departure, person)
OF_REVIEWS = (link, flag, flag_answer, held_answer, to_review, back_check)
PROJECTIONS = (*OF_HOUSEHOLDS, *OF_REVIEWS, balance)
AT_ONCE = 500
BALANCES_AT_ONCE = 50_000  # of a million, which a commune has after some years; they cost a tenth of what a slice of households does


def make_some(connection: Connection, commune_id: str, most: int) -> bool:
    """Make the next households and count them, or throw away a part of what an older version counted; False when all are made. The commune's journal
    is locked."""
    totals = projection.no_totals()
    more = _make_next(connection, commune_id, most, totals)
    ledger.post(connection, commune_id, totals)
    return more


def _make_next(connection: Connection, commune_id: str, most: int, totals: Totals) -> bool:
    at = shape.made_to(connection, commune_id)
    if at is None:
        return False
    if not shape.has_begun(connection, commune_id):
        # Nothing is added to the ledger before the first household, so what is thrown away stays away.
        if ledger.throw_away(connection, commune_id, BALANCES_AT_ONCE):
            return True
        _begin(connection, commune_id)
    ids = roll.after(connection, commune_id, at, most)
    for part in chunks(ids):
        for table in OF_HOUSEHOLDS:
            connection.execute(delete(table).where(table.c.commune_id == commune_id, among(connection, table.c.household_id, part)))
    shape.note(connection, commune_id, ids[-1] if len(ids) == most else None)
    if ids:
        these, reckons = set(ids), indicators.reckons(connection, commune_id)
        projection.make(
            connection, commune_id, ids, 0, totals, lambda household_id: reckons(household_id) if household_id in these else nothing
        )  # fmt: skip
    return len(ids) == most


def make(connection: Connection, commune_id: str, households: Iterable[str]) -> bool:
    """Make those of the households whose turn has not come, for whoever asks for them now, and whether there were any. The commune's journal is
    locked."""
    at = shape.made_to(connection, commune_id)
    waiting = [] if at is None else [household_id for household_id in households if household_id > at]
    if waiting:
        projection.make(connection, commune_id, waiting, 0, projection.no_totals(), lambda household_id: nothing)
    return bool(waiting)


def make_whole(connection: Connection, commune_id: str, most: int = AT_ONCE) -> None:
    """Make all that stands on the commune's journal, in this transaction."""
    shape.age(connection, commune_id)
    totals = projection.no_totals()
    while _make_next(connection, commune_id, most, totals):
        pass
    # Once for all: a row of the ledger that each part added to would be written as often as there are parts.
    ledger.post(connection, commune_id, totals)


def _begin(connection: Connection, commune_id: str) -> None:
    for table in OF_REVIEWS:
        connection.execute(delete(table).where(table.c.commune_id == commune_id))
    note_merges(connection, commune_id)
    shape.note(connection, commune_id, shape.NONE)
