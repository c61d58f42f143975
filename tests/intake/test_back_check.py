"""A back-check on the phones: whoever is to make it gets the household without its answers, nobody else learns of it, and the visit ends it."""

import json

import pytest

from fieldapp.demo import answers
from fieldapp.store import households
from fieldapp.store.engine import reading
from tests.conftest import HERE
from tests.intake.test_sync import a_house


@pytest.fixture
def asked(huong, binh, minh, clock):
    """A house that Hường surveyed and Bình is asked to check: (household, its people, the review that asks)."""
    house, people = a_house(huong)
    huong.wait(hours=1)
    found = {people[0]: {"phone": "smartphone", "vneid": "level1", "wants": ["epay_open"]}}
    visit = json.loads(huong.seal("visit", house, answers.visit(house={"internet": "fixed"}, people=found), base=[house]))["id"]
    clock.now = huong.at
    huong.sync()
    receipt = minh("review", house, {"outcome": "back_check", "event": visit, "checker": "binh", "due": "2026-12-04", "seed": "x"})
    assert receipt.outcome == "stored"
    return house, people, receipt.id


def got(phone, house):
    """The household as the phone has it."""
    phone.sync()
    return phone.households[house]


def test_the_checkers_phone_gets_who_lives_there_and_no_answer(asked, binh):
    house, people, review = asked
    here = got(binh, house)
    assert here["back_check"] == {"id": review, "due": "2026-12-04"} and here["people"][people[0]]["name"]
    assert set(here["people"][people[0]]) == {"name", "birth_year", "sex", "relation", "residence"}
    assert (here["house"], here["visited"], here["outcome"], here["wishes"], here["helped"]) == ({}, False, None, {}, {})
    assert here["consent"]["given"]


def test_nobody_elses_phone_and_no_list_tells_of_it(asked, huong, communes):
    house, _people, _review = asked
    here = got(huong, house)
    assert "back_check" not in here and here["house"] == {"internet": "fixed"}
    with reading(communes) as connection:
        line = households.by_id(connection, HERE, house)
    assert line.state["back_check"]["checker"] == "binh"


def test_the_visit_that_names_it_ends_it_and_counts(asked, binh, clock, figure, sound):
    house, people, review = asked
    clock.tick(days=1)
    binh.at = clock.now
    got(binh, house)
    body = {**answers.visit(house={"internet": "none"}, people={people[0]: {"phone": "basic"}}), "back_check": review}
    binh.seal("visit", house, body)
    here = got(binh, house)
    assert "back_check" not in here and here["house"] == {"internet": "none"} and here["people"][people[0]]["phone"] == "basic"
    assert figure("dong-cho", "smartphone").no == 1
    sound()


def test_a_check_that_finds_nobody_leaves_the_house_surveyed_and_waits_on(asked, binh, clock, communes, sound):
    house, _people, review = asked
    clock.tick(days=1)
    binh.at = clock.now
    got(binh, house)
    binh.seal("visit", house, {"outcome": "absent", "back_check": review})
    assert got(binh, house)["back_check"]["id"] == review
    with reading(communes) as connection:
        line = households.by_id(connection, HERE, house)
    assert line.line.outcome == "done" and line.state["visits"] == 2
    sound()


def test_called_off_it_leaves_the_phone_and_the_answers_come_back(asked, binh, minh, sound):
    house, _people, review = asked
    assert "back_check" in got(binh, house)
    minh("void", house, {"event": review, "reason": "thôi"})
    here = got(binh, house)
    assert "back_check" not in here and here["house"] == {"internet": "fixed"}
    sound()
