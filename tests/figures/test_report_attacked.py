"""What a stranger tries against a frozen report: files that are nearly one, and villages that were not there yet on its day."""

import pytest

from fieldapp.figures import proof
from fieldapp.store import areas
from fieldapp.store.engine import writing
from fieldapp.survey.report import sealed, unsealed
from tests.conftest import HERE
from tests.figures.test_report import frozen, proven, told, visited  # noqa: F401 (fixtures)


def test_a_former_report_is_restated_by_one_of_an_earlier_day_too(visited, frozen, proven, communes, huong, binh):  # noqa: F811
    """The village that the other became part of was not there yet on the later report's day."""
    visited()
    visited("dong-thanh")
    with writing(communes) as connection:
        areas.found_village(connection, HERE, areas.Village("thon-moi", "Thôn Mới", "thon", False, 9, "2026-11-20"))
        areas.merge_village(connection, HERE, "dong-thanh", "thon-moi", "2026-11-20")
    frozen(as_of="2026-11-25")
    binh.at = "2026-11-21T03:00:00.000Z"
    visited("dong-thanh")
    second = frozen(as_of="2026-11-15")
    (restated,) = told(second.text).restatements
    assert {each.village for each in restated.lines} == {None, "thon-moi"}
    assert proven(second.text).verdict == proof.SAME


ODD = [
    {"commune": "x"}, {"head": None}, {"head": {"sequence": "1", "chain": ""}}, {"id": []}, {"restatements": 1}, {"period": 3},
]  # fmt: skip
UNREADABLE = ["[" * 100_000, '{"format":"tung-nha-report","version":1,"x":"\\ud800"}', '{"format":"tung-nha-report","version":[1]}']


@pytest.mark.parametrize("odd", ODD)
def test_what_bears_a_good_seal_and_is_of_another_shape_is_no_report(visited, frozen, proven, odd):  # noqa: F811
    visited()
    document = unsealed(frozen().text)
    document.pop("sha256")
    assert proven(sealed({**document, **odd})).verdict in (proof.UNREADABLE, proof.NOT_FROZEN, proof.FOREIGN)


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_nobody_can_read_is_no_report(communes, proven, text):  # noqa: F811
    assert proven(text).verdict in (proof.UNREADABLE, proof.CHANGED)


def test_a_household_that_was_corrected_into_a_new_village_is_in_the_sum_of_a_day_before_it(visited, frozen, proven, minh, communes):  # noqa: F811
    _phone, house, _person, _visit = visited()
    visited()
    with writing(communes) as connection:
        areas.found_village(connection, HERE, areas.Village("thon-moi", "Thôn Mới", "thon", False, 9, "2026-11-24"))
    said = {"event": house, "fields": {"village": "thon-moi"}, "reason": "ghi nhầm thôn"}
    assert minh("correct", house, said).outcome == "stored"
    kept = frozen(as_of="2026-11-22")
    report = told(kept.text)
    assert (report.coverage.visited, {each.village.village_id: each.coverage.visited for each in report.villages}["thon-moi"]) == (2, 1)
    assert proven(kept.text).verdict == proof.SAME


def test_bytes_that_are_no_text_are_not_taken_for_the_sign_that_stands_for_them(visited, frozen, proven, communes):  # noqa: F811
    """A name came out of a spreadsheet with that sign in it."""
    visited()
    with writing(communes) as connection:
        areas.describe_village(connection, HERE, "dong-cho", "Đồng Ch\ufffd", "thon", False)
    text = frozen().text
    read = text.encode().replace("\ufffd".encode(), b"\xff").decode("utf-8", "surrogateescape")
    assert (proven(text).verdict, proven(read).verdict) == (proof.SAME, proof.CHANGED)
