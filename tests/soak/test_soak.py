"""The soak: the phone's real modules and the real server, with everything between them broken on purpose."""

import json
from contextlib import closing

from fieldapp.soak import soak
from fieldapp.soak.commune import SqliteFiles
from fieldapp.soak.faults import BY_NAME
from fieldapp.soak.world import STEPS, World

SEED = 1


def test_with_everything_broken_nothing_is_lost_or_counted_twice():
    report = soak.run(SEED, rounds=1)
    assert report.found.all == [], soak.shown(report)
    assert report.saved > 20 and len(report.faults) > 8
    assert set(report.faults) <= set(BY_NAME) and set(report.events) <= set(STEPS)


def test_the_same_seed_makes_the_same_faults_and_the_same_result():
    once, again = (soak.run(SEED, rounds=1, steps=40) for _ in range(2))
    assert once.row() == again.row() and once.saved > 5


def test_the_command_says_what_it_did_and_writes_it_down(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(soak, "STEPS", 5)
    assert soak.soak(None, SEED, 1, tmp_path / "soak.json") == 0
    assert capsys.readouterr().out.endswith("lost 0\ndouble 0\ndifferences 0\n")
    assert json.loads((tmp_path / "soak.json").read_text())["rounds"] == 1


def test_answers_of_two_visits_that_a_full_phone_could_not_keep_are_both_kept_once_there_is_room(tmp_path):
    with closing(World(SqliteFiles(tmp_path), tmp_path, "room")) as world:
        rows = world._shown("binh")["rows"]
        for household in rows[:2]:
            world._does("binh", "visit", to=household, finish=False, full=True)
        assert world._does("mai", "open") == "done"  # a phone with an answer that is only in memory does not lock
