"""Coverage by village, team, member and day: the same numbers on the page, in its files and in the list of households; a leader's only."""

import csv
import io
import re

import pytest
from python_calamine import CalamineWorkbook

from fieldapp.store import accounts, areas, teams
from fieldapp.store.engine import writing
from tests.conftest import HERE

TODAY = "2026-11-20"


@pytest.fixture
def houses(register, visit):
    """Đồng Chợ: one surveyed, one absent twice, one not visited; Phú Văn: one; Đồng Thanh, which nobody's team has: one."""
    codes = [register("dong-cho", f"Lê Thị {name}") for name in ("Một", "Hai", "Ba")]
    codes += [register("phu-van", "Đỗ Bốn"), register("dong-thanh", "Bùi Năm")]
    visit(codes[0], people={"phone": "smartphone"})
    for _ in range(2):
        visit(codes[1], outcome="absent")
    return codes


@pytest.fixture
def two_teams(communes):
    with writing(communes) as connection:
        accounts.add_team(connection, HERE, "to-phu-van", "Tổ Phú Văn")
        teams.give_villages(connection, HERE, "to-dong-cho", ["dong-cho"], TODAY)
        teams.give_villages(connection, HERE, "to-phu-van", ["phu-van", "dong-cho"], TODAY)


def table(browser, by):
    """First cell → the numbers after it, as the CSV file has them; the page must say the same."""
    text = browser.get(f"/progress/{by}.csv").data.decode("utf-8-sig")
    lines = {row[0]: list(map(int, row[1:])) for row in list(csv.reader(io.StringIO(text), delimiter=";"))[3:]}
    page = browser.get(f"/progress/{by}").text.partition("<tbody>")[2]
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    assert [[int(number) for number in re.findall(r'data-name="[^"]*">(\d+)<', row)] for row in rows] == list(lines.values())
    return lines


def test_every_outcome_is_counted_by_village_with_those_absent_time_after_time(minh, houses):
    assert table(minh, "village") == {
        "Thôn Đồng Chợ": [3, 1, 1, 0, 1, 0, 0, 0, 1, 1, 0], "Thôn Đồng Thanh": [1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0],
        "Thôn Phú Văn": [1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0], "Cộng": [5, 1, 1, 0, 1, 0, 0, 0, 3, 1, 0],
    }  # fmt: skip


def test_what_is_due_is_counted_by_village_and_team_and_leads_to_its_list(minh, houses, two_teams, visit, clock, huong):
    clock.tick(minutes=5)
    huong.at = clock.now
    visit(houses[2], outcome="absent", return_on=TODAY)
    assert table(minh, "village")["Thôn Đồng Chợ"][-1] == table(minh, "team")["Tổ Đồng Chợ"][-1] == 1
    assert '<a href="/households?village=dong-cho&amp;filter=to_return">1</a>' in minh.get("/progress").text
    assert ">1 hộ</h2>" in minh.get("/households?village=dong-cho&filter=to_return").text


def test_vacant_houses_and_a_revisit_that_found_nobody_change_no_coverage(minh, houses, visit, huong, clock):
    """Registered is who lives there; visited: with a survey that stands, whatever came after."""
    for house, outcome in ((0, "absent"), (1, "vacant"), (1, "absent"), (2, "moved")):
        clock.tick(minutes=5)
        huong.at = clock.now
        visit(houses[house], outcome=outcome)
    assert table(minh, "village")["Thôn Đồng Chợ"] == [1, 1, 0, 0, 2, 0, 0, 1, 0, 1, 0]
    page = minh.get("/progress").text
    assert "1 / 1" in page and '<a href="/households?filter=left">3</a>' in page and "33,3%" in page
    assert ">3 hộ</h2>" in minh.get("/households?filter=left").text and "1 trên 3 hộ đã khảo sát" in minh.get("/").text
    listed = minh.get("/households").text
    assert ">5 hộ</h2>" in listed and "2 nhà trống hoặc đã chuyển đi, không tính vào độ phủ" in listed
    for file in ("/households/print", "/households/export.csv"):
        assert "2 nhà trống hoặc đã chuyển đi, không tính vào độ phủ" in minh.get(file).data.decode("utf-8-sig")


