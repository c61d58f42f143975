"""The cuts that a report carries, as tables: for each cut its parts, and of each indicator how many of each part.

By team and by urban or rural a part is a sum of villages; by sex, age and poverty it stands in the report itself, of the whole commune, and who is in
none of the parts stands beside them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from fieldapp.survey.balance import NOTHING, Balance, total
from fieldapp.survey.cut import CUTS, OF_VILLAGES, PLACES, RURAL, TEAM, URBAN
from fieldapp.survey.disclosure import REST, kinds_of, less, parts_of
from fieldapp.survey.indicator import Indicator
from fieldapp.survey.report import Document, Parts, cuts_of
from fieldapp.survey.report import parts_of as balances_of

Grounds = Iterable[tuple[str, str, Collection[str]]]


@dataclass(frozen=True, slots=True)
class Part:
    """code: of a team its id; name: only a team has one of its own; villages: of which it is the sum, None where it is cut by people."""

    code: str
    name: str = ""
    villages: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """kind: one of OF_REPORTS; cells: indicator's code → part's code → how many. What nobody can be in has no cell, and what must not be told has
    none either: hidden, indicator's code → such parts."""

    kind: str
    parts: tuple[Part, ...]
    cells: Mapping[str, Mapping[str, Balance]]
    hidden: Mapping[str, frozenset[str]]


def cuts(document: Document, indicators: Iterable[Indicator], now: Parts, villages: Mapping[str, bool]) -> tuple[Cut, ...]:
    """The cuts of a document. now: balances of the villages that stand; villages: those, and whether each is urban."""
    sealed = cuts_of(document)
    return laid_out(sealed["kinds"], indicators, now, balances_of(sealed["now"]), villages, sealed["teams"])


def laid_out(
    kinds: Iterable[str], indicators: Iterable[Indicator], now: Parts, of_people: Parts, villages: Mapping[str, bool], grounds: Grounds
) -> tuple[Cut, ...]:  # fmt: skip
    """The cuts of these kinds. of_people: (indicator's key, cut) → balance of all villages together; grounds: of each team (id, name, its
    villages). A cut with one part is none."""
    indicators, found = list(indicators), []
    for kind in kinds:
        if kind in OF_VILLAGES:
            parts = _teams(grounds, villages) if kind == TEAM else _places(villages)
            cells = {each.code: {part.code: _sum(now, each.key, part.villages or ()) for part in parts} for each in indicators}
        else:
            cells = {each.code: _of_people(kind, each, of_people, _sum(now, each.key, villages)) for each in indicators if kind in kinds_of(each)}
            # Of whom neither the part nor an answer is known there is nothing to say.
            answered = [row for row in cells.values() if any(row.get(REST, NOTHING)[:2])]
            parts = tuple(Part(code) for code in (*CUTS[kind], REST) if any(code in row for row in (answered if code == REST else cells.values())))
        if len(parts) > 1:
            found.append(Cut(kind, parts, cells, {}))
    return tuple(found)


def _of_people(kind: str, indicator: Indicator, of_people: Parts, whole: Balance) -> dict[str, Balance]:
    cells = {part: of_people.get((indicator.key, f"{kind}:{part}"), NOTHING) for part in parts_of(indicator, kind)}
    rest = less(whole, total(cells.values()))
    return {**cells, REST: rest} if any(rest) else cells


def _teams(rows: Grounds, villages: Mapping[str, bool]) -> tuple[Part, ...]:
    found = (Part(team_id, name, frozenset(ground) & villages.keys()) for team_id, name, ground in rows)
    return tuple(each for each in found if each.villages)


def _places(villages: Mapping[str, bool]) -> tuple[Part, ...]:
    grounds = {place: frozenset(each for each, urban in villages.items() if urban == (place == URBAN)) for place in (URBAN, RURAL)}
    return tuple(Part(place, "", grounds[place]) for place in PLACES if grounds[place])


def _sum(now: Parts, key: str, villages: Iterable[str]) -> Balance:
    return total(now.get((each, key), NOTHING) for each in villages)
