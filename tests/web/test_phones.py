"""Phones at the desk: what each last said of itself, what needs attention first, and one that is taken back."""

import re

import pytest

from fieldapp.store import devices, teams
from fieldapp.store.engine import writing
from tests.conftest import HERE


def test_the_phone_in_trouble_stands_first(minh, cast, clock):
    fine, waiting = cast.phone("binh"), cast.phone("huong")
    waiting.seal("visit", None, {"outcome": "absent"})
    waiting.call([])
    clock.tick(days=3)
    fine.at = clock.now
    fine.sync()
    minh.sign_in("minh")
    page = minh.get("/phones").text
    assert page.index("Lê Thị Hường") < page.index("Trần Bình") and "Còn phiếu chưa gửi, im lặng hơn 2 ngày" in page and "3 ngày trước" in page


def test_a_revoked_phone_receives_nothing_more(minh, huong):
    path = f"/phones/{huong.device}"
    assert minh.post(f"{path}/revoke", page=path).status_code == 422 and not huong.sync()["revoked"]
    minh.post(f"{path}/revoke", {"reason": "Mất máy ở chợ"}, page=path)
    assert huong.sync()["revoked"] and "đã thu hồi" in minh.get("/phones").text and "Mất máy ở chợ" in minh.get(path).text


def test_a_revoked_phone_that_still_sends_is_said(minh, huong, register, clock):
    register("dong-cho", "Lê Thị Hoa")
    huong.sync()
    minh.post(f"/phones/{huong.device}/revoke", {"reason": "Đổi máy"}, page=f"/phones/{huong.device}")
    assert "Đã thu hồi mà vẫn gửi" not in minh.get("/phones").text
    clock.tick(minutes=5)
    huong.seal("visit", next(iter(huong.households)), {"outcome": "absent", "help": [], "seconds": 9})
    assert huong.sync()["receipts"][0]["outcome"] == "held"
    assert "Đã thu hồi mà vẫn gửi" in minh.get("/phones").text
    assert re.search(r"20/11/2026</th><td[^>]*>1</td><td[^>]*>1</td>", minh.get(f"/phones/{huong.device}").text)


def test_missing_numbers_are_counted_one_by_one(minh, huong, register):
    register("dong-cho", "Lê Thị Hoa")
    huong.sync()
    texts = [huong.seal("visit", next(iter(huong.households)), {"outcome": "absent", "help": [], "seconds": 9}) for _ in range(5)]
    huong.sync(texts[0], texts[2], texts[4])
    assert "Thiếu 2 phiếu ở giữa" in minh.get("/phones").text and "thiếu 2 phiếu" in minh.get(f"/phones/{huong.device}").text
    huong.sync(texts[1], texts[3])
    assert "Thiếu" not in minh.get("/phones").text


@pytest.mark.parametrize("oldest", ["hôm qua", "2026-11-20", "9999-12-31T23:00:00Z", "0001-01-01T00:00:00+07:00", "20261120T02Z"])
def test_whatever_a_phone_says_of_itself_the_page_opens(oldest, minh, huong, communes):
    said = {"unsent": 3, "oldest": oldest, "quota": 0, "used": 5, "persisted": False, "version": "<b>"}
    with writing(communes) as connection:
        devices.note_contact(connection, devices.by_id(connection, HERE, huong.device), "2026-11-20T02:00:00.000Z", said, 0, 0)
    assert minh.get(f"/phones/{huong.device}/lost").status_code == 200
    for path in ("/phones", f"/phones/{huong.device}"):
        page = minh.get(path)
        assert page.status_code == 200 and "<b>" not in page.text and "Trình duyệt có thể xóa dữ liệu" in page.text


def test_a_phone_with_the_servers_own_version_is_not_old(minh, huong, app, communes):
    newest = re.search(r'self.VERSION = "([0-9a-f]{12})"', app.test_client().get("/phone/sw.js").text)[1]
    for version, old in ((newest, False), ("0123456789ab", True)):
        with writing(communes) as connection:
            known = devices.by_id(connection, HERE, huong.device)
            devices.note_contact(connection, known, "2026-11-20T02:00:00.000Z", {**known.manifest, "version": version}, 0, 0)
        assert ("Ứng dụng bản cũ" in minh.get("/phones").text) is old, version


