"""Campaigns: an officer names one, sees how it goes down to the doors, and takes back whatever was said of it."""

import re

import pytest

from fieldapp.store import accounts, areas, campaigns, teams
from fieldapp.store.engine import reading, writing
from tests.conftest import HERE
from tests.web.test_reports import freeze

FORM = {"code": "", "name": "Ngày chuyển đổi số", "first": "2026-11-18", "last": "2026-11-25", "goal": "80", "village": "dong-cho"}
HELPED = {"service": "vneid_activate", "result": "done", "value": "level2", "person": "k3v9x2m7ap"}


@pytest.fixture
def named(minh):
    """Names a campaign as Minh does; its address comes back."""

    def named(browser=minh, **fields):
        new = re.search(r'name="new" value="([^"]+)"', browser.get("/campaigns/new").text)[1]
        answer = browser.post("/campaigns/keep", {**FORM, "new": new, **fields}, page="/campaigns/new")
        assert answer.status_code == 303, answer.text
        return answer.location

    return named


def changing(browser, campaign):
    """What the form that changes a campaign carries on."""
    page = browser.get(f"/campaigns/{campaign}/change").text
    return {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("code", "seen")}


@pytest.fixture
def houses(register, visit, huong):
    """Two houses of Đồng Chợ, one of them surveyed and helped today, the other the day before the campaign; one of Đồng Thanh."""
    first, second, other = register("dong-cho", "Trịnh Thị Hoa"), register("dong-cho", "Lê Thị Na"), register("dong-thanh", "Bùi Năm")
    now, huong.at = huong.at, "2026-11-17T02:00:00.000Z"
    visit(second, people={"phone": "none"})
    huong.at = now
    huong.wait(minutes=5)
    visit(first, people={"phone": "smartphone", "vneid": "none"}, help=[HELPED])
    return first, second, other


def test_a_campaign_shows_its_doors_and_each_number_opens_them(minh, named, houses):
    page = minh.get(named()).text
    assert "Ngày chuyển đổi số" in page and "Đang chạy" in page and "Thôn Đồng Chợ" in page and "Thôn Đồng Thanh" not in page
    numbers = re.findall(r'href="(/households\?campaign=[^"]+)">(\d+)</a>', page.replace("&amp;", "&"))
    assert [int(each) for _, each in numbers[:3]] == [1, 1, 1]  # surveyed, left, helped
    for (address, number), head in zip(numbers[:3], ("Trịnh Thị Hoa", "Lê Thị Na", "Trịnh Thị Hoa"), strict=True):
        found = minh.get(address).text
        assert f"{number} hộ</h2>" in found and head in found and "Bùi Năm" not in found


def test_the_list_of_a_campaign_keeps_it_when_it_is_narrowed_and_exported(minh, named, houses):
    campaign = named().rpartition("/")[2]
    page = minh.get(f"/households?campaign={campaign}&reached=missed").text.replace("&amp;", "&")
    narrowed = next(each for each in re.findall(r'href="(/households[^"]*)"', page) if "filter=left" in each)
    assert f'name="campaign" value="{campaign}"' in page and f"campaign={campaign}" in narrowed and "reached=missed" in narrowed
    told = minh.get(f"/households/export.csv?campaign={campaign}&reached=missed").data.decode("utf-8-sig")
    assert "Ngày chuyển đổi số · Chưa khảo sát trong đợt" in told and "Lê Thị Na" in told and "Trịnh Thị Hoa" not in told


def test_a_village_that_became_part_of_another_stays_in_the_form_of_its_campaign(minh, named, communes):
    campaign = named(village="dong-thanh").rpartition("/")[2]
    with writing(communes) as connection:
        areas.merge_village(connection, HERE, "dong-thanh", "dong-cho", "2026-11-10")
    form = minh.get(f"/campaigns/{campaign}/change").text
    ticked = re.findall(r'<input[^>]*name="village"[^>]*value="([^"]+)"[^>]*checked', form)
    assert ticked == ["dong-thanh"]
    minh.post("/campaigns/keep", {**FORM, **changing(minh, campaign), "name": "Tên khác", "village": ticked}, page=f"/campaigns/{campaign}/change")
    with reading(communes) as connection:
        assert campaigns.by_id(connection, HERE, campaign).villages == ("dong-thanh",), "and not the whole commune"


