"""The figures of former days from the journal alone, up to a head: what proves a frozen report.

Neither balances nor any other projection is read, and nothing that came after the head. Each household is folded as it was known then and
counted by the definitions that the report itself carries, so a later version of an indicator or of the villages changes nothing."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.json import decode
from sqlalchemy import Connection, select

from fieldapp.store import erasure, journal, questionnaires
from fieldapp.store.counted import counted
from fieldapp.store.journal import JournalRow
from fieldapp.store.tables import journal as journal_table
from fieldapp.survey.balance import Balance
from fieldapp.survey.fold import walk
from fieldapp.survey.indicator import Indicator
from fieldapp.survey.questionnaire import load
from fieldapp.survey.reckonings import of_report
from fieldapp.survey.redact import erasures

HOUSEHOLDS_AT_ONCE = 500
# (village, key, cut) → balance.
Stood = dict[tuple[str, str, str], Balance]


def replayed(
    connection: Connection, commune_id: str, sequence: int, indicators: tuple[Indicator, ...], form: str, days: Sequence[str],
    without: Collection[str] = (),
) -> list[Stood]:  # fmt: skip
    """What stood at the end of each of these days, as the journal said when `sequence` was its last row. form: the questionnaire whose rules say
    which question applied; without: households that are left out, with all that they were merged with."""
    reckons = of_report(indicators, load(form), questionnaires.forms(connection, commune_id, {each.form for each in indicators}).of)
    sums: list[dict[tuple[str, str, str], list[int]]] = [{} for _ in days]
    for group, rows in groups(connection, commune_id, sequence, without):
        events = [each.event for each in counted(rows)]
        for household_id in group:
            last: list[tuple[str, dict[tuple[str, str], tuple[int, int, int]]]] = [("", {})] * len(days)
            for day, state in walk(events, household_id):
                later = [place for place, until in enumerate(days) if day <= until]
                if later:
                    step = state["village"] or "", reckons(state)
                    for place in later:
                        last[place] = step
            for place, (village, adds) in enumerate(last):
                _add(sums[place], village, adds)
    return [{key: Balance(*counts) for key, counts in each.items() if any(counts)} for each in sums]


class Erased(NamedTuple):
    """villages: those that the households ever were in."""

    households: set[str]
    villages: set[str]


def erased(connection: Connection, commune_id: str, sequence: int, of_own: bool) -> Erased:
    """Households of which an erasure took something after that row, from before it, that was counted: where somebody asked not to be, and where a
    text went whole. Their figures of former days can't be made again. What was taken says the journal itself; merges carry an erasure to others.
    of_own: something that is counted of what the commune asks of its own, which goes whatever was asked (survey/redact.py)."""
    notes = select(journal_table.c.text).where(
        journal_table.c.commune_id == commune_id, journal_table.c.kind == erasure.KIND, journal_table.c.sequence > sequence
    )
    taken = {int(row): left for text in connection.execute(notes).scalars() for row, left in decode(text)["rows"].items() if int(row) <= sequence}
    touched = _households_of(connection, commune_id, taken)
    gone = _households_of(connection, commune_id, (row for row, left in taken.items() if left is None))
    of_now = groups(connection, commune_id, journal.head(connection, commune_id)[0], among=touched)
    for found in (erasures(each.event for each in counted(rows)) for _group, rows in of_now):
        gone |= {household_id for household_id, asked in found.items() if household_id in touched and (of_own or not asked.all_count)}
    villages: set[str] = set()
    for group, rows in groups(connection, commune_id, sequence, among=gone):
        events = [each.event for each in counted(rows)]
        villages |= {state["village"] or "" for household_id in group for _, state in walk(events, household_id)}
    return Erased(gone, villages)


def _households_of(connection: Connection, commune_id: str, rows: Iterable[int]) -> set[str]:
    """The households that these rows of the journal are about."""
    found: set[str | None] = set()
    ordered = sorted(rows)
    for start in range(0, len(ordered), journal.CHUNK):
        these = journal_table.c.sequence.in_(ordered[start : start + journal.CHUNK])
        found |= set(connection.execute(select(journal_table.c.household_id).where(journal_table.c.commune_id == commune_id, these)).scalars())
    return {each for each in found if each is not None}


def _add(sums: dict[tuple[str, str, str], list[int]], village: str, adds: dict[tuple[str, str], tuple[int, int, int]]) -> None:
    for (key, cut), counts in adds.items():
        row = sums.setdefault((village, key, cut), [0, 0, 0])
        for place, count in enumerate(counts):
            row[place] += count


def groups(
    connection: Connection, commune_id: str, sequence: int, without: Collection[str] = (), among: Collection[str] | None = None
) -> Iterator[tuple[list[str], list[JournalRow]]]:
    """Every household with those that it was ever merged with, and their rows up to `sequence`. without: groups with one of these are left out;
    among: and all that have none of these, None for none."""
    waiting: list[list[str]] = []
    for group in _together(_households(connection, commune_id, sequence), _merges(connection, commune_id, sequence)):
        if not (set(group) & set(without)) and (among is None or set(group) & set(among)):
            waiting.append(group)
        if sum(map(len, waiting)) >= HOUSEHOLDS_AT_ONCE:
            yield from _with_rows(connection, commune_id, sequence, waiting)
            waiting = []
    yield from _with_rows(connection, commune_id, sequence, waiting)


def _with_rows(connection: Connection, commune_id: str, sequence: int, groups: list[list[str]]) -> Iterator[tuple[list[str], list[JournalRow]]]:
    rows: dict[str, list[JournalRow]] = {}
    for row in journal.of_households(connection, commune_id, [each for group in groups for each in group]):
        if row.sequence <= sequence:
            rows.setdefault(row.household_id, []).append(row)
    for group in groups:
        yield group, sorted(row for household_id in group for row in rows.get(household_id, ()))


def _households(connection: Connection, commune_id: str, sequence: int) -> list[str]:
    query = select(journal_table.c.household_id).where(
        journal_table.c.commune_id == commune_id, journal_table.c.sequence <= sequence, journal_table.c.household_id.is_not(None)
    )
    return list(connection.execute(query.distinct().order_by(journal_table.c.household_id)).scalars())


def _merges(connection: Connection, commune_id: str, sequence: int) -> list[tuple[str, str]]:
    """Households that a merge named together, whether it stands or not."""
    rows = connection.execute(
        select(journal_table.c.household_id, journal_table.c.text, journal_table.c.redacted)
        .where(journal_table.c.commune_id == commune_id, journal_table.c.kind == "merge", journal_table.c.sequence <= sequence)
    )  # fmt: skip
    named = ((household_id, _other(text or redacted)) for household_id, text, redacted in rows)
    return [(one, other) for one, other in named if other and one != other]


def _other(text: str | None) -> str | None:
    """The household that a merge names. One that was held may be of any shape, and counts only once it is released."""
    try:
        other = decode(text or "{}")["body"]["other"]
    except (ValueError, KeyError, TypeError):
        return None
    return other if isinstance(other, str) else None


def _together(households: Collection[str], merges: Iterable[tuple[str, str]]) -> list[list[str]]:
    group = {household_id: {household_id} for household_id in households}
    for one, other in merges:
        if one in group and other in group and group[one] is not group[other]:
            group[one] |= group[other]
            for household_id in group[other]:
                group[household_id] = group[one]
    return [sorted(ids) for ids in {id(ids): ids for ids in group.values()}.values()]
