"""The placeholders of the province's own form: what each is called, and what it stands for in a report.

Their names never change, and one that a report can have is there whatever its numbers are: a form of the province is typed once and filled in by
every commune, month by month. What must not leave the commune is "ẩn" under its name; what no report of this kind tells of has none, and
is refused."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from fieldapp.figures.campaign_figures import CampaignLine
from fieldapp.figures.cuts import Cut, Part
from fieldapp.figures.figure import share_of
from fieldapp.figures.published import Line, Published, VillageRow
from fieldapp.paper.numbers import share
from fieldapp.paper.official_report import Words, before_of
from fieldapp.paper.report_campaign import against, part_reached
from fieldapp.survey.balance import NOTHING, Balance
from fieldapp.survey.cut import OF_VILLAGES, PLACE, PLACES, RURAL, TEAM, URBAN
from fieldapp.survey.disclosure import REST, kinds_of, parts_of
from fieldapp.survey.indicator import Indicator

HIDDEN = "ẩn"
# How the parts that are of a campaign's own visits begin.
CAMPAIGN = "campaign_"
VILLAGES, TEAMS = LISTS = ("thon", "to")
# A cut's part → how a name ends.
ENDINGS = {
    "sex": {"male": "nam", "female": "nu", REST: "khong_ro_gioi"},
    "age": {"0-5": "tuoi_0_5", "6-14": "tuoi_6_14", "15-17": "tuoi_15_17", "18-34": "tuoi_18_34", "35-59": "tuoi_35_59", "60+": "tuoi_60",
            REST: "khong_ro_tuoi"},
    "poverty": {"poor": "ho_ngheo", "near_poor": "can_ngheo", "none": "khong_ngheo", REST: "ngoai_danh_sach"},
    PLACE: {URBAN: "do_thi", RURAL: "nong_thon"},
}  # fmt: skip
COUNTS = {"co": "yes", "khong": "no", "chua_ro": "unknown"}


@dataclass(frozen=True, slots=True)
class Placeholder:
    """value: as it is filled in; part: what of the report it is, a code; indicator: whose part, None of the whole report's; cut: (kind, part's code)
    where it is of one group alone."""

    name: str
    value: str | int
    part: str
    indicator: Indicator | None = None
    cut: tuple[str, str] | None = None


def placeholders(report: Published, words: Words) -> list[Placeholder]:
    """Every placeholder that stands for one value, with its value in this report."""
    return [*_of_report(report, words), *_of_campaign(report), *_of_indicators(report, words), *_of_cuts(report)]


def rows(report: Published, words: Words) -> dict[str, list[dict[str, Any]]]:
    """The lists that a Word table goes through: its villages, and the teams where the report is cut by them."""
    teams = next((each for each in report.cuts if each.kind == TEAM), None)
    of_teams = {TEAMS: [_of_team(report, teams, part, words) for part in teams.parts]} if teams else {}
    return {VILLAGES: [_of_village(report, row, words) for row in report.villages], **of_teams}


def _of_report(report: Published, words: Words) -> Iterator[Placeholder]:
    for each in (
        ("xa", report.commune["name"], "commune"), ("tinh", report.commune["province"], "province"), ("ky", words.period(report.period), "period"),
        ("tu_ngay", _day(report.period.first), "first"), ("den_ngay", _day(report.period.last), "last"),
        ("so_lieu_den", _day(report.as_of), "as_of"), ("ho_dang_o", report.coverage.registered, "registered"),
        ("ho_da_khao_sat", report.coverage.visited, "visited"), ("do_phu", share(report.coverage.share), "coverage"),
        ("so_nguoi", report.counts.people, "people"), ("nguoi_chot", (report.frozen or {})["name"], "frozen_by"),
        ("ma_kiem_tra", report.sha256 or "", "sha256"),
    ):  # fmt: skip
        yield Placeholder(*each)


def _of_campaign(report: Published) -> Iterator[Placeholder]:
    """Of the campaign itself, and of each indicator what its own visits found and left; nothing in a report of another period."""
    if report.campaign is None:
        return
    campaign, figures, part = report.campaign.campaign, report.campaign.figures, part_reached(report)
    goal = None if campaign.goal is None else campaign.goal / 100
    for each in (
        ("dot_ten", campaign.name, "campaign_name"), ("dot_ho_khao_sat", figures.households, "campaign_households"),
        ("dot_so_nguoi", figures.people, "campaign_people"), ("dot_dat", share(part), "campaign_share"),
        ("dot_muc_tieu", share(goal), "campaign_goal"),
        ("dot_danh_gia", "" if campaign.goal is None else against(part, campaign.goal), "campaign_state"),
    ):  # fmt: skip
        yield Placeholder(*each)
    yield from (each for line in figures.lines for each in _of_visits(line))
    yield from (replace(each, value=HIDDEN) for line in report.campaign.untold for each in _of_visits(line))


def _of_visits(line: CampaignLine) -> Iterator[Placeholder]:
    (found, left), code = line.shares, line.indicator.code
    for ending, value, part in (
        ("luc_den", share(found), "campaign_found"), ("luc_den_co", line.found.yes, "campaign_found_yes"),
        ("luc_ve", share(left), "campaign_left"), ("luc_ve_co", line.left.yes, "campaign_left_yes"),
        ("trong_dot", line.left.yes + line.left.no, "campaign_answered"), ("to_lam_them", line.effect.yes, "campaign_effect"),
    ):  # fmt: skip
        yield Placeholder(f"{code}_{ending}", value, part, line.indicator)


def _of_indicators(report: Published, words: Words) -> Iterator[Placeholder]:
    yield from (each for line in report.lines for each in _of_line(line, words))
    yield from (replace(each, value=HIDDEN) for line in report.untold for each in _of_line(line, words))


def _of_line(line: Line, words: Words) -> Iterator[Placeholder]:
    indicator, balance = line.indicator, line.figure.balance
    yield Placeholder(indicator.code, share(line.figure.value), "value", indicator)
    for ending, value, part in (
        ("co", balance.yes, "yes"), ("khong", balance.no, "no"), ("chua_ro", balance.unknown, "unknown"),
        ("dau_ky", before_of(line), "before"), ("tang_them", line.effect.yes, "effect"),
        ("danh_gia", "; ".join(dict.fromkeys(words.state(each.state) for each in line.standings)), "state"),
    ):  # fmt: skip
        yield Placeholder(f"{indicator.code}_{ending}", value, part, indicator)


def _of_cuts(report: Published) -> Iterator[Placeholder]:
    """A group of an indicator that the report is cut by, with nought in it too; by team there is a list."""
    untold = {line.indicator.code for line in report.untold}
    for cut in (_place(report), *report.cuts):
        if cut is None or cut.kind == TEAM:
            continue
        for line in (*report.lines, *report.untold):
            indicator = line.indicator
            for part in _parts(cut, indicator):
                hidden = indicator.code in untold or part in cut.hidden.get(indicator.code, ())
                balance = cut.cells.get(indicator.code, {}).get(part, NOTHING)
                yield from _of_group(indicator, cut.kind, part, None if hidden else balance)


def _place(report: Published) -> Cut | None:
    """By urban or rural where all its villages are one of them: the report says no more of it, and a form may ask."""
    kinds = {URBAN if row.village.urban else RURAL for row in report.villages}
    if any(each.kind == PLACE for each in report.cuts) or len(kinds) != 1:
        return None
    (kind,) = kinds
    return Cut(PLACE, tuple(map(Part, PLACES)), {line.indicator.code: {kind: line.figure.balance} for line in report.lines}, {})


def _parts(cut: Cut, indicator: Indicator) -> tuple[str, ...]:
    if cut.kind in OF_VILLAGES:
        return PLACES
    return (*parts_of(indicator, cut.kind), REST) if cut.kind in kinds_of(indicator) else ()


def _of_group(indicator: Indicator, kind: str, part: str, balance: Balance | None) -> Iterator[Placeholder]:
    """balance: None where it must not be told."""
    name, cut = f"{indicator.code}_{ENDINGS[kind][part]}", (kind, part)
    yield Placeholder(name, HIDDEN if balance is None else share(share_of(balance)), "value", indicator, cut)
    for ending, field in COUNTS.items():
        yield Placeholder(f"{name}_{ending}", HIDDEN if balance is None else getattr(balance, field), field, indicator, cut)


def _of_village(report: Published, row: VillageRow, words: Words) -> dict[str, Any]:
    of_place = {"ten": words.village(row.village.village_id), "ho_dang_o": row.coverage.registered, "ho_da_khao_sat": row.coverage.visited}
    values = {code: share(row.figures[code].value) if code in row.figures else HIDDEN for code in row.effects}
    of_place |= {"do_phu": share(row.coverage.share)} | values
    if report.campaign is None:
        return of_place
    reached = report.campaign.figures.reached.get(row.village.village_id, 0)
    return of_place | {"dot_ho_khao_sat": reached, "dot_dat": share(reached / row.coverage.registered if row.coverage.registered else None)}


def _of_team(report: Published, cut: Cut, part: Part, words: Words) -> dict[str, Any]:
    values: dict[str, Any] = {"ten": words.part(TEAM, part)} | {line.indicator.code: HIDDEN for line in report.untold}
    for line in report.lines:
        code = line.indicator.code
        values[code] = HIDDEN if part.code in cut.hidden.get(code, ()) else share(share_of(cut.cells.get(code, {}).get(part.code, NOTHING)))
    return values


def _day(day: str) -> str:
    return "{0[2]}/{0[1]}/{0[0]}".format(day.split("-"))
