"""Whatever order events arrive in, and in whatever batches: the same households, contested marks and balances; and every figure
is what a straightforward recomputation from the visits says, for every indicator, cut and day."""

import json
import random
import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from fieldapp.intake.judge import convene
from fieldapp.intake.receive import take
from fieldapp.intake.sealed import unseal
from fieldapp.store import accounts, areas, ledger
from fieldapp.store.accounts import Account
from fieldapp.store.engine import reading, writing
from fieldapp.store.rebuild import differences
from fieldapp.store.tables import departure, household, link, person
from fieldapp.survey.event import dumps
from tests import databases, naive_fold, oracle
from tests.story import AUTHORS, COMMUNE, DEVICES, HOUSEHOLDS, VILLAGES, Story

NOW = "2026-12-31T10:00:00.000Z"
STORIES = 200 // HOUSEHOLDS  # two hundred households, no two of the same story


@contextmanager
def fresh(kind, templates, villages=VILLAGES):
    with ExitStack() as lasting:
        if kind == "sqlite":
            folder = Path(lasting.enter_context(tempfile.TemporaryDirectory()))
            shutil.copy(templates[kind], folder / "commune.sqlite")
            url = f"sqlite:///{folder / 'commune.sqlite'}"
        else:
            url = lasting.enter_context(databases.lent(templates[kind]))
        engine = databases.opened(url)
        with writing(engine) as connection:
            areas.found_commune(connection, areas.Commune(COMMUNE, "15835", "Xã Thiệu Trung", "Tỉnh Thanh Hóa", "epoch"), "2025-07-01")
            for number, village_id in enumerate(villages, start=1):
                areas.found_village(connection, COMMUNE, areas.Village(village_id, village_id, "thon", False, number, "2025-07-01"))
            for account_id, role in AUTHORS.items():
                accounts.add(connection, Account(COMMUNE, account_id, account_id, role))
                for village_id in villages:
                    accounts.assign(connection, COMMUNE, account_id, village_id, "2025-01-01")
        yield engine
        engine.dispose()


class Author:
    """What the court asks of a phone that stands for its author here."""

    revoked_at, enrolled_at = None, "2025-01-01T00:00:00.000Z"

    def __init__(self, device_id: str) -> None:
        self.device_id = device_id
        self.account_id = next(author for author, device in DEVICES.items() if device == device_id)


def arrive(engine, events, chance=None, most=12):
    """Send the events in some order, in batches of some size, each author's through their own door. chance: None: in theirs, `most` at once."""
    events = chance.sample(events, len(events)) if chance else events
    while events:
        size = chance.randint(1, most) if chance else most
        part, events = events[:size], events[size:]
        for device in {event["device"] for event in part}:
            batch = [unseal(dumps(event)) for event in part if event["device"] == device]
            with writing(engine) as connection:
                court = convene(connection, COMMUNE, Author(device) if device else None, batch)
                receipts = take(connection, court, batch, NOW)
            # What comes before its household waits for it, and counts by itself then.
            assert {receipt.reason for receipt in receipts} <= {None, "unknown_household"}, receipts


def contents(engine):
    """Projections and balances, without what the server decides as it takes things in (codes, tokens, sequences)."""
    with reading(engine) as connection:
        states = {
            row.household_id: {
                "row": [row.village_id, row.head, row.status, row.merged_into, row.visited, row.contested],
                **json.loads(row.state),
                **json.loads(row.aside),
            }
            for row in connection.execute(select(household))
        }
        people = sorted(map(repr, connection.execute(select(person))))
        gone = sorted(map(repr, connection.execute(select(departure.c.village_id, departure.c.household_id))))
        links = sorted(map(repr, connection.execute(select(link))))
        balances = {day: ledger.balances(connection, COMMUNE, until=day) for day in (None, "2026-03-15", "2026-07-01")}
        return states, people, gone, links, {day: {k: v for k, v in found.items() if any(v)} for day, found in balances.items()}


def groups(events):
    """Households with all that were ever merged with them."""
    group = {e["household"]: {e["household"]} for e in events}
    for e in events:
        if e["kind"] == "merge":
            one, other = group[e["household"]], group[e["body"]["other"]]
            for each in one | other:
                group[each] = one | other
    return group


def recomputed(events, until):
    group = groups(events)
    return oracle.figures(
        naive_fold.described([e for e in events if e["household"] in group[home]], home, until) for home in group
    )  # fmt: skip


@pytest.fixture(scope="module")
def templates(sqlite_template, postgres_template):
    return {"sqlite": sqlite_template, "postgres": postgres_template}


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
@pytest.mark.parametrize("seed", range(STORIES))
def test_any_order_of_arrival_gives_the_same_and_figures_are_what_the_visits_say(seed, kind, templates):
    story = Story(random.Random(seed))
    with fresh(kind, templates) as one, fresh(kind, templates) as other:
        arrive(one, story.events, random.Random(f"one {seed}"))
        arrive(other, story.events, random.Random(f"other {seed}"))
        assert contents(one) == contents(other)
        for engine in (one, other):
            with reading(engine) as connection:
                assert differences(connection, COMMUNE) == []
        figures_are_right(one, story.events)


def figures_are_right(engine, events):
    days = sorted({event["at"][:10] for event in events})
    with reading(engine) as connection:
        for day in days:
            expected = recomputed(events, day)
            found = ledger.balances(connection, COMMUNE, until=day)
            assert {key: tuple(value) for key, value in found.items() if any(value)} == {
                (village, key): value for (village, key, cut), value in expected.items() if cut == "all"
            }, day
        for month in sorted({day[:7] for day in days}):
            expected = recomputed(events, f"{month}-31")
            for cut in sorted({cut for _, _, cut in expected} - {"all"}):
                found = ledger.balances(connection, COMMUNE, cut, until=f"{month}-28")
                assert {key: tuple(value) for key, value in found.items() if any(value)} == {
                    (village, key): value for (village, key, each), value in expected.items() if each == cut
                }, (month, cut)