def test_teams_are_counted_from_their_villages_and_what_is_of_none_stands_last(minh, houses, two_teams):
    found = table(minh, "team")
    assert list(found) == ["Tổ Phú Văn", "Tổ Đồng Chợ", "Chưa giao tổ nào"]
    assert [each[0] for each in found.values()] == [4, 3, 1] and "Cộng" not in found
    rows = minh.get("/progress").text.split('id="teams"')[1].split("</section>")[0]
    assert "1 / 4" in rows and "1 / 3" in rows and "team=to-phu-van" in rows and "Chưa giao tổ nào" in rows


def test_a_member_who_changes_teams_moves_no_door(minh, houses, two_teams, communes):
    before = table(minh, "team")
    with writing(communes) as connection:
        teams.join(connection, HERE, "huong", "to-phu-van", TODAY)
    assert table(minh, "team") == before
    with writing(communes) as connection:
        teams.join(connection, HERE, "huong", None, TODAY)
    assert table(minh, "team") == before and table(minh, "member")["Lê Thị Hường"][0] == 3


def test_visits_are_counted_by_member_and_by_day(minh, houses):
    assert table(minh, "member")["Lê Thị Hường"] == [3, 1, 0, 2, 0, 0, 0] and table(minh, "member")["Trần Bình"] == [0] * 7
    assert table(minh, "day") == {"20/11/2026": [3, 1, 0, 2, 0, 0, 0], "Cộng": [3, 1, 0, 2, 0, 0, 0]}


def test_days_are_days_in_excel(minh, houses):
    rows = CalamineWorkbook.from_filelike(io.BytesIO(minh.get("/progress/day.xlsx").data)).get_sheet_by_index(0).to_python()
    assert rows[3][0].isoformat()[:10] == TODAY and rows[3][1] == 3


@pytest.mark.parametrize("team", ["to-dong-cho", "to-phu-van", "none"])
def test_the_list_of_a_team_holds_as_many_as_its_coverage_says(minh, houses, two_teams, team):
    line = {"to-dong-cho": "Tổ Đồng Chợ", "to-phu-van": "Tổ Phú Văn", "none": "Chưa giao tổ nào"}[team]
    counted = table(minh, "team")[line]
    assert f">{counted[0]} hộ</h2>" in minh.get(f"/households?team={team}").text
    assert f"{counted[8]} hộ, tính đến" in minh.get(f"/households/export.csv?team={team}&filter=unvisited").text


def test_what_is_left_leads_to_as_many_households(minh, houses, two_teams):
    rows = minh.get("/progress").text.split('id="villages"')[1]
    link, number = re.search(r'href="(/households\?[^"]*filter=left)">(\d+)<', rows).groups()
    assert f">{number} hộ</h2>" in minh.get(link.replace("&amp;", "&")).text and number == "2"


def test_a_leader_is_told_of_their_own_team_and_villages_only(tuan, houses, two_teams):
    assert table(tuan, "team") == {"Tổ Đồng Chợ": [3, 1, 1, 0, 1, 0, 0, 0, 1, 1, 0]}
    assert list(table(tuan, "village")) == ["Thôn Đồng Chợ", "Cộng"]
    pages = "".join(tuan.get(path).text for path in ("/progress", "/progress/member", "/progress/day", "/households"))
    assert "Phú Văn" not in pages
    assert tuan.get("/households?team=to-phu-van").status_code == tuan.get("/households?team=none").status_code == 404


def test_a_leader_whose_village_became_part_of_another_keeps_its_doors(minh, tuan, houses, two_teams, communes):
    with writing(communes) as connection:
        areas.merge_village(connection, HERE, "dong-cho", "phu-van", TODAY)
    assert table(minh, "village")["Thôn Phú Văn"][0] == 4
    assert table(tuan, "village")["Thôn Phú Văn"][0] == 3 and table(tuan, "team")["Tổ Đồng Chợ"][0] == 3
    assert ">3 hộ</h2>" in tuan.get("/households?village=phu-van").text
    assert houses[3] not in tuan.get("/households?village=phu-van").text
    assert tuan.get("/").headers["Location"] == "/progress" and tuan.get("/villages/phu-van").status_code == 404
    assert tuan.get("/villages/dong-cho").headers["Location"] == "/households?village=phu-van"
    assert minh.get("/villages/dong-cho").headers["Location"] == "/villages/phu-van"


def test_another_commune_counts_none_of_it(lan, houses, two_teams):
    assert "Chưa có tổ nào" in lan.get("/progress/team").text and "Chưa có lượt đến nào" in lan.get("/progress/day").text
    assert lan.get("/households?team=to-dong-cho").status_code == 404
