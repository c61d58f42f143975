"""The report of a campaign: of its villages, of its days, with what its own visits found and left; and provable like any other."""

import pytest

from fieldapp.demo import answers
from fieldapp.figures import proof
from fieldapp.figures.outside import outside
from fieldapp.figures.published import published
from fieldapp.figures.reporting import drawn_up, freeze, new_id
from fieldapp.store import accounts, areas, campaign_visits, campaigns, ledger
from fieldapp.store.engine import writing
from fieldapp.survey.balance import Balance
from fieldapp.survey.campaign import Campaign
from fieldapp.survey.contribution import COVERAGE
from fieldapp.survey.period import campaign as campaign_period
from fieldapp.survey.report import unsealed
from tests.conftest import HERE
from tests.figures.test_report import HELPED, NOVEMBER, frozen, proven, visited  # noqa: F401 (fixtures)

DAY = Campaign("c1", "Ngày chuyển đổi số", "2026-11-20", "2026-11-22", ("dong-cho",), ("vneid_level2",), 80)


@pytest.fixture
def of_campaign(communes, clock):
    """Freezes the report of a campaign, as Minh does."""

    def of_campaign(campaign=DAY, as_of="2026-11-22"):
        clock.tick(days=3)
        with writing(communes) as connection:
            campaigns.keep(connection, HERE, campaign, "minh", clock.now)
            period = campaign_period(campaign.name, campaign.first, campaign.last)
            officer = accounts.by_id(connection, HERE, "minh")
            document = drawn_up(connection, HERE, period, as_of, campaign=campaign)
            return freeze(connection, officer, document, new_id(clock.now), clock.now)

    return of_campaign


def told(text):
    return published(unsealed(text))


def of_it(text, code="vneid_level2"):
    return next(each for each in told(text).campaign.figures.lines if each.indicator.code == code)


def test_it_is_of_its_villages_and_bears_its_name(visited, of_campaign):  # noqa: F811
    visited()
    visited("dong-thanh")
    report = told(of_campaign().text)
    assert [each.village.village_id for each in report.villages] == ["dong-cho"] and report.coverage.visited == 1 and report.of_part
    assert (report.period.name, report.campaign.campaign) == ("Ngày chuyển đổi số", DAY)


def test_only_households_of_its_days_are_in_its_own_figures(visited, of_campaign, huong, clock):  # noqa: F811
    visited(help=[HELPED])
    huong.at = clock.now = "2026-11-21T02:00:00.000Z"
    visited("dong-cho", "basic")
    kept = of_campaign(Campaign("c1", "Một ngày", "2026-11-21", "2026-11-22", ("dong-cho",)))
    figures = told(kept.text).campaign.figures
    assert figures.households == 1 and of_it(kept.text, "smartphone").left == Balance(0, 1, 1)
    assert told(kept.text).coverage.visited == 2  # and the commune's own stand beside it


def test_what_was_helped_in_it_is_its_effect_and_what_was_helped_before_is_not(visited, of_campaign, huong, clock):  # noqa: F811
    by, house, person, _visit = visited(help=[HELPED])
    first = of_it(of_campaign().text)
    assert (first.found, first.left, first.effect) == (Balance(0, 1, 1), Balance(1, 0, 1), Balance(1, -1, 0))
    huong.at = clock.now
    by.seal("visit", house, answers.visit(people={person: {"phone": "smartphone"}}), base=[house])
    by.sync()
    today = clock.now[:10]
    again = of_it(of_campaign(Campaign("c2", "Đợt sau", today, today, ("dong-cho",)), today).text)
    assert (again.left, again.effect) == (Balance(1, 0, 1), Balance(0, 0, 0))


def test_help_that_a_house_was_given_before_it_moved_here_is_none_of_the_campaigns(visited, of_campaign, proven, minh, clock, huong):  # noqa: F811
    _by, house, _person, _visit = visited("dong-thanh", help=[HELPED])
    clock.now = huong.at = "2026-11-21T02:00:00.000Z"
    assert minh("move", house, {"village": "dong-cho", "reason": "chuyển nhà"}).outcome == "stored"
    moved_only = of_campaign(Campaign("c1", "Một ngày", "2026-11-21", "2026-11-22", ("dong-cho",)))
    assert told(moved_only.text).helped == {} and proven(moved_only.text).verdict == proof.SAME
    visited(help=[HELPED])
    kept = of_campaign(Campaign("c2", "Một ngày nữa", "2026-11-21", "2026-11-22", ("dong-cho",)))
    assert told(kept.text).helped == {"vneid_activate": {"done": 1}} and proven(kept.text).verdict == proof.SAME


def test_it_is_proven_whatever_comes_later(visited, of_campaign, proven, minh, communes, huong, clock):  # noqa: F811
    phone, house, person, visit = visited(help=[HELPED])
    other = visited("dong-thanh", "basic")[1]
    kept = of_campaign()
    assert proven(kept.text).verdict == proof.SAME
    huong.at = clock.now
    phone.seal("visit", house, answers.visit(people={person: {"phone": "none", "vneid": "none"}}), base=[house])
    phone.sync()
    assert minh("merge", house, {"other": other, "people": {}, "reason": "ghi hai lần"}).outcome == "stored"
    assert minh("void", house, {"event": visit, "reason": "nhầm"}).outcome == "stored"
    with writing(communes) as connection:
        areas.merge_village(connection, HERE, "dong-thanh", "dong-cho", "2026-11-10")
        campaigns.keep(connection, HERE, Campaign("c1", "Tên khác", "2026-11-01", "2026-11-02", None), "minh", clock.now)
    assert proven(kept.text).verdict == proof.SAME and told(kept.text).period.name == "Ngày chuyển đổi số"


