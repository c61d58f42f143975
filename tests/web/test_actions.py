"""What Minh does to a household: each act is one event with its reason, counts at once, and is undone by another."""

import json
import re

import pytest

from fieldapp.intake import desk
from fieldapp.store import accounts, households
from fieldapp.store.engine import reading
from tests.conftest import HERE

PERSON = "k3v9x2m7ap"


@pytest.fixture
def state(communes):
    def of(code):
        with reading(communes) as connection:
            return households.by_code(connection, HERE, code).state

    return of


@pytest.fixture
def act(minh):
    """Fills the form of a page and sends it; the address is that of the page."""

    def done(path, expected=303, **form):
        answer = minh.post(path, {"reason": "ghi nhầm", **form}, page=path)
        assert answer.status_code == expected, answer.text
        return answer.text

    return done


@pytest.fixture
def event(minh, journal_rows):
    """The id of the latest event of a kind."""
    return lambda kind: [row.event_id for row in journal_rows() if row.kind == kind][-1]


def test_correct_changes_only_what_was_changed(minh, act, register, visit, state, figure, event, journal_rows, clock, sound):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people={"phone": "smartphone", "vneid": "level1", "epay": ["bank", "wallet"]})
    clock.tick(hours=1)
    path = f"/households/{code}/correct/{event('visit')}"
    page = minh.get(path).text
    assert '<option value="smartphone" selected>' in page and "Mức 1" in page
    act(path, **{f"people.{PERSON}.phone": "basic", f"people.{PERSON}.vneid": ""})
    fields = json.loads(journal_rows()[-1].text)["body"]["fields"]
    assert fields == {"people": {PERSON: {"phone": "basic", "vneid": None}}}
    assert state(code)["people"][PERSON]["phone"] == "basic" and figure("dong-cho", "smartphone").no == 1
    assert "đã đính chính" in minh.get(f"/households/{code}").text
    sound()
    clock.tick(minutes=1)
    act(f"/households/{code}/void/{event('correct')}")
    assert state(code)["people"][PERSON]["phone"] == "smartphone"
    sound()


def test_a_list_of_choices_is_corrected_by_ticks(act, register, visit, state, event, clock):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people={"epay": ["bank", "wallet"]})
    clock.tick(hours=1)
    path = f"/households/{code}/correct/{event('visit')}"
    act(path, **{f"people.{PERSON}.epay.here": "1", f"people.{PERSON}.epay": ["wallet", "mobile_money"]})
    assert state(code)["people"][PERSON]["epay"] == ["wallet", "mobile_money"]


def test_what_can_not_be_is_said_at_its_field_and_kept_as_typed(minh, act, register, event, journal_rows):
    code = register("dong-cho", "Trịnh Thị Hoa")
    path, before = f"/households/{code}/correct/{event('register')}", len(journal_rows())
    page = act(path, 422, **{f"people.{PERSON}.birth_year": "mười chín"})
    assert "bốn chữ số" in page and "mười chín" in page
    page = act(path, 422, **{f"people.{PERSON}.birth_year": "1961", "reason": " "})
    assert "Vui lòng ghi lý do" in page and 'value="1961"' in page
    assert "Chưa có gì thay đổi" in act(path, 422)
    assert len(journal_rows()) == before


def test_the_register_is_corrected_too(act, register, state, event, sound, clock):
    code = register("dong-cho", "Trịnh Thị Hoa")
    clock.tick(minutes=1)
    act(f"/households/{code}/correct/{event('register')}", address="Ngõ 9", **{f"people.{PERSON}.name": "Trịnh Thị Hòa"})
    assert state(code)["address"] == "Ngõ 9" and state(code)["people"][PERSON]["name"] == "Trịnh Thị Hòa"
    sound()


