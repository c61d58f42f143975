"""The journal is gapless and chained, and `check` finds whatever somebody changed behind its back."""

import threading

import pytest
from sqlalchemy import delete, update

from fieldapp.store.engine import reading, writing
from fieldapp.store.rebuild import differences
from fieldapp.store.tables import balance, household, journal
from tests.conftest import HERE
from tests.intake.test_sync import a_visit


@pytest.fixture
def filled(huong):
    for _ in range(3):
        a_visit(huong)
    huong.sync()


def found(engine):
    with reading(engine) as connection:
        return differences(connection, HERE)


def test_the_sequence_has_no_gap(filled, journal_rows):
    assert [row.sequence for row in journal_rows()] == [1, 2, 3, 4, 5, 6]


TAMPERED = {
    "a text changed": update(journal).where(journal.c.sequence == 2).values(text="{}"),
    "a text taken away": update(journal).where(journal.c.sequence == 2).values(text=None),
    "a row taken away": delete(journal).where(journal.c.sequence == 4),
    "the last row taken away": delete(journal).where(journal.c.sequence == 6),
    "a decision changed": update(journal).where(journal.c.sequence == 1).values(decision='{"sequence":1,"code":"15835-03-9999"}'),
    "a digest changed": update(journal).where(journal.c.sequence == 3).values(digest=b"0" * 32),
    "a balance changed": update(balance).where(balance.c.indicator == "coverage").values(yes=balance.c.yes + 1),
    "a household changed": update(household).values(head="Ai đó"),
    "a household taken away": delete(household).where(household.c.code == "15835-03-0001"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_check_finds(what, filled, communes):
    assert found(communes) == []
    with writing(communes) as connection:
        assert connection.execute(TAMPERED[what]).rowcount >= 1
    assert found(communes)


def test_sixteen_phones_sending_the_same_events_at_once_make_each_row_once(huong, communes, app, journal_rows, figure, sound):
    for _ in range(20):
        a_visit(huong)
    texts, answers = list(huong.outbox), []

    def send(seed):
        import random

        mixed = list(texts)
        random.Random(seed).shuffle(mixed)
        answers.append([huong.call(mixed[start : start + 8])[1]["receipts"] for start in range(0, len(mixed), 8)])

    threads = [threading.Thread(target=send, args=(seed,)) for seed in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outcomes = [receipt["outcome"] for batches in answers for receipts in batches for receipt in receipts]
    assert len(outcomes) == 16 * len(texts) and outcomes.count("known") == 15 * len(texts)
    assert len(journal_rows()) == len(texts) and figure("dong-cho", "coverage").yes == 20
    sound()
