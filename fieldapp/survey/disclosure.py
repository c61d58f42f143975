"""What may be told of a commune to the world outside it, and when: the one place that decides it.

A *count* is an indicator (or the coverage) of one commune in one month, told as a whole (`all`) and by one-way cuts. Whoever holds
everything that was ever told subtracts: parts from the whole, this month from another, a narrower indicator from a wider one. So

- a cut with a part of fewer than SMALL eligible is hidden with all its parts. Who is in none of them (REST) is told by subtraction, and so is a
  part too, but for those who said nothing at all;
- a month is told once, when it is over. Where it differs from anything told before by fewer than SMALL people, what was told last stands, and
  the month that it is of is said: nobody learns who the two new ones are. Where the whole stands, its cuts stand too;
- an indicator that asks the same of fewer people is told only where it leaves out nobody, or SMALL of them;
- what is summed over communes is summed over what is told, never over what is hidden (figures/province.py).

Nothing else may be printed of it: each line of this is held by an attacker in tests/survey/test_disclosure.py (docs/province.md)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from fieldapp.survey.balance import NOTHING, Balance, total
from fieldapp.survey.cut import AGE_BANDS, CUTS, band_name
from fieldapp.survey.indicator import Indicator

SMALL = 10
WHOLE = "all"
# By the villages' own kind: not a cut of people, and so none of CUTS.
PLACE = "place"
KINDS = (WHOLE, *CUTS, PLACE)
# Those of the whole who are in none of a cut's parts: of unknown sex, age or poverty.
REST = "rest"

# Part → how many; in what is told of a cut the rest as well.
Cells = Mapping[str, Balance]


class Told(NamedTuple):
    """What was told last of a count in one way. since: the month that the cells are of; hidden: nothing is told of it now, the cells are only
    remembered."""

    since: str
    cells: Cells
    hidden: bool = False


# Kind → what is told of it. A kind that was never told is not in it.
Count = Mapping[str, Told]


def told(month: str, truth: Mapping[str, Cells], before: Sequence[Count] = (), wider: Iterable[Count] = ()) -> dict[str, Told]:
    """What is told of a count in this month. truth: kind → its parts, as they stand at the month's end; before: what was told in each month
    before, the last one last; wider: counts of this month that ask the same of more people."""
    whole, wider = truth[WHOLE][WHOLE], list(wider)
    last = before[-1] if before else {}
    found = {WHOLE: _told(month, WHOLE, truth[WHOLE], before, wider)}
    for kind in (each for each in KINDS if each in truth and each != WHOLE):
        if is_told(found[WHOLE], month):
            cells = {**truth[kind], REST: less(whole, total(truth[kind].values()))}
            found[kind] = _told(month, kind, cells, before, wider)
        elif kind in last:
            found[kind] = last[kind]._replace(hidden=last[kind].hidden or _is_hidden(found[WHOLE]))
    return {kind: each for kind, each in found.items() if each is not None}


def shown(each: Told | None) -> Told | None:
    """What may be shown of it: None where nothing may."""
    return None if each is None or each.hidden else each


def is_told(each: Told | None, month: str) -> bool:
    """Whether it is told anew in this month."""
    return each is not None and not each.hidden and each.since == month


def _is_hidden(each: Told | None) -> bool:
    return each is None or each.hidden


def _told(month: str, kind: str, cells: Cells, before: Sequence[Count], wider: Iterable[Count]) -> Told | None:
    last = before[-1].get(kind) if before else None
    beside = [each.cells for count in wider if (each := shown(count.get(kind))) is not None]
    if _is_small(cells) or not all(_apart(cells, each) for each in beside):
        return last and last._replace(hidden=True)
    # Not the last alone: twelve who came and ten of them who left are two by now.
    if all(_apart(cells, count[kind].cells) for count in before if kind in count):
        return Told(month, dict(cells))
    return last and last._replace(hidden=False)


def _is_small(cells: Cells) -> bool:
    """Whether some part has too few people."""
    return len(cells) == (REST in cells) or any(each.eligible < SMALL for part, each in cells.items() if part != REST or _answered(each))


def _apart(cells: Cells, others: Cells) -> bool:
    """Whether two tellings differ in each part by nobody, or by so many that none can be singled out."""
    pairs = ((part, cells.get(part, NOTHING), others.get(part, NOTHING)) for part in cells.keys() | others.keys())
    return all(apart(one, other) for part, one, other in pairs if part != REST or _answered(one) or _answered(other))


def _answered(rest: Balance) -> bool:
    return bool(rest.yes or rest.no)


def apart(one: Balance, other: Balance) -> bool:
    """Whether the difference is nobody, or SMALL people at the least: those who came, those who left, and how many more there are now."""
    change = less(one, other)
    moved = max(sum(each for each in change if each > 0), -sum(each for each in change if each < 0))
    more = abs(sum(change))
    return moved == 0 or (moved >= SMALL and (more == 0 or more >= SMALL))


def less(one: Balance, other: Balance) -> Balance:
    return Balance(one.yes - other.yes, one.no - other.no, one.unknown - other.unknown)


def parts_of(indicator: Indicator, kind: str) -> tuple[str, ...]:
    """The parts of a cut that somebody can be in: nobody of six is asked about a payment account."""
    if kind == "age":
        first, last = indicator.age_from or 0, indicator.age_to if isinstance(indicator.age_to, int) else None
        return tuple(band_name(*band) for band in AGE_BANDS if (band[1] is None or band[1] >= first) and (last is None or band[0] <= last))
    if kind == "poverty":
        # Of the poor alone, no cell stands for those who are not.
        possible = tuple(each for each in CUTS[kind] if indicator.answer({kind: each}) is not None)
        return possible or CUTS[kind]
    return CUTS[kind]


def kinds_of(indicator: Indicator) -> tuple[str, ...]:
    """The cuts of people that an indicator has: a house has no sex."""
    return tuple(CUTS) if indicator.unit == "person" else ("poverty",)


def asks_the_same(one: Indicator, other: Indicator) -> bool:
    """Whether two indicators ask the same, of whomever."""
    return (one.unit, one.yes, one.no) == (other.unit, other.yes, other.no)


def is_fit(count: Count) -> bool:
    """Whether nothing in it is small: what somebody else's server says was told, we hold to our own bound."""
    return all(not _is_small(each.cells) for each in count.values())