def test_void_takes_a_visit_out_and_restoring_brings_it_back(minh, act, register, visit, state, figure, event, clock, sound):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people={"phone": "smartphone"})
    clock.tick(minutes=1)
    visit_id = event("visit")
    act(f"/households/{code}/void/{visit_id}")
    assert state(code)["visits"] == 0 and figure("dong-cho", "smartphone").yes == 0
    assert "Khôi phục" in minh.get(f"/households/{code}").text
    assert "hủy trước đó" in act(f"/households/{code}/void/{visit_id}", 422)
    sound()
    clock.tick(minutes=1)
    act(f"/households/{code}/void/{event('void')}")
    assert state(code)["visits"] == 1 and figure("dong-cho", "smartphone").yes == 1
    sound()


def test_a_household_moves_to_another_village_and_back(act, register, state, event, clock, sound):
    code = register("dong-cho", "Trịnh Thị Hoa")
    clock.tick(minutes=1)
    assert "Vui lòng chọn thôn" in act(f"/households/{code}/move", 422, village="atlantis")
    act(f"/households/{code}/move", village="dong-thanh")
    assert state(code)["village"] == "dong-thanh"
    clock.tick(minutes=1)
    act(f"/households/{code}/void/{event('move')}")
    assert state(code)["village"] == "dong-cho"
    sound()


def test_a_person_moves_with_what_is_known_of_them_and_one_undoing_undoes_both(act, other_house, register, visit, state, event, clock, sound):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people={"phone": "smartphone"})
    clock.tick(minutes=1)
    path = f"/households/{code}/people/{PERSON}/move"
    assert "Không có hộ nào" in act(path, 422, to="77-1")
    assert "chính là hộ này" in act(path, 422, to=code)
    act(path, to=other_house.rpartition("-")[0][-2:] + "-1", relation="parent", residence="permanent")
    assert state(code)["people"][PERSON]["residence"] == "left"
    there = state(other_house)["people"][PERSON]
    assert (there["name"], there["phone"], there["relation"]) == ("Trịnh Thị Hoa", "smartphone", "parent")
    sound()
    clock.tick(minutes=1)
    act(f"/households/{other_house}/void/{event('move')}")
    assert state(code)["people"][PERSON]["residence"] == "permanent" and PERSON not in state(other_house)["people"]
    sound()
    clock.tick(minutes=1)
    act(f"/households/{code}/void/{event('void')}")
    assert state(code)["people"][PERSON]["residence"] == "left" and PERSON in state(other_house)["people"]
    sound()


@pytest.fixture
def other_house(communes, clock):
    """A household in Đồng Thanh whose people have ids of their own."""
    people = [
        {"id": "d5f7h9k2mn", "name": "Trinh thi hoa", "birth_year": None, "sex": "female", "relation": "head", "residence": "permanent"},
        {"id": "p0r4s8t2ve", "name": "Đỗ Văn Lực", "birth_year": 1990, "sex": "male", "relation": "child", "residence": "permanent"},
    ]
    body = {"village": "dong-thanh", "address": "Ngõ 7", "source": "roster", "people": people}
    with reading(communes) as connection:
        officer = accounts.by_id(connection, HERE, "minh")
    (receipt,) = desk.record(communes, officer, clock(), [("register", None, body)])
    with reading(communes) as connection:
        return households.by_id(connection, HERE, receipt.id).code


def test_two_households_are_merged_and_parted_again(minh, act, register, other_house, state, event, clock, sound):
    code = register("dong-cho", "Trịnh Thị Hoa")
    clock.tick(minutes=1)
    assert other_house in minh.get(f"/households/{code}/merge").text
    page = minh.get(f"/households/{code}/merge?other={other_house}").text
    assert f'<option value="{PERSON}" selected>' in page and page.count(" selected>") == 1
    act(f"/households/{code}/merge?other={other_house}", other=other_house, **{"person.d5f7h9k2mn": PERSON, "person.p0r4s8t2ve": ""})
    assert state(other_house)["status"] == "merged" and set(state(code)["people"]) == {PERSON, "p0r4s8t2ve"}
    sound()
    clock.tick(minutes=1)
    act(f"/households/{code}/void/{event('merge')}")
    assert state(other_house)["status"] == "active" and set(state(code)["people"]) == {PERSON}
    sound()


