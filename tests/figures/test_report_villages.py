"""What a report says of former ones where villages became part of others since."""

from fieldapp.figures import proof
from fieldapp.store import areas
from fieldapp.store.engine import writing
from fieldapp.survey.period import whole
from tests.conftest import HERE
from tests.figures.test_report import frozen, proven, told, visited  # noqa: F401 (fixtures)


def test_villages_merged_earlier_than_they_were_known_to_are_restated(visited, frozen, communes, proven):  # noqa: F811
    visited()
    visited("dong-thanh", "basic")
    frozen()
    with writing(communes) as connection:
        areas.merge_village(connection, HERE, "dong-thanh", "dong-cho", "2026-11-10")
    second = frozen()
    (restated,) = told(second.text).restatements
    assert restated.merged == (("dong-thanh", "dong-cho", "2026-11-10"),) and restated.of_commune == []
    assert {each.village for each in restated.lines} == {"dong-cho", "dong-thanh"} and proven(second.text).verdict == proof.SAME


def test_a_village_that_came_after_a_reports_day_is_named_where_it_restates_a_later_one(visited, frozen, communes, proven, huong):  # noqa: F811
    """Two villages became a new one in November; October's report is frozen after November's."""
    visited()
    visited("dong-thanh", "basic")
    with writing(communes) as connection:
        areas.found_village(connection, HERE, areas.Village("dong-moi", "Đồng Mới", "thon", False, 9, "2026-11-10"))
        for each in ("dong-cho", "dong-thanh"):
            areas.merge_village(connection, HERE, each, "dong-moi", "2026-11-10")
    first = frozen()
    huong.at = "2026-11-21T03:00:00.000Z"
    visited()
    october = frozen(whole("month", 2026, 10), "2026-10-31")
    report = told(october.text)
    (restated,) = report.restatements
    assert {each.village for each in restated.lines} == {None, "dong-moi"} and report.names["dong-moi"].name == "Đồng Mới"
    assert "dong-moi" not in {each.village.village_id for each in report.villages}
    assert {proven(each.text).verdict for each in (first, october, frozen())} == {proof.SAME}
