"""Teams, members and phones at the desk; what is changed here, phones know at their next sync."""

import re

from fieldapp.store import accounts, teams


def test_a_teams_villages_come_to_its_members_phones_and_go_again(minh, huong, register, stored):
    register("phu-van", "Lê Thị Hoa")
    assert huong.sync()["cursors"].keys() == {"dong-cho"}
    minh.post("/teams/to-dong-cho/villages", {"village": ["dong-cho", "phu-van"]}, page="/teams/to-dong-cho")
    assert huong.sync()["cursors"].keys() == {"dong-cho", "phu-van"}
    assert "Lê Thị Hoa" in {person["name"] for each in huong.households.values() for person in each["people"].values()}
    minh.post("/teams/to-dong-cho/villages", {"village": ["dong-cho"]}, page="/teams/to-dong-cho")
    assert huong.sync()["cursors"].keys() == {"dong-cho"}
    assert stored(teams.by_id, "to-dong-cho").villages == {"dong-cho"}


def test_work_done_on_the_day_a_village_is_withdrawn_counts(minh, huong, register, stored):
    code = register("phu-van", "Lê Thị Hoa")
    minh.post("/teams/to-dong-cho/villages", {"village": ["dong-cho", "phu-van"]}, page="/teams/to-dong-cho")
    huong.sync()
    household = next(each["id"] for each in huong.households.values() if each["code"] == code)
    huong.seal("visit", household, {"outcome": "absent", "help": [], "seconds": 9})
    minh.post("/teams/to-dong-cho/villages", {"village": ["dong-cho"]}, page="/teams/to-dong-cho")
    answer = huong.sync()
    assert [each["outcome"] for each in answer["receipts"]] == ["stored"] and answer["cursors"].keys() == {"dong-cho"}
    assert stored(accounts.villages_of, "huong", "2026-11-20") == {"dong-cho"}


def test_members_are_pasted_and_have_the_teams_villages(minh, stored, cast):
    minh.post("/teams/to-dong-cho/villages", {"village": ["dong-cho", "phu-van"]}, page="/teams/to-dong-cho")
    minh.post("/teams/to-dong-cho/members", {"names": "Trịnh Thị Sen; 0912 345 678\nLê  Mới"}, page="/teams/to-dong-cho")
    new = {each.name: each for each in stored(teams.members, "to-dong-cho")}
    assert new["Trịnh Thị Sen"].phone == "+84912345678" and new["Lê Mới"].role == "member"
    assert stored(accounts.villages_of, new["Lê Mới"].account_id) == {"dong-cho", "phu-van"}
    answer = minh.post("/teams/to-dong-cho/members", {"names": "Đúng Tên\nSai Số; 12"}, page="/teams/to-dong-cho")
    assert answer.status_code == 422 and "Sai Số" in answer.text and "Đúng Tên" not in {each.name for each in stored(teams.members, "to-dong-cho")}


def test_one_leads_the_team_at_a_time(minh, tuan, stored):
    minh.post("/teams/members/huong/lead", page="/teams/to-dong-cho")
    assert {each.account_id: each.role for each in stored(teams.members, "to-dong-cho")} == {"huong": "leader", "tuan": "member"}
    assert tuan.get("/").status_code == 302
    card = minh.post("/teams/members/huong/invite", page="/teams/to-dong-cho").text
    assert 'class="card-code"' in card and minh.post("/teams/members/tuan/invite", page="/teams/to-dong-cho").status_code == 404


def test_who_moves_to_another_team_takes_its_villages(minh, stored):
    minh.post("/teams", {"name": "Tổ Phú Văn"}, page="/teams")
    (team,) = [each for each in stored(teams.of_commune) if each.name == "Tổ Phú Văn"]
    minh.post(f"/teams/{team.team_id}/villages", {"village": "phu-van"}, page="/teams")
    minh.post("/teams/to-dong-cho/villages", {"village": "dong-cho"}, page="/teams/to-dong-cho")
    minh.post("/teams/members/huong/team", {"team": team.team_id}, page="/teams/to-dong-cho")
    assert stored(accounts.villages_of, "huong") == {"phu-van"} and stored(accounts.by_id, "huong").team_id == team.team_id


