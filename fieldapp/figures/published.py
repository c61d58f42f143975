"""A report as it is read: its whole numbers made into figures, lines, villages and counts, by the definitions that it carries itself.

Nothing is read from the database: a file that an officer was handed shows the same as the page it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fieldapp.figures.board import Counts, Standing, counts_of, coverage_of, help_since, standings_of
from fieldapp.figures.campaign_figures import Campaigned, campaigned
from fieldapp.figures.cuts import Cut, cuts
from fieldapp.figures.figure import Coverage, Figure, commune_figure, mean_eligible, share_of, village_figure
from fieldapp.figures.restating import WHOLE
from fieldapp.store.areas import Village
from fieldapp.survey.balance import NOTHING, Balance, total
from fieldapp.survey.contribution import COVERAGE, EFFECT
from fieldapp.survey.indicator import Indicator
from fieldapp.survey.period import Period, read
from fieldapp.survey.report import Document, Parts, asked_in, gathered, indicators_of, into_of, parts_of, period_of, targets_in, younger_of


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of the commune. before: as the period began, None where that must not leave the commune; effect: what the team's help gained and
    lost, as left less as found; asked: the questions that its rules read."""

    indicator: Indicator
    figure: Figure
    before: Figure | None
    effect: Balance
    standings: tuple[Standing, ...]
    asked: Mapping[str, Any] = field(default_factory=dict)

    @property
    def found(self) -> float | None:
        """The value as it would be without the help, 0 to 1; None when nobody answered."""
        yes, no = (self.figure.balance[place] - self.effect[place] for place in (0, 1))
        return yes / (yes + no) if yes + no else None

    @property
    def change(self) -> float | None:
        """By how much the value moved within the period; None where there is no value on both days."""
        now, before = self.figure.value, self.before.value if self.before else None
        return None if now is None or before is None else now - before


@dataclass(frozen=True, slots=True)
class VillageRow:
    """figures: by the indicator's code; effects: the same, what the team's help gained and lost."""

    village: Village
    coverage: Coverage
    figures: Mapping[str, Figure]
    effects: Mapping[str, Balance]


@dataclass(frozen=True, slots=True)
class Pool:
    """Villages that are told of together outside the commune (outside.py). villages: how many."""

    villages: int
    figure: Figure
    effect: Balance


@dataclass(frozen=True, slots=True)
class Restated:
    """One figure that reads otherwise now. village: None for the commune; key: of what; indicator: the definition of today that bears its
    code, None for the coverage, and for an indicator that is no more."""

    village: str | None
    key: str
    indicator: Indicator | None
    said: Balance
    now: Balance

    @property
    def is_coverage(self) -> bool:
        return self.key == COVERAGE

    @property
    def shares(self) -> tuple[float | None, float | None]:
        """As it was said, and as it is now: 0 to 1, None when nobody answered."""
        return share_of(self.said), share_of(self.now)


@dataclass(frozen=True, slots=True)
class Restatement:
    """What an earlier report said and what its day reads like now. events: kind → how many came later; merged: (village, into, day)."""

    period: Period
    as_of: str
    frozen_at: str
    events: Mapping[str, int]
    merged: tuple[tuple[str, str, str], ...]
    lines: tuple[Restated, ...]

    @property
    def parts(self) -> set[str]:
        """Villages whose figures stand within another's now."""
        return {part for part, _, _ in self.merged}

    @property
    def of_commune(self) -> list[Restated]:
        return [each for each in self.lines if each.village is None]


@dataclass(frozen=True, slots=True)
class Published:
    """helped: service → result → times within the period; frozen: {at, by, name}, None before; head: {sequence, chain}; form: the
    questionnaire whose rules said which question applied."""

    report_id: str
    commune: Mapping[str, str]
    period: Period
    as_of: str
    frozen: Mapping[str, str] | None
    head: Mapping[str, Any]
    form: str
    coverage: Coverage
    coverage_before: Coverage
    lines: tuple[Line, ...]
    villages: tuple[VillageRow, ...]
    counts: Counts
    helped: Mapping[str, Mapping[str, int]]
    restatements: tuple[Restatement, ...]
    names: Mapping[str, Village]  # every village that it speaks of
    sha256: str | None
    # Outside the commune: villages that are told of together, by the indicator's code; and the lines of too few people to be told of.
    pools: Mapping[str, Pool] = field(default_factory=dict)
    untold: tuple[Line, ...] = ()
    cuts: tuple[Cut, ...] = ()
    campaign: Campaigned | None = None

    @property
    def of_part(self) -> bool:
        """Whether it is of some villages of the commune only."""
        return self.campaign is not None and self.campaign.campaign.villages is not None


