"""What a person may not see does not exist for them: 404, whatever the page."""

import pytest

from fieldapp.store import access, households
from fieldapp.store.engine import reading


def test_an_officer_sees_a_household_of_the_commune(minh, register):
    assert "Trịnh Thị Hoa" in minh.get(f"/households/{register('dong-cho', 'Trịnh Thị Hoa')}").text


def test_a_code_is_found_however_it_was_typed(minh, register):
    code = register("dong-cho", "Trịnh Thị Hoa")
    assert minh.get(f"/households/{code.replace('-', ' ')}").status_code == 200


def test_an_officer_sees_nothing_of_another_commune(lan, register):
    assert lan.get(f"/households/{register('dong-cho', 'Trịnh Thị Hoa')}").status_code == 404


def test_a_village_that_bears_the_same_id_elsewhere_is_another_village(lan, register):
    register("dong-cho", "Trịnh Thị Hoa")
    page = lan.get("/villages/dong-cho", query_string={"q": "hoa"}).text
    assert "Trịnh Thị Hoa" not in page and "Không tìm thấy hộ nào" in page


def test_an_overview_counts_nobody_of_another_commune(lan, register):
    register("dong-cho", "Trịnh Thị Hoa")
    register("dong-cho", "Lê Thị Na", officer=("thieu-quang", "lan"))
    page = lan.get("/").text
    assert "Thiệu Quang" in page and "0 trên 1 hộ đã khảo sát" in page


def test_a_leader_sees_their_own_village_only(tuan, register):
    own, other = register("dong-cho", "Trịnh Thị Hoa"), register("dong-thanh", "Lê Văn Bốn")
    paths = (f"/households/{own}", "/villages/dong-cho", f"/households/{other}", "/villages/dong-thanh")
    assert [tuan.get(path).status_code for path in paths] == [200, 200, 404, 404]


def test_a_leader_of_one_village_begins_there(tuan):
    assert tuan.get("/").headers["Location"] == "/villages/dong-cho"


@pytest.mark.parametrize("path", ["/office", "/indicators/smartphone"])
def test_a_page_of_officers_does_not_exist_for_a_leader(tuan, path):
    assert tuan.get(path).status_code == 404


def test_a_leader_makes_codes_for_their_own_team_only(tuan):
    assert tuan.post("/enrolment", {"account": "huong"}, page="/enrolment").status_code == 200
    assert tuan.post("/enrolment", {"account": "binh"}, page="/enrolment").status_code == 404


def test_an_officer_makes_no_code_for_a_member_of_another_commune(lan):
    assert lan.post("/enrolment", {"account": "huong"}, page="/enrolment").status_code == 404


def test_every_reading_of_a_household_is_written_down(minh, tuan, register, communes):
    code = register("dong-cho", "Trịnh Thị Hoa")
    minh.get(f"/households/{code}")
    tuan.get(f"/households/{code}")
    with reading(communes) as connection:
        household = households.by_code(connection, "thieu-trung", code)
        log, _ = access.readings(connection, "thieu-trung", household_id=household.household_id)
    assert {each.account_id for each in log} == {"minh", "tuan"} and {each.address for each in log} == {"127.0.0.1"}


def test_a_refused_reading_is_not_written_down_as_one(lan, register, communes):
    code = register("dong-cho", "Trịnh Thị Hoa")
    lan.get(f"/households/{code}")
    with reading(communes) as connection:
        household = households.by_code(connection, "thieu-trung", code)
        assert access.readings(connection, "thieu-trung", household_id=household.household_id) == ([], None)
