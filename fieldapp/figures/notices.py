"""What an officer should come to know without being called: a quiet list, each with what it says now, so that it can be put aside until it says more.

What can't wait is no notice but an alarm (web/office/alarms.py). Nothing here reads more than some dozens of rows: the list stands on
the first page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from fieldapp.figures.coverage import ago
from fieldapp.figures.figure import share_of
from fieldapp.figures.fleet import fleet
from fieldapp.store import accounts, backups, boards, campaigns, devices, indicators, months, reports
from fieldapp.survey.balance import Balance
from fieldapp.survey.criteria import SURVEY, Board
from fieldapp.survey.day import day_of, instant
from fieldapp.survey.event import sha256_of
from fieldapp.survey.indicator import Indicator, current
from fieldapp.survey.period import campaign as period_of
from fieldapp.survey.period import offered
from fieldapp.survey.target import Target

OLD_BACKUP_DAYS = 3
# A trend is drawn over so many months at the most.
TREND_MONTHS = 6
# Whoever wants no report of a campaign hears of it no longer.
CAMPAIGN_DAYS = 60


@dataclass(frozen=True, slots=True)
class Notice:
    """code: one of CODES; key: names it; said: what it says now, in short; values: what its words are made of."""

    code: str
    key: str
    said: str
    values: Mapping[str, Any] = field(default_factory=dict)


CODES = ("no_backup", "silent_phones", "report_due", "target_in_danger")


def notices(connection: Any, commune_id: str, now: str) -> list[Notice]:
    """What there is to say to the commune's officer, the gravest first."""
    today = day_of(now)
    told = months.by_month(connection, commune_id, commune_id)
    return [
        *_backup(connection, commune_id, now), *_phones(connection, commune_id, now), *_reports(connection, commune_id, today, set(told)),
        *_campaigns(connection, commune_id, today),
        *_targets(boards.followed(connection, commune_id, today), current(today, indicators.of_commune(connection, commune_id)), told, today),
    ]  # fmt: skip


def _backup(connection: Any, commune_id: str, now: str) -> list[Notice]:
    latest = backups.latest(connection, commune_id, now)
    days = (instant(now) - instant(latest)) // timedelta(days=1) if latest else 0
    return [Notice("no_backup", "no_backup", str(days), {"days": days})] if days >= OLD_BACKUP_DAYS else []


def _phones(connection: Any, commune_id: str, now: str) -> list[Notice]:
    people = {each.account_id: each for each in accounts.of_commune(connection, commune_id)}
    silent = [each for each in fleet(devices.of_commune(connection, commune_id), people, now, {}, "") if each.troubles[:1] == ["silent"]]
    said = sha256_of(" ".join(sorted(each.device.device_id for each in silent)))
    return [Notice("silent_phones", "silent_phones", said, {"phones": silent})] if silent else []


def _reports(connection: Any, commune_id: str, today: str, told: set[str]) -> list[Notice]:
    """The last month and the last quarter that are over, unless they were frozen; a month that ends its quarter is told with it. Of a time before
    there was anything nothing is due."""
    over = [each for each in offered(today) if each.kind in ("quarter", "month") and each.last < today and each.last[:7] in told]
    frozen = reports.periods(connection, commune_id) if over else set()
    ends = {each.last for each in over if each.kind == "quarter"}
    due = [each for each in over if each.code not in frozen and not (each.kind == "month" and each.last in ends)]
    return [Notice("report_due", f"report_due:{each.kind}", each.code, {"period": each}) for each in due]


def _campaigns(connection: Any, commune_id: str, today: str) -> list[Notice]:
    """Campaigns that ended of late, unless their report was frozen."""
    ended = [each for each in campaigns.of_commune(connection, commune_id) if ago(today, CAMPAIGN_DAYS) <= each.last < today]
    of = [(each, period_of(each.name, each.first, each.last)) for each in ended]
    return [
        Notice("report_due", f"report_due:{each.campaign_id}", period.code, {"period": period, "campaign": each})
        for each, period in of if not reports.is_frozen(connection, commune_id, period.code, each.campaign_id)
    ]  # fmt: skip


def _targets(
    followed: Iterable[Board], defined: Iterable[Indicator], told: Mapping[str, Mapping[str, Balance]], today: str
) -> list[Notice]:  # fmt: skip
    of_code = {each.code: each for each in defined}
    found = []
    for board in followed:
        if board.until is None or board.until < int(today[:4]) or board.is_example:
            continue
        for line in (each for each in board.lines if each.kind == SURVEY and each.indicator in of_code):
            indicator = of_code[line.indicator or ""]
            if (at := _headed(board.target(line), indicator.key, board.until, told)) is not None:
                values = {"board": board, "line": line, "indicator": indicator, "at": at}
                found.append(Notice("target_in_danger", f"target_in_danger:{board.code}:{line.code}", f"{max(told)} {at:.2f}", values))
    return found


def _headed(target: Target | None, key: str, until: int, told: Mapping[str, Mapping[str, Balance]]) -> float | None:
    """Where the value is headed at the end of the board's year, 0 to 1, when that misses the target; None when it does not, or can't be told."""
    shares = [(month, share) for month in sorted(told) if (balance := told[month].get(key)) and (share := share_of(balance)) is not None]
    if target is None or len(shares) < 2:
        return None
    (first, began), (last, now) = shares[-TREND_MONTHS:][0], shares[-1]
    at = now + (now - began) / _months(first, last) * _months(last, f"{until}-12")
    at = min(max(at, 0.0), 1.0)
    missed = (lambda share: 100 * share < target.percent) if target.direction == "up" else (lambda share: 100 * share > target.percent)
    return at if missed(now) and missed(at) else None


def _months(first: str, last: str) -> int:
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:])


def is_put_aside(notice: Notice, aside: Mapping[str, str]) -> bool:
    """Whether it was put aside and says nothing else since."""
    return aside.get(notice.key) == notice.said
