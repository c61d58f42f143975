"""The quiet list on an officer's first page, through that page."""

import html
import re

import pytest

from fieldapp.figures import months as telling
from fieldapp.store import backups, boards, ledger
from fieldapp.store.engine import writing
from fieldapp.survey.contribution import COVERAGE
from fieldapp.survey.criteria import BOARDS
from tests.conftest import HERE

SMARTPHONE = "smartphone:1"


@pytest.fixture
def said(minh):
    """What the list says, and what stands below as known."""

    def said():
        found = re.search(r'aria-labelledby="notices">(.*?)</section>', minh.get("/").text, re.DOTALL)
        text, _, known = (html.unescape(found[1]) if found else "").partition("<details>")
        return text, known

    return said


@pytest.fixture
def told(communes):
    """Tells months of Thiệu Trung: told({"2026-09": (yes, no)}), with every household visited."""

    def told(months, today="2026-11-20"):
        with writing(communes) as connection:
            ledger.post(connection, HERE, {(f"{min(months)}-10", "dong-cho", COVERAGE, "all"): [50, 0, 0]})
            for month, (yes, no) in months.items():
                ledger.post(connection, HERE, {(f"{month}-10", "dong-cho", SMARTPHONE, "all"): [yes, no, 0]})
            telling.keep_up(connection, HERE, today)

    return told


def put_aside(minh):
    page = minh.get("/").text
    notice, value = re.search(r'name="notice" value="([^"]+)"><input type="hidden" name="said" value="([^"]+)"', page).groups()
    return minh.post("/notices", {"notice": notice, "said": value}, page="/")


def test_there_is_no_list_when_there_is_nothing_to_say(said):
    assert said() == ("", "")


def test_a_backup_that_is_too_old(said, communes, clock):
    with writing(communes) as connection:
        backups.completed(connection, HERE, "one", clock.now, 1)
    clock.tick(days=2)
    assert said() == ("", "")
    clock.tick(days=2)
    assert "Đã 4 ngày chưa có bản sao lưu mới" in said()[0] and "/office/backups" in said()[0]


def test_a_phone_that_is_silent_for_a_week(said, huong, clock):
    clock.tick(days=6)
    assert said() == ("", "")
    clock.tick(days=1)
    assert "1 máy im lặng từ 7 ngày: Lê Thị Hường." in said()[0]


def test_a_month_and_a_quarter_that_are_over_and_were_not_frozen(said, told):
    told({"2026-09": (60, 40), "2026-10": (10, 0)})
    text, _ = said()
    assert "Tháng 10 năm 2026 đã hết" in text and "Quý III năm 2026 đã hết" in text and "Tháng 9" not in text


def test_what_was_frozen_is_not_due(said, told, minh):
    told({"2026-10": (60, 40)})
    page = minh.get("/reports/preview?period=month.2026-10-01.2026-10-31").text
    new = re.search(r'name="new" value="([^"]+)"', page)[1]
    form = {"new": new, "period": "month.2026-10-01.2026-10-31", "as_of": "2026-10-31"}
    assert minh.post("/reports", form, page="/reports").status_code == 303
    assert "Tháng 10" not in said()[0]


def test_a_target_that_is_reached_at_this_pace_is_no_notice(said, told):
    """Two points a month for four years."""
    told({"2026-09": (60, 40), "2026-10": (62, 38)})
    assert "theo đà này" not in said()[0]


def test_a_target_that_is_missed_is_told_with_where_it_is_headed_where_the_commune_follows_it(said, told, communes):
    told({"2026-09": (60, 40), "2026-10": (55, 45)})
    with writing(communes) as connection:
        boards.publish(connection, HERE, BOARDS["national-2030"], "2026-01-01", "minh", "2026-11-01T00:00:00.000Z")
    assert "cuối năm 2030" not in said()[0]
    with writing(communes) as connection:
        boards.follow(connection, HERE, ["national-2030"], "minh")
    assert "Điện thoại thông minh: theo đà này, cuối năm 2030 khoảng 0%, mục tiêu ≥ 95%" in said()[0]


def test_what_is_known_stays_away_until_it_says_something_else(said, communes, clock, minh):
    with writing(communes) as connection:
        backups.completed(connection, HERE, "one", clock.now, 1)
    clock.tick(days=4)
    assert put_aside(minh).status_code == 303
    text, known = said()
    assert "sao lưu mới" not in text and "Đã 4 ngày" in known
    clock.tick(days=1)
    assert "Đã 5 ngày" in said()[0]


def test_a_leader_and_another_officer_have_their_own(tuan, lan, communes, clock, minh):
    with writing(communes) as connection:
        backups.completed(connection, HERE, "one", clock.now, 1)
    clock.tick(days=4)
    assert 'aria-labelledby="notices"' not in lan.get("/").text
    assert tuan.post("/notices", {"notice": "no_backup", "said": "4"}, page="/progress").status_code == 404
