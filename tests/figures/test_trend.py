"""The trend: what the figure was on each day, made as it would have been made on that day."""

from fieldapp.figures.trend import points
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


def drawn(**asked):
    return [(day[8:], figure.balance, figure.coverage.visited) for day, figure in points(MOVED, KEY, **asked)]


def test_each_day_sums_what_came_before():
    assert drawn() == [
        ("01", Balance(0, 0, 0), 0), ("02", Balance(3, 1, 0), 2), ("05", Balance(3, 3, 0), 3), ("07", Balance(20, 6, 1), 13),
    ]  # fmt: skip


def test_a_village_moves_only_on_its_own_days():
    assert [day for day, _, _ in drawn(village_id="dong-cho")] == ["01", "02", "07"]
    assert drawn(village_id="thang-long") == [("05", Balance(0, 2, 0), 1)]


def test_a_period_opens_with_what_stood_before_it():
    assert drawn(since="2026-11-04") == [("04", Balance(3, 1, 0), 2), ("05", Balance(3, 3, 0), 3), ("07", Balance(20, 6, 1), 13)]
    assert [day for day, _, _ in drawn(since="2026-11-05")] == ["05", "07"]


def test_a_period_after_the_last_movement_still_has_its_figure():
    assert drawn(since="2026-12-01")[0][1:] == (Balance(20, 6, 1), 13)


def test_a_village_has_no_point_before_its_first_movement():
    assert drawn(village_id="thang-long", since="2026-11-03") == [("05", Balance(0, 2, 0), 1)]


def test_nothing_moved_is_no_trend():
    assert points([], KEY) == []


def test_a_past_day_is_estimated_by_what_was_known_on_it():
    by_day = dict(points(MOVED, KEY))
    assert by_day["2026-11-02"].range is None  # two visited households say nothing about ten
    assert by_day["2026-11-07"].range == (20 / 27, 21 / 27)
