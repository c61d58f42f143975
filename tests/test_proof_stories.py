"""Whatever happens after a report was frozen, in whatever order it arrives, the report is made again number by number; and what the next one
restates is what the journal says of that day."""

import random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldapp.figures import proof
from fieldapp.figures.reporting import drawn_up, freeze, new_id
from fieldapp.figures.restating import said_of
from fieldapp.store import accounts, areas, ledger, reports
from fieldapp.store.engine import reading, writing
from fieldapp.survey.balance import NOTHING
from fieldapp.survey.campaign import Campaign
from fieldapp.survey.cut import OF_REPORTS
from fieldapp.survey.period import campaign as period_of
from fieldapp.survey.period import whole
from fieldapp.survey.report import into_of, only, parts_of, unsealed, within
from tests.story import COMMUNE, Story
from tests.test_arrival import arrive, fresh, templates  # noqa: F401 (a fixture)

YEAR, NOW = whole("year", 2026), "2026-12-31T10:00:00.000Z"
MOST = 40  # at once: what small batches do is held where any order of arrival is


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_a_report_of_any_story_is_proven_after_all_that_follows(kind, templates):  # noqa: F811
    verdicts = []

    @settings(max_examples=14, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, 2**64 - 1))
    def holds(seed):
        chance, story = random.Random(f"reports {seed}"), Story(random.Random(seed))
        with fresh(kind, templates) as engine:
            events = chance.sample(story.events, len(story.events))
            places = sorted(chance.sample(range(len(events)), 2))
            for start, end in zip((0, *places), (*places, len(events)), strict=True):
                arrive(engine, events[start:end], chance, MOST)
                if chance.random() < 0.3:
                    merge_a_village(engine, chance)
                frozen(engine, f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}")
                frozen_of_a_campaign(engine, chance)
            verdicts.extend(proven(engine))
            the_last_says_what_the_ledger_says(engine)

    holds()
    assert set(verdicts) <= {proof.SAME, proof.ERASED} and verdicts.count(proof.SAME) > len(verdicts) / 3


def merge_a_village(engine, chance):
    with writing(engine) as connection:
        standing = [each.village_id for each in areas.villages(connection, COMMUNE)]
        if len(standing) > 1:
            areas.merge_village(connection, COMMUNE, *chance.sample(standing, 2), f"2026-{chance.randint(1, 12):02}-01")


def frozen(engine, as_of):
    with writing(engine) as connection:
        officer = accounts.by_id(connection, COMMUNE, "minh")
        return freeze(connection, officer, drawn_up(connection, COMMUNE, YEAR, as_of), new_id(NOW), NOW)


def frozen_of_a_campaign(engine, chance):
    """Of some villages and some months, as of a day within them."""
    month = chance.randint(1, 10)
    with writing(engine) as connection:
        villages = [each.village_id for each in areas.all_villages(connection, COMMUNE)]
        some = chance.choice([None, tuple(chance.sample(villages, chance.randint(1, len(villages))))])
        named = Campaign(str(UUID(int=chance.getrandbits(128))), "Đợt", f"2026-{month:02}-05", f"2026-{month + 2:02}-20", some)
        officer, as_of = accounts.by_id(connection, COMMUNE, "minh"), f"2026-{month + chance.randint(0, 2):02}-{chance.randint(6, 20):02}"
        period = period_of(named.name, named.first, named.last)
        return freeze(connection, officer, drawn_up(connection, COMMUNE, period, as_of, OF_REPORTS, named), new_id(NOW), NOW)


def proven(engine):
    with reading(engine) as connection:
        assert list(reports.unlike_noted(connection, COMMUNE)) == []
        return [proof.proof(connection, each.text).verdict for each in reports.of_commune(connection, COMMUNE)]


def the_last_says_what_the_ledger_says(engine):
    """Published once, restated since: together they are what stands now."""
    with reading(engine) as connection:
        kept = [unsealed(each.text) for each in reports.of_commune(connection, COMMUNE)]
        for document in kept[:-1]:
            keys = {"coverage", *(f"{row['code']}:{row['version']}" for row in document["indicators"])}
            said = said_of(parts_of(document["now"]), into_of(document), keys)
            for later in kept:
                for restated in (each for each in later["restatements"] if each["report"] == document["id"]):
                    said |= {(village, key): NOTHING.plus(now) for village, key, _, now in restated["lines"]}
            parts = only(ledger.parts(connection, COMMUNE, document["as_of"]), within(document))
            now = said_of(parts, areas.successors(connection, COMMUNE, document["as_of"], within(document)), keys)
            assert {place: each for place, each in said.items() if any(each)} == {place: each for place, each in now.items() if any(each)}
