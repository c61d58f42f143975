"""Reading households: by code, and by village in pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, literal, or_, select

from fieldapp.store import areas, journal
from fieldapp.store.counted import counted, event_of
from fieldapp.store.groups import members_of
from fieldapp.store.journal import JournalRow
from fieldapp.store.review_tables import flag
from fieldapp.store.rows import state_of
from fieldapp.store.tables import household, person
from fieldapp.survey.codes import parse_code
from fieldapp.survey.event import AUTHORS, Event
from fieldapp.survey.merging import Merging
from fieldapp.survey.redact import erasures
from fieldapp.survey.standing import standing
from fieldapp.survey.telex import readings

# Stands for the commune's part of a code that was typed without it.
ANY_COMMUNE = "00000"
LISTED = [
    household.c[name]
    for name in (
        "household_id", "village_id", "code", "token", "head", "address", "status", "merged_into", "visited", "outcome", "day",
        "return_on", "poverty", "contested", ) ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """A household as a line of a list. head: the name it is known by, None when nobody of it has one (or it was erased)."""

    household_id: str
    village_id: str | None
    code: str | None
    token: str | None
    head: str | None
    address: str | None
    status: str
    merged_into: str | None
    visited: bool
    outcome: str | None
    day: str | None
    return_on: str | None
    poverty: str | None
    contested: int


@dataclass(frozen=True, slots=True)
class Household:
    """A household whole: its line and its folded state."""

    line: Listed
    state: dict[str, Any]

    @property
    def household_id(self) -> str:
        return self.line.household_id

    @property
    def code(self) -> str | None:
        return self.line.code

    @property
    def village_id(self) -> str | None:
        return self.line.village_id


@dataclass(frozen=True, slots=True)
class Home:
    """A household in which a person is known. lives_there: they neither left nor died."""

    household_id: str
    code: str
    lives_there: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the intake asks of a household. villages: every one it was ever in."""

    villages: set[str]
    state: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """An event of a household as the journal has it. held: why it does not count, None when it does; answered: flags that need no look any more."""

    sequence: int
    event: Event
    received_at: str
    held: str | None
    flags: list[str]
    answered: frozenset[str] = frozenset()


def by_code(connection: Connection, commune_id: str, code: str) -> Household | None:
    """The household under a code; a merged one's own code still finds it (its line says what it was merged into)."""
    return _one(
        connection,
        select(*LISTED, household.c.state, household.c.aside).where(household.c.commune_id == commune_id, household.c.code == code),
    )


def by_id(connection: Connection, commune_id: str, household_id: str) -> Household | None:
    return _one(
        connection,
        select(*LISTED, household.c.state, household.c.aside).where(household.c.commune_id == commune_id, household.c.household_id == household_id),
    )


def of_villages(connection: Connection, commune_id: str, villages: Iterable[str]) -> list[Household]:
    """The households of these villages whole, in the order of their codes; merged ones too."""
    query = select(*LISTED, household.c.state, household.c.aside).where(
        household.c.commune_id == commune_id, household.c.village_id.in_(sorted(villages))
    )
    return [Household(Listed(*row[:-2]), state_of(row.state, row.aside)) for row in connection.execute(query.order_by(household.c.code))]


def codes_of(connection: Connection, commune_id: str, ids: Iterable[str]) -> list[str]:
    """The codes of these households, sorted; one that has none yet is left out."""
    return sorted(codes_by_id(connection, commune_id, ids).values())


def codes_by_id(connection: Connection, commune_id: str, ids: Iterable[str]) -> dict[str, str]:
    """Household → code; one that has none yet is left out."""
    codes: dict[str, str] = {}
    for chunk in journal.chunks(ids):
        query = select(household.c.household_id, household.c.code).where(household.c.commune_id == commune_id, household.c.household_id.in_(chunk))
        codes |= {household_id: code for household_id, code in connection.execute(query) if code is not None}
    return codes


def erased_in(connection: Connection, commune_id: str, household_id: str) -> set[str]:
    """The people of a household whose names were erased: nothing can be said of them any more."""
    events = [each.event for each in counted(journal.of_households(connection, commune_id, members_of(connection, commune_id, household_id)))]
    found = erasures(events).get(household_id)
    return set(found.people) if found else set()