def gap(huong, register):
    """Hường's phone sent its first and third of three visits; the path of its page."""
    register("dong-cho", "Lê Thị Hoa")
    huong.sync()
    texts = [huong.seal("visit", next(iter(huong.households)), {"outcome": "absent", "help": [], "seconds": 9}) for _ in range(4)]
    huong.outbox = []
    huong.sync(texts[0], texts[3])
    return f"/phones/{huong.device}", texts


def test_a_leader_closes_numbers_that_cant_be_recovered(tuan, huong, register):
    path, texts = gap(huong, register)
    assert "Còn thiếu 2 phiếu" in tuan.get(path).text
    assert tuan.post(f"{path}/numbers", {"number": "2"}, page=path).status_code == 422
    tuan.post(f"{path}/numbers", {"number": ["3"], "reason": "Máy rơi xuống ao"}, page=path)
    page = tuan.get(path).text
    assert "Còn thiếu 1 phiếu" in page and "Máy rơi xuống ao" in page and "Nguyễn Văn Tuấn" in page and "chưa đến" in page
    assert "Thiếu 1 phiếu ở giữa" in tuan.get("/phones").text
    huong.sync(texts[2])
    assert "đã đến lúc 20/11/2026 09:00" in tuan.get(path).text


def test_numbers_of_another_teams_phone_are_not_a_leaders_to_close(tuan, binh):
    assert tuan.post(f"/phones/{binh.device}/numbers", {"number": "1", "reason": "thử"}, page="/phones").status_code == 404


def test_a_leader_holds_the_version_of_their_team_and_lets_go(tuan, huong, binh):
    tuan.post("/phones/hold", {"until": "2026-12-01"}, page="/phones")
    assert [phone.sync()["settings"]["hold_updates_until"] for phone in (huong, binh)] == ["2026-12-01", None]
    assert "giữ nguyên bản đang dùng đến hết ngày 01/12/2026" in tuan.get("/phones").text
    tuan.post("/phones/hold", {"release": "1"}, page="/phones")
    assert huong.sync()["settings"]["hold_updates_until"] is None


def test_an_officer_holds_the_version_of_the_commune_for_sixty_days_at_most(minh, lan, huong, binh):
    for day in ("2026-11-19", "2027-01-20", "2026-12-99", ""):
        assert minh.post("/phones/hold", {"until": day}, page="/phones").status_code == 422, day
    assert lan.post("/phones/hold", {"until": "2026-12-01", "team": "to-dong-cho"}, page="/phones").status_code == 404
    minh.post("/phones/hold", {"until": "2027-01-19"}, page="/phones")
    assert [phone.sync()["settings"]["hold_updates_until"] for phone in (huong, binh)] == ["2027-01-19"] * 2


def test_a_silent_phone_with_unsent_visits_is_said_on_the_first_pages(minh, tuan, huong, binh, communes, clock):
    with writing(communes) as connection:
        teams.describe(connection, HERE, "huong", "Lê Thị Hường", "+84912345678")
        for phone in (huong, binh):
            known = devices.by_id(connection, HERE, phone.device)
            devices.note_contact(connection, known, clock.now, {**known.manifest, "unsent": 3}, 0, 0)
    clock.tick(days=2, minutes=-1)
    minh.sign_in("minh")
    assert "im lặng từ 2 ngày" not in minh.get("/").text
    clock.tick(minutes=1)
    for path in ("/", "/progress", "/office", "/teams"):
        page = minh.get(path).text
        assert "2 máy còn phiếu chưa gửi" in page and 'href="tel:+84912345678"' in page and "3 phiếu, máy im từ 20/11/2026 09:00" in page, path
    tuan.sign_in("tuan")
    page = tuan.get("/villages/dong-cho").text
    assert "1 máy còn phiếu chưa gửi" in page and "Lê Thị Hường" in page and "Trần Bình" not in page
