"""Periods: their days, their one word, and which of them are offered."""

import pytest

from fieldapp.survey.period import free, offered, read, whole


def test_a_period_is_named_in_one_word_and_ends_where_it_should():
    assert [whole(*each).code for each in (("month", 2026, 2), ("quarter", 2026, 4), ("half", 2026, 2), ("nine", 2026), ("year", 2024))] == [
        "month.2026-02-01.2026-02-28", "quarter.2026-10-01.2026-12-31", "half.2026-07-01.2026-12-31", "nine.2026-01-01.2026-09-30",
        "year.2024-01-01.2024-12-31",
    ]  # fmt: skip
    assert all(read(each.code) == each and each.first <= "2026-11-20" for each in offered("2026-11-20"))
    assert free("2026-11-03", "2026-11-03").eve == "2026-11-02"
    for wrong in ("month.2026-11-01.2026-11-29", "nine.2026-10-01.2027-06-30", "quarter.2026-11-01.2027-01-31", "free.2026-11-02.2026-11-01",
                  "2026.10.month", "week.2026-11-02.2026-11-08", "month"):
        with pytest.raises(ValueError):
            read(wrong)
