"""The months of a commune as they are told outside it: made once each, some days after its end, from the ledger alone.

The days are for phones that come home late; what they bring later still is in the month after. Each month is held against all that was told
before (survey/disclosure.py), so they are made in their order and none is left out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from fieldapp.figures.board import coverage_of
from fieldapp.figures.figure import commune_figure
from fieldapp.store import areas, journal, ledger, months, shape
from fieldapp.store.months import Telling
from fieldapp.survey.balance import NOTHING, Balance, total
from fieldapp.survey.contribution import COVERAGE
from fieldapp.survey.disclosure import PLACE, WHOLE, Cells, Count, asks_the_same, is_told, kinds_of, parts_of, told
from fieldapp.survey.indicator import BY_KEY, Indicator, current
from fieldapp.survey.period import whole

GRACE_DAYS = 5
UNSEEN_STEP = 10
Balances = Mapping[str, Mapping[tuple[str, str], Balance]]


def due(today: str) -> str:
    """The last month that can be told on a day."""
    settled = date.fromisoformat(today) - timedelta(days=GRACE_DAYS)
    return (settled.replace(day=1) - timedelta(days=1)).isoformat()[:7]


def keep_up(connection: Any, commune_id: str, today: str) -> list[str]:
    """Tell every month of the commune that is over and was not told yet; they come back. Nobody else does meanwhile. Nothing is told while the
    figures are being made again."""
    journal.lock(connection, commune_id)
    if not shape.is_whole(connection, commune_id):
        return []
    last, first = months.last_month(connection, commune_id, commune_id), months.first_month(connection, commune_id)
    if first is None:
        return []
    missing = list(_months(_next(last) if last else first, due(today)))
    before: dict[str, list[Telling]] = defaultdict(list)
    for each in months.tellings(connection, commune_id, commune_id) if missing else ():
        before[each.indicator].append(each)
    for month in missing:
        found = tellings(connection, commune_id, month, before)
        months.add(connection, commune_id, commune_id, found)
        for each in found:
            before[each.indicator].append(each)
    return missing


def tellings(connection: Any, commune_id: str, month: str, before: Mapping[str, list[Telling]]) -> list[Telling]:
    """What is told of the commune in a month. before: indicator → what was told of it, month by month."""
    until = whole("month", int(month[:4]), int(month[5:])).last
    villages = {each.village_id: each.urban for each in areas.villages(connection, commune_id, on=until)}
    indicators = current(until)
    cuts = {f"{kind}:{part}" for each in indicators for kind in kinds_of(each) for part in parts_of(each, kind)}
    balances = {cut: ledger.balances(connection, commune_id, cut, until=until) for cut in (ledger.ALL, *sorted(cuts))}
    earlier = {key: [each.count for each in these] for key, these in before.items()}
    coverage = {WHOLE: {WHOLE: _sum(balances[ledger.ALL], COVERAGE, villages)}}
    found = [Telling(month, COVERAGE, told(month, coverage, earlier.get(COVERAGE, [])), None)]
    counts: dict[Indicator, Count] = {}
    for each in indicators:
        wider = [count for other, count in counts.items() if asks_the_same(each, other)]
        former = [count for key, told_of in earlier.items() if key != each.key and _asked(key, each) for count in told_of]
        counts[each] = told(month, _truth(each, balances, villages), earlier.get(each.key, []), [*wider, *former])
        last = before[each.key][-1].unseen if before.get(each.key) else None
        unseen = _unseen(each, balances[ledger.ALL], villages) if is_told(counts[each].get(WHOLE), month) else last
        found.append(Telling(month, each.key, counts[each], unseen))
    return found


def _asked(key: str, indicator: Indicator) -> bool:
    """Whether a key is a former version of the indicator that asked the same, of other people."""
    former = BY_KEY.get(key)
    return former is not None and former.code == indicator.code and asks_the_same(former, indicator)


def _truth(indicator: Indicator, balances: Balances, villages: Mapping[str, bool]) -> dict[str, Cells]:
    found: dict[str, Cells] = {WHOLE: {WHOLE: _sum(balances[ledger.ALL], indicator.key, villages)}}
    for kind in kinds_of(indicator):
        found[kind] = {part: _sum(balances[f"{kind}:{part}"], indicator.key, villages) for part in parts_of(indicator, kind)}
    kinds = {True: "urban", False: "rural"}
    found[PLACE] = {
        kinds[urban]: _sum(balances[ledger.ALL], indicator.key, [each for each, is_urban in villages.items() if is_urban == urban])
        for urban in sorted(set(villages.values()))
    }  # fmt: skip
    return found


def _sum(balances: Mapping[tuple[str, str], Balance], key: str, villages: Any) -> Balance:
    return total(balances.get((each, key), NOTHING) for each in villages)


def _unseen(indicator: Indicator, balances: Mapping[tuple[str, str], Balance], villages: Any) -> int | None:
    """The estimate behind the honest range, rounded: it is made of villages."""
    figure = commune_figure((balances.get((each, indicator.key), NOTHING), coverage_of(balances, each)) for each in villages)
    return None if figure.unseen is None else round(figure.unseen / UNSEEN_STEP) * UNSEEN_STEP


def _months(first: str, last: str) -> Iterator[str]:
    while first <= last:
        yield first
        first = _next(first)


def _next(month: str) -> str:
    return (date.fromisoformat(f"{month}-01") + timedelta(days=31)).isoformat()[:7]