def test_a_leader_who_moves_comes_as_a_member(minh, stored):
    minh.post("/teams", {"name": "Tổ Phú Văn"}, page="/teams")
    (team,) = [each for each in stored(teams.of_commune) if each.name == "Tổ Phú Văn"]
    minh.post("/teams/members/tuan/team", {"team": team.team_id}, page="/teams")
    assert stored(accounts.by_id, "tuan").role == "member"
    assert "Tổ chưa có tổ trưởng" in minh.get("/teams/to-dong-cho").text


def test_who_is_in_no_team_is_found_and_put_into_one(minh, stored):
    assert "/teams/members/binh" in minh.get("/teams").text
    minh.post("/teams/members/binh/team", {"team": "to-dong-cho"}, page="/teams/members/binh")
    assert "binh" in {each.account_id for each in stored(teams.members, "to-dong-cho")}


def test_a_wrong_number_is_said_and_the_known_one_stays(minh, stored):
    path = "/teams/members/huong"
    assert minh.post(path, {"name": "Lê Thị Hường", "phone": "0912 345 678"}, page=path).status_code == 303
    answer = minh.post(path, {"name": "Lê Hường", "phone": "0912"}, page=path)
    assert answer.status_code == 422 and 'value="Lê Hường"' in answer.text and 'value="0912"' in answer.text
    assert (stored(accounts.by_id, "huong").name, stored(accounts.by_id, "huong").phone) == ("Lê Thị Hường", "+84912345678")


def test_who_is_closed_has_no_phone_and_comes_back_with_a_new_code(minh, huong, stored):
    minh.post("/teams/members/huong/active", {"active": "0"}, page="/teams/members/huong")
    assert huong.sync()["revoked"] and "đã thu hồi" in minh.get("/phones").text
    assert minh.post("/enrolment", {"account": "huong"}, page="/enrolment").status_code == 404
    minh.post("/teams/members/huong/active", {"active": "1"}, page="/teams/members/huong")
    assert huong.sync()["revoked"] and minh.post("/enrolment", {"account": "huong"}, page="/enrolment").status_code == 200


def test_a_leader_shares_the_teams_villages_out_and_no_others(minh, tuan, huong, stored):
    minh.post("/teams/to-dong-cho/villages", {"village": ["dong-cho", "phu-van"]}, page="/teams/to-dong-cho")
    path = "/teams/members/huong"
    assert "Cho nghỉ" not in tuan.get(path).text
    assert tuan.post(f"{path}/villages", {"village": "phu-van"}, page=path).status_code == 303
    assert huong.sync()["cursors"].keys() == {"phu-van"}
    assert tuan.post(f"{path}/villages", {"village": "dong-thanh"}, page=path).status_code == 404
    assert tuan.post("/teams/members/binh/villages", {"village": "dong-cho"}, page=path).status_code == 404
    for rest in ("", "/team", "/lead", "/active", "/invite"):
        assert tuan.post(f"{path}{rest}", {"name": "X", "team": "to-dong-cho"}, page=path).status_code == 404, rest
    assert stored(accounts.by_id, "huong").name == "Lê Thị Hường"


def test_what_was_given_to_one_alone_stays_when_the_teams_villages_change(minh, stored):
    minh.post("/teams/members/huong/villages", {"village": ["dong-cho", "dong-thanh"]}, page="/teams/members/huong")
    minh.post("/teams/to-dong-cho/villages", {"village": ["phu-van"]}, page="/teams/to-dong-cho")
    assert stored(accounts.villages_of, "huong") == {"dong-cho", "dong-thanh", "phu-van"}


