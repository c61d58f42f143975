"""What a campaign's own visits found and left: of the people and houses that were surveyed within its days, and of nobody else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fieldapp.figures.board import counts_of
from fieldapp.figures.campaigns import ground
from fieldapp.figures.figure import share_of
from fieldapp.store import campaign_visits, indicators, questionnaires
from fieldapp.survey.balance import NOTHING, Balance, total
from fieldapp.survey.campaign import Campaign, read
from fieldapp.survey.contribution import COVERAGE, EFFECT, PEOPLE
from fieldapp.survey.disclosure import less
from fieldapp.survey.indicator import Indicator, current
from fieldapp.survey.questionnaire import NAMES, load
from fieldapp.survey.reckonings import Reckons, of_report
from fieldapp.survey.report import Document, Parts, campaign_of, gathered, parts_of


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """One indicator. left: as its visits left it; effect: what the help that they gave gained and lost."""

    indicator: Indicator
    left: Balance
    effect: Balance

    @property
    def found(self) -> Balance:
        return less(self.left, self.effect)

    @property
    def shares(self) -> tuple[float | None, float | None]:
        """As found and as left, 0 to 1; None where nobody answered."""
        return share_of(self.found), share_of(self.left)


@dataclass(frozen=True, slots=True)
class CampaignFigures:
    """households, people: surveyed within it; reached: village → households; lines: those of the indicators that it is about first; help: service →
    result → times, given in its visits."""

    households: int
    people: int
    reached: Mapping[str, int]
    lines: tuple[CampaignLine, ...]
    help: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Campaigned:
    """A campaign as a report carries it, and what its own visits came to; untold: lines of too few people to leave the commune; split: codes
    of indicators that must not, for of the commune's villages that are told of together the campaign has some and not all."""

    campaign: Campaign
    figures: CampaignFigures
    untold: tuple[CampaignLine, ...] = ()
    split: tuple[str, ...] = ()


def campaigned(document: Document, told: Iterable[Indicator], into: Mapping[str, str]) -> Campaigned | None:
    """The campaign of a report; None of any other period. into: villages that are part of another then → that one."""
    about = campaign_of(document)
    if about is None:
        return None
    campaign = read({name: about[name] for name in Campaign.__dataclass_fields__})
    return Campaigned(campaign, figures_of(gathered(parts_of(about["figures"]), into), told, campaign.indicators), (), tuple(about["split"]))


def lines_now(connection: Any, commune_id: str, campaign: Campaign, today: str) -> CampaignFigures:
    """Up to today, or to its last day."""
    told = current(today, indicators.of_commune(connection, commune_id))
    until = min(campaign.last, today)
    reckons = reckons_of(connection, commune_id, told, NAMES[-1])
    parts = campaign_visits.live(connection, commune_id, campaign.first, until, ground(connection, commune_id, campaign), reckons)
    return figures_of(parts, told, campaign.indicators)


def reckons_of(connection: Any, commune_id: str, told: tuple[Indicator, ...], form: str) -> Reckons:
    """What a state adds by these definitions. form: of those that name none."""
    return of_report(told, load(form), questionnaires.forms(connection, commune_id, {each.form for each in told}).of)


def figures_of(parts: Parts, told: Iterable[Indicator], about: Iterable[str]) -> CampaignFigures:
    """The figures that the balances of a campaign's visits say. about: codes that it is about."""
    keys: dict[str, list[Balance]] = {}
    for (_village, key), balance in parts.items():
        keys.setdefault(key, []).append(balance)
    sums = {key: total(balances) for key, balances in keys.items()}
    about = tuple(about)
    ordered = sorted(told, key=lambda each: (about.index(each.code) if each.code in about else len(about)))
    lines = tuple(CampaignLine(each, sums.get(each.key, NOTHING), sums.get(f"{EFFECT}:{each.key}", NOTHING)) for each in ordered)
    reached = {village: balance.yes for (village, key), balance in parts.items() if key == COVERAGE}
    help = counts_of(parts, {village for village, _key in parts}).help
    return CampaignFigures(sums.get(COVERAGE, NOTHING).yes, sums.get(PEOPLE, NOTHING).yes, reached, lines, help)
