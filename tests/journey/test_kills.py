"""`python3 run.py kills` in short: a real browser and a real server are killed, and nothing is lost, double or different."""

import json
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from fieldapp.config import Settings
from fieldapp.demo.answers import visit
from fieldapp.demo.phone import Phone
from fieldapp.demo.stage import staged
from fieldapp.kills import count, plan
from fieldapp.kills.commune import founded
from fieldapp.kills.kills import played
from fieldapp.survey.day import day_of
from fieldapp.web.server import utc_now

ROUNDS = {"sqlite": 10, "postgresql": 3}
SEED = 7


@pytest.mark.browser
def test_no_visit_that_was_shown_as_saved_is_lost_or_counted_twice(engine, tmp_path):
    rounds = ROUNDS[engine.dialect.name]
    told = played(engine, tmp_path, rounds, SEED, lambda *_: None)
    assert (told.lost, told.double, told.differences) == ([], [], [])
    assert (told.rounds, sum(told.kills.values())) == (rounds, rounds)
    assert told.visits >= rounds * plan.FEWEST_VISITS


ON_SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@ON_SQLITE
def test_the_same_seed_gives_the_same_plan_and_another_seed_another(engine, tmp_path):
    houses = founded(engine, tmp_path).houses
    assert plan.rounds(SEED, 30, houses) == plan.rounds(SEED, 30, houses) != plan.rounds(SEED + 1, 30, houses)
    assert {each.kind for each in plan.rounds(SEED, 200, houses)} == set(plan.KINDS)
    assert sum(len(each.visits) for each in plan.rounds(SEED, 200, houses)) > 1000


@ON_SQLITE
def test_a_visit_that_is_nowhere_and_one_that_nobody_made_are_seen(engine, tmp_path):
    commune, settings = founded(engine, tmp_path), replace(Settings(), data_folder=tmp_path, secret="kills")
    phone = Phone(staged(settings, engine, date.fromisoformat(day_of(utc_now())), 1).post, "huong", utc_now())
    phone.enrol(commune.code())
    phone.sync()
    sent = json.loads(phone.seal("visit", commune.houses[0].id, visit()))["id"]
    shown = SimpleNamespace(saved={sent: 1}, begun={sent: 1})
    assert count.lost(commune, shown) == [f"visit 1 ({sent}) was shown as saved"]
    phone.sync()
    assert count.lost(commune, shown) == count.double(commune, shown) == []
    assert count.double(commune, SimpleNamespace(begun={})) == [f"{sent} was never begun"]