def test_a_campaign_of_a_village_that_became_part_of_another_still_has_its_own_figures(visited, of_campaign, proven, communes, clock):  # noqa: F811
    visited("dong-thanh")
    with writing(communes) as connection:
        areas.merge_village(connection, HERE, "dong-thanh", "dong-cho", "2026-11-10")
    today = clock.now[:10]
    kept = of_campaign(Campaign("c3", "Đợt của thôn", "2026-11-01", today, ("dong-thanh",)), today)
    assert told(kept.text).coverage.visited == 1 and proven(kept.text).verdict == proof.SAME


def test_the_report_of_such_a_village_is_restated_only_where_something_came_later(visited, of_campaign, frozen, proven, communes, huong, clock):  # noqa: F811
    visited("dong-thanh")
    with writing(communes) as connection:
        areas.merge_village(connection, HERE, "dong-thanh", "dong-cho", "2026-11-10")
    of_campaign(Campaign("c3", "Đợt của thôn", "2026-11-18", "2026-11-22", ("dong-thanh",)))
    assert told(frozen(NOVEMBER, "2026-11-23").text).restatements == ()
    huong.at = "2026-11-20T05:00:00.000Z"
    visited("dong-thanh")
    last = frozen(NOVEMBER, "2026-11-23")
    (of_it, _of_commune) = told(last.text).restatements
    assert {each.village for each in of_it.lines} == {None, "dong-thanh"} and of_it.merged == () and proven(last.text).verdict == proof.SAME


def test_its_own_figures_are_among_those_proven(visited, of_campaign, proven, monkeypatch):  # noqa: F811
    visited(help=[HELPED])
    real = campaign_visits.live
    monkeypatch.setattr(campaign_visits, "live", lambda *asked: {place: each.plus((1, 0, 0)) for place, each in real(*asked).items()})
    assert proven(of_campaign().text).verdict == proof.UNLIKE


def test_the_next_report_of_the_commune_restates_it_and_is_proven(visited, of_campaign, frozen, proven, huong, clock):  # noqa: F811
    visited()
    visited("dong-thanh", "basic")
    first = frozen(as_of="2026-11-21")
    of_campaign()
    huong.at = "2026-11-20T05:00:00.000Z"
    visited()
    assert told(of_campaign(Campaign("c2", "Đợt sau", "2026-11-20", "2026-11-22", ("dong-cho",))).text).restatements == ()
    last = frozen(NOVEMBER, "2026-11-28")
    told_again = told(last.text).restatements
    assert [each.period.name for each in told_again] == ["", "Ngày chuyển đổi số"] and told_again[0].frozen_at == first.frozen_at
    smartphone = next(each for each in told_again[1].of_commune if each.indicator and each.indicator.code == "smartphone")
    assert (smartphone.said.yes, smartphone.now.yes) == (1, 2) and proven(last.text).verdict == proof.SAME


def test_few_people_of_a_campaign_do_not_leave_the_commune(visited, of_campaign):  # noqa: F811
    visited(help=[HELPED])
    found = outside(told(of_campaign().text)).campaign
    assert {line.indicator.code for line in found.untold} >= {"vneid_level2"} and not any(line.left.eligible for line in found.figures.lines)


def test_a_campaign_of_some_of_the_villages_that_stand_together_does_not_tell_them_apart(of_campaign, communes):
    """Of 60, 7 and 25 the last two stand together; the campaign has the first two: its sum less the first would be the second alone."""
    with writing(communes) as connection:
        for village, eligible in (("dong-cho", 60), ("dong-thanh", 7), ("phu-van", 25)):
            counts = {("smartphone:1", "all"): [eligible, 0, 0], (COVERAGE, "all"): [eligible, 0, 0]}
            ledger.post(connection, HERE, {("2026-11-12", village, key, cut): count for (key, cut), count in counts.items()})
    some = told(of_campaign(Campaign("c1", "Hai thôn", "2026-11-20", "2026-11-22", ("dong-cho", "dong-thanh"))).text)
    assert some.campaign.split == ("smartphone",) and "smartphone" in {line.indicator.code for line in outside(some).untold}
    both = told(of_campaign(Campaign("c2", "Hai thôn khác", "2026-11-20", "2026-11-22", ("phu-van", "dong-thanh"))).text)
    assert both.campaign.split == () and outside(both).pools["smartphone"].villages == 2


@pytest.mark.parametrize("beside, told_apart", [(7, True), (25, False)])
def test_a_campaign_of_a_part_of_a_village_that_leaves_few_beside_it_does_not_tell_those(beside, told_apart, of_campaign, communes):
    """The village's own sum stands in the commune's report: less the campaign's it would be that of the seven."""
    with writing(communes) as connection:
        areas.merge_village(connection, HERE, "dong-thanh", "dong-cho", "2026-11-10")
        for village, eligible in (("dong-cho", beside), ("dong-thanh", 60), ("phu-van", 30)):
            counts = {("smartphone:1", "all"): [eligible, 0, 0], (COVERAGE, "all"): [eligible, 0, 0]}
            ledger.post(connection, HERE, {("2026-11-12", village, key, cut): count for (key, cut), count in counts.items()})
    part = told(of_campaign(Campaign("c1", "Một phần", "2026-11-20", "2026-11-22", ("dong-thanh",))).text)
    assert (part.campaign.split == ("smartphone",)) is told_apart
