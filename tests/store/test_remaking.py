"""A commune whose projections an older version made: made again household by household while it lives. Whatever happens between two slices, in the
end a rebuild finds no difference, nothing counts twice, and no phone ever waited."""

import random

import pytest
from sqlalchemy import func, select, update

from fieldapp.demo import answers
from fieldapp.store import ledger, recounting, remaking, shape
from fieldapp.store.engine import reading, writing
from fieldapp.store.rebuild import differences
from fieldapp.store.tables import balance, commune, household, visit
from tests.conftest import BESIDE, HERE
from tests.crowd import VILLAGES, Crowd
from tests.intake.test_sync import a_house, a_visit
from tests.story import COMMUNE
from tests.test_arrival import arrive, fresh


@pytest.fixture
def aged(communes):
    """Makes all that an older version would have left: columns that it had not, states that it kept otherwise, balances of other rules."""

    def aged(commune_id=HERE):
        with writing(communes) as connection:
            added = ("lane", "source", "registered_on", "residents", "smartphone", "absences", "wishes", "due")
            connection.execute(update(household).where(household.c.commune_id == commune_id).values(**dict.fromkeys(added), state="{}", aside="{}"))
            connection.execute(visit.delete().where(visit.c.commune_id == commune_id))
            connection.execute(update(balance).where(balance.c.commune_id == commune_id).values(yes=balance.c.yes + 7))
            connection.execute(update(commune).where(commune.c.commune_id == commune_id).values(projected_by=1))

    return aged


@pytest.fixture
def count(communes):
    """Counts so many households; whether the commune is whole then."""

    def count(most=1, commune_id=HERE):
        with writing(communes) as connection:
            recounting.count_some(connection, commune_id, most)
            return shape.is_whole(connection, commune_id)

    return count


def test_what_an_older_version_made_is_made_again(huong, communes, aged, count, sound):
    for _ in range(5):
        a_visit(huong)
    huong.sync()
    aged()
    with reading(communes) as connection:
        assert differences(connection, HERE) != [] and shape.unmade(connection) == [HERE] and shape.how_many(connection) == (0, 1)
    while not count(2):
        pass
    sound()
    with reading(communes) as connection:
        assert recounting.waiting(connection) == [] and shape.how_many(connection) == (1, 1)


def test_only_what_is_made_is_in_the_ledger_and_is_so_once(huong, communes, aged, count):
    for _ in range(4):
        a_visit(huong)
    huong.sync()
    aged()
    for made in (1, 2, 3):
        assert not count()
        with reading(communes) as connection:
            assert ledger.balances(connection, HERE)["dong-cho", "coverage"].yes == made
    count(2)
    with reading(communes) as connection:
        assert ledger.balances(connection, HERE)["dong-cho", "coverage"].yes == 4


def test_phones_are_answered_as_ever_while_their_commune_waits(huong, binh, aged, count, sound):
    houses = [a_house(huong) for _ in range(3)]
    huong.sync()
    binh.sync()
    aged()
    waiting = [count, lambda: None, count, count]
    for step, (house, people) in zip(waiting, (*houses, a_house(huong)), strict=True):
        huong.wait(minutes=1)
        huong.seal("visit", house, answers.visit(people={people[0]: {"phone": "smartphone"}}), base=[house])
        answer = huong.sync()
        assert {each["outcome"] for each in answer["receipts"]} == {"stored"}
        binh.sync()
        assert binh.households[house]["visits"] == 1
        step()
    # A phone that comes new to the village gets all of it, whole.
    binh.cursors, binh.households = {}, {}
    binh.sync()
    assert {len(each["people"]) for each in binh.households.values()} == {2} and len(binh.households) == 4
    while not count():
        pass
    sound()


