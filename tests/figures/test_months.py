"""The months of a commune as they are told: made once, in their order, from what stood at each month's end."""

import pytest

from fieldapp.figures import months as telling
from fieldapp.store import ledger, months
from fieldapp.store.engine import reading, writing
from fieldapp.survey.balance import Balance
from fieldapp.survey.contribution import COVERAGE
from fieldapp.survey.disclosure import WHOLE, shown
from tests.conftest import HERE

KEY = "smartphone:1"


@pytest.fixture
def posted(communes):
    """Posts balances as visits would: posted(day, village, yes, no, unknown, cut)."""

    def posted(day, village, yes, no=0, unknown=0, cut=ledger.ALL, key=KEY):
        with writing(communes) as connection:
            ledger.post(connection, HERE, {(day, village, key, cut): [yes, no, unknown]})

    return posted


@pytest.fixture
def kept_up(communes):
    def kept_up(today):
        with writing(communes) as connection:
            return telling.keep_up(connection, HERE, today)

    return kept_up


def told_of(engine, month, key=KEY):
    with reading(engine) as connection:
        (found,) = months.of_month(connection, [(HERE, HERE)], month, [key])
    return found


def test_a_month_is_told_five_days_after_its_end(posted, kept_up):
    posted("2026-10-12", "dong-cho", 12, 8)
    assert kept_up("2026-11-05") == [] and kept_up("2026-11-06") == ["2026-10"]


def test_months_that_were_missed_are_told_in_their_order_and_once(communes, posted, kept_up):
    posted("2026-08-12", "dong-cho", 12, 8)
    posted("2026-09-12", "dong-thanh", 20, 8)
    assert kept_up("2026-11-20") == ["2026-08", "2026-09", "2026-10"] and kept_up("2026-11-20") == []
    assert [told_of(communes, month).balance for month in ("2026-08", "2026-09", "2026-10")] == [Balance(12, 8), Balance(32, 16), Balance(32, 16)]


def test_what_arrives_late_is_told_in_the_month_after(communes, posted, kept_up):
    posted("2026-09-12", "dong-cho", 12, 8)
    kept_up("2026-10-20")
    posted("2026-09-13", "dong-cho", 15, 8)
    kept_up("2026-11-20")
    assert [told_of(communes, month).balance for month in ("2026-09", "2026-10")] == [Balance(12, 8), Balance(27, 16)]


def test_a_few_new_ones_move_nothing_and_the_month_is_said(communes, posted, kept_up):
    posted("2026-09-12", "dong-cho", 12, 8)
    posted("2026-10-12", "dong-cho", 3)
    kept_up("2026-11-20")
    october = told_of(communes, "2026-10")
    assert (october.since, october.balance) == ("2026-09", Balance(12, 8))


def test_a_count_of_nine_is_hidden(communes, posted, kept_up):
    posted("2026-10-12", "dong-cho", 5, 4)
    kept_up("2026-11-20")
    assert told_of(communes, "2026-10").balance is None


def test_cuts_are_told_with_their_rest(communes, posted, kept_up):
    for cut, yes in ((ledger.ALL, 30), ("sex:female", 18), ("sex:male", 12)):
        posted("2026-10-12", "dong-cho", yes, 8, cut=cut)
    posted("2026-10-12", "dong-cho", 0, 8)
    kept_up("2026-11-20")
    with reading(communes) as connection:
        count = months.counts_of_month(connection, [(HERE, HERE)], "2026-10", KEY)[HERE]
    assert shown(count["sex"]).cells == {"female": Balance(18, 8), "male": Balance(12, 8), "rest": Balance()}
    assert "age" not in count and count["place"].cells["rural"] == count[WHOLE].cells[WHOLE]


def test_the_estimate_of_the_unseen_is_told_in_tens(communes, posted, kept_up):
    posted("2026-10-12", "dong-cho", 41, 8)
    posted("2026-10-12", "dong-cho", 17, 13, key=COVERAGE)
    kept_up("2026-11-20")
    assert told_of(communes, "2026-10").unseen == 40  # 49 people in 17 houses, and 13 houses more: 37.5


def test_sums_leave_out_what_is_hidden(communes, posted, kept_up):
    posted("2026-09-12", "dong-cho", 5, 4)
    posted("2026-10-12", "dong-cho", 15, 4)
    kept_up("2026-11-20")
    with reading(communes) as connection:
        assert months.sums(connection, [(HERE, HERE)], KEY) == [("2026-09", Balance(), 0), ("2026-10", Balance(20, 8), 1)]