def homes_of(connection: Connection, commune_id: str, person_id: str) -> list[Home]:
    """The households that know a person, by code; those merged into another are left out, for that one knows them too."""
    query = select(household.c.household_id, household.c.code, person.c.residence).where(
        person.c.commune_id == commune_id, person.c.person_id == person_id, household.c.commune_id == commune_id,
        household.c.household_id == person.c.household_id, household.c.status != "merged", household.c.village_id.is_not(None),
    ).order_by(household.c.code)  # fmt: skip
    return [Home(household_id, code, residence not in ("left", "deceased")) for household_id, code, residence in connection.execute(query)]


def _one(connection: Connection, query: Select) -> Household | None:
    row = connection.execute(query).first()
    return Household(Listed(*row[:-2]), state_of(row.state, row.aside)) if row else None


def known(connection: Connection, commune_id: str, ids: Iterable[str]) -> dict[str, Known]:
    """Those of the ids that are registered here."""
    found = {}
    for chunk in journal.chunks(ids):
        query = select(household.c.household_id, household.c.state, household.c.aside).where(
            household.c.commune_id == commune_id, household.c.household_id.in_(chunk)
        )
        for household_id, state, aside in connection.execute(query).all():
            state = state_of(state, aside)
            found[household_id] = Known(set(state["villages"]), state)
    return found


def page_of_village(
    connection: Connection, commune_id: str, village_id: str, after: str | None = None, limit: int = 50, search: str | None = None
) -> tuple[list[Listed], str | None]:
    """A village's households by code, from beyond the code `after`; with the code to ask on from, None at the end.

    search: part of a name of anybody in the house (without accents) or of the code."""
    parts = areas.with_parts(connection, commune_id, [village_id])
    query = select(*LISTED).where(household.c.commune_id == commune_id, household.c.village_id.in_(parts), household.c.status != "merged")
    if after is not None:
        query = query.where(household.c.code > after)
    if search:
        query = query.where(matching(commune_id, search))
    rows = connection.execute(query.order_by(household.c.code).limit(limit + 1)).all()
    page = [Listed(*row) for row in rows[:limit]]
    return page, page[-1].code if len(rows) > limit else None


def matching(commune_id: str, search: str) -> Any:
    """Every word, in some reading of it (Telex and VNI too), begins a word of one person's name; or the code holds what was typed, or is
    meant by it ("3-127" at the door is …-03-0127)."""
    key = literal(" ") + person.c.name_folded
    words = [or_(*(key.contains(f" {reading}", autoescape=True) for reading in readings_of_word)) for readings_of_word in readings(search)]
    named = select(person.c.household_id).where(person.c.commune_id == commune_id, *words)
    meant = parse_code(search, ANY_COMMUNE)
    ways = [household.c.code.contains(search.strip(), autoescape=True)]
    ways += [household.c.code.endswith(meant.removeprefix(ANY_COMMUNE))] if meant else []
    ways += [household.c.household_id.in_(named)] if words else []
    return or_(*ways)


def said_of(connection: Connection, commune_id: str, household_id: str) -> list[Said]:
    """Every event about the household, and those that are part of it now, that can still be read; latest first."""
    ids = members_of(connection, commune_id, household_id)
    flags: dict[str, dict[str, bool]] = {}
    query = select(flag.c.event_id, flag.c.code, flag.c.answered_by).where(flag.c.commune_id == commune_id, flag.c.household_id.in_(ids))
    for event_id, code, by in connection.execute(query.order_by(flag.c.code)):
        flags.setdefault(event_id, {})[code] = by is not None
    rows = [row for row in journal.of_households(connection, commune_id, ids) if _is_readable(row)]
    counting = counted(rows)
    count = {each.row.sequence for each in counting}
    merging = Merging(household_id)
    for event in standing(each.event for each in counting):
        if event.kind == "merge":
            merging.take(event)
    # A merge that was voided leaves nothing of the other family behind.
    rows = [row for row in rows if merging.holds(event_of(row))]
    said = [_said(row, row.sequence in count, flags.get(row.event_id, {})) for row in rows]
    return sorted(said, key=lambda each: (each.event.at, each.sequence), reverse=True)


def _said(row: JournalRow, counts: bool, flags: dict[str, bool]) -> Said:
    known = flags if counts else {}
    answered = frozenset(code for code, is_answered in known.items() if is_answered)
    return Said(row.sequence, event_of(row), row.decided["received"], None if counts else row.held or "other_text", list(known), answered)


def _is_readable(row: JournalRow) -> bool:
    """Not one that was held because it fits no event: it may say anything anywhere, and only the page of held texts shows it, as it came."""
    if row.kind not in AUTHORS:
        return False
    try:
        return bool(event_of(row))
    except (ValueError, KeyError, TypeError):
        return False
