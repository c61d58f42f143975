"""Every kind of event, also those that no page makes yet: what each changes in the household and in the figures."""

import json

import pytest

from fieldapp.demo import answers
from fieldapp.store import devices, households
from fieldapp.store.engine import reading, writing
from tests.conftest import HERE
from tests.intake.test_sync import a_house


@pytest.fixture
def household(communes):
    def household(household_id):
        with reading(communes) as connection:
            return households.by_id(connection, HERE, household_id)

    return household


@pytest.fixture
def visited(huong, clock):
    """A house that Hường has visited: its id, its people's, the visit's id."""

    def visited(phone="smartphone", village="dong-cho", by=huong):
        house, people = a_house(by, village)
        by.wait(minutes=1)
        visit = by.seal("visit", house, answers.visit(people={people[0]: {"phone": phone}}), base=[house])
        by.sync()
        clock.now = by.at
        return house, people, json.loads(visit)["id"]

    return visited


def smartphones(figure, village="dong-cho"):
    balance = figure(village, "smartphone")
    return balance.yes, balance.no


def test_correct_changes_what_was_said_then(huong, visited, figure, sound):
    house, people, visit = visited()
    huong.wait(hours=1)
    huong.seal("correct", house, {"event": visit, "fields": {"people": {people[0]: {"phone": "basic"}}}, "reason": "gõ nhầm"})
    huong.sync()
    assert smartphones(figure) == (0, 1)
    sound()


def test_void_takes_a_visit_out_and_the_void_of_it_brings_it_back(minh, visited, figure, household, journal_rows, sound):
    house, _, visit = visited()
    minh("void", house, {"event": visit, "reason": "nhầm hộ"})
    assert smartphones(figure) == (0, 0) and not household(house).line.visited
    minh("void", house, {"event": journal_rows()[-1].event_id, "reason": "đúng rồi"})
    assert smartphones(figure) == (1, 0)
    sound()


def test_move_takes_the_household_and_its_figures_along_from_its_day_on(minh, visited, figure, clock, sound):
    house, _, _ = visited()
    clock.now = "2026-11-25T02:00:00.000Z"
    minh("move", house, {"village": "dong-thanh", "reason": "tách thôn"})
    assert smartphones(figure) == (0, 0) and smartphones(figure, "dong-thanh") == (1, 0)
    assert figure("dong-cho", "smartphone", until="2026-11-24").yes == 1
    sound()


def test_a_person_who_moves_is_left_here_and_arrives_there(minh, visited, figure, household, sound):
    house, people, _ = visited()
    other, _, _ = visited("basic")
    minh("move", house, {"person": people[0], "to": other, "reason": "lấy chồng"})
    minh("move", other, {"person": people[0], "from": house, "values": {"name": "Lê Văn Đào", "birth_year": 1980, "sex": "male",
                         "relation": "other", "residence": "permanent", "phone": "smartphone"}, "reason": "lấy chồng"})  # fmt: skip
    assert household(house).state["people"][people[0]]["residence"] == "left"
    assert smartphones(figure) == (1, 1) and household(other).state["people"][people[0]]["phone"] == "smartphone"
    sound()


def test_merge_makes_one_household_of_two_and_the_old_code_leads_to_it(minh, visited, figure, household, journal_rows, sound):
    house, people, _ = visited()
    twin, theirs, _ = visited("basic")
    assert figure("dong-cho", "coverage").yes == 2
    minh("merge", house, {"other": twin, "people": dict(zip(theirs, people, strict=True)), "reason": "ghi hai lần"})
    assert figure("dong-cho", "coverage").yes == 1 and figure("dong-cho", "people").yes == 2
    assert household(twin).line.status == "merged" and household(twin).line.merged_into == house
    sound()
    minh("void", house, {"event": journal_rows()[-1].event_id, "reason": "là hai hộ"})
    assert figure("dong-cho", "coverage").yes == 2 and household(twin).line.status == "active"
    sound()


def test_review_settles_a_contested_value(huong, binh, minh, visited, figure, household, sound):
    house, people, _ = visited("smartphone")
    binh.sync()
    huong.wait(hours=1)
    binh.at = huong.at
    binh.wait(minutes=5)
    huong.seal("visit", house, answers.visit(people={people[0]: {"phone": "basic"}}))
    binh.seal("visit", house, answers.visit(people={people[0]: {"phone": "none"}}))
    huong.sync()
    binh.sync()
    assert [mark["where"] for mark in household(house).state["contested"]] == [f"people.{people[0]}.phone"]
    minh("review", house, {"event": None, "outcome": "settled", "people": {people[0]: {"phone": "smartphone"}}})
    assert household(house).state["contested"] == []
    sound()


def test_a_returned_visit_goes_down_with_its_comment(huong, minh, visited, sound):
    house, _, visit = visited()
    minh("review", house, {"event": visit, "outcome": "returned", "comment": "Xem lại năm sinh"})
    huong.sync()
    assert huong.households[house]["returned"] == {visit: "Xem lại năm sinh"}
    sound()


def test_a_held_visit_that_an_officer_replays_counts(huong, binh, minh, communes, figure, journal_rows, sound):
    house, people = a_house(binh)
    binh.sync()
    huong.sync()
    with writing(communes) as connection:
        devices.revoke(connection, HERE, huong.device, "2026-11-20T03:00:00.000Z")
    text = huong.seal("visit", house, answers.visit(people={people[0]: {"phone": "smartphone"}}))
    huong.call(huong.outbox)
    assert smartphones(figure) == (0, 0)
    row = journal_rows(text)[0]
    minh("review", house, {"event": row.event_id, "sha256": row.sha256, "outcome": "replayed"})
    assert smartphones(figure) == (1, 0)
    sound()


def test_list_says_who_is_poor_and_cuts_follow(minh, visited, figure, sound):
    house, _, _ = visited("basic")
    minh("list", house, {"poverty": "poor", "list": "Hộ nghèo 2026"})
    assert figure("dong-cho", "smartphone", "poverty:poor").no == 1
    assert figure("dong-cho", "poor_without_smartphone").eligible == 1
    sound()
