"""A phone that was lost: one page says what it had sent and held, whose doors to go to again, and keeps the record that the law asks for."""

import json
import re

import pytest

from fieldapp.store import access, devices, lost_phones
from fieldapp.store.engine import reading, writing
from fieldapp.web.teams import lost_phone
from tests.conftest import HERE

HAPPENED = {"happened": "Rơi ở chợ Vạn, chiều thứ Năm", "noticed": "2026-11-20T08:30", "protected": "Mở bằng mã PIN của chị Hường"}


@pytest.fixture
def lost(huong):
    return f"/phones/{huong.device}/lost"


@pytest.fixture
def record(communes, huong):
    def record():
        with reading(communes) as connection:
            return lost_phones.latest(connection, HERE, huong.device)

    return record


def says(communes, phone, clock, **said):
    """The phone last called with this to say of itself."""
    with writing(communes) as connection:
        known = devices.by_id(connection, HERE, phone.device)
        devices.note_contact(connection, known, clock.now, {**known.manifest, **said}, known.contiguous, known.highest)


def test_one_press_revokes_the_phone_and_opens_its_record(minh, huong, lost, record):
    assert "Báo mất và thu hồi máy" in minh.get(lost).text and lost in minh.get(f"/phones/{huong.device}").text
    assert minh.post(lost, HAPPENED, page=lost).status_code == 303
    page = minh.get(lost).text
    assert huong.sync()["revoked"] and record().state == "open" and "Rơi ở chợ Vạn" in page
    assert "Còn 71 giờ để báo" in page and "trước 23/11/2026 08:30" in page


def test_what_is_missing_in_the_report_is_said_at_its_field(minh, huong, lost, record):
    answer = minh.post(lost, {"noticed": "2026-11-21T08:30", "protected": "PIN"}, page=lost)
    assert answer.status_code == 422 and "Vui lòng ghi mất khi nào, ở đâu." in answer.text and "ngày giờ đã qua" in answer.text
    assert record() is None and not huong.sync()["revoked"]


def test_reported_twice_it_has_one_record(minh, lost, communes, record):
    minh.post(lost, HAPPENED, page=lost)
    first = record()
    minh.post(lost, {**HAPPENED, "happened": "lần nữa"}, page=lost)
    assert record() == first


def test_it_says_what_was_received_and_what_the_phone_still_held(minh, huong, lost, register, visit, communes, clock):
    first, _second = register("dong-cho", "Lê Thị Một"), register("dong-cho", "Lê Thị Hai")
    register("phu-van", "Lê Thị Xa")
    huong.sync()
    visit(first, "absent")
    clock.tick(hours=5)
    says(communes, huong, clock, unsent=3, oldest="2026-11-20T04:15:00.000Z", last=4)
    page = minh.get(lost).text
    assert re.search(r"Đã nhận từ máy này</dt><dd class=\"number\">1 phiếu, lần cuối 20/11/2026 09:00", page)
    assert "3 phiếu, cũ nhất từ 20/11/2026 11:15" in page and "2 hộ, 2 người: Thôn Đồng Chợ" in page


def test_the_doors_to_go_to_again_are_those_nobody_was_heard_of_since(minh, huong, binh, lost, register, visit, communes, clock):
    done, absent, unseen, again = (register("dong-cho", f"Lê Thị {name}") for name in ("Xong", "Vắng", "Mới", "Nữa"))
    register("phu-van", "Lê Thị Xa")
    huong.sync()
    visit(done)
    visit(absent, "absent")
    says(communes, huong, clock, unsent=2, oldest="2026-11-20T03:00:00.000Z")
    clock.tick(hours=6)
    binh.at = clock.now
    binh.sync()
    household = next(each["id"] for each in binh.households.values() if each["code"] == again)
    binh.seal("visit", household, {"outcome": "absent", "help": [], "seconds": 9})
    binh.sync()
    minh.post(lost, HAPPENED, page=lost)
    printed = minh.get(f"{lost}/visits").text
    assert [name in printed for name in ("Xong", "Vắng", "Mới", "Nữa", "Xa")] == [False, True, True, False, False]
    assert "2 hộ của các thôn đó" in minh.get(lost).text
    with reading(communes) as connection:
        log, _ = access.readings(connection, HERE, account_id="minh", page="print")
    assert [each.shown for each in log] == [2] and unseen


def test_what_the_phone_held_is_written_down_once(minh, huong, lost, register, communes, clock, record):
    register("dong-cho", "Lê Thị Một")
    says(communes, huong, clock, unsent=3, oldest="2026-11-20T01:15:00.000Z")
    minh.post(lost, HAPPENED, page=lost)
    before = record().held
    register("dong-cho", "Lê Thị Hai")
    says(communes, huong, clock, unsent=0, oldest=None)
    assert record().held == before and before.unsent == 3 and before.households == 1 and "1 hộ, 1 người" in minh.get(lost).text