def published(document: Document) -> Published:
    """The report of a document, sealed or not yet."""
    into, indicators = into_of(document), indicators_of(document)
    villages = [Village(**each) for each in document["villages"]]
    standing = [each for each in villages if each.village_id not in into]
    ids = [each.village_id for each in standing]
    now, before = (gathered(parts_of(document[name]), into) for name in ("now", "before"))
    campaign = campaigned(document, indicators, into)
    return Published(
        document["id"], document["commune"], period_of(document), document["as_of"], document["frozen"], document["head"], document["form"],
        _coverage(now, ids), _coverage(before, ids),
        tuple(_line(document, each, now, before, ids) for each in indicators),
        tuple(_row(each, indicators, now, ids) for each in standing),
        counts_of(now, ids), campaign.figures.help if campaign else help_since(counts_of(before, ids).help, counts_of(now, ids).help),
        tuple(_restatement(each, {one.key: one for one in indicators}, list(into) + ids) for each in document["restatements"]),
        {each.village_id: each for each in (*villages, *(Village(**row) for row in younger_of(document)))}, document.get("sha256"),
        cuts=cuts(document, indicators, now, {each.village_id: each.urban for each in standing}),
        campaign=campaign,
    )  # fmt: skip


def _coverage(balances: Parts, ids: list[str]) -> Coverage:
    parts = [coverage_of(balances, each) for each in ids]
    return Coverage(sum(each.visited for each in parts), sum(each.unvisited for each in parts))


def _figure(balances: Parts, key: str, ids: list[str]) -> Figure:
    return commune_figure((balances.get((each, key), NOTHING), coverage_of(balances, each)) for each in ids)


def _line(document: Document, indicator: Indicator, now: Parts, before: Parts, ids: list[str]) -> Line:
    figure = _figure(now, indicator.key, ids)
    standings = standings_of(figure, targets_in(document, indicator.code))
    effect = total(now.get((each, f"{EFFECT}:{indicator.key}"), NOTHING) for each in ids)
    return Line(indicator, figure, _figure(before, indicator.key, ids), effect, standings, asked_in(document, indicator))


def _row(village: Village, indicators: tuple[Indicator, ...], now: Parts, ids: list[str]) -> VillageRow:
    coverage, whole = coverage_of(now, village.village_id), _coverage(now, ids)
    figures, effects = {}, {}
    for each in indicators:
        mean = mean_eligible(total(now.get((one, each.key), NOTHING) for one in ids), whole)
        figures[each.code] = village_figure(now.get((village.village_id, each.key), NOTHING), coverage, mean)
        effects[each.code] = now.get((village.village_id, f"{EFFECT}:{each.key}"), NOTHING)
    return VillageRow(village, coverage, figures, effects)


def _restatement(row: Mapping[str, Any], indicators: Mapping[str, Indicator], villages: list[str]) -> Restatement:
    """Lines in the order of the report: the commune, then the villages; the coverage, then the indicators."""
    places, keys = [WHOLE, *villages], [COVERAGE, *indicators]

    def place(line: Any) -> tuple[int, int]:
        village, key, *_ = line
        return places.index(village) if village in places else len(places), keys.index(key) if key in keys else len(keys)

    # A former version's figure bears the name that its code has today.
    of_code = {each.code: each for each in indicators.values()}
    lines = (
        Restated(None if village == WHOLE else village, key, of_code.get(key.partition(":")[0]), Balance(*said), Balance(*now))
        for village, key, said, now in sorted(row["lines"], key=place)
    )
    period, merged = read(row["period"], row.get("name", "")), tuple(tuple(each) for each in row["merged"])
    return Restatement(period, row["as_of"], row["frozen_at"], row["events"], merged, tuple(lines))
