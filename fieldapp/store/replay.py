"""The figures of former days from the journal alone, up to a head: what proves a frozen report.

Neither balances nor any other projection is read, and nothing that came after the head. Each household is folded as it was known then and
counted by the definitions that the report itself carries, so a later version of an indicator or of the villages changes nothing."""

from collections.abc import Collection, Iterable, Iterator, Sequence

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

HOUSEHOLDS_AT_ONCE = 500
# (village, key, cut) → balance.
Stood = dict[tuple[str, str, str], Balance]


def replayed(
    connection: Connection, commune_id: str, sequence: int, indicators: tuple[Indicator, ...], form: str, days: Sequence[str]
) -> list[Stood]:
    """What stood at the end of each of these days, as the journal said when `sequence` was its last row. form: the questionnaire whose rules say
    which question applied."""
    reckons = of_report(indicators, load(form), questionnaires.forms(connection, commune_id, {each.form for each in indicators}).of)
    sums: list[dict[tuple[str, str, str], list[int]]] = [{} for _ in days]
    for group, rows in groups(connection, commune_id, sequence):
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


def erased_villages(connection: Connection, commune_id: str, sequence: int) -> set[str]:
    """Villages of households of which an erasure took something after that row: where somebody asked not to be counted, their figures of former
    days can't be made again whole. What was taken of what says the journal itself; merges carry an erasure to other households."""
    gone: set[str | None] = set()
    notes = select(journal_table.c.text).where(
        journal_table.c.commune_id == commune_id, journal_table.c.kind == erasure.KIND, journal_table.c.sequence > sequence
    )
    taken = [int(row) for text in connection.execute(notes).scalars() for row in decode(text)["rows"]]
    for start in range(0, len(taken), journal.CHUNK):
        rows = journal_table.c.sequence.in_(taken[start : start + journal.CHUNK])
        gone |= set(connection.execute(select(journal_table.c.household_id).where(journal_table.c.commune_id == commune_id, rows)).scalars())
    found: set[str] = set()
    for group, of_group in groups(connection, commune_id, sequence):
        if gone & set(group):
            events = [each.event for each in counted(of_group)]
            found |= {state["village"] or "" for household_id in group for _, state in walk(events, household_id)}
    return found


def _add(sums: dict[tuple[str, str, str], list[int]], village: str, adds: dict[tuple[str, str], tuple[int, int, int]]) -> None:
    for (key, cut), counts in adds.items():
        row = sums.setdefault((village, key, cut), [0, 0, 0])
        for place, count in enumerate(counts):
            row[place] += count


def groups(connection: Connection, commune_id: str, sequence: int) -> Iterator[tuple[list[str], list[JournalRow]]]:
    """Every household with those that it was ever merged with, and their rows up to `sequence`."""
    waiting: list[list[str]] = []
    for group in _together(_households(connection, commune_id, sequence), _merges(connection, commune_id, sequence)):
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