def test_a_leader_is_told_of_their_own_team_alone(tuan, minh, named, houses, communes):
    with writing(communes) as connection:
        accounts.add_team(connection, HERE, "to-khac", "Tổ khác")
        teams.give_villages(connection, HERE, "to-khac", ["dong-cho"], "2026-01-01")
    whole = named(village="")
    assert "Tổ khác" in minh.get(whole).text and "Tổ khác" not in tuan.get(whole).text


def test_a_withdrawn_campaign_leads_to_no_list(minh, named, houses):
    campaign = named()
    assert "/households?campaign=" in minh.get(campaign).text
    minh.post(f"{campaign}/withdraw", {"seen": "1"}, page=campaign)
    assert "/households?campaign=" not in minh.get(campaign).text


def test_a_form_that_is_gone_back_to_names_another_campaign_and_leaves_the_first(minh, communes):
    new = re.search(r'name="new" value="([^"]+)"', minh.get("/campaigns/new").text)[1]
    for name in ("Đợt một", "Đợt một", "Đợt hai"):
        minh.post("/campaigns/keep", {**FORM, "new": new, "name": name}, page="/campaigns/new")
    with reading(communes) as connection:
        assert sorted(each.campaign.name for each in campaigns.versions(connection, HERE)) == ["Đợt hai", "Đợt một"]
        assert len(campaigns.of_commune(connection, HERE)) == 2


def test_a_day_before_any_phones_clock_is_refused(minh):
    new = re.search(r'name="new" value="([^"]+)"', minh.get("/campaigns/new").text)[1]
    answer = minh.post("/campaigns/keep", {**FORM, "new": new, "first": "0001-01-01"}, page="/campaigns/new")
    assert answer.status_code == 422


def test_what_its_visits_found_and_left_is_of_them_alone(minh, named, houses):
    page = minh.get(f"{named()}/figures").text
    row = re.search(r"Tài khoản định danh điện tử mức 2 đã kích hoạt.*?</tr>", page, re.DOTALL)[0]
    assert "1 hộ khảo sát trong đợt" in page and re.findall(r"(\d)/(\d)</span>", row) == [("0", "1"), ("1", "1")]


def test_who_was_helped_before_the_campaign_is_none_of_its_effect(minh, named, houses, visit, huong, clock):
    huong.wait(days=2)
    clock.tick(days=2)
    visit(houses[0], people={"phone": "smartphone"})
    page = minh.get(f"{named(first='2026-11-21')}/figures").text
    row = re.search(r"Tài khoản định danh điện tử mức 2 đã kích hoạt.*?</tr>", page, re.DOTALL)[0]
    assert re.findall(r"(\d)/(\d)</span>", row) == [("1", "1"), ("1", "1")]


def test_ending_withdrawing_and_changing_are_taken_back(minh, named, communes):
    address = named()
    campaign = address.rpartition("/")[2]
    minh.post(f"{address}/end", {"seen": "1"}, page=address)
    assert standing(communes)[0].last == "2026-11-20"
    minh.post(f"{address}/withdraw", {"seen": "2"}, page=address)
    assert standing(communes) == [] and campaign not in minh.get("/campaigns").text
    minh.post(f"{address}/back", {"number": "1", "seen": "3"}, page=address)
    (again,) = standing(communes)
    assert (again.last, again.withdrawn) == ("2026-11-25", False)
    with reading(communes) as connection:
        assert [each.number for each in campaigns.versions(connection, HERE, campaign)] == [1, 2, 3, 4]
        assert list(campaigns.unlike_noted(connection, HERE)) == []


