"""Phú Văn became part of Đồng Thanh, and Đồng Thanh of Đồng Chợ: whoever names one of them means the doors of all that came into it, everywhere."""

import re

import pytest

from fieldapp.demo import answers
from fieldapp.figures.published import published
from fieldapp.figures.reporting import drawn_up
from fieldapp.store import accounts, areas, campaigns, teams
from fieldapp.store.engine import reading, writing
from fieldapp.survey.period import campaign as period_of
from fieldapp.web.printing.made_cards import _chosen
from tests.conftest import HERE
from tests.intake.test_hostile import outcome_of
from tests.web.test_campaigns import FORM, changing, named  # noqa: F401 (fixture)


@pytest.fixture
def merged(communes, register):
    """A house in each; then the merges."""
    heads = {"dong-cho": "Trịnh Thị Hoa", "dong-thanh": "Bùi Năm", "phu-van": "Lê Thị Na"}
    for village, head in heads.items():
        register(village, head)
    with writing(communes) as connection:
        areas.merge_village(connection, HERE, "phu-van", "dong-thanh", "2026-11-02")
        areas.merge_village(connection, HERE, "dong-thanh", "dong-cho", "2026-11-10")
    return heads


@pytest.mark.parametrize("village, meant", [("phu-van", 1), ("dong-thanh", 2), ("dong-cho", 3)])
def test_a_campaign_of_it_has_all_its_doors(village, meant, minh, named, merged, stored, communes):  # noqa: F811
    address = named(village=village)
    page = minh.get(address).text
    assert f"<dt>hộ đang ở</dt><dd>{meant}</dd>" in page
    campaign = address.rpartition("/")[2]
    assert f">{meant} hộ</h2>" in minh.get(f"/households?campaign={campaign}").text
    (of_village,) = re.findall(r'href="(/households[^"]*village=[^"]*missed|/households[^"]*missed[^"]*village=[^"]*)"', page)
    assert f">{meant} hộ</h2>" in minh.get(of_village.replace("&amp;", "&")).text
    found = stored(campaigns.by_id, campaign)
    with reading(communes) as connection:
        of = period_of(found.name, found.first, found.last)
        report = published(drawn_up(connection, HERE, of, "2026-11-20", campaign=found))
    assert [each.village.village_id for each in report.villages] == [village] and len(report.names) == meant


def test_it_is_named_by_its_own_name_with_what_it_became_part_of(minh, named, merged):  # noqa: F811
    address = named(village="dong-thanh")
    words = "Thôn Đồng Thanh (đã nhập vào Thôn Đồng Chợ từ 10/11/2026)"
    assert words in minh.get(address).text and words in minh.get(f"{address}/change").text
    assert '<th scope="row">Thôn Đồng Thanh</th>' in minh.get(address).text


def test_all_the_villages_that_stand_are_the_whole_commune(minh, named, merged, stored):  # noqa: F811
    campaign = named(village="dong-cho").rpartition("/")[2]
    minh.post("/campaigns/keep", {**FORM, **changing(minh, campaign), "village": ["dong-cho"]}, page=f"/campaigns/{campaign}/change")
    assert stored(campaigns.by_id, campaign).villages == ("dong-cho",)


def test_a_team_of_it_has_all_its_doors_and_goes_to_them(merged, cast, communes):
    with writing(communes) as connection:
        accounts.add_team(connection, HERE, "to-dong-thanh", "Tổ Đồng Thanh")
        teams.give_villages(connection, HERE, "to-dong-thanh", ["dong-thanh"], "2026-01-01")
        accounts.withdraw(connection, HERE, "binh", "dong-cho", "2026-01-02")
        ground = teams.grounds(connection, HERE, teams.of_commune(connection, HERE))["to-dong-thanh"]
    assert ground == {"dong-thanh", "phu-van"}
    binh = cast.phone("binh")
    theirs = {state["village"]: household for household, state in binh.households.items()}
    assert theirs.keys() == ground
    assert outcome_of(binh, binh.seal("visit", theirs["phu-van"], answers.visit(outcome="absent"))) == ("stored", None)


def test_its_door_cards_are_printed_once(merged, stored):
    every, meant = stored(areas.all_villages), stored(areas.meant)
    files = {None: ["dong-cho"], ("dong-thanh", "phu-van"): ["dong-thanh"], ("phu-van",): ["phu-van"], ("dong-cho", "phu-van"): ["dong-cho"]}
    assert {chosen: [each.village_id for each in _chosen(every, meant, chosen)] for chosen in files} == files
