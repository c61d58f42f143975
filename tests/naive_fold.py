"""A second, slow and naive way from a household's events to what is known of it on a day, for the tests only.

Where the product walks once through the events and keeps a state, this asks for each single field: which statements were made
about it, and which came last? It shares nothing with fieldapp/survey but the names of things. Its input are the raw events as
dicts, in any order."""

from datetime import datetime, timedelta

from tests.oracle import Household

IDENTITY = ("name", "birth_year", "sex", "relation", "residence")
EFFECTS = {
    "vneid_install": ("vneid", "installed"),
    "vneid_activate": ("vneid", "level1"),
    "epay_open": ("epay", "bank"),
    "health_record_setup": ("health_record", "seen"),
    "esign_register": ("esign", "yes"),
    "online_service_guide": ("online_service", "helped"),
    "filed_for": ("online_service", "helped"),
    "sim_4g": ("network_4g", "yes"),
    "skills_lesson": ("digital_skills", "trained"),
}
LEVELS = ["none", "installed", "level1", "level2"]


def order(event):
    return event["at"], event["id"]


def is_void(event, events, at_or_after=None):
    """Somebody voided it, and nobody voided that later."""
    for void in events:
        names_it = void["kind"] == "void" and void["body"]["event"] == event["id"]
        if names_it and not is_void(void, events) and (event["kind"] != "void" or order(void) > order(event)):
            return True
    return False


def day(event):
    """The day in Viet Nam, seven hours ahead."""
    return (datetime.fromisoformat(event["at"]) + timedelta(hours=7)).date().isoformat()


def standing(events):
    return sorted((e for e in events if e["kind"] == "erase" or not is_void(e, events)), key=order)


def body_of(event, events):
    """The body as corrected, part by part."""
    body = {**event["body"]}
    if isinstance(body.get("people"), list):
        body["people"] = {p["id"]: {k: v for k, v in p.items() if k != "id" and v is not None} for p in body["people"]}
    for correct in standing(events):
        if correct["kind"] == "correct" and correct["body"]["event"] == event["id"]:
            for part, value in correct["body"]["fields"].items():
                if part == "house":
                    body["house"] = {k: v for k, v in {**body.get("house", {}), **value}.items() if v is not None}
                elif part == "people":
                    people = {**body.get("people", {})}
                    for person, fields in value.items():
                        people[person] = {k: v for k, v in {**people.get(person, {}), **fields}.items() if v is not None}
                    body["people"] = people
                else:
                    body[part] = value
    return body


def merged(events, until):
    """household → the household it is part of on that day, and person → the person they are."""
    into, same = {}, {}

    def root(household):
        return root(into[household]) if household in into else household

    def last(person):
        return last(same[person]) if person in same else person

    for merge in standing(events):
        if merge["kind"] == "merge" and day(merge) <= until:
            here, other = merge["household"], merge["body"].get("other") or merge["household"]
            if other != here:
                if other in into or root(here) == other:
                    continue
                into[other] = here
            for theirs, ours in merge["body"]["people"].items():
                if theirs not in same and last(ours) != theirs:
                    same[theirs] = ours
    return into, root, last


def erased(events):
    """person → counted? of all who asked for their data to leave, under every id that they were ever given; and the household's.

    events: of one household and of those it was ever merged with (the test hands them over so)."""
    people, household = {}, None
    for event in events:
        if event["kind"] == "erase":
            if event["body"].get("person") is None:
                household = event["body"]["counted"] and household is not False
            else:
                person = event["body"]["person"]
                people[person] = event["body"]["counted"] and people.get(person, True)
    pairs = [pair for e in events if e["kind"] == "merge" for pair in e["body"]["people"].items()]
    for _ in range(2 * len(pairs) + 1):
        for one, other in pairs:
            for known, alias in ((one, other), (other, one)):
                if known in people:
                    people[alias] = people[known] and people.get(alias, True)
    return people, household


