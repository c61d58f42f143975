"""A report as it may leave the commune: what is said of few people is told together with others', or not at all.

A village with fewer than ten who are meant by an indicator is not told of by itself: it stands in one row with others, and never alone, nor with too
few, or the commune's total less the other villages would be its own. So every sum still comes out. On the desk, and in the sealed text that proves
the report, each village stands by itself: those stay in the commune."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from fieldapp.figures.campaign_figures import Campaigned, CampaignLine
from fieldapp.figures.figure import Coverage, Figure
from fieldapp.figures.outside_cuts import outside_cuts
from fieldapp.figures.published import Pool, Published, Restated, Restatement, VillageRow
from fieldapp.survey.balance import total
from fieldapp.survey.disclosure import SMALL, apart

FEWEST_TOGETHER = 2


def outside(report: Published) -> Published:
    """The report for who is not of the commune. figures of a village: without those that stand in a pool, and of what is not told of the commune."""
    split = report.campaign.split if report.campaign else ()
    told = tuple(line for line in report.lines if not _is_small(line.figure) and line.indicator.code not in split)
    # What was hidden as the period began was hidden in the report of then.
    lines = tuple(replace(line, before=None) if line.before and _is_small(line.before) else line for line in told)
    pooled = {line.indicator.code: together(_eligible(line.indicator.code, report.villages)) for line in lines}
    untold = tuple(line for line in report.lines if line not in told)
    hidden = {line.indicator.code for line in untold}
    villages = tuple(_without(row, hidden | {code for code, ids in pooled.items() if row.village.village_id in ids}) for row in report.villages)
    pools = {code: _pool(code, [row for row in report.villages if row.village.village_id in ids]) for code, ids in pooled.items() if ids}
    restated = tuple(_restated(each) for each in report.restatements)
    cuts = outside_cuts(report.cuts, {line.indicator: line.figure.balance for line in lines}, pooled)
    return replace(report, lines=lines, villages=villages, pools=pools, untold=untold, restatements=restated, cuts=cuts, campaign=_campaign(report))


def _campaign(report: Published) -> Campaigned | None:
    """An indicator is told where ten are meant, and where ten or none of those who are in the report were not surveyed in the campaign."""
    if report.campaign is None:
        return None
    wholes, split = {line.indicator.code: line.figure.balance for line in report.lines}, report.campaign.split

    def may(line: CampaignLine) -> bool:
        few = 0 < line.left.eligible < SMALL or line.indicator.code in split
        return not few and apart(wholes[line.indicator.code], line.left)

    figures = report.campaign.figures
    told = tuple(line for line in figures.lines if may(line))
    return replace(report.campaign, figures=replace(figures, lines=told), untold=tuple(line for line in figures.lines if line not in told))


def together(eligible: Mapping[str, int]) -> set[str]:
    """Villages that are told of together: the small ones, and as many of the next smallest as it takes to hide them. eligible: how many are meant in
    each village."""
    told = sorted((number, village_id) for village_id, number in eligible.items() if number)
    few = [each for each in told if each[0] < SMALL]
    while few and len(few) < len(told) and (len(few) < FEWEST_TOGETHER or sum(eligible for eligible, _ in few) < SMALL):
        few.append(told[len(few)])
    return {village_id for _, village_id in few}


def _eligible(code: str, rows: Collection[VillageRow]) -> dict[str, int]:
    return {row.village.village_id: row.figures[code].balance.eligible for row in rows}


def _pool(code: str, rows: list[VillageRow]) -> Pool:
    figures = [row.figures[code] for row in rows]
    coverage = Coverage(sum(row.coverage.visited for row in rows), sum(row.coverage.unvisited for row in rows))
    figure = Figure(total(each.balance for each in figures), coverage, None)
    return Pool(len(rows), figure, total(row.effects[code] for row in rows))


def _without(row: VillageRow, codes: set[str]) -> VillageRow:
    return replace(row, figures={code: figure for code, figure in row.figures.items() if code not in codes})


def _is_small(figure: Figure) -> bool:
    return 0 < figure.balance.eligible < SMALL


def _restated(each: Restatement) -> Restatement:
    """Nothing of few people; and of a village only what changed by so many that none can be singled out."""
    return replace(each, lines=tuple(line for line in each.lines if line.is_coverage or _may_be_restated(line)))


def _may_be_restated(line: Restated) -> bool:
    few = any(0 < each.eligible < SMALL for each in (line.said, line.now))
    return not few and (line.village is None or apart(line.said, line.now))

