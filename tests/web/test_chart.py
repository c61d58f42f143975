"""Where a chart's marks stand."""

from fieldapp.web import chart


def test_a_bar_keeps_within_its_box():
    assert chart.bar(0.5, 0.25, 1.2, -0.1) == chart.Bar(50, 25, 100, 0)


def test_a_bar_without_a_figure_is_empty():
    assert chart.bar(None) == chart.Bar(None, None, None, None)


def test_a_range_of_nothing_can_still_be_seen_and_a_target_of_nothing_is_within_its_box():
    drawn = chart.bar(0.5, 0.5, 0.5, 0)
    assert (drawn.range_width, drawn.target_x) == (0.6, 0) and chart.bar(0.5, 0.25, 0.75, 0.8).range_width == 50


def test_a_trend_stands_at_its_days_not_at_its_points():
    drawn = chart.line([("2026-11-01", 0), ("2026-11-02", 0.5), ("2026-11-05", 1)], width=40, height=10)
    assert drawn.path == "M0.0 10 L10.0 5.0 L40.0 0"


def test_a_day_without_a_share_is_passed_over():
    drawn = chart.line([("2026-11-01", None), ("2026-11-02", 0.5), ("2026-11-03", 1)], width=40, height=10)
    assert drawn.path == "M20.0 5.0 L40.0 0"


def test_small_trends_stand_on_the_same_days_to_the_last_and_have_a_hundred_places_at_most():
    days = ("2026-11-01", "2026-11-05")
    assert chart.small([("2026-11-03", 0.5), ("2026-11-04", 1)], days).path == "M50.0 20.0 L75.0 0 L100.0 0"
    assert chart.small([("2026-11-05", 0.5)], days).path == chart.small([], days).path == ""
    year = [(f"{2026 + month // 12}-{1 + month % 12:02}-{day:02}", 0.5) for month in range(12) for day in range(1, 29)]
    assert chart.small(year, ("2026-01-01", "2026-12-28")).path.count(" L") <= 100


def test_one_day_draws_no_line():
    assert chart.line([("2026-11-01", 0.5)]).path == "" and chart.line([]).path == ""
