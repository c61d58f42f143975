"""Balances of any day, and of villages that have become one."""

from fieldapp.demo import answers
from fieldapp.store import areas, ledger
from fieldapp.store.engine import reading, writing
from fieldapp.survey.balance import Balance
from tests.conftest import HERE
from tests.intake.test_sync import a_house

DAYS = ("2024-12-31", "2025-01-01", "2025-01-31", "2025-02-01", "2026-02-28", "2026-03-01", "2026-03-02")


def test_what_stood_at_the_end_of_any_day_is_the_sum_up_to_it(communes):
    with writing(communes) as connection:
        for day in DAYS:
            ledger.post(
                connection,
                HERE,
                {(day, "dong-cho", "smartphone:1", "all"): [1, 2, 3], (day, "dong-cho", "smartphone:1", "sex:male"): [1, 0, 0]},
            )
    with reading(communes) as connection:
        for count, day in enumerate(DAYS, start=1):
            assert ledger.balances(connection, HERE, until=day) == {("dong-cho", "smartphone:1"): Balance(count, 2 * count, 3 * count)}
        assert ledger.balances(connection, HERE, until="2024-12-30") == {}
        assert ledger.balances(connection, HERE)["dong-cho", "smartphone:1"] == Balance(7, 14, 21)
        assert ledger.balances(connection, HERE, "sex:male", until="2025-01-02")["dong-cho", "smartphone:1"].yes == 3
        assert [day for day, *_ in ledger.movements(connection, HERE, ["smartphone:1"], "dong-cho", since="2025-01-01", until="2026-03-01")] == list(
            DAYS[1:6]
        )


def test_villages_that_merge_are_summed_from_their_day_on(huong, binh, communes):
    for phone, village in ((huong, "dong-cho"), (binh, "dong-thanh")):
        house, people = a_house(phone, village)
        phone.seal("visit", house, answers.visit(people={people[0]: {"phone": "smartphone"}}), base=[house])
        phone.wait(minutes=1)
        phone.sync()
    with writing(communes) as connection:
        areas.merge_village(connection, HERE, "dong-thanh", "dong-cho", "2026-12-01")
    with reading(communes) as connection:
        after, before = ledger.balances(connection, HERE), ledger.balances(connection, HERE, until="2026-11-30")
        assert after["dong-cho", "smartphone:1"].yes == 2 and ("dong-thanh", "smartphone:1") not in after
        assert before["dong-cho", "smartphone:1"].yes == 1 and before["dong-thanh", "smartphone:1"].yes == 1
        assert ledger.balances(connection, HERE, villages=["dong-cho"])["dong-cho", "smartphone:1"].yes == 2


def test_a_late_visit_changes_only_the_days_from_its_own_on(huong, clock, figure, sound):
    clock.now = "2026-12-01T02:00:00.000Z"
    house, people = a_house(huong)
    huong.wait(days=3)
    huong.seal("visit", house, answers.visit(people={people[0]: {"phone": "basic"}}), base=[house])
    huong.sync()
    huong.at = "2026-11-21T02:00:00.000Z"
    huong.seal("visit", house, answers.visit(people={people[0]: {"phone": "smartphone"}}), base=[house])
    huong.sync()
    assert figure("dong-cho", "smartphone", until="2026-11-20").eligible == 0
    assert figure("dong-cho", "smartphone").eligible == 2
    sound()
