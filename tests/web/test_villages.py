"""The commune's villages at the desk: founded, renamed, merged with a date and parted again."""

from fieldapp.store import areas
from fieldapp.store.engine import writing
from tests.conftest import HERE


def test_villages_are_pasted_with_their_kinds(minh, stored):
    pasted = {"names": "Thôn Trà Đông\nkhu phố 3\n\nBản  Lát\nPhủ Lý"}
    assert minh.post("/office/villages", pasted, page="/office/villages").status_code == 303
    new = [(each.village_type, each.name, each.number, each.urban) for each in stored(areas.villages)][3:]
    assert new == [("thon", "Trà Đông", 6, False), ("khu_pho", "3", 7, True), ("ban", "Lát", 8, False), ("thon", "Phủ Lý", 9, False)]


def test_a_village_that_is_there_is_not_founded_twice(minh, stored):
    answer = minh.post("/office/villages", {"names": "Xóm Mới\nthôn đồng chợ"}, page="/office/villages")
    assert answer.status_code == 422 and "Đã có hoặc ghi hai lần: đồng chợ" in answer.text and "Xóm Mới" in answer.text
    assert len(stored(areas.villages)) == 3


def test_a_village_is_renamed_merged_and_parted(minh, stored, register):
    code = register("phu-van", "Lê Thị Hoa")
    renamed = {"name": "Phú Văn Mới", "village_type": "lang", "urban": "1"}
    minh.post("/office/villages/phu-van", renamed, page="/office/villages/phu-van")
    minh.post("/office/villages/phu-van/merge", {"into": "dong-cho", "on": "2026-11-20"}, page="/office/villages/phu-van")
    village = stored(areas.village, "phu-van")
    assert (village.name, village.village_type, village.urban, village.merged_into) == ("Phú Văn Mới", "lang", True, "dong-cho")
    assert code in minh.get("/households?village=dong-cho").text and code.split("-")[1] == "05"
    minh.post("/office/villages/phu-van/part", page="/office/villages/phu-van")
    assert stored(areas.village, "phu-van").merged_into is None


def test_a_name_that_differs_in_marks_only_is_asked_about_once(minh, stored):
    pasted = {"names": "Thôn Động Chợ\nKhu phố Đồng Chợ"}
    answer = minh.post("/office/villages", pasted, page="/office/villages")
    assert answer.status_code == 422 and "Chỉ khác dấu với một thôn khác: Động Chợ" in answer.text and 'name="sure"' in answer.text
    assert minh.post("/office/villages", {**pasted, "sure": "1"}, page="/office/villages").status_code == 303
    assert [(each.village_type, each.name) for each in stored(areas.villages)][3:] == [("thon", "Động Chợ"), ("khu_pho", "Đồng Chợ")]


def test_a_number_can_be_chosen_but_never_given_twice(minh, stored):
    for number, status in (("5", 422), ("x", 422), ("11", 303), ("12", 303), ("7", 422)):
        answer = minh.post("/office/villages", {"names": f"Thôn Mới {number}", "number": number}, page="/office/villages")
        assert answer.status_code == status and (status == 303 or f'value="{number}"' in answer.text), number
    assert [each.number for each in stored(areas.villages)] == [3, 4, 5, 11, 12]


def test_no_village_gets_a_number_that_no_code_can_carry(minh, stored):
    for names, number, status in (("Thôn Xa\nThôn Gần", "999", 422), ("Thôn Xa", "999", 303), ("Thôn Gần", "", 422)):
        assert minh.post("/office/villages", {"names": names, "number": number}, page="/office/villages").status_code == status
    assert stored(areas.villages)[-1].number == 999


def test_villages_are_not_merged_ahead_of_time_or_before_they_were(minh, stored):
    path = "/office/villages/phu-van"
    for day, words in (("2026-11-21", "chưa đến"), ("2025-06-30", "01/07/2025"), ("x", "chọn ngày")):
        answer = minh.post(f"{path}/merge", {"into": "dong-thanh", "on": day}, page=path)
        assert answer.status_code == 422 and words in answer.text, day
        assert '<option value="dong-thanh" selected>' in answer.text
    for into in ("phu-van", "nowhere"):
        assert minh.post(f"{path}/merge", {"into": into, "on": "2026-11-20"}, page=path).status_code == 404
    assert stored(areas.village, "phu-van").merged_into is None


def test_a_village_whose_name_was_taken_meanwhile_is_not_parted(minh, stored):
    minh.post("/office/villages/phu-van/merge", {"into": "dong-cho", "on": "2026-11-20"}, page="/office/villages/phu-van")
    minh.post("/office/villages", {"names": "Thôn Phú Văn"}, page="/office/villages")
    answer = minh.post("/office/villages/phu-van/part", page="/office/villages/phu-van")
    assert stored(areas.village, "phu-van").merged_into == "dong-cho" and "nay mang tên này" in minh.get(answer.location).text


def test_a_merge_or_parting_sent_twice_is_one(minh, stored):
    path, form = "/office/villages/phu-van", {"into": "dong-cho", "on": "2026-11-20"}
    for _ in range(2):
        assert minh.post(f"{path}/merge", form, page=path).status_code == 303
    assert minh.post("/office/villages/dong-cho/merge", {"into": "phu-van", "on": "2026-11-20"}, page=path).status_code == 404
    for _ in range(2):
        assert "nay mang tên này" not in minh.get(minh.post(f"{path}/part", page=path).location).text
    assert [each.merged_into for each in stored(areas.all_villages)] == [None] * 3


def test_a_name_that_is_taken_is_said_and_what_was_typed_is_kept(minh, stored):
    path = "/office/villages/phu-van"
    answer = minh.post(path, {"name": "Đồng Chợ", "village_type": "thon", "urban": "1"}, page=path)
    assert answer.status_code == 422 and 'value="Đồng Chợ"' in answer.text and stored(areas.village, "phu-van").name == "Phú Văn"


def test_a_renamed_village_has_its_new_name_on_phones_and_its_old_codes(minh, huong, register):
    code = register("dong-cho", "Lê Thị Hoa")
    minh.post("/office/villages/dong-cho", {"name": "Chợ Mới", "village_type": "thon"}, page="/office/villages/dong-cho")
    assert [each["name"] for each in huong.sync()["villages"]] == ["Chợ Mới"]
    assert [each["code"] for each in huong.households.values()] == [code]


def test_a_leader_and_another_communes_officer_do_nothing_to_villages(tuan, lan, communes, stored):
    with writing(communes) as connection:
        areas.found_village(connection, HERE, areas.Village("chi-o-day", "Chỉ Ở Đây", "thon", False, 90, "2025-07-01"))
    for who in (tuan, lan):
        assert who.get("/office/villages/chi-o-day").status_code == 404
        for rest in ("", "/merge", "/part"):
            form = {"name": "X", "village_type": "thon", "into": "dong-cho", "on": "2026-11-20"}
            assert who.post(f"/office/villages/chi-o-day{rest}", form, page="/households").status_code == 404, rest
    assert stored(areas.village, "chi-o-day").name == "Chỉ Ở Đây"
