"""The province's desk: what was told of its communes, and nothing of what that was made of."""

import pytest

from fieldapp.figures import months as telling
from fieldapp.store import accounts, ledger
from fieldapp.store.accounts import Account
from fieldapp.store.engine import writing
from fieldapp.survey.contribution import COVERAGE
from fieldapp.web.accounts.passwords import hashed
from tests.conftest import BESIDE, HERE, PASSWORD
from tests.web.conftest import ELSEWHERE, signed_in


@pytest.fixture
def told(communes):
    """Posts balances and tells the months until 20/11/2026: told({(commune, village, key): (yes, no)})."""

    def told(balances, day="2026-10-12", today="2026-11-20"):
        for (commune_id, village, key, *cut), (yes, no) in balances.items():
            with writing(communes) as connection:
                ledger.post(connection, commune_id, {(day, village, key, (*cut, ledger.ALL)[0]): [yes, no, 0]})
        for commune_id in {place[0] for place in balances}:
            with writing(communes) as connection:
                telling.keep_up(connection, commune_id, today)

    return told


SMARTPHONE = "smartphone:1"
TWO = {
    (HERE, "dong-cho", COVERAGE): (40, 10), (HERE, "dong-cho", SMARTPHONE): (90, 10),
    (BESIDE, "dong-cho", COVERAGE): (20, 30), (BESIDE, "dong-cho", SMARTPHONE): (30, 30),
}  # fmt: skip


def test_a_province_officer_begins_at_the_province(mai):
    assert mai.get("/").headers["Location"] == "/province"
    assert "Chưa có số liệu tháng nào" in mai.get("/province").text


def test_the_province_is_the_sum_of_its_communes(mai, told):
    told({**TWO, (ELSEWHERE, "v", COVERAGE): (70, 0), (ELSEWHERE, "v", SMARTPHONE): (70, 0)})
    page = mai.get("/province").text
    assert "60 trên 100 hộ đã khảo sát" in page and "120 trên 160 người đã trả lời" in page
    assert "Xã Thiệu Trung" in page and "Xã Thiệu Quang" in page and "Nghi Lộc" not in page


def test_the_league_has_the_highest_first_and_the_lowest_when_asked(mai, told):
    told(TWO)
    first, last = (mai.get(f"/province/indicators/smartphone?order={order}").text for order in ("value", "lowest"))
    assert first.index("90 trên 100") < first.index("30 trên 60") and last.index("30 trên 60") < last.index("90 trên 100")


def test_each_row_leads_to_its_commune_in_the_same_month(mai, told):
    told(TWO)
    for page in ("/province", "/province/indicators/smartphone"):
        assert f'href="/province/communes/{HERE}?month=2026-10"' in mai.get(page).text


def test_what_is_hidden_of_one_commune_is_in_no_sum(mai, told):
    told({**TWO, (BESIDE, "dong-cho", SMARTPHONE): (4, 5)})
    page = mai.get("/province/indicators/smartphone").text
    assert "ẩn</span>" in page and "90 trên 100 người đã trả lời" in page and "94 trên" not in page
    assert "1 trên 2 xã" in page


def test_a_commune_whose_month_has_not_come_is_not_said_to_be_hidden(mai, told):
    told(TWO)
    told({(HERE, "dong-cho", SMARTPHONE): (40, 0)}, day="2026-11-12", today="2026-12-20")
    for page in ("/province", "/province/indicators/smartphone", f"/province/communes/{BESIDE}"):
        of_it = mai.get(f"{page}?month=2026-11").text.rpartition("Xã Thiệu Quang")[2]
        assert "chưa có</span>" in of_it and "ẩn</span>" not in of_it


def test_a_league_of_one_part_of_a_cut(mai, told):
    told({**TWO, **{(HERE, "dong-cho", SMARTPHONE, f"sex:{sex}"): each for sex, each in (("female", (50, 4)), ("male", (40, 6)))}})
    page = mai.get("/province/indicators/smartphone?cut=sex:female").text
    assert "50 trên 54 người đã trả lời" in page and "ẩn</span>" in page


def test_one_commune_by_itself(mai, told):
    told(TWO)
    page = mai.get(f"/province/communes/{HERE}").text
    assert "90 trên 100 người đã trả lời" in page and "80%" in page
    assert mai.get(f"/province/communes/{ELSEWHERE}").status_code == 404


def test_the_month_that_is_not_over_is_not_there(mai, told):
    told(TWO)
    told({(HERE, "dong-cho", SMARTPHONE): (400, 0)}, day="2026-11-12")
    assert "90 trên 100" in mai.get(f"/province/communes/{HERE}").text


def test_who_has_not_synced_is_named(mai, told, huong, clock):
    told(TWO)
    clock.tick(days=9)
    assert "9 ngày trước" in mai.get("/province").text


def test_a_province_officer_of_a_commune_is_none(communes, desk_app):
    """The role alone opens nothing: the tenant has to be a province."""
    with writing(communes) as connection:
        password = hashed(PASSWORD, desk_app.extensions["fieldapp"].settings)
        accounts.add(connection, Account(HERE, "gia", "Giả", "province", username="gia", password_hash=password))
    assert signed_in(desk_app, "gia").get("/province").status_code == 404


def test_nobody_of_a_commune_sees_the_province(minh, tuan):
    assert [who.get("/province").status_code for who in (minh, tuan)] == [404, 404]
