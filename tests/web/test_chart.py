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


def test_one_day_draws_no_line():
    assert chart.line([("2026-11-01", 0.5)]).path == "" and chart.line([]).path == ""
