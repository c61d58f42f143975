"""The access log: searched by who, which household, when, which page and from where; it knows of people who are in no book, too."""

import re

import pytest

from fieldapp.store import accounts, sign_ups, teams
from fieldapp.store.engine import writing
from tests.conftest import HERE


def test_the_log_is_searched_by_household_person_and_day(minh, tuan, lan, register, clock):
    one, other = register("dong-cho", "Lê Thị Một"), register("dong-cho", "Lê Thị Hai")
    minh.get(f"/households/{one}")
    tuan.get(f"/households/{other}")

    def rows(**asked):
        return minh.get("/readings", query_string=asked).text.count('data-name="Trang"')

    assert rows() == 2 and rows(code=one) == 1 and rows(account="tuan") == 1 and rows(code=one, account="tuan") == 0
    assert rows(since="2026-11-20", until="2026-11-20") == 2 and rows(since="2026-11-21") == 0 and rows(code="nothing") == 0
    assert lan.get("/readings").text.count('data-name="Trang"') == 0
    link = re.search(r"/readings/[0-9a-f-]{36}", minh.get("/readings").text)[0]
    assert lan.get(link).status_code == 404


def test_the_log_is_searched_by_page_and_by_address(minh, register):
    code = register("dong-cho", "Lê Thị Một")
    minh.get(f"/households/{code}")
    minh.get("/households", environ_overrides={"REMOTE_ADDR": "203.0.113.7"})

    def rows(**asked):
        return minh.get("/readings", query_string=asked).text.count('data-name="Trang"')

    assert rows(page="household") == 1 and rows(page="list") == 1 and rows(page="export") == 0
    assert rows(address="203.0.113.7") == 1 and rows(address="127.0.0.1") == 1 and rows(address="203.0.113.8") == 0
    assert f'href="/readings?code={code}"' in minh.get(f"/households/{code}").text


@pytest.mark.parametrize("asked", [{"since": "0001-01-01"}, {"until": "9999-12-31"}, {"since": "hôm qua"}, {"until": "9" * 5000}])
def test_a_day_that_is_none_is_refused_with_words_and_never_left_out(minh, asked):
    answer = minh.get("/readings", query_string=asked)
    assert answer.status_code == 400 and "Không đọc được yêu cầu" in answer.text


def test_who_signed_up_is_counted_in_the_log_without_a_code(minh, communes):
    wish = sign_ups.SignUp("sign-up", "2026-11-20T03:00:00.000Z", "dong-cho", "Trịnh Thị Hoa", "+84912345678", ("vneid_install",), {})
    with writing(communes) as connection:
        sign_ups.add(connection, HERE, wish, wish.at)
    minh.get("/sign-ups")
    log = minh.get("/readings").text
    assert "Người dân đăng ký" in log and log.count('data-name="Trang"') == 1
    assert "1 người chưa có trong sổ hộ" in minh.get(re.search(r"/readings/[0-9a-f-]{36}", log)[0]).text


def test_a_leader_of_former_days_can_still_be_asked_for(minh, tuan, register, communes):
    tuan.get(f"/households/{register('dong-cho', 'Lê Thị Một')}")
    with writing(communes) as connection:
        teams.lead(connection, HERE, accounts.by_id(connection, HERE, "tuan").team_id, "huong")
    assert '<option value="tuan">' in minh.get("/readings").text