def test_erasing_asks_for_the_code_and_leaves_no_name(minh, act, register, visit, state, journal_rows, clock, sound):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people={"phone": "smartphone"}, comment="bà Hoa đi vắng")
    clock.tick(minutes=1)
    path = f"/households/{code}/erase"
    page = act(path, 422, typed="15835-03-9999")
    assert "Mã chưa đúng" in page and "Vui lòng chọn một" in page
    act(path, typed=code, counted="1")
    assert state(code)["erased"] and not any("Hoa" in (row.text or row.redacted or "") for row in journal_rows())
    assert minh.get(path).status_code == 404 and "Hoa" not in minh.get(f"/households/{code}").text
    sound()


def test_one_person_is_erased(act, register, other_house, state, clock, sound):
    clock.tick(minutes=1)
    act(f"/households/{other_house}/erase", typed=other_house, counted="0", person="p0r4s8t2ve")
    assert "p0r4s8t2ve" not in state(other_house)["people"] and not state(other_house)["erased"]
    sound()


def test_a_visit_is_given_back_with_words_and_approved(minh, act, register, visit, state, event, clock, sound):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people={"phone": "smartphone"})
    clock.tick(minutes=1)
    path = f"/households/{code}/review/{event('visit')}"
    assert "Vui lòng ghi cần làm lại" in act(path, 422, outcome="returned")
    act(path, outcome="returned", comment="Xin hỏi lại năm sinh")
    assert list(state(code)["returned"].values()) == ["Xin hỏi lại năm sinh"]
    clock.tick(minutes=1)
    act(path, outcome="approved")
    assert state(code)["returned"] == {}
    sound()


def test_leaders_see_no_button_and_no_page_of_these(minh, tuan, lan, register, visit, event):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people={"phone": "smartphone"})
    links = set(re.findall(rf'href="(/households/{code}/[^"]+)"', minh.get(f"/households/{code}").text))
    assert {link.split("/")[3].partition("?")[0] for link in links} == {"correct", "void", "review", "move", "merge", "erase", "people", "history"}
    assert set(re.findall(rf'href="(/households/{code}/[^"]+)"', tuan.get(f"/households/{code}").text)) == {f"/households/{code}/history"}
    for link in links:
        assert minh.get(link.replace("&amp;", "&")).status_code == 200, link
        assert lan.get(link).status_code == 404, link
        if not link.endswith("history"):
            assert tuan.get(link).status_code == 404, link
            assert tuan.post(link, {"reason": "x"}, page=f"/households?q={code}").status_code == 404, link


def test_what_is_given_back_names_the_question_that_is_to_be_asked_again(minh, act, register, visit, state, event, huong, clock, sound):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people={"phone": "smartphone"})
    clock.tick(minutes=1)
    path = f"/households/{code}/review/{event('visit')}"
    assert "Trịnh Thị Hoa" in minh.get(path).text and f'value="people.{PERSON}.phone"' in minh.get(path).text
    act(path, outcome="returned", comment="Hỏi lại giúp", where=f"people.{PERSON}.phone")
    assert list(state(code)["returned_where"].values()) == [f"people.{PERSON}.phone"]
    assert "Điện thoại · Trịnh Thị Hoa" in minh.get(f"/households/{code}").text and "Điện thoại · Trịnh Thị Hoa" in minh.get(f"/queue/{code}").text
    huong.sync()
    (here,) = [each for each in huong.households.values() if each["code"] == code]
    assert list(here["returned_where"].values()) == [f"people.{PERSON}.phone"]
    sound()
    clock.tick(minutes=1)
    act(path, outcome="returned", comment="Hỏi lại giúp", where="people.nobody.phone")
    assert state(code)["returned_where"] == {}
