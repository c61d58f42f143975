"""A third way to every figure, for the tests only: the events exported as plain tables, and all the rest in SQL (tests/ledger.sql).

It shares nothing with the product. Which events stand and what they say once corrected is tests/naive_fold.py's; here they become rows: who
stated what of whom and on which day, and which households and people are one from which day on."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from pathlib import Path

import duckdb

from tests.naive_fold import EFFECTS, body_of, day, erased, merged, order, outcome, standing, statements

SQL = (Path(__file__).parent / "ledger.sql").read_text("utf-8")
FIRST, LAST = "0001-01-01", "9999-12-31"
STEPS = 100  # what one event says, one after the other: first what was found, then the help
HELP = 50
EFFECTS_ON = {**EFFECTS, "zalo_join": ("zalo_group", "yes")}
TABLES = {
    "day": "day DATE", "whole": "day DATE, village TEXT, whole TEXT", "happened": "grp INT, day DATE",
    "belongs": "grp INT, household TEXT, root TEXT, since DATE, until DATE", "same": "grp INT, person TEXT, who TEXT, since DATE, until DATE",
    "put": "household TEXT, place BIGINT, day DATE, village TEXT", "visit": "household TEXT, place BIGINT, day DATE, outcome TEXT",
    "listed": "household TEXT, place BIGINT, day DATE, poverty TEXT",
    "said": "household TEXT, place BIGINT, day DATE, person TEXT, field TEXT, value TEXT",
    "helped": "household TEXT, place BIGINT, day DATE, person TEXT, service TEXT, result TEXT, field TEXT, value TEXT",
}  # fmt: skip

# day → cut → (village, key) → (yes, no, unknown)
Figures = dict[str, dict[str, dict[tuple[str, str], tuple[int, int, int]]]]


def figures(events: list[dict], days: Collection[str], villages: Collection[str], into: dict[str, tuple[str, str]]) -> Figures:
    """What stood at the end of each of these days; nothing where all three are nought. events: raw, in any order, `at` as the server took it;
    into: village → (what it became part of, since when)."""
    rows: dict[str, list[tuple]] = {name: [] for name in TABLES}
    rows["day"] = [(each,) for each in days]
    rows["whole"] = [(each, village, _whole(village, into, each)) for each in days for village in villages]
    places = {event["id"]: STEPS * place for place, event in enumerate(sorted(events, key=order))}
    for number, group in enumerate(_groups(events)):
        _export(rows, number, group, places)
    with duckdb.connect(config={"threads": 1}) as database:
        for name, columns in TABLES.items():
            database.execute(f"CREATE TABLE {name} ({columns})")
            _fill(database, name, rows[name])
        database.execute(SQL)
        found: Figures = {each: {} for each in days}
        for each, village, key, cut, *counts in database.execute("SELECT * FROM figure").fetchall():
            if any(counts):
                found[each.isoformat()].setdefault(cut, {})[village, key] = tuple(int(count or 0) for count in counts)
    return found


def _fill(database, name: str, rows: list[tuple]) -> None:
    """In one piece: a statement for each row would take longer than all the rest."""
    if rows:
        lists = [list(column) for column in zip(*rows, strict=True)]
        wanted = ", ".join(f"unnest(CAST(? AS {kind}[]))" for _, kind in (each.split() for each in TABLES[name].split(", ")))
        database.execute(f"INSERT INTO {name} SELECT {wanted}", lists)


def _whole(village: str, into: dict[str, tuple[str, str]], until: str) -> str:
    while village in into and into[village][1] <= until:
        village = into[village][0]
    return village


def _groups(events: Iterable[dict]) -> list[list[dict]]:
    """The events of households that were ever named in one merge, together."""
    leader: dict[str, str] = {}

    def first(household: str) -> str:
        while leader.setdefault(household, household) != household:
            household = leader[household]
        return household

    for event in events:
        if event["kind"] == "merge":
            leader[first(event["household"])] = first(event["body"].get("other") or event["household"])
    groups: dict[str, list[dict]] = {}
    for event in events:
        groups.setdefault(first(event["household"]), []).append(event)
    return list(groups.values())


def _export(rows: dict[str, list[tuple]], number: int, events: list[dict], places: dict[str, int]) -> None:
    asked, whole = erased(events)
    if whole is False:
        return
    gone = {person for person, counted in asked.items() if not counted}
    households = {event["household"] for event in events}
    _export_merges(rows, number, events, households)
    registered = set()
    for event in standing(events):
        household, place, on = event["household"], places[event["id"]], day(event)
        rows["happened"].append((number, on))
        if event["kind"] in ("void", "correct"):
            continue
        body = body_of(event, events)
        if event["kind"] == "register":
            registered.add(household)
        if event["kind"] in ("register", "move") and "village" in body and household in registered:
            rows["put"].append((household, place, on, body["village"]))
        if event["kind"] == "list":
            rows["listed"].append((household, place, on, body["poverty"]))
        house, people = statements(event, body)
        for step, (person, fields) in enumerate({"": house, **people}.items()):
            if person not in gone:
                rows["said"] += [(household, place + step, on, person, field, _text(value)) for field, value in {"": "", **fields}.items()]
        if event["kind"] == "visit":
            rows["visit"].append((household, place, on, outcome(body)))
            if outcome(body) in ("done", "partly"):
                rows["helped"] += _helped(household, place, on, body, gone)


def _helped(household: str, place: int, on: str, body: dict, gone: set[str]) -> Iterable[tuple]:
    for step, help in enumerate(body.get("help", ()), start=HELP):
        if help.get("person") not in gone:
            field, value = EFFECTS_ON.get(help["service"], (None, None))
            who = "" if field == "zalo_group" else help.get("person")
            known = field if who is not None else None
            yield household, place + step, on, who, help["service"], help["result"], known, help.get("value") or value


def _export_merges(rows: dict[str, list[tuple]], number: int, events: list[dict], households: set[str]) -> None:
    """Who is part of whom, between each day with a merge and the next."""
    days = sorted({day(event) for event in events if event["kind"] == "merge"})
    for since, until in zip([FIRST, *days], [*days, LAST], strict=True):
        before = _eve(until)
        _, root, last = merged(events, before)
        rows["belongs"] += [(number, each, root(each), since, before) for each in households]
        people = {person for event in events if event["kind"] == "merge" for person in event["body"]["people"]}
        rows["same"] += [(number, each, last(each), since, before) for each in people]


def _eve(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat() if day != LAST else LAST


def _text(value: object) -> str | None:
    """Several choices as `,bank,wallet,`."""
    return f",{','.join(value)}," if isinstance(value, list) else None if value is None else str(value)