def test_merges_voids_and_late_visits_between_two_slices_are_counted_once(huong, minh, aged, count, sound):
    houses = sorted(a_house(huong) for _ in range(4))
    for house, people in houses:
        huong.wait(minutes=1)
        huong.seal("visit", house, answers.visit(people={people[0]: {"phone": "smartphone"}}), base=[house])
    huong.sync()
    (one, people), (_two, _), (three, theirs), (four, last) = houses
    old = minh("merge", _two, {"other": four, "people": {}, "reason": "ghi hai lần"})
    aged()
    count(2)
    minh("merge", one, {"other": three, "people": dict(zip(theirs, people, strict=True)), "reason": "ghi hai lần"})
    minh("void", _two, {"event": old.id, "reason": "không phải"})
    huong.wait(days=-3)
    huong.seal("visit", four, answers.visit(people={last[1]: {"phone": "basic"}}), base=[four])
    a_visit(huong)
    huong.sync()
    count(1)
    merge = minh("merge", four, {"other": one, "people": {}, "reason": "nhầm"})
    while not count(1):
        pass
    sound()
    minh("void", four, {"event": merge.id, "reason": "không phải"})
    sound()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_crowd_is_made_again_as_it_stands(sqlite_template, seed):
    with fresh("sqlite", {"sqlite": sqlite_template}, VILLAGES) as engine:
        coming = list(Crowd(random.Random(seed), 60, 4).arriving())
        arrive(engine, coming[:200], most=200)
        with writing(engine) as connection:
            connection.execute(update(commune).values(projected_by=1))
        more = True
        for part in range(200, len(coming), 10):
            with writing(engine) as connection:
                more = recounting.count_some(connection, COMMUNE, 4)
            arrive(engine, coming[part : part + 10], most=10)
        while more:
            with writing(engine) as connection:
                more = recounting.count_some(connection, COMMUNE, 4)
        with reading(engine) as connection:
            assert differences(connection, COMMUNE) == []


def test_a_slice_that_was_killed_made_nothing_and_the_next_goes_on(huong, communes, aged, count, monkeypatch, sound):
    for _ in range(3):
        a_visit(huong)
    huong.sync()
    aged()
    count(1)
    with reading(communes) as connection:
        before = shape.made_to(connection, HERE)
    with monkeypatch.context() as patched:
        patched.setattr(remaking.projection.ledger, "post", lambda *about: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            count(1)
    with reading(communes) as connection:
        assert shape.made_to(connection, HERE) == before
    while not count(1):
        pass
    sound()


def test_a_version_that_comes_before_the_last_was_done_begins_anew(huong, communes, aged, count, monkeypatch, sound):
    for _ in range(3):
        a_visit(huong)
    huong.sync()
    aged()
    count(2)
    monkeypatch.setattr(shape, "SHAPE", shape.SHAPE + 1)
    with reading(communes) as connection:
        assert shape.made_to(connection, HERE) == shape.NONE
    assert not count(2) and count(2)
    sound()


def test_one_commune_waits_for_itself_alone(huong, communes, aged, count):
    a_visit(huong)
    huong.sync()
    aged()
    with reading(communes) as connection:
        assert not shape.is_whole(connection, HERE) and shape.is_whole(connection, BESIDE)
        assert connection.execute(select(commune.c.projected_to)).scalars().all() == [None, None]


def test_what_was_counted_is_thrown_away_some_at_a_time_and_phones_sync_between(huong, communes, aged, count, monkeypatch, sound):
    """A commune of years has a million balances: nobody waits for all of them to go."""
    monkeypatch.setattr(remaking, "BALANCES_AT_ONCE", 20)
    house, people = a_house(huong)
    a_visit(huong)
    huong.sync()
    aged()
    with reading(communes) as connection:
        left = connection.execute(select(func.count()).select_from(balance)).scalar_one()
    assert left > 60
    while left > 20:
        assert not count()
        a_visit(huong)
        huong.sync()
        with reading(communes) as connection:
            left, before = connection.execute(select(func.count()).select_from(balance)).scalar_one(), left
            assert left == before - 20 and shape.made_to(connection, HERE) == shape.NONE and not shape.has_begun(connection, HERE)
    huong.seal("visit", house, answers.visit(people={people[0]: {"phone": "smartphone"}}), base=[house])
    huong.sync()
    while not count():
        pass
    sound()