def standing(engine):
    with reading(engine) as connection:
        return campaigns.of_commune(connection, HERE)


def test_a_version_that_was_changed_by_hand_is_told_by_check(named, communes):
    campaign = named().rpartition("/")[2]
    with writing(communes) as connection:
        connection.exec_driver_sql("UPDATE campaign SET text = replace(text, 'Ngày', 'Đêm')")
    with reading(communes) as connection:
        assert list(campaigns.unlike_noted(connection, HERE)) == [f"campaign {campaign} 1: is not the one that was named"]


def test_a_form_that_is_sent_twice_names_one_campaign(minh, communes):
    page = "/campaigns/new"
    fields = {**FORM, "new": re.search(r'name="new" value="([^"]+)"', minh.get(page).text)[1]}
    assert minh.post("/campaigns/keep", fields, page=page).location == minh.post("/campaigns/keep", fields, page=page).location
    with reading(communes) as connection:
        assert len(campaigns.versions(connection, HERE)) == 1


@pytest.mark.parametrize(
    "fields, words",
    [
        ({"name": " "}, "Chưa ghi"), ({"last": "2026-11-01"}, "Ngày cuối trước ngày đầu"), ({"first": "hôm qua"}, "Không hiểu ngày"),
        ({"goal": "120"}, "Phần trăm không quá 100"), ({"goal": "nhiều"}, "Không hiểu số"), ({"village": "lang-xa"}, "Xã không có thôn này"),
    ],
)  # fmt: skip
def test_what_was_written_wrongly_is_said_at_its_field(minh, fields, words):
    new = re.search(r'name="new" value="([^"]+)"', minh.get("/campaigns/new").text)[1]
    answer = minh.post("/campaigns/keep", {**FORM, "new": new, **fields}, page="/campaigns/new")
    assert answer.status_code == 422 and words in answer.text


def test_a_leader_sees_their_villages_of_it_and_no_figures(tuan, minh, named, houses):
    whole = named(village="")
    page = tuan.get(whole).text
    assert "Thôn Đồng Chợ" in page and "Đồng Thanh" not in page and "Sửa đợt" not in page
    assert tuan.get(f"{whole}/figures").status_code == 404 and tuan.get(f"{whole}/change").status_code == 404
    assert tuan.get(named(village="phu-van")).status_code == 404 and "Đang chạy: Ngày chuyển đổi số" in tuan.get("/progress").text


def test_another_commune_has_none_of_it(lan, named):
    address = named()
    assert lan.get(address).status_code == 404 and lan.get(f"/households?campaign={address.rpartition('/')[2]}").status_code == 404


def test_the_overview_says_which_campaign_ended_without_a_report(minh, named):
    campaign = named(first="2026-11-09", last="2026-11-15").rpartition("/")[2]
    named(first="2026-08-01", last="2026-08-15", name="Đợt cũ")
    page = minh.get("/").text
    assert "Đợt “Ngày chuyển đổi số” (09/11/2026 – 15/11/2026) đã hết, chưa chốt báo cáo." in page and "Đợt cũ" not in page
    preview = f"/reports/preview?period=campaign:{campaign}"
    assert preview in page
    freeze(minh, preview)
    assert "Ngày chuyển đổi số" not in minh.get("/").text


def test_of_two_campaigns_of_the_same_days_each_has_a_report_of_its_own_to_come(minh, named):
    days = {"first": "2026-11-09", "last": "2026-11-15"}
    of_one = named(**days, name="Đợt một").rpartition("/")[2]
    of_two = named(**days, name="Đợt hai").rpartition("/")[2]
    freeze(minh, f"/reports/preview?period=campaign:{of_one}")
    page = minh.get("/").text
    assert "“Đợt hai” (09/11/2026" in page and "Đợt một" not in page
    freeze(minh, f"/reports/preview?period=campaign:{of_two}")
    assert "Đợt hai" not in minh.get("/").text
