"""Numbers, dates and times as Vietnam writes them."""

import pytest

from fieldapp.web import formats


@pytest.fixture(autouse=True)
def vietnamese(app):
    with app.test_request_context():
        yield


@pytest.mark.parametrize("number, written", [(1234567, "1.234.567"), (0, "0"), (None, "–")])
def test_counts(number, written):
    assert formats.count(number) == written


@pytest.mark.parametrize("value, written", [(0.7231, "72,3%"), (1, "100%"), (0, "0%"), (None, "–"), (0.8, "80%")])
def test_shares(value, written):
    assert formats.share(value) == written


@pytest.mark.parametrize("value, written", [(0.9999, "99,9%"), (0.0001, "0,1%")])
def test_all_and_none_are_said_only_of_all_and_none(value, written):
    assert formats.share(value) == written


def test_a_day_has_two_digits_and_four():
    assert formats.day("2026-02-03") == "03/02/2026"


def test_a_moment_is_told_in_local_time():
    assert formats.moment("2026-11-20T20:05:00.000Z") == "21/11/2026 03:05"
