"""The words of periods, and what a report's address asks for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flask import abort, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from fieldapp.survey.campaign import Campaign
from fieldapp.survey.cut import OF_REPORTS, USUAL
from fieldapp.survey.period import Period, free, offered, read
from fieldapp.survey.period import campaign as period_of_campaign
from fieldapp.web.formats import day

QUARTERS = ("I", "II", "III", "IV")
FREE = "free"
CAMPAIGN = "campaign:"  # and its id


@dataclass(frozen=True, slots=True)
class Asked:
    """A period, the last day that is counted, by what it is cut, the campaign that it is of, and what is wrong with what was asked: field → words."""

    period: Period | None
    as_of: str
    problems: dict[str, str]
    cuts: tuple[str, ...] = USUAL
    campaign: Campaign | None = None


def period_words(period: Period) -> str:
    """The period as a heading has it: Quý IV năm 2026."""
    if period.kind == "month":
        return _("Tháng %(number)s năm %(year)s", number=period.number, year=period.year)
    if period.kind == "quarter":
        return _("Quý %(number)s năm %(year)s", number=QUARTERS[period.number - 1], year=period.year)
    if period.kind == "half":
        words = later("6 tháng đầu năm %(year)s") if period.number == 1 else later("6 tháng cuối năm %(year)s")
        return str(words) % {"year": period.year}
    if period.kind == "nine":
        return _("9 tháng đầu năm %(year)s", year=period.year)
    if period.kind == "year":
        return _("Năm %(year)s", year=period.year)
    if period.kind == "campaign":
        return _("Đợt “%(name)s” (%(first)s – %(last)s)", name=period.name, first=day(period.first), last=day(period.last))
    return _("Từ %(first)s đến %(last)s", first=day(period.first), last=day(period.last))


def choices(today: str, campaigns: Iterable[Campaign] = ()) -> list[tuple[str, str]]:
    """(code, words) of the periods to choose from, then of the campaigns that have begun; last, days of one's own."""
    begun = [(f"{CAMPAIGN}{each.campaign_id}", period_words(of_campaign(each))) for each in campaigns if each.first <= today]
    return [*((each.code, period_words(each)) for each in offered(today)), *begun, (FREE, _("Từ ngày đến ngày (ghi ở dưới)"))]


def of_campaign(campaign: Campaign) -> Period:
    """The period that a campaign is."""
    return period_of_campaign(campaign.name, campaign.first, campaign.last)


def asked(values: dict[str, str], today: str, campaigns: Iterable[Campaign] = ()) -> Asked:
    """What a form asks for. values: period, first, last, as_of; campaigns: those of the commune; an empty as_of is the period's last
    day, or today where that is to come."""
    problems: dict[str, str] = {}
    campaign = next((each for each in campaigns if f"{CAMPAIGN}{each.campaign_id}" == values.get("period")), None)
    period = of_campaign(campaign) if campaign else _period(values, problems)
    if period is not None and period.kind == "campaign" and campaign is None:
        period, problems = None, {"period": _("Vui lòng chọn kỳ báo cáo.")}  # it is asked for by its id
    if period is None:
        return Asked(None, "", problems)
    if period.first > today:
        problems["period"] = _("Kỳ này chưa bắt đầu.")
    as_of = values.get("as_of") or min(period.last, today)
    if not _is_day(as_of) or not period.first <= as_of <= min(period.last, today):
        problems["as_of"] = _("Ngày chốt số liệu phải nằm trong kỳ và không sau hôm nay.")
    return Asked(period, as_of, problems, campaign=campaign)


def of_address(today: str, campaigns: Iterable[Campaign]) -> Asked:
    """What the address or form of the present request asks for."""
    found = replace(asked({name: value.strip() for name, value in request.values.items()}, today, campaigns), cuts=cuts_of_address())
    if found.period is None and "period" not in request.values:
        abort(404)
    return found


def cuts_of_address() -> tuple[str, ...]:
    """By what the report of the present request is cut (`cuts`: one word, or one a tick); an address that says nothing of it means the usual."""
    told = {each for word in request.values.getlist("cuts") for each in word.split(",")}
    return tuple(each for each in OF_REPORTS if each in told) if told else USUAL


def _period(values: dict[str, str], problems: dict[str, str]) -> Period | None:
    code = values.get("period", "")
    try:
        return free(values.get("first", ""), values.get("last", "")) if code == FREE else read(code)
    except ValueError:
        if code == FREE:
            problems["first"] = _("Vui lòng ghi đủ ngày đầu và ngày cuối, ngày đầu trước ngày cuối.")
        else:
            problems["period"] = _("Vui lòng chọn kỳ báo cáo.")
        return None


def _is_day(text: str) -> bool:
    try:
        return free(text, text).first == text
    except ValueError:
        return False
