"""What visits leave to be done: absences and promises counted, doors in their order, and all of it made again by a rebuild."""

import pytest

from fieldapp.demo import answers
from fieldapp.store import listing
from fieldapp.store.engine import reading
from fieldapp.store.listing import Asked
from fieldapp.survey.lanes import lane_key
from tests.conftest import HERE
from tests.intake.test_sync import a_house

TODAY = "2026-11-20"


@pytest.fixture
def listed(communes):
    """The list: listed("to_return") gives ids; listed(search="…")."""

    def listed(*filters, **asked):
        with reading(communes) as connection:
            rows, _ = listing.page(connection, HERE, Asked(asked.pop("today", TODAY), filters=filters, **asked))
        return [row.household_id for row in rows]

    return listed


def visited(phone, house, clock, **body):
    phone.wait(hours=1)
    phone.seal("visit", house, body if "outcome" in body and body["outcome"] == "absent" else answers.visit(**body))
    phone.sync()
    clock.now = phone.at


def test_absent_twice_is_listed_until_somebody_is_asked(huong, clock, listed, sound):
    house, people = a_house(huong)
    visited(huong, house, clock, outcome="absent")
    assert listed("absent_twice") == []
    visited(huong, house, clock, outcome="absent")
    assert listed("absent_twice") == [house]
    visited(huong, house, clock, people={people[0]: {"phone": "basic"}})
    assert listed("absent_twice") == []
    sound()


def test_promised_help_is_listed_until_it_is_done(huong, clock, listed, sound):
    house, people = a_house(huong)
    promise = {"person": people[0], "service": "vneid_install", "result": "booked"}
    visited(huong, house, clock, people={people[0]: {"phone": "smartphone"}}, help=[promise])
    assert listed("wants_help") == [house]
    visited(huong, house, clock, people={people[0]: {"phone": "smartphone"}}, help=[{**promise, "result": "done"}])
    assert listed("wants_help") == []
    sound()


def test_a_voided_visit_leaves_the_list_of_visits(minh, huong, clock, listed, journal_rows, sound):
    house, _ = a_house(huong)
    visited(huong, house, clock, outcome="absent")
    assert listed("unvisited") == []
    minh("void", house, {"event": journal_rows()[-1].event_id, "reason": "nhầm nhà"})
    assert listed("unvisited") == [house]
    sound()


def test_visits_of_a_merged_household_are_those_of_the_one_that_stays(minh, huong, clock, listed, sound):
    (one, _), (other, _) = a_house(huong), a_house(huong)
    visited(huong, one, clock, outcome="absent")
    visited(huong, other, clock, outcome="absent")
    minh("merge", one, {"other": other, "people": {}, "reason": "một nhà ghi hai lần"})
    assert listed("absent_twice") == [one] and listed() == [one]
    sound()


@pytest.mark.parametrize(
    "doors",
    [
        ["Ngõ 2", "Ngõ 3", "Ngõ 10", "Xóm Đình"],
        ["Số 9 ngõ 3", "Số 10 ngõ 3", "Số 1 ngõ 4"],
        ["Nhà 5A, Xóm Đình", "Nhà 12, Xóm Đình"],
        [None, "Ngõ 1"],
    ],
)
def test_doors_stand_in_the_order_in_which_they_are_walked(doors):
    assert sorted(doors, key=lane_key) == doors


def test_pages_go_on_where_they_ended_though_others_come_in_between(huong, communes):
    for _ in range(5):
        a_house(huong)
    huong.sync()
    with reading(communes) as connection:
        first, after = listing.page(connection, HERE, Asked(TODAY), limit=2)
    a_house(huong)
    huong.sync()
    with reading(communes) as connection:
        rest, end = listing.page(connection, HERE, Asked(TODAY), after=after, limit=50)
        assert listing.count(connection, HERE, Asked(TODAY)) == 6
        assert [row.code for row in listing.everything(connection, HERE, Asked(TODAY))] == [row.code for row in first + rest]
    assert len(first) == 2 and len(rest) == 4 and end is None
