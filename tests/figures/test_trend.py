"""The trend: what the figure was on each day, made as it would have been made on that day."""

from fieldapp.figures.trend import points, shares
from fieldapp.survey.balance import Balance

KEY = "smartphone:1"
MOVED = [
    ("2026-11-01", "dong-cho", "coverage", Balance(0, 12)),
    ("2026-11-02", "dong-cho", "coverage", Balance(2, -2)),
    ("2026-11-02", "dong-cho", KEY, Balance(3, 1)),
    ("2026-11-05", "thang-long", "coverage", Balance(1, 0)),
    ("2026-11-05", "thang-long", KEY, Balance(0, 2)),
    ("2026-11-07", "dong-cho", "coverage", Balance(10, -10)),
    ("2026-11-07", "dong-cho", KEY, Balance(17, 3, 1)),
]


def test_each_day_sums_what_came_before():
    drawn = [(day[8:], figure.balance, figure.coverage.visited) for day, figure in points(MOVED, KEY)]
    assert drawn == [
        ("01", Balance(0, 0, 0), 0), ("02", Balance(3, 1, 0), 2), ("05", Balance(3, 3, 0), 3), ("07", Balance(20, 6, 1), 13),
    ]  # fmt: skip


def test_a_village_has_a_share_on_each_day_on_which_it_moved_and_none_before():
    assert shares(MOVED, KEY) == {"dong-cho": [("2026-11-02", 3 / 4), ("2026-11-07", 20 / 24)], "thang-long": [("2026-11-05", 0.0)]}


def test_of_whom_nobody_answered_there_is_no_share():
    assert shares([("2026-11-02", "dong-cho", KEY, Balance(0, 0, 3))], KEY) == {"dong-cho": [("2026-11-02", None)]}


def test_nothing_moved_is_no_trend():
    assert points([], KEY) == []


def test_a_past_day_is_estimated_by_what_was_known_on_it():
    by_day = dict(points(MOVED, KEY))
    assert by_day["2026-11-02"].range is None  # two visited households say nothing about ten
    assert by_day["2026-11-07"].range == (20 / 27, 21 / 27)
