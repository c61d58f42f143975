"""One indicator from all sides: now and day by day, as found and as left, by village through time, and by every cut."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fieldapp.figures.board import Line
from fieldapp.figures.cuts import Cut, laid_out
from fieldapp.figures.figure import Figure, share_of
from fieldapp.figures.overview import VillageRow, overview
from fieldapp.figures.trend import Share, points, shares
from fieldapp.store import areas, ledger, teams
from fieldapp.survey.balance import NOTHING, Balance, total
from fieldapp.survey.contribution import COVERAGE, EFFECT
from fieldapp.survey.cut import CUTS, OF_REPORTS
from fieldapp.survey.disclosure import less

ALL_CUTS = frozenset(f"{kind}:{part}" for kind, parts in CUTS.items() for part in parts)


@dataclass(frozen=True, slots=True)
class OneIndicator:
    """points: the commune's, as trend.py gives them; effects: village → what the team's help gained and lost; days: village → its share, day by
    day; cuts: those that the indicator can be told by."""

    line: Line
    points: list[tuple[str, Figure]]
    villages: tuple[VillageRow, ...]
    effects: Mapping[str, Balance]
    days: Mapping[str, list[Share]]
    cuts: tuple[Cut, ...]

    @property
    def effect(self) -> Balance:
        return total(self.effects.values())

    @property
    def found(self) -> float | None:
        """The value as it would be without the help, 0 to 1; None when nobody answered."""
        return share_of(less(self.line.figure.balance, self.effect))


def one_indicator(connection: Any, commune_id: str, code: str) -> OneIndicator | None:
    """The indicator of this code as it stands now; None when the commune has no such indicator."""
    board = overview(connection, commune_id)
    line = next((each for each in board.lines if each.indicator.code == code), None)
    if line is None:
        return None
    key, ids = line.indicator.key, [row.village.village_id for row in board.villages]
    moved = ledger.movements(connection, commune_id, [key, COVERAGE])
    return OneIndicator(
        line, points(moved, key), board.villages,
        {each: board.balances.get((each, f"{EFFECT}:{key}"), NOTHING) for each in ids},
        shares(moved, key), _cuts(connection, commune_id, line, {(each, key): board.balances.get((each, key), NOTHING) for each in ids}),
    )  # fmt: skip


def _cuts(connection: Any, commune_id: str, line: Line, now: dict[tuple[str, str], Balance]) -> tuple[Cut, ...]:
    every = areas.all_villages(connection, commune_id)
    standing = {each.village_id: each.urban for each in every if (each.village_id, line.indicator.key) in now}
    of_people = ledger.sums_of_cuts(connection, commune_id, ALL_CUTS, [each.village_id for each in every])
    grounds = teams.named_grounds(connection, commune_id, standing)
    return laid_out(OF_REPORTS, [line.indicator], now, of_people, standing, grounds)
