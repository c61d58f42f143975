"""What waits for an officer: two sides of one value, and flags; each leaves when it is answered, and a rebuild knows it too."""

import re

import pytest

from fieldapp.store import attention, households, listing
from fieldapp.store.engine import reading
from tests.conftest import HERE
from tests.web.conftest import PERSON


@pytest.fixture
def disputed(register, visit, clock):
    """A household whose phone two visits tell differently, neither knowing of the other."""
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people={"phone": "smartphone"}, base=[])
    visit(code, people={"phone": "basic"}, base=[])
    clock.tick(hours=1)
    return code


def state(communes, code):
    with reading(communes) as connection:
        return households.by_code(connection, HERE, code).state


def settle(minh, code, **form):
    return minh.post("/queue/settle", {"code": code, "where": f"people.{PERSON}.phone", **form}, page="/queue")


def test_both_sides_are_shown_and_the_chosen_one_stands(minh, lan, disputed, communes, sound):
    page = minh.get("/queue").text
    sides = re.findall(r'name="side" value="([0-9a-f-]{36})"><span><b>([^<]+)</b>', page)
    assert {words for _, words in sides} == {"Thông minh", "Phím bấm (2G)"} and page.count("Lê Thị Hường") == 2
    assert "Trịnh Thị Hoa" not in lan.get("/queue").text
    settle(minh, disputed, side=next(event for event, words in sides if words == "Thông minh"))
    assert state(communes, disputed)["people"][PERSON]["phone"] == "smartphone" and state(communes, disputed)["contested"] == []
    assert disputed not in minh.get("/queue").text.split('id="flags"')[0]
    sound()


def test_another_value_can_be_typed_and_a_wrong_one_changes_nothing(minh, lan, disputed, communes, sound):
    for wrong in ({}, {"side": "other"}, {"side": "other", "other": "telegraph"}, {"side": "x"}):
        assert "Chưa có gì thay đổi" in minh.get(settle(minh, disputed, **wrong).location).text
    assert lan.post("/queue/settle", {"code": disputed, "where": f"people.{PERSON}.phone"}, page="/households").status_code == 404
    assert state(communes, disputed)["contested"]
    settle(minh, disputed, side="other", other="none")
    assert state(communes, disputed)["people"][PERSON]["phone"] == "none" and not state(communes, disputed)["contested"]
    assert "đã có người trả lời" in minh.get(settle(minh, disputed, side="other", other="basic").location).text
    sound()


@pytest.fixture
def flagged(communes):
    """How many events wait with each flag; how many households the list says need a look."""

    def counted():
        with reading(communes) as connection:
            return attention.flag_counts(connection, HERE), listing.counts(connection, HERE, listing.Asked("2026-11-20"))["flagged"]

    return counted


def test_an_answered_flag_leaves_the_queue_and_the_list_and_comes_back_when_the_answer_is_voided(
    minh, lan, register, flagged, journal_rows, clock, sound
):
    code = register("dong-cho", "Hoa")
    assert flagged() == ({"name_one_word": 1}, 1)
    page = minh.get("/queue").text
    assert "Họ tên chỉ có một chữ" in page and code in page
    clock.tick(minutes=1)
    event = re.search(r'name="event" value="([^"]+)"', page)[1]
    lan.post("/queue/answer", {"event": event, "flag": "name_one_word"}, page="/households")
    assert flagged() == ({"name_one_word": 1}, 1)
    assert "Chưa chọn mục nào" in minh.get(minh.post("/queue/answer", {"flag": "name_one_word"}, page="/queue").location).text
    minh.post("/queue/answer", {"event": event, "flag": "name_one_word"}, page="/queue")
    assert flagged() == ({}, 0) and "Không còn gì phải xem" in minh.get("/queue").text
    assert "đã xem" in minh.get(f"/households/{code}").text
    sound()
    clock.tick(minutes=1)
    path = f"/households/{code}/void/{journal_rows()[-1].event_id}"
    minh.post(path, {"reason": "chưa xem kỹ"}, page=path)
    assert flagged() == ({"name_one_word": 1}, 1)
    sound()


def test_a_voided_event_needs_no_look(minh, register, visit, flagged, journal_rows, clock, sound):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people={"birth_year": 1901})
    assert "age_over_115" in flagged()[0]
    clock.tick(minutes=1)
    event = [row.event_id for row in journal_rows() if row.kind == "visit"][-1]
    minh.post(f"/households/{code}/void/{event}", {"reason": "nhầm"}, page=f"/households/{code}/void/{event}")
    assert flagged() == ({}, 0)
    sound()


def test_the_queue_of_a_quiet_commune_says_what_comes_here(minh):
    assert "Không còn gì phải xem" in minh.get("/queue").text
