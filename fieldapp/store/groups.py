"""Households that were ever merged with each other are read and folded together, whether the merge still stands or not."""

from collections.abc import Iterable

from sqlalchemy import Connection, or_, select

from fieldapp.store import journal
from fieldapp.store.among import among
from fieldapp.store.counted import counted
from fieldapp.store.journal import JournalRow
from fieldapp.store.tables import journal as journal_table
from fieldapp.store.tables import link
from fieldapp.store.upsert import upsert

Group = dict[str, list[JournalRow]]  # household → its rows


def groups_of(connection: Connection, commune_id: str, touched: Iterable[str], some_are_new: bool = False) -> list[Group]:
    """The touched households with all that they were ever merged with, and every journal row about them. some_are_new: of rows; merges among them
    are noted then, where who only reads finds them noted."""
    rows: Group = {}
    pairs: set[tuple[str, str]] = set()
    missing = set(touched)
    while missing:
        rows |= {household_id: [] for household_id in missing}
        found = journal.of_households(connection, commune_id, missing)
        for row in found:
            rows[row.household_id].append(row)
        if some_are_new:
            _note_merges(connection, commune_id, found)
        pairs |= _pairs(connection, commune_id, missing)
        missing = {household_id for pair in pairs for household_id in pair} - rows.keys()
    return [{household_id: rows[household_id] for household_id in sorted(ids)} for ids in _connected(rows, pairs)]


def note_merges(connection: Connection, commune_id: str) -> None:
    """Let it be known of every merge in the journal which households it names, before the first of them is made: a merge stands with one of
    its two households, and the other must not be made without it."""
    query = select(journal_table.c.household_id).where(journal_table.c.commune_id == commune_id, journal_table.c.kind == "merge").distinct()
    for ids in journal.chunks(connection.execute(query).scalars()):
        _note_merges(connection, commune_id, journal.of_households(connection, commune_id, ids))


def members_of(connection: Connection, commune_id: str, household_id: str) -> set[str]:
    """The household and all that it was ever merged with."""
    found: set[str] = set()
    reached = {household_id}
    while reached - found:
        found |= reached
        reached = {each for pair in _pairs(connection, commune_id, found) for each in pair}
    return found


def _note_merges(connection: Connection, commune_id: str, rows: list[JournalRow]) -> None:
    if not any(row.kind == "merge" for row in rows):
        return
    merges = [each.event for each in counted(rows) if each.event.kind == "merge"]
    upsert(
        connection, link,
        [
            {"commune_id": commune_id, "household_id": merge.household, "other_id": merge.body["other"]}
            for merge in merges if merge.body.get("other") not in (None, merge.household)
        ],
    )  # fmt: skip


def _pairs(connection: Connection, commune_id: str, households: Iterable[str]) -> set[tuple[str, str]]:
    pairs: set[tuple[str, str]] = set()
    for ids in journal.chunks(households):
        query = select(link.c.household_id, link.c.other_id).where(
            link.c.commune_id == commune_id, or_(*(among(connection, column, ids) for column in (link.c.household_id, link.c.other_id)))
        )
        pairs |= {(one, other) for one, other in connection.execute(query).all()}
    return pairs


def _connected(households: Iterable[str], pairs: set[tuple[str, str]]) -> list[set[str]]:
    group = {household_id: {household_id} for household_id in households}
    for one, other in pairs:
        if group[one] is not group[other]:
            group[one] |= group[other]
            for household_id in group[other]:
                group[household_id] = group[one]
    return list({id(ids): ids for ids in group.values()}.values())