def described(events, household, until):
    """The household as it stood at the end of a day, for tests/oracle.py. events: of it and of all that were ever merged with
    it."""
    not_counted, whole = erased(events)
    into, root, last = merged(events, until)
    if household in into:
        return Household(village=None)
    # Somebody's erasure may have come later: who is not counted is counted on no day.
    gone = {person for person, counted in not_counted.items() if not counted}
    if whole is False:
        return Household(village=None)
    mine = [e for e in standing(events) if day(e) <= until and e["kind"] not in ("correct", "void") and root(e["household"]) == household]
    seen = [(e, body_of(e, events)) for e in mine]
    own = [(e, b) for e, b in seen if e["household"] == household]
    registers = [place for place, (e, _) in enumerate(own) if e["kind"] == "register"]
    villages = [b["village"] for e, b in own[registers[0] :] if e["kind"] in ("register", "move") and "village" in b] if registers else []
    visits = [(e, b, outcome(b)) for e, b in seen if e["kind"] == "visit"]
    surveyed = [(e, b) for e, b, o in visits if o in ("done", "partly")]
    statuses = [{"vacant": "vacant", "moved": "moved", "absent": None}.get(o, "active") for _, _, o in visits]
    persons = sorted({last(p) for e, b in seen for p in people_said(e, b)} - gone | {last(p) for e, b in surveyed for p in helped_people(b)} - gone)
    return Household(
        village=villages[-1] if villages else None,
        status=next((s for s in reversed(statuses) if s), "active"),
        poverty=next((b["poverty"] for e, b in reversed(seen) if e["kind"] == "list"), None),
        visited=bool(surveyed),
        outcome=visits[-1][2] if visits else None,
        year=int(day(surveyed[-1][0])[:4]) if surveyed else None,
        house=house_at(as_left, seen, last, gone),
        people=[person_at(as_left, seen, person, last, gone) for person in persons],
        house_found=house_at(as_stated, seen, last, gone),
        people_found=[person_at(as_stated, seen, person, last, gone) for person in persons],
        helped=helped(surveyed, gone),
    )


def outcome(body):
    consent = body.get("consent")
    return "refused" if consent and not consent["given"] else body["outcome"]


def statements(event, body):
    """(house, people) that the event states."""
    if event["kind"] == "visit" and outcome(body) not in ("done", "partly"):
        return {}, {}
    if event["kind"] == "move" and "person" in body:
        return {}, {body["person"]: body.get("values", {"residence": "left"})}
    if event["kind"] in ("register", "visit", "review"):
        return body.get("house", {}), body.get("people", {})
    return {}, {}


def people_said(event, body):
    return list(statements(event, body)[1])


def helped_people(body):
    """Somebody who was only helped is of the house too, once help has changed something."""
    return [h["person"] for h in body.get("help", []) if h.get("person") and h["result"] == "done" and h["service"] in EFFECTS]


def fields_of_house(seen):
    return {f for e, b in seen for f in statements(e, b)[0]} | {"zalo_group"}


def as_left(seen, field, person, last, gone):
    """The value of one field at the end: each statement replaces it, each done help changes it."""
    value = None
    for event, body in seen:
        house, people = statements(event, body)
        if person is None:
            value = house.get(field, value)
        else:
            for who, said in people.items():
                if last(who) == person and who not in gone and field in said:
                    value = said[field]
        if event["kind"] == "visit" and outcome(body) in ("done", "partly"):
            for help in body.get("help", []):
                if help["result"] == "done" and help.get("person") not in gone:
                    value = helped_to(value, help, field, person, last)
    return value


def as_stated(seen, field, person, last, gone):
    """The value of one field as it was last found: what was stated, whatever help did to it."""
    without_help = [(event, {name: part for name, part in body.items() if name != "help"}) for event, body in seen]
    return as_left(without_help, field, person, last, gone)


def helped_to(value, help, field, person, last):
    if person is None:
        return "yes" if field == "zalo_group" and help["service"] == "zalo_join" else value
    if not help.get("person") or last(help["person"]) != person or EFFECTS.get(help["service"], (None,))[0] != field:
        return value
    given = help.get("value") or EFFECTS[help["service"]][1]
    if field == "epay":
        return sorted({*(value or []), given} - {"none", "unknown", "refused"})
    if field == "vneid" and value in LEVELS and LEVELS.index(value) > LEVELS.index(given):
        return value
    return given


def house_at(value_of, seen, last, gone):
    return {field: value for field in fields_of_house(seen) if (value := value_of(seen, field, None, last, gone)) is not None}


def person_at(value_of, seen, person, last, gone):
    asked = {f for e, b in seen for who, said in statements(e, b)[1].items() if last(who) == person for f in said}
    fields = asked | set(IDENTITY) | {field for field, _ in EFFECTS.values()}
    values = {field: value_of(seen, field, person, last, gone) for field in fields}
    return {field: value for field, value in values.items() if value is not None or field in IDENTITY}


def helped(surveyed, gone):
    counts = {}
    for _, body in surveyed:
        for help in body.get("help", []):
            if help.get("person") not in gone or help.get("person") is None:
                counts.setdefault(help["service"], {}).setdefault(help["result"], 0)
                counts[help["service"]][help["result"]] += 1
    return counts
