"""What stands in the addresses of the demo's pages: a household that was visited, its village, a phone, a roster file half way in, a report."""

import os
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fieldapp.config import Settings
from fieldapp.demo.commune import HERE
from fieldapp.figures.reporting import drawn_up, freeze, new_id
from fieldapp.gallery import above, beside
from fieldapp.gallery.reported import a_board
from fieldapp.paper import official_links
from fieldapp.store import (
    access,
    accounts,
    areas,
    back_checks,
    campaigns,
    devices,
    findings,
    held,
    household_lines,
    households,
    lost_phones,
    made_files,
    reports,
    review_queue,
    teams,
    uploads,
)
from fieldapp.store.engine import Connection, open_engine, writing
from fieldapp.store.findings import Finding
from fieldapp.survey.day import day_of, instant
from fieldapp.survey.ids import RANDOM_BYTES, uuid7
from fieldapp.survey.period import offered
from fieldapp.web.jobs import Jobs
from fieldapp.web.server import utc_now

# The last two lines can't be taken: a village that is not the commune's, a year of birth still to come.
ROSTER = """Họ tên;Năm sinh;Giới tính;Thôn;Địa chỉ
Nguyễn Văn Sơn;1964;Nam;Trà Đông;Ngõ 2
Lê Thị Hiền;1978;Nữ;Đồng Chợ;Ngõ 5
Trần Văn Quý;1951;Nam;Đồng Cho;Ngõ 1
Phạm Thị Mai;2190;Nữ;Phủ Lý;Ngõ 3
"""


@dataclass(frozen=True, slots=True)
class _Visited:
    code: str
    event_id: str
    person_id: str
    household_id: str


def named(settings: Settings, jobs: Jobs) -> dict[str, str]:
    """Argument → value, for the paths of the gallery. Leaves a roster file, a line of the access log and a lost phone in the demo, and two files of
    door cards, one of which could not be made."""
    engine, commune_id, now = open_engine(settings.database_address), HERE.commune_id, utc_now()
    files = {"made": beside.cards(engine, jobs), "unmade": beside.cards(engine, jobs, made_files.FAILED)}
    with beside.at_rest(jobs), writing(engine) as connection:
        village = areas.villages(connection, commune_id)[0]
        visited, phone = _visited(connection, village.village_id), devices.of_commune(connection, commune_id)[0]
        access.record(connection, commune_id, HERE.officer[0], "household", [visited.household_id], None, now)
        lost = devices.of_commune(connection, commune_id)[-1]
        lost_phones.add(connection, commune_id, _loss(lost.device_id, lost.account_id, village.village_id, now))
        given, imported = _uploads(now)
        for each in (given, imported):
            uploads.add(connection, commune_id, each)
        report = _frozen(connection, commune_id, now)
        board, point = a_board(connection, commune_id, village.village_id, now)
        found = {
            "commune": above.send(connection, now, day_of(now)), "report": report.report_id, "period": report.period,
            "board": board, "point": point, "campaign": campaigns.of_commune(connection, commune_id)[0].campaign_id,
            "commune_code": areas.commune(connection, commune_id).code, "village": village.village_id, "code": visited.code,
            "event": visited.event_id, "person": visited.person_id, "device": phone.device_id, "lost": lost.device_id, "member": phone.account_id,
            "held": held.waiting(connection, commune_id, limit=1)[0].sha256, "waiting": _waiting(connection, commune_id),
            "check": _check(connection, commune_id), "month": _a_month(connection, commune_id, day_of(now)),
            "team": teams.of_commune(connection, commune_id)[0].team_id,
            "reading": access.readings(connection, commune_id)[0][0].reading_id, "upload": given.upload_id, "imported": imported.upload_id,
            "link": official_links.of_commune(connection, commune_id)[1].link_id,
        }  # fmt: skip
    engine.dispose()
    return found | files


def _check(connection: Connection, commune_id: str) -> str:
    """A back-check that the demo asked for."""
    months = back_checks.months(connection, commune_id)
    return next(check.review_id for month in months for check in back_checks.of_month(connection, commune_id, month))


def _a_month(connection: Connection, commune_id: str, today: str) -> str:
    """A member's month with far more answers left open than others leave."""
    month_before = (date.fromisoformat(today).replace(day=1) - timedelta(days=1)).isoformat()
    seen = [
        Finding("many_unsaid", _id(utc_now()), None, None, member.account_id, day, {"part": 0, "of": 0, "usual": 0.04, "month": day[:7]})
        for member in accounts.of_commune(connection, commune_id) if member.role in ("member", "leader") for day in (today, month_before)
    ]  # fmt: skip
    visits = {each.event_id: len(findings.visits_of(connection, commune_id, each, 50)) for each in seen}
    most = max(seen, key=lambda each: visits[each.event_id])
    shown = most._replace(seen={**most.seen, "part": 3 * visits[most.event_id], "of": 14 * visits[most.event_id]})
    findings.add(connection, commune_id, [shown])
    return shown.event_id


def _waiting(connection: Connection, commune_id: str) -> str:
    """A household at which something waits for an officer."""
    items, _following = review_queue.page(connection, commune_id, review_queue.Asked(review_queue.CONTESTED), limit=1)
    return household_lines.lines(connection, commune_id, [items[0].household_id or ""])[items[0].household_id or ""].code or ""


def _frozen(connection: Any, commune_id: str, now: str) -> reports.Report:
    """This month's report up to today."""
    officer = next(each for each in accounts.of_commune(connection, commune_id) if each.account_id == HERE.officer[0])
    document = drawn_up(connection, commune_id, offered(day_of(now))[0], day_of(now))
    return freeze(connection, officer, document, new_id(now), now)


def _loss(device_id: str, account_id: str, village_id: str, now: str) -> lost_phones.Record:
    """Reported by an officer just now; its authority is still to be told."""
    held = lost_phones.Held(account_id, [village_id], 96, 371, 118, now, 118, [], 3, now, now, now)
    step = lost_phones.Step("done", now, HERE.officer[0], "Đã gọi nhà mạng khóa SIM")
    words = "Rơi trên đường từ chợ về, đã quay lại tìm không thấy", "Danh sách được mã hóa, chỉ mở được bằng mã PIN của người giữ máy"
    return lost_phones.Record(_id(now), device_id, now, HERE.officer[0], now, *words, lost_phones.OPEN, held, (step,))


def _id(now: str) -> str:
    return uuid7(int(instant(now).timestamp() * 1000), os.urandom(RANDOM_BYTES))


def _uploads(now: str) -> tuple[uploads.Upload, uploads.Upload]:
    """A file whose columns are still to be looked at, and one whose households are in the book."""
    given, imported = (_id(now) for _each in range(2))
    return (
        uploads.Upload(given, HERE.officer[0], now, "danh-sach-ho.csv", ROSTER.encode(), {}, "new", {}),
        uploads.Upload(imported, HERE.officer[0], now, "danh-sach-cu.csv", None, {}, "done", {"new": 118, "changed": 0, "same": 3}),
    )


def _visited(connection: Any, village_id: str) -> _Visited:
    """A household of the village with a whole visit, and somebody whom the visit spoke of."""
    rows, _ = households.page_of_village(connection, HERE.commune_id, village_id)
    row = next(row for row in rows if row.outcome == "done" and row.code)
    household = households.by_code(connection, HERE.commune_id, row.code or "")
    said = households.said_of(connection, HERE.commune_id, household.household_id) if household else []
    visit = next(each.event for each in said if each.event.kind == "visit" and each.event.body.get("people"))
    return _Visited(row.code or "", visit.id, next(iter(visit.body["people"])), visit.household)