def test_the_countdown_stands_on_the_first_pages_until_the_authority_was_told(minh, lost, clock, record):
    minh.post(lost, HAPPENED, page=lost)
    clock.tick(hours=70)
    minh.sign_in("minh")
    for path in ("/", "/progress", "/office"):
        assert "còn 1 giờ để báo cơ quan" in minh.get(path).text, path
    clock.tick(hours=10)
    assert "đã quá hạn báo" in minh.get("/").text
    assert minh.post(f"{lost}/steps", {"what": "told", "words": " "}, page=lost).status_code == 422
    minh.post(f"{lost}/steps", {"what": "told", "words": "Công an tỉnh, công văn 45"}, page=lost)
    assert record().state == "notified" and "quá hạn" not in minh.get("/").text
    assert "Công an tỉnh, công văn 45" in minh.get(f"{lost}/record").text


def test_it_need_not_be_told_where_somebody_says_why(minh, lost, record):
    minh.post(lost, HAPPENED, page=lost)
    minh.post(f"{lost}/steps", {"what": "needless", "words": "Máy chưa nhận danh sách"}, page=lost)
    assert record().state == "closed" and "để báo cơ quan" not in minh.get("/").text
    minh.post(f"{lost}/steps", {"what": "told", "words": "muộn"}, page=lost)
    assert [each.what for each in record().steps] == ["done", "needless"]


def test_what_a_colleagues_step_left_no_room_for_is_not_said_to_be_written(minh, lost, record, communes, clock, monkeypatch):
    minh.post(lost, HAPPENED, page=lost)
    as_shown = record()
    minh.post(f"{lost}/steps", {"what": "needless", "words": "Máy chưa nhận danh sách"}, page=lost)
    closed = record()
    monkeypatch.setattr(lost_phone, "_record", lambda device_id: as_shown)
    minh.post(f"{lost}/steps", {"what": "told", "words": "Công an tỉnh"}, page=lost)
    assert "Biên bản đã ở bước khác" in minh.get(lost).text and record() == closed


def test_a_leader_reports_it_and_an_officer_revokes_it(tuan, minh, huong, lost, record):
    tuan.post(lost, HAPPENED, page=lost)
    assert record().opened_by == "tuan" and not huong.sync()["revoked"] and "Máy chưa thu hồi" in minh.get("/").text
    assert tuan.post(f"{lost}/steps", {"what": "revoke"}, page=lost).status_code == 404
    minh.post(f"{lost}/steps", {"what": "revoke"}, page=lost)
    assert huong.sync()["revoked"] and "Máy chưa thu hồi" not in minh.get("/").text


def test_a_leader_is_told_only_of_doors_that_they_see(tuan, binh, communes, register, clock, minh):
    register("dong-thanh", "Lê Thị Thanh")
    assert tuan.get(f"/phones/{binh.device}/lost").status_code == 404


def test_the_record_is_vietnamese_whoever_reads_it(minh, lost):
    minh.post(lost, HAPPENED, page=lost)
    minh.post("/language", {"language": "en"}, page="/")
    page = minh.get(f"{lost}/record").text
    assert "Độc lập - Tự do - Hạnh phúc" in page and "Hạn báo trong 72 giờ: 23/11/2026 08:30" in page and "Rơi ở chợ Vạn" in page


def test_a_phone_that_was_found_and_is_another_members_leaves_the_record_as_it_was(minh, huong, lost, record, communes, clock):
    minh.post(lost, HAPPENED, page=lost)
    assert minh.get(f"{lost}/record").text.count("Thu hồi máy: máy không nhận") == 1
    minh.post(f"{lost}/steps", {"what": "found", "words": "Người bán hàng giữ hộ"}, page=lost)
    with writing(communes) as connection:
        code = devices.new_code(connection, HERE, "binh", "2027-01-01T00:00:00.000Z")
    huong.enrol(code)
    page = minh.get(f"{lost}/record").text
    assert "Máy của Lê Thị Hường" in page and "Chưa thu hồi" not in page and page.count("Thu hồi máy: máy không nhận") == 1


def test_a_phone_that_is_found_goes_on_and_each_door_counts_once(minh, huong, binh, lost, register, communes, clock, record, sound):
    code = register("dong-cho", "Lê Thị Một")
    huong.sync()
    binh.sync()
    household = next(each["id"] for each in huong.households.values() if each["code"] == code)
    waits = huong.seal("visit", household, {"outcome": "absent", "help": [], "seconds": 9})
    minh.post(lost, HAPPENED, page=lost)
    clock.tick(hours=3)
    binh.at = clock.now
    binh.sync()
    binh.seal("visit", household, {"outcome": "absent", "help": [], "seconds": 9})
    binh.sync()
    minh.post(f"{lost}/steps", {"what": "found", "words": "Người bán hàng giữ hộ"}, page=lost)
    page = minh.get(lost).text
    assert record().state == "closed" and record().was_found and "Cấp mã mới cho máy này" in page
    with writing(communes) as connection:
        code = devices.new_code(connection, HERE, "huong", "2027-01-01T00:00:00.000Z")
    huong.enrol(code)
    huong.outbox = [waits]
    assert [each["outcome"] for each in huong.sync()["receipts"]] == ["stored"]
    row = minh.get("/households?village=dong-cho").text
    assert "1 hộ</h2>" in row and json.loads(waits)["n"] == 1
    sound()
