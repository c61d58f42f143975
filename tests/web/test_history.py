"""Every value that was ever stated: what stands, and what was put aside by whom and why."""

import re

from fieldapp.intake import desk
from fieldapp.store import accounts, households
from fieldapp.store.engine import reading
from tests.conftest import HERE
from tests.web.conftest import PERSON


def test_each_value_has_its_author_and_what_put_it_aside(minh, register, visit, journal_rows, clock):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people={"phone": "smartphone"})
    clock.tick(hours=1)
    visit_id = [row.event_id for row in journal_rows() if row.kind == "visit"][-1]
    path = f"/households/{code}/correct/{visit_id}"
    minh.post(path, {f"people.{PERSON}.phone": "basic", "reason": "gõ nhầm máy"}, page=path)
    page = minh.get(f"/households/{code}/history").text
    phone = re.search(r"<dt>Điện thoại</dt>(.*?)</div>", page, re.S)[1]
    assert "<s>Thông minh</s>" in phone and "<b>Phím bấm (2G)</b>" in phone and "Hoàng Minh" in phone and "gõ nhầm máy" in phone
    assert phone.index("Phím bấm") < phone.index("Thông minh")
    clock.tick(hours=1)
    path = f"/households/{code}/void/{visit_id}"
    minh.post(path, {"reason": "nhầm hộ"}, page=path)
    phone = re.search(r"<dt>Điện thoại</dt>(.*?)</div>", minh.get(f"/households/{code}/history").text, re.S)[1]
    assert "<b>" not in phone and phone.count("nhầm hộ") == 2
    assert "<b>Trịnh Thị Hoa</b>" in minh.get(f"/households/{code}/history").text


def test_a_leader_sees_the_history_of_their_village_without_poverty(tuan, lan, minh, register, communes, clock):
    code = register("dong-cho", "Trịnh Thị Hoa")
    with reading(communes) as connection:
        officer, household = accounts.by_id(connection, HERE, "minh"), households.by_code(connection, HERE, code)
    clock.tick(minutes=1)
    desk.record(communes, officer, clock(), [("list", household.household_id, {"poverty": "poor", "list": "Hộ nghèo 2026"})])
    assert "Hộ nghèo, cận nghèo" in minh.get(f"/households/{code}/history").text
    page = tuan.get(f"/households/{code}/history").text
    assert "Trịnh Thị Hoa" in page and "Hộ nghèo" not in page
    assert tuan.get(f"/households/{register('phu-van', 'Lê Văn Đào')}/history").status_code == 404
    assert lan.get(f"/households/{code}/history").status_code == 404


def test_what_help_left_stands_beside_what_was_found_and_goes_with_its_visit(minh, register, visit, journal_rows, clock):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people={"vneid": "installed"}, help=[{"person": PERSON, "service": "vneid_activate", "result": "done", "value": "level2"}])
    line = line_of(minh, code, "VNeID")
    assert line.index("<b>Mức 2</b>") < line.index("<b>Cài rồi, chưa kích hoạt</b>") and "sau khi giúp: Kích hoạt VNeID" in line
    clock.tick(hours=1)
    path = f"/households/{code}/void/{[row.event_id for row in journal_rows() if row.kind == 'visit'][-1]}"
    minh.post(path, {"reason": "nhầm hộ"}, page=path)
    line = line_of(minh, code, "VNeID")
    assert "<s>Mức 2</s>" in line and line.count("nhầm hộ") == 2


def test_what_a_house_stated_is_put_aside_when_its_visit_found_nobody_after_all(minh, register, visit, journal_rows, clock):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people={"phone": "smartphone"})
    clock.tick(hours=1)
    path = f"/households/{code}/correct/{[row.event_id for row in journal_rows() if row.kind == 'visit'][-1]}"
    minh.post(path, {"outcome": "absent", "reason": "bấm nhầm"}, page=path)
    assert "<s>Thông minh</s>" in line_of(minh, code, "Điện thoại")


def line_of(minh, code, field):
    return re.search(rf"<dt>{field}</dt>(.*?)</div>", minh.get(f"/households/{code}/history").text, re.S)[1]
