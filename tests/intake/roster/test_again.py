"""A roster that comes again: nobody is taken twice, nothing that was mended since comes back, and only what is new in it is written."""

import pytest

from fieldapp.demo import answers
from fieldapp.intake.roster import plan as plan_of
from fieldapp.store import areas, households
from fieldapp.store.engine import reading as reading_of
from fieldapp.store.engine import writing
from tests.conftest import HERE
from tests.intake.roster import files
from tests.intake.roster.test_files import book, read, taken

FILE = files.csv(files.by_person())
NOTHING_NEW = (0, 0, 4)


@pytest.fixture
def taken_once(communes, clock):
    """The four households have been in the book for a week: head → the household."""
    taken(communes, FILE, now=clock.now)
    clock.tick(days=7)
    return {each.line.head: each for each in book(communes)}


@pytest.fixture
def again(communes, clock):
    """Give a file again, a day later: again(file) → how many households are new, changed, the same."""

    def again(content=FILE):
        clock.tick(days=1)
        outcome = taken(communes, content, now=clock.now)
        return outcome.new, outcome.changed, outcome.same

    return again


def planned(communes, content):
    with reading_of(communes) as connection:
        return plan_of.plan(connection, HERE, read(communes, content).households)


def changed(line, **cells):
    """The list with one of its lines changed: changed(1, birth="01/02/1959")."""
    rows = files.by_person()
    for name, value in cells.items():
        rows[line][("number", "name", "birth", "sex", "relation", "household", "village", "address", "poverty").index(name)] = value
    return files.csv(rows)


def person_of(household, name):
    return next(person_id for person_id, person in household.state["people"].items() if person["name"] == name)


def people(communes):
    return {person["name"]: person for each in book(communes) for person in each.state["people"].values() if each.line.status != "merged"}


@pytest.mark.parametrize("mended", [{"birth_year": 1959}, {"name": "Lê Văn Điền"}, {"relation": "parent"}], ids=str)
def test_what_an_officer_mended_stays_mended(communes, taken_once, minh, mended, sound, again):
    house = taken_once["Lê Văn Đào"]
    correction = {"people": {person_of(house, "Lê Văn Đào"): mended}, "address": "Ngõ 33"}
    minh("correct", house.household_id, {"event": house.household_id, "fields": correction, "reason": "gõ nhầm"})
    assert again() == NOTHING_NEW
    sound()


def test_what_was_said_at_the_door_stays_and_is_told(communes, taken_once, huong, clock, sound, again):
    house = taken_once["Lê Văn Đào"]
    hoa = person_of(house, "Đỗ Thị Hoà")
    clock.tick(days=2)
    huong.at = clock.now
    huong.seal("visit", house.household_id, answers.visit(people={hoa: {"birth_year": 1964}}), base=[house.household_id])
    huong.sync()
    assert again() == NOTHING_NEW
    newer = changed(2, birth="01/02/1961")
    (told,) = [change for step in planned(communes, newer).steps for change in step.contradicted]
    assert (told.name, told.field, told.before, told.after) == ("Đỗ Thị Hoà", "birth_year", 1964, 1961)
    assert again(newer) == NOTHING_NEW and people(communes)["Đỗ Thị Hoà"]["birth_year"] == 1964
    sound()


def test_a_newer_file_mends_a_birth_year_and_makes_nobody_twice(communes, taken_once, sound, again):
    for line, name in ((1, "Lê Văn Đào"), (2, "Đỗ Thị Hoà")):
        newer = changed(line, birth="01/02/1970")
        assert again(newer) == (0, 1, 3) and again(newer) == NOTHING_NEW
        assert people(communes)[name]["birth_year"] == 1970 and len(people(communes)) == 7
        assert again() == (0, 1, 3)  # the older file again: what it says is another thing than the last one said
    sound()


def test_a_newer_file_mends_a_name_and_makes_nobody_twice(communes, taken_once, sound, again):
    newer = changed(4, name="Trần Văn Ấn")
    assert again(newer) == (0, 1, 3) and again(newer) == NOTHING_NEW
    assert "Trần Văn Ấn" in people(communes) and len(people(communes)) == 7
    assert again(changed(4, name="TRAN VAN AN")) == NOTHING_NEW
    sound()


def test_a_household_that_became_part_of_another_does_not_come_back(communes, taken_once, minh, sound, again):
    one, other = taken_once["Phạm Ngọc Quỳnh"], taken_once["Đặng Ưng"]
    minh("merge", other.household_id, {"other": one.household_id, "people": {}, "reason": "một nhà"})
    assert again() == NOTHING_NEW
    sound()


def test_a_household_that_moved_stays_where_it_went(communes, taken_once, minh, sound, again):
    minh("move", taken_once["Đặng Ưng"].household_id, {"village": "dong-thanh", "reason": "chuyển nhà"})
    assert again() == NOTHING_NEW
    assert {each.line.head: each.village_id for each in book(communes)}["Đặng Ưng"] == "dong-thanh"
    sound()


def test_a_list_under_the_new_name_of_villages_that_merged_finds_its_households(communes, taken_once, again):
    with writing(communes) as connection:
        areas.merge_village(connection, HERE, "phu-van", "dong-thanh", "2026-11-20")
    rows = [[*row[:6], row[6].replace("Phú Văn", "Đồng Thanh"), *row[7:]] for row in files.by_person()]
    assert again(files.csv(rows)) == NOTHING_NEW


def test_a_code_finds_the_household_in_another_village_and_moves_it(communes, taken_once, sound, again):
    code = taken_once["Đặng Ưng"].code
    newer = files.csv([["Mã hộ", "Thôn", "Họ tên chủ hộ", "Năm sinh"], [code, "Đồng Thanh", "Đặng Ưng", 1984]])
    assert again(newer) == (0, 1, 0) and again(newer) == (0, 0, 1)
    with reading_of(communes) as connection:
        assert households.by_code(connection, HERE, code).village_id == "dong-thanh"
    sound()


def test_another_head_does_not_make_another_household(communes, taken_once, again):
    rows = files.by_person()
    del rows[1]
    rows[1][4] = "Chủ hộ"
    (step, *_others) = planned(communes, files.csv(rows)).steps
    assert step.known.code == taken_once["Lê Văn Đào"].code and again(files.csv(rows)) == NOTHING_NEW
    # Two heads of one house: that is for an officer to say, not for a list.
    assert [(change.field, change.after) for change in step.contradicted] == [("relation", "head")]


def test_who_was_erased_does_not_come_back(communes, taken_once, minh, sound, again):
    house = taken_once["Lê Văn Đào"]
    minh("erase", house.household_id, {"person": person_of(house, "Đỗ Thị Hoà"), "counted": True, "reason": "yêu cầu"})
    (step, *_others) = planned(communes, FILE).steps
    assert step.kept_out == ["Đỗ Thị Hoà"] and again() == NOTHING_NEW and "Đỗ Thị Hoà" not in people(communes)
    sound()


def test_who_the_file_lacks_is_only_told(communes, taken_once, again):
    rows = files.by_person()
    del rows[1:3]
    assert [each.line.head for each in planned(communes, files.csv(rows)).missing] == ["Lê Văn Đào"]
    assert again(files.csv(rows)) == (0, 0, 3) and len(book(communes)) == 4
