"""Counting a commune by a new version while it lives: whatever happens between two slices, a rebuild gives the same balances."""

from dataclasses import replace

import pytest

from fieldapp.demo import answers
from fieldapp.paper.backup import backup
from fieldapp.paper.restore import restore
from fieldapp.store import commune_keys, indicators, journal, ledger, recounting, sealing
from fieldapp.store.engine import open_engine, reading, writing
from fieldapp.store.migrate import upgrade
from fieldapp.store.rebuild import differences
from fieldapp.survey.indicator import INDICATORS
from tests.conftest import BESIDE, HERE
from tests.intake.test_sync import a_house, a_visit

SMARTPHONE = next(each for each in INDICATORS if each.code == "smartphone")
NOW = "2026-11-20T02:00:00.000Z"


def next_version(number, **changes):
    return replace(SMARTPHONE, version=1000 + number, form="household-1", **changes)


@pytest.fixture
def publish(communes):
    def publish(*defined):
        with writing(communes) as connection:
            journal.lock(connection, HERE)
            indicators.publish(connection, HERE, defined, "minh", NOW)
    return publish


@pytest.fixture
def count(communes):
    """Counts so many households; whether there was anything to count."""

    def count(most=1, engine=None):
        with writing(engine or communes) as connection:
            return recounting.count_some(connection, HERE, most)
    return count


def counted_alike(engine, *keys):
    """Every balance of these is what the shipped version's is: they say the same."""
    with reading(engine) as connection:
        balances = ledger.balances(connection, HERE)
    found = [{village: balance for (village, key), balance in balances.items() if key == each and any(balance)} for each in keys]
    return all(each == found[0] and each for each in found)


def test_counted_slice_by_slice_it_is_what_counting_at_once_gives(huong, publish, count, communes, sound):
    for _ in range(5):
        a_visit(huong)
    huong.sync()
    publish(next_version(1))
    while count(2):
        sound()
    assert counted_alike(communes, "smartphone:1", "smartphone:1001")


def test_merges_voids_and_late_visits_between_two_slices_are_counted_once(huong, minh, publish, count, communes, sound):
    houses = sorted(a_house(huong) for _ in range(4))
    for house, people in houses:
        huong.wait(minutes=1)
        huong.seal("visit", house, answers.visit(people={people[0]: {"phone": "smartphone"}}), base=[house])
    huong.sync()
    publish(next_version(1))
    count(2)
    (one, people), (_two, _), (three, theirs), (four, last) = houses
    minh("merge", one, {"other": three, "people": dict(zip(theirs, people, strict=True)), "reason": "ghi hai lần"})
    sound()
    huong.wait(days=-3)
    huong.seal("visit", four, answers.visit(people={last[1]: {"phone": "basic"}}), base=[four])
    a_visit(huong)
    huong.sync()
    sound()
    merge = minh("merge", four, {"other": one, "people": {}, "reason": "nhầm"})
    count(1)
    minh("void", four, {"event": merge.id, "reason": "không phải"})
    sound()
    while count(1):
        sound()
    assert counted_alike(communes, "smartphone:1", "smartphone:1001")


def test_one_published_while_another_is_being_counted_overtakes_nobody(huong, publish, count, communes, sound):
    for _ in range(5):
        a_visit(huong)
    huong.sync()
    publish(next_version(1))
    count(3)
    publish(next_version(2))
    while count(2):
        sound()
    assert counted_alike(communes, "smartphone:1", "smartphone:1001", "smartphone:1002")


def test_a_backup_taken_in_the_middle_comes_back_in_the_middle_and_goes_on(huong, publish, count, communes, tmp_path):
    printed, public = sealing.new_key()
    with writing(communes) as connection:
        for commune_id in (HERE, BESIDE):
            commune_keys.keep(connection, commune_id, public, NOW)
    for _ in range(3):
        a_visit(huong)
    huong.sync()
    publish(next_version(1))
    count(1)
    made = backup(communes, tmp_path / "all.tungnha", NOW)
    empty = open_engine(f"sqlite:///{tmp_path / 'elsewhere.sqlite'}")
    upgrade(empty)
    restore(empty, made.path, [sealing.read_private(printed)], NOW)
    with reading(empty) as connection:
        assert recounting.how_far(connection, HERE) == (1, 3) and differences(connection, HERE) == []
    while count(2, empty):
        pass
    assert counted_alike(empty, "smartphone:1", "smartphone:1001")
    empty.dispose()


def test_a_slice_that_was_killed_counted_nothing(huong, publish, count, communes, monkeypatch, sound):
    for _ in range(3):
        a_visit(huong)
    huong.sync()
    publish(next_version(1))
    count(1)
    with monkeypatch.context() as patched:
        patched.setattr(recounting.indicators, "counted_up_to", lambda *about: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            count(1)
    sound()
    while count(1):
        sound()
    assert counted_alike(communes, "smartphone:1", "smartphone:1001")


def test_what_ships_is_counted_by_the_same_way_as_ever_where_nothing_is_defined(communes):
    with reading(communes) as connection:
        reckons = indicators.reckons(connection, HERE)
    assert reckons("a") is reckons("b") is indicators.shipped
