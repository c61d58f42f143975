"""Turns come in the order in which they were asked for, and nobody who gave up holds anybody up."""

import threading
import time

import pytest

from fieldapp.store.engine import open_engine, turns_of, writing
from fieldapp.store.turns import Turns

PATIENCE_S = 20


def asking(turns, name, had):
    """Somebody who waits, in the row when this returns; adds the name once it is their turn, and passes it on."""
    before = turns.waiting

    def wait():
        assert turns.take(PATIENCE_S)
        had.append(name)
        turns.pass_on()

    thread = threading.Thread(target=wait)
    thread.start()
    while turns.waiting == before and thread.is_alive():
        time.sleep(0.001)
    return thread


def test_who_asks_first_is_first_also_before_the_one_who_just_had_it():
    turns, had = Turns(), []
    assert turns.take(0)
    waiting = [asking(turns, name, had) for name in ("hoa", "lan", "mai")]

    turns.pass_on()
    assert turns.take(PATIENCE_S)  # at once again, as a busy writer does
    had.append("again")
    turns.pass_on()

    for thread in waiting:
        thread.join(PATIENCE_S)
    assert had == ["hoa", "lan", "mai", "again"]


def test_who_gave_up_waiting_is_no_longer_in_the_row():
    turns, had = Turns(), []
    assert turns.take(0)
    assert not turns.take(0.01)
    waiting = asking(turns, "hoa", had)
    turns.pass_on()
    waiting.join(PATIENCE_S)
    assert had == ["hoa"] and turns.take(0)


def test_who_is_interrupted_is_not_waited_for(monkeypatch):
    turns = Turns()
    assert turns.take(0)

    def interrupted(_event, _timeout):
        raise KeyboardInterrupt

    with monkeypatch.context() as here:
        here.setattr(threading.Event, "wait", interrupted)
        with pytest.raises(KeyboardInterrupt):
            turns.take(PATIENCE_S)
    turns.pass_on()
    assert turns.take(0)


def test_one_at_a_time_however_many_ask():
    turns, inside, most = Turns(), [], []

    def work():
        for _ in range(200):
            assert turns.take(PATIENCE_S)
            inside.append(1)
            most.append(len(inside))
            inside.pop()
            turns.pass_on()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert len(most) == 1600 and set(most) == {1}


def test_a_writer_that_asks_again_at_once_comes_after_those_who_wait(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'any.sqlite'}")
    had = []

    def write(name):
        with writing(engine):
            had.append(name)

    thread = threading.Thread(target=write, args=["hoa"])
    with writing(engine):
        had.append("busy")
        thread.start()
        while not turns_of(engine).waiting:
            time.sleep(0.001)
    write("busy again")
    thread.join(PATIENCE_S)
    assert had == ["busy", "hoa", "busy again"]
