"""What must be so once everything is quiet: nothing lost, nothing counted twice, phones and server of one mind."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from fieldapp.intake.feed import feed
from fieldapp.soak import naive
from fieldapp.soak.commune import HERE, Commune
from fieldapp.store import areas, devices, held, households, rebuild
from fieldapp.store.engine import reading
from fieldapp.survey.day import day_of

Saved = dict[str, Any]  # {device, n, id, sha256, text}
NO_LIMIT = 1_000_000


@dataclass
class Findings:
    """lost, double, differences: a line for each."""

    lost: list[str] = field(default_factory=list)
    double: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    def add(self, other: "Findings") -> None:
        self.lost += other.lost
        self.double += other.double
        self.differences += other.differences

    @property
    def all(self) -> list[str]:
        return [*self.lost, *self.double, *self.differences]


def look(commune: Commune, saved: Iterable[Saved], acts: Iterable[str], phones: dict[str, dict[str, Any]]) -> Findings:
    """saved: every event that a phone ever showed as saved; acts: hashes of the officer's own that no restore took;
    phones: name → {device, waiting, trouble, households: [{row, state}]} of those that have synced until done."""
    rows = commune.rows()
    found = Findings()
    by_hash: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_hash.setdefault(row["sha256"], []).append(row)
    for event in saved:
        there = [row for row in by_hash.get(event["sha256"], []) if row["text"] == event["text"]]
        if not there:
            found.lost.append(f"event {event['n']} of phone {event['device']} is not in the journal: {event['text'][:120]}")
        elif len(there) > 1:
            found.double.append(f"event {event['n']} of phone {event['device']} is {len(there)} times in the journal")
    found.lost += [f"the officer's act {sha256} is not in the journal" for sha256 in acts if sha256 not in by_hash]
    found.lost += _unanswerable(commune, rows)
    with reading(commune.engine) as connection:
        stated = households.of_villages(connection, HERE, [each.village_id for each in areas.all_villages(connection, HERE)])
        found.differences += rebuild.differences(connection, HERE)
        expected = {each: _expected(connection, told["device"], commune.clock.now) for each, told in phones.items()}
    told = naive.told(rows)
    for household in stated:
        _compare(household, told.get(household.household_id), found)
    for name, phone in phones.items():
        found.differences += _of_phone(name, phone, expected[name])
    return found


def _unanswerable(commune: Commune, rows: list[dict[str, Any]]) -> list[str]:
    """Held rows that neither wait for an officer, nor were answered by one, nor count by themselves."""
    with reading(commune.engine) as connection:
        waits = {each.sha256 for each in held.waiting(connection, HERE, limit=NO_LIMIT)}
    answered = {event["sha256"] for event in naive.counting(rows)}
    for row in rows:
        if row["kind"] == "review" and row["held"] is None:
            answered.add(json.loads(row["text"])["body"].get("sha256"))
    return [
        f"held row {row['sequence']} ({row['held']}) waits nowhere"
        for row in rows if row["held"] is not None and row["sha256"] not in waits and row["sha256"] not in answered
    ]  # fmt: skip


def _compare(household: households.Household, told: dict[str, Any] | None, found: Findings) -> None:
    state, who = household.state, household.code or household.household_id
    told = told or {"visits": 0, "village": None, "outcome": None, "house": {}, "people": {}}
    if state["visits"] != told["visits"]:
        found.double.append(f"household {who} counts {state['visits']} visits, its events say {told['visits']}")
    for name in ("village", "outcome"):
        if state[name] != told[name]:
            found.differences.append(f"household {who}: {name} {state[name]!r}, its events say {told[name]!r}")
    places = [(None, state["house"], state["house_found"], told["house"])]
    places += [(person, fields, fields.get("found", {}), told["people"].get(person, {})) for person, fields in state["people"].items()]
    for person, values, as_found, said in places:
        for name in sorted({*values, *said} - {"found"}):
            value = as_found[name] if name in as_found else values.get(name)
            if value != said.get(name):
                found.differences.append(f"household {who}: {person or 'house'}.{name} {value!r}, its events say {said.get(name)!r}")


def _expected(connection: Any, device_id: str, now: str) -> dict[str, dict[str, Any]]:
    """What a phone that had nothing yet would get now: household id → its state."""
    device = devices.by_id(connection, HERE, device_id)
    if device is None:
        return {}
    page = feed(connection, device, {}, NO_LIMIT, day_of(now))
    return {each["id"]: each for each in (json.loads(bytes(raw)) for raw in page.households)}


def _of_phone(name: str, phone: dict[str, Any], expected: dict[str, dict[str, Any]]) -> list[str]:
    undone = {key: phone[key] for key in ("waiting", "trouble", "lack", "revoked") if phone[key]}
    if undone:
        return [f"phone {name} does not say that all is sent: {undone}"]
    has = {each["row"]["id"]: each for each in phone["households"]}
    found = [f"phone {name} lacks household {each}" for each in sorted(expected.keys() - has.keys())]
    found += [f"phone {name} still has household {each}" for each in sorted(has.keys() - expected.keys())]
    for household_id in sorted(expected.keys() & has.keys()):
        wanted, state, row = expected[household_id], has[household_id]["state"], has[household_id]["row"]
        wrong = [key for key in wanted if state.get(key) != wanted[key]]
        wrong += [f"row.{key}" for key in ("code", "village", "address", "status", "outcome", "day") if row[key] != wanted[key]]
        found += [f"phone {name}, household {household_id}: {key} {state.get(key)!r}, the server says {wanted.get(key)!r}" for key in wrong]
    return found
