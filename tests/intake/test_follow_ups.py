"""What a phone is told besides households: who of its villages asked for help on the public page, and what its member did these days."""

from dataclasses import replace

import pytest

from fieldapp.demo import answers
from fieldapp.store import listing, sign_ups
from fieldapp.store.engine import reading, writing
from fieldapp.store.listing import Asked
from tests.conftest import HERE
from tests.intake.test_sync import a_house

LUA = sign_ups.SignUp(
    "0192f000-0000-4000-8000-000000000001", "2026-11-19T18:00:00.000Z", "dong-cho", "Cao Thị Lụa", "+84912345678", ("vneid_activate",), {}
)


@pytest.fixture
def lua(communes):
    """Cao Thị Lụa of thôn Đồng Chợ asked for help on the public page, and so did somebody of another village."""
    with writing(communes) as connection:
        sign_ups.add(connection, HERE, LUA, "2026-11-19T00:00:00.000Z")
        beside = replace(LUA, sign_up_id="0192f000-0000-4000-8000-000000000002", village_id="dong-thanh", name="Lê Văn Tính")
        sign_ups.add(connection, HERE, beside, "2026-11-19T00:00:00.000Z")
    return LUA.sign_up_id


def waiting(phone, mark=""):
    return phone.call([], sign_ups=mark)[1]["sign_ups"]


def names(phone):
    return [each["name"] for each in waiting(phone)["waiting"]]


def answered(phone, clock, sign_up, outcome="done"):
    house, people = a_house(phone)
    phone.wait(hours=1)
    body = answers.visit(people={people[0]: {"phone": "basic"}}) if outcome == "done" else {"outcome": outcome}
    phone.seal("visit", house, {**body, "sign_up": sign_up}, base=[house])
    clock.now = phone.at
    phone.sync()
    return house


def test_a_sign_up_comes_to_the_phones_of_its_village_with_the_day_by_which_to_call(lua, huong):
    (one,) = waiting(huong)["waiting"]
    assert (one["name"], one["phone"], one["wishes"], one["due"]) == ("Cao Thị Lụa", "+84912345678", ["vneid_activate"], "2026-11-22")


def test_what_the_phone_has_is_not_sent_again(lua, huong):
    assert waiting(huong, waiting(huong)["mark"]) is None


def test_the_visit_that_was_made_for_it_ends_it(lua, huong, clock, communes, sound):
    answered(huong, clock, lua)
    assert names(huong) == []
    with reading(communes) as connection:
        found = next(each for each in sign_ups.listed(connection, HERE) if each.sign_up_id == lua)
        assert found.done_by == "huong" and found.done_at and sign_ups.open_count(connection, HERE, {"dong-cho"}) == 0
    sound()


def test_a_visit_that_found_nobody_leaves_it_waiting(lua, huong, clock):
    answered(huong, clock, lua, outcome="absent")
    assert names(huong) == ["Cao Thị Lụa"]


def test_a_voided_visit_lets_it_wait_again(lua, huong, minh, clock, journal_rows):
    house = answered(huong, clock, lua)
    minh("void", house, {"event": journal_rows()[-1].event_id, "reason": "nhầm nhà"})
    assert names(huong) == ["Cao Thị Lụa"]


def test_a_phone_is_told_what_its_member_did_on_each_of_the_last_days(huong, binh, clock):
    house, people = a_house(huong)
    help = [{"person": each, "service": "vneid_install", "result": "done"} for each in (people[0], people[0], people[1])]
    huong.seal("visit", house, answers.visit(people={people[0]: {"phone": "smartphone"}}, help=help), base=[house])
    huong.wait(hours=24)
    huong.seal("visit", house, {"outcome": "absent"})
    clock.now = huong.at
    huong.sync()
    assert [list(each.values())[1:] for each in huong.call([])[1]["done"]] == [[1, 1, 2], [1, 0, 0]]
    assert binh.call([])[1]["done"] == []
    clock.tick(hours=24 * 7)
    assert huong.call([])[1]["done"] == []


@pytest.mark.parametrize(
    ("body", "due"),
    [
        ({"return_on": "2026-11-23"}, "2026-11-23"),
        ({"help": [{"person": None, "service": "zalo_join", "result": "booked"}]}, "2026-11-27"),
        ({}, None),
    ],
)
def test_a_household_is_due_on_the_day_of_the_first_thing_to_do(huong, communes, clock, body, due):
    house, people = a_house(huong)
    huong.seal("visit", house, answers.visit(people={people[0]: {"phone": "basic"}}, **body), base=[house])
    huong.sync()

    def listed(day):
        with reading(communes) as connection:
            return [row.household_id for row in listing.page(connection, HERE, Asked(day, filters=("to_return",)))[0]]

    assert listed("2026-11-22") == [] and (listed(due) == [house] if due else listed("2027-01-01") == [])
