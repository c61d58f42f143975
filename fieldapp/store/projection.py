"""Making the households of new events: read what the journal holds of them, fold, write the projections, post the difference to
the ledger.

It runs in the transaction of the journal's rows. What a household had posted before is not remembered but made again from the
rows that counted then: the same function over fewer events, so an incremental ledger and a rebuilt one can't drift apart."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select

from fieldapp.store import answered, back_checks, erasure, held_answers, indicators, ledger, to_review
from fieldapp.store.among import among
from fieldapp.store.back_checks import Check
from fieldapp.store.counted import counted
from fieldapp.store.groups import Group, groups_of
from fieldapp.store.journal import JournalRow, chunks
from fieldapp.store.review_tables import flag
from fieldapp.store.rows import PERSON_FIELDS, VISIT_FIELDS, household_row, identity, person_row, visit_rows
from fieldapp.store.tables import departure, household, person, visit
from fieldapp.store.upsert import upsert
from fieldapp.survey.event import Event
from fieldapp.survey.fold import State, finished
from fieldapp.survey.posting import Place, first_day, post, steps, unchanged
from fieldapp.survey.reckonings import Reckons
from fieldapp.survey.visits import Visits, visits_of


class Made(NamedTuple):
    """A household as it is now. decided: what its register row was given; changed: the last sequence that touched it."""

    household_id: str
    state: State
    register: Event
    decided: dict[str, Any]
    changed: int
    visits: Visits
    checks: list[Check]


Totals = dict[Place, list[int]]


def project(connection: Connection, commune_id: str, touched: Iterable[str], since: int) -> None:
    """Bring the projections of these households, and of those merged with them, up to the journal.

    since: the first sequence that is new."""
    totals = no_totals()
    make(connection, commune_id, touched, since, totals)
    ledger.post(connection, commune_id, totals)


def no_totals() -> Totals:
    """What is to be posted before anything is."""
    return defaultdict(lambda: [0, 0, 0])


def make(
    connection: Connection, commune_id: str, touched: Iterable[str], since: int, totals: Totals, reckons: Callable[[str], Reckons] | None = None
) -> None:
    """What `project` does, but for the ledger: what is to be posted is added to the totals. since: 0 when nothing was posted yet; reckons: what each
    household adds, None: all that it is counted by."""
    made: list[Made] = []
    flags: list[dict[str, Any]] = []
    answers: answered.Answers = {}
    of_held: held_answers.Answers = {}
    waiting: to_review.Waiting = {}
    reached: set[str] = set()
    reckons = reckons or indicators.reckons(connection, commune_id)
    for group in groups_of(connection, commune_id, touched, some_are_new=True):
        reached |= group.keys()
        these = _of_group(connection, commune_id, group, since, totals, reckons)
        made += these
        flags += [row for rows in group.values() for journal_row in rows for row in _flags(commune_id, journal_row, since)]
        answers |= (theirs := answered.answers(group))
        waiting |= to_review.of_group(group, {each.household_id: each.state for each in these if each.decided.get("code")}, theirs)
        of_held |= held_answers.answers(group)
    upsert(connection, household, [household_row(commune_id, *each[:-1]) for each in made], given_once=("code", "token"))
    upsert(connection, flag, flags)
    answered.write(connection, commune_id, reached, answers)
    held_answers.write(connection, commune_id, reached, of_held)
    to_review.write(connection, commune_id, reached, waiting)
    back_checks.write(connection, commune_id, reached, [check for each in made for check in each.checks])
    _write_people(connection, commune_id, made)
    _write_visits(connection, commune_id, made)
    _write_departures(connection, commune_id, made)


def _of_group(
    connection: Connection, commune_id: str, group: Group, since: int, totals: Totals, reckons: Callable[[str], Reckons]
) -> list[Made]:
    rows = sorted(row for household_rows in group.values() for row in household_rows)
    read: dict[int, Event] = {}
    before = [each.event for each in counted((row for row in rows if row.sequence < since), read)]
    now = counted(erasure.apply(connection, commune_id, next(iter(group)), rows), read)
    events = [each.event for each in now]
    fresh = [each.event for each in now if each.sequence >= since]
    first = "" if _reaches_back(before, fresh, events) else first_day(fresh, events)
    made = []
    for household_id in group:
        adds = reckons(household_id)
        found, state = steps(events, household_id, first, adds)
        post(totals, found)
        if before:
            post(totals, unchanged(found, before, first) or steps(before, household_id, first, adds)[0], -1)
        register = next((each for each in now if each.event.id == household_id and each.event.kind == "register"), None)
        if register is not None:
            changed = max(each.sequence for each in now)
            state = finished(state, events, household_id)
            checks = back_checks.of_events(events, household_id, state["village"])
            made.append(Made(household_id, state, register.event, register.by.decided, changed, visits_of(events, household_id), checks))
    return made


def _reaches_back(before: list[Event], fresh: list[Event], events: list[Event]) -> bool:
    """Whether something older changed than what is new: a text took the place of another under the same id, or one that waited for its
    household was put away or taken back."""
    known, new = {event.id for event in before}, {event.id for event in fresh}
    return bool(known & new) or known | new != {event.id for event in events}


def _flags(commune_id: str, row: JournalRow, since: int) -> Iterable[dict[str, Any]]:
    if row.sequence < since or '"flags":' not in row.decision:
        return
    for each in row.decided["flags"]:
        yield {
            "commune_id": commune_id, "event_id": row.event_id, "code": each["code"], "place": each.get("where", ""),
            "household_id": row.household_id,
        }  # fmt: skip


def _write_people(connection: Connection, commune_id: str, made: list[Made]) -> None:
    """Most visits change no name: only households whose people differ from their rows are written."""
    kept: dict[str, dict[str, tuple[Any, ...]]] = defaultdict(dict)
    columns = [person.c[field] for field in ("household_id", "person_id", *PERSON_FIELDS)]
    for ids in chunks(each.household_id for each in made):
        query = select(*columns).where(person.c.commune_id == commune_id, among(connection, person.c.household_id, ids))
        for household_id, person_id, *fields in connection.execute(query).all():
            kept[household_id][person_id] = tuple(fields)
    changed = {
        each.household_id: each.state["people"]
        for each in made
        if kept[each.household_id] != {person_id: tuple(identity(one).values()) for person_id, one in each.state["people"].items()}
    }
    for ids in chunks(household_id for household_id in changed if kept[household_id]):
        connection.execute(delete(person).where(person.c.commune_id == commune_id, among(connection, person.c.household_id, ids)))
    rows = [person_row(commune_id, household_id, *one) for household_id, people in changed.items() for one in people.items()]
    if rows:
        connection.execute(insert(person), rows)


def _write_visits(connection: Connection, commune_id: str, made: list[Made]) -> None:
    """Only households whose visits differ from their rows are written; a void or a merge may take rows away."""
    kept: dict[str, dict[str, tuple[Any, ...]]] = defaultdict(dict)
    columns = [visit.c[field] for field in VISIT_FIELDS]
    for ids in chunks(each.household_id for each in made):
        query = select(visit.c.event_id, *columns).where(visit.c.commune_id == commune_id, among(connection, visit.c.household_id, ids))
        for event_id, *fields in connection.execute(query).all():
            kept[fields[0]][event_id] = tuple(fields)
    rows = {each.household_id: visit_rows(commune_id, each.household_id, each.state, each.visits) for each in made}
    gone = {event_id for household_id, before in kept.items() for event_id in before if rows[household_id].get(event_id) != before[event_id]}
    for ids in chunks(gone):
        connection.execute(delete(visit).where(visit.c.commune_id == commune_id, among(connection, visit.c.event_id, ids)))
    new = [
        {"commune_id": commune_id, "event_id": event_id, **dict(zip(VISIT_FIELDS, fields, strict=True))}
        for household_id, after in rows.items() for event_id, fields in after.items() if kept[household_id].get(event_id) != fields
    ]  # fmt: skip
    if new:
        connection.execute(insert(visit), new)


def _write_departures(connection: Connection, commune_id: str, made: list[Made]) -> None:
    """Villages that a household was in and is no longer, so that their phones forget it."""
    wandered = [each for each in made if each.state["villages"] != [each.state["village"]]]
    for ids in chunks(each.household_id for each in wandered):
        connection.execute(delete(departure).where(departure.c.commune_id == commune_id, among(connection, departure.c.household_id, ids)))
    upsert(
        connection, departure,
        [
            {"commune_id": commune_id, "village_id": village_id, "household_id": each.household_id, "changed": each.changed}
            for each in wandered for village_id in each.state["villages"] if village_id != each.state["village"]
        ],
    )  # fmt: skip
