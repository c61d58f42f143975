"""The board: lines against targets and the counts beside them, from balances as the ledger gives them."""

from fieldapp.figures import board
from fieldapp.survey.balance import Balance
from fieldapp.survey.criteria import BOARDS

VILLAGES = ("dong-cho", "thang-long")
DONG_CHO = {
    "coverage": Balance(20, 0), "health_record:1": Balance(46, 4), "people": Balance(50), "outcome:done": Balance(19),
    "outcome:partly": Balance(1), "help:sim_4g:done": Balance(3),
}  # fmt: skip
THANG_LONG = {
    "coverage": Balance(2, 8), "health_record:1": Balance(3, 1, 1), "outcome:none": Balance(8), "outcome:done": Balance(2),
    "help:sim_4g:done": Balance(1), "help:epay_open:declined": Balance(2),
}  # fmt: skip
BALANCES = {
    (village, key): balance
    for village, balances in zip(VILLAGES, (DONG_CHO, THANG_LONG), strict=True)
    for key, balance in balances.items()
}


def line(lines, code):
    return next(each for each in lines if each.indicator.code == code)


def test_each_indicator_has_a_line_and_a_standing_for_each_set():
    lines = board.lines_of_commune(BALANCES, ["dong-cho"])
    assert len(lines) == 18
    states = [(each.target.set_code, each.state) for each in line(lines, "health_record").standings]
    assert states == [("thanh-hoa-2023", "in_progress"), ("national-2025", "met")]
    assert line(lines, "camera").standings == ()


def test_the_commune_works_towards_the_sets_it_chose():
    lines = board.lines_of_commune(BALANCES, VILLAGES, sets=[BOARDS["nong-cong-2024"]])
    assert [each.target.percent for each in line(lines, "health_record").standings] == [100]
    assert line(lines, "smartphone").standings == ()


def test_the_commune_is_the_sum_of_its_villages():
    figure = line(board.lines_of_commune(BALANCES, VILLAGES), "health_record").figure
    assert figure.balance == Balance(49, 5, 1) and (figure.coverage.visited, figure.coverage.unvisited) == (22, 8)
    assert figure.unseen == 8 * 55 / 22


def test_a_village_with_few_visits_is_estimated_by_the_commune():
    means = board.means_of_commune(BALANCES, VILLAGES)
    figure = line(board.lines_of_village(BALANCES, "thang-long", means), "health_record").figure
    assert figure.unseen == 8 * 2.5 and figure.range == (3 / 25, 24 / 25)


def test_a_village_that_nobody_went_to_is_not_started():
    lines = board.lines_of_village({("new", "coverage"): Balance(0, 5)}, "new", {})
    assert {each.state for line in lines for each in line.standings} == {"not_started"}


def test_counts_are_those_of_the_villages_asked_for():
    counts = board.counts_of(BALANCES, VILLAGES)
    assert (counts.people, counts.switched_to_4g) == (50, 4)
    assert counts.outcomes == {"done": 21, "partly": 1, "none": 8}
    assert counts.help == {"sim_4g": {"done": 4}, "epay_open": {"declined": 2}}
    assert board.counts_of(BALANCES, ["dong-cho"]).switched_to_4g == 3