def test_after_a_merge_the_team_of_the_part_keeps_its_doors_until_it_gives_them_up(minh, tuan, huong, register, stored):
    """What became part of another is still theirs, is shown, and goes only when its tick is taken away."""
    page, member = "/teams/to-dong-cho", "/teams/members/huong"
    minh.post(f"{page}/villages", {"village": "dong-cho"}, page=page)
    code = register("dong-cho", "Lê Thị Hoa")
    minh.post("/office/villages/dong-cho/merge", {"into": "phu-van", "on": "2026-11-20"}, page="/office/villages/dong-cho")
    for shown in (minh.get(page), minh.get(member), tuan.get(member), tuan.get(page)):
        assert "Thôn Đồng Chợ (đã nhập vào Thôn Phú Văn từ 20/11/2026)" in shown.text
    minh.post(f"{page}/villages", {"village": ["dong-cho", "dong-thanh"]}, page=page)
    tuan.post(f"{member}/villages", {"village": "dong-cho"}, page=member)
    assert code in [each["code"] for each in huong.sync()["households"]] and stored(accounts.villages_of, "huong") == {"dong-cho"}
    minh.post(f"{page}/villages", {"village": ["phu-van"]}, page=page)
    assert stored(teams.by_id, "to-dong-cho").villages == {"phu-van"} and stored(accounts.villages_of, "huong") == {"dong-cho", "phu-van"}
    assert minh.post(f"{page}/villages", {"village": ["dong-cho"]}, page=page).status_code == 404


def test_what_is_sent_twice_makes_no_second_team_or_member_and_takes_no_leader_down(minh, stored):
    for status in (303, 422):
        assert minh.post("/teams", {"name": "Tổ Phú  Văn"}, page="/teams").status_code == status
    assert minh.post("/teams/to-dong-cho", {"name": "tổ phú văn"}, page="/teams/to-dong-cho").status_code == 422
    path = "/teams/to-dong-cho/members"
    for status in (303, 422):
        assert minh.post(path, {"names": "Lê Văn Tư; 0912 345 678\nĐỗ Năm"}, page="/teams").status_code == status
    assert minh.post(path, {"names": "Đỗ Năm; 0987 654 321"}, page="/teams").status_code == 303
    assert sum(each.name == "Đỗ Năm" for each in stored(teams.members, "to-dong-cho")) == 2
    minh.post("/teams/members/tuan/team", {"team": "to-dong-cho"}, page="/teams")
    assert stored(accounts.by_id, "tuan").role == "leader"


def test_a_team_is_renamed(minh, stored):
    minh.post("/teams/to-dong-cho", {"name": "Tổ  Mới"}, page="/teams/to-dong-cho")
    assert stored(teams.by_id, "to-dong-cho").name == "Tổ Mới"


def test_a_leader_sees_their_own_team_and_phones_only(tuan, minh, cast):
    cast.phone("huong"), cast.phone("binh")
    minh.post("/teams", {"name": "Tổ Khác"}, page="/teams")
    other = re.search(r"/teams/([0-9a-z]{10})\"", minh.get("/teams").text)[1]
    own = tuan.get("/teams", follow_redirects=True).text
    assert "Lê Thị Hường" in own and "Giao các thôn này" not in own and tuan.get(f"/teams/{other}").status_code == 404
    phones = tuan.get("/phones").text
    assert "Lê Thị Hường" in phones and "Trần Bình" not in phones
    foreign = re.findall(r"/phones/([0-9a-f-]{36})", minh.get("/phones").text)
    assert sorted(tuan.get(f"/phones/{each}").status_code for each in foreign) == [200, 404]


def test_nobody_of_another_commune_is_there(lan, huong):
    for path in ("/teams/to-dong-cho", "/teams/members/huong", f"/phones/{huong.device}", "/office/villages/nowhere"):
        assert lan.get(path).status_code == 404, path
    member = [f"/teams/members/huong{rest}" for rest in ("", "/villages", "/team", "/lead", "/active", "/invite")]
    for path in ("/teams/to-dong-cho", "/teams/to-dong-cho/villages", *member, f"/phones/{huong.device}/revoke"):
        assert lan.post(path, {"reason": "mất", "name": "Lan", "village": "dong-cho"}, page="/teams").status_code == 404, path
