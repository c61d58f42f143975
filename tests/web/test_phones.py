"""Phones at the desk: what each last said of itself, what needs attention first, and one that is taken back."""

import re

from fieldapp.store import devices
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


def test_whatever_a_phone_says_of_itself_the_page_opens(minh, huong, communes):
    said = {"unsent": 3, "oldest": "hôm qua", "quota": 0, "used": 5, "persisted": False, "version": "<b>"}
    with writing(communes) as connection:
        devices.note_contact(connection, devices.by_id(connection, HERE, huong.device), "2026-11-20T02:00:00.000Z", said, 0, 0)
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
