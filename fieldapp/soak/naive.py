"""A second, slow and naive way from the journal's rows to what is known of each household: it shares nothing with fieldapp/survey but the
names of things, so what both say alike is not one mistake made twice.

It asks for each single field which statements were made about it, and which came last."""

import json
from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]
SURVEYED = ("done", "partly")


def counting(rows: Iterable[Row]) -> list[Row]:
    """The events that count, each once: not held; let count by an officer's review; or held because their household was in no book, and it
    is now. Of two texts under one id the last to count."""
    found: dict[str, Row] = {}
    held: dict[tuple[str, str], Row] = {}
    for row in sorted(rows, key=lambda row: row["sequence"]):
        event = json.loads(row["text"]) if row["kind"] != "unread" else {}
        event |= {"at": json.loads(row["decision"]).get("at") or event.get("at"), "sha256": row["sha256"], "held": row["held"]}
        if row["held"] is not None:
            held[row["event_id"], row["sha256"]] = event
            continue
        found[event["id"]] = event
        if event["kind"] == "review" and event["body"]["outcome"] == "replayed":
            released = held.get((event["body"].get("event"), event["body"].get("sha256")))
            if released:
                found[released["id"]] = released
    every = list(found.values())
    away = [event["body"] for event in every if event["kind"] == "review" and event["body"]["outcome"] == "not_ours" and not is_void(event, every)]
    for (event_id, sha256), event in held.items():
        register = found.get(event.get("household", ""))
        in_book = event["held"] == "unknown_household" and register is not None and register["kind"] == "register"
        if in_book and not any((each.get("event"), each.get("sha256")) == (event_id, sha256) for each in away):
            found.setdefault(event_id, event)
    return sorted(found.values(), key=lambda event: (event["at"], event["id"]))


def is_void(event: Row, events: list[Row]) -> bool:
    """Somebody voided it, and nobody voided that later. A void reaches events of its own group of households only by naming them."""
    for void in events:
        later = event["kind"] != "void" or (void["at"], void["id"]) > (event["at"], event["id"])
        if void["kind"] == "void" and void["body"]["event"] == event["id"] and void["id"] != event["id"] and later and not is_void(void, events):
            return True
    return False


def told(rows: Iterable[Row]) -> dict[str, Row]:
    """Household → {visits, village, outcome, house, people} as the events say; people and house as found, without what help changed."""
    every = counting(rows)
    events = [event for event in every if event["kind"] not in ("void",) and not is_void(event, every)]
    into, same = merged(events)
    together = ever_merged(every)
    homes: dict[str, Row] = {}
    corrections = [event for event in events if event["kind"] == "correct"]
    for event in events:
        if event["kind"] == "correct":
            continue
        body = _amended(event, [each for each in corrections if each["body"]["event"] == event["id"]])
        for home in [event["household"], *_roots(into, event["household"])]:
            known = homes.setdefault(home, {"visits": 0, "village": None, "outcome": None, "house": {}, "people": {}})
            who = {person: them for each in together.get(home, ()) for person, them in same.get(each, {}).items()}
            _tell(known, event, body, home, who)
    return homes


def merged(events: list[Row]) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """household → what it is part of; household that others were merged into → person → who they are."""
    into: dict[str, str] = {}
    same: dict[str, dict[str, str]] = {}
    known: dict[str, str] = {}
    for merge in (event for event in events if event["kind"] == "merge"):
        here, other = merge["household"], merge["body"].get("other") or merge["household"]
        if other != here:
            if other in into or other in [here, *_roots(into, here)]:
                continue
            into[other] = here
        for theirs, ours in merge["body"]["people"].items():
            if theirs not in known and theirs not in [ours, *_roots(known, ours)]:
                known[theirs] = same.setdefault(here, {})[theirs] = ours
    return into, same


def ever_merged(every: list[Row]) -> dict[str, set[str]]:
    """household → all that it was ever merged with, also where that merge is void by now: who is who is said among them, and nowhere else."""
    groups: dict[str, set[str]] = {}
    for merge in (event for event in every if event["kind"] == "merge"):
        both = [merge["household"], merge["body"].get("other") or merge["household"]]
        whole = set(both).union(*(groups.get(each, set()) for each in both))
        groups.update(dict.fromkeys(whole, whole))
    return groups


def _tell(home: Row, event: Row, body: Row, name: str, same: dict[str, str]) -> None:
    own = event["household"] == name
    kind = event["kind"]
    house, people = body.get("house", {}), body.get("people", {})
    if kind == "register" and own:
        home["village"] = body["village"]
    if kind == "move" and own and "village" in body and home["village"] is not None:
        home["village"] = body["village"]
    if kind == "visit":
        consent = body.get("consent")
        outcome = "refused" if consent and not consent["given"] else body["outcome"]
        home["visits"] += 1
        home["outcome"] = outcome
        if outcome not in SURVEYED:
            return
    if kind in ("register", "visit", "review"):
        home["house"].update(house)
        for person, fields in (people if isinstance(people, dict) else _by_id(people)).items():
            home["people"].setdefault(_last(same, person), {}).update(fields)


def _by_id(people: list[Row]) -> dict[str, Row]:
    return {each["id"]: {name: value for name, value in each.items() if name != "id" and value is not None} for each in people}


def _amended(event: Row, corrections: list[Row]) -> Row:
    body = dict(event["body"])
    for correct in corrections:
        for part, value in correct["body"]["fields"].items():
            body[part] = {**body.get(part, {}), **value} if part == "house" else value
    return body


def _last(into: dict[str, str], name: str) -> str:
    return [name, *_roots(into, name)][-1]


def _roots(into: dict[str, str], name: str) -> list[str]:
    found = []
    while name in into:
        name = into[name]
        found.append(name)
    return found
