"""The cuts of a report as they may leave the commune.

By people, what disclosure.py lets out: a cut with a part of fewer than ten is hidden whole. By villages, only what follows from the villages' rows
that are told anyway (outside.py): a part that holds some of the villages that stand together, and not all of them, would tell those apart."""

from collections.abc import Collection, Mapping

from fieldapp.figures.cuts import Cut
from fieldapp.survey.balance import Balance
from fieldapp.survey.cut import OF_VILLAGES
from fieldapp.survey.disclosure import REST, WHOLE, Cells, Count, asks_the_same, is_told, told
from fieldapp.survey.indicator import Indicator

NO_MONTH = ""


def outside_cuts(cuts: Collection[Cut], wholes: Mapping[Indicator, Balance], pooled: Mapping[str, Collection[str]]) -> tuple[Cut, ...]:
    """wholes: the indicators that are told, with what they are in all; pooled: their codes → villages that are told of together."""
    may = _of_people(cuts, wholes)
    return tuple(_by_villages(each, wholes, pooled) if each.kind in OF_VILLAGES else _by_people(each, wholes, may) for each in cuts)


def _of_people(cuts: Collection[Cut], wholes: Mapping[Indicator, Balance]) -> dict[str, Count]:
    """Indicator's code → what of it is told, each held against those before that ask the same."""
    counts: dict[Indicator, Count] = {}
    for each, whole in wholes.items():
        truth: dict[str, Cells] = {WHOLE: {WHOLE: whole}}
        for cut in (one for one in cuts if one.kind not in OF_VILLAGES and each.code in one.cells):
            truth[cut.kind] = {part: balance for part, balance in cut.cells[each.code].items() if part != REST}
        counts[each] = told(NO_MONTH, truth, (), [count for other, count in counts.items() if asks_the_same(each, other)])
    return {each.code: count for each, count in counts.items()}


def _by_people(cut: Cut, wholes: Mapping[Indicator, Balance], may: Mapping[str, Count]) -> Cut:
    codes = [each.code for each in wholes if each.code in cut.cells]
    shown = {code for code in codes if is_told(may[code].get(cut.kind), NO_MONTH)}
    hidden = {code: frozenset(cut.cells[code]) for code in codes if code not in shown}
    return Cut(cut.kind, cut.parts, {code: cut.cells[code] for code in codes if code in shown}, hidden)


def _by_villages(cut: Cut, wholes: Mapping[Indicator, Balance], pooled: Mapping[str, Collection[str]]) -> Cut:
    cells, hidden = {}, {}
    for code in (each.code for each in wholes):
        together = frozenset(pooled.get(code, ()))
        split = frozenset(part.code for part in cut.parts if (part.villages or frozenset()) & together not in (frozenset(), together))
        cells[code] = {part: balance for part, balance in cut.cells[code].items() if part not in split}
        if split:
            hidden[code] = split
    return Cut(cut.kind, cut.parts, cells, hidden)
