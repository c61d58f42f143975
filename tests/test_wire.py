"""docs/wire.md tells the truth: its examples are sent to the real application, and its tables name all that there is."""

import json
import re
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import insert

from fieldapp.intake import wire
from fieldapp.intake.judge import convene
from fieldapp.intake.receive import take
from fieldapp.intake.sealed import unseal
from fieldapp.store import devices, households, journal
from fieldapp.store.counted import counted
from fieldapp.store.engine import reading, writing
from fieldapp.store.tables import enrolment
from fieldapp.survey.event import AUTHORS, KINDS, dumps, sha256_of
from fieldapp.survey.problems import FILE, HELD, PROBLEMS
from fieldapp.survey.rules import COMPARED, RULES, asked
from fieldapp.web.problems import CODES, STATUS
from tests.conftest import HERE

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs/wire.md").read_text(encoding="utf-8")
PROSE = re.sub(r"^```.*?^```", "", PAGE, flags=re.DOTALL | re.MULTILINE)
EXAMPLES = {name: json.loads(text) for name, text in re.findall(r"^```json (.+?)\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)}
EVENTS = {name.removeprefix("event "): event for name, event in EXAMPLES.items() if name.startswith("event ")}
CODE = EXAMPLES["request enrol"]["code"]
AFTER_ALL = "2026-11-21T11:00:00.000Z"


def rows(heading):
    """The cells of the table under a heading of the page, without its head."""
    under = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    table = [line.strip("|").split("|") for line in under.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in cells] for cells in table[2:]]


def codes(cell):
    return re.findall(r"`([^`]+)`", cell)


def shape(value):
    """What a value looks like: its keys and types all the way down. null may stand for anything."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    if isinstance(value, list):
        return [shape(each) for each in value]
    return None if value is None else type(value).__name__


@pytest.fixture
def call(post, communes, clock):
    """Sends a request of the page; the answer's status and body. A card with the page's code lies ready for Hường."""
    with writing(communes) as connection:
        card = {"commune_id": HERE, "code_hash": devices.hashed(CODE.replace("-", "")), "account_id": "huong"}
        connection.execute(insert(enrolment).values(expires_at="2026-11-27T02:00:00.000Z", **card))

    def call(name, token=None, **instead):
        request = EXAMPLES[f"request {name}"] | instead
        clock.now = request["clock"]
        headers = {"Content-Type": "application/json", "Accept-Language": "vi"}
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        status, answer = post(f"/api/{name}", headers, json.dumps(request).encode())
        return status, json.loads(answer)

    return call


@pytest.fixture
def token(call):
    return call("enrol")[1]["token"]


def sealed(placeholder):
    return dumps(EVENTS[placeholder.strip("<>")])


def test_enrolment_is_answered_as_the_page_says(call):
    status, answer = call("enrol")
    assert status == 200 and shape(answer) == shape(EXAMPLES["response enrol"])
    assert {key: answer[key] for key in ("member", "commune", "villages")}.items() <= EXAMPLES["response enrol"].items()


def test_a_refusal_looks_as_the_page_says(call):
    call("enrol")
    status, answer = call("enrol", device="01a1f6c0-e880-763a-8dbe-000000000000")
    assert status == 409 and shape(answer) == shape(EXAMPLES["response refused"])
    assert answer["message"] == EXAMPLES["response refused"]["message"]


def test_sync_is_answered_as_the_page_says(call, token):
    texts = [sealed(each) for each in EXAMPLES["request sync"]["events"]]
    status, answer = call("sync", token, events=texts)
    told = EXAMPLES["response sync"]
    assert status == 200 and shape(answer) == shape(told)
    for household in answer["households"] + told["households"]:
        household["token"] = "given by chance"
    assert answer["households"] == told["households"]
    assert (answer["cursors"], answer["villages"], answer["settings"]) == (told["cursors"], told["villages"], told["settings"])
    assert [each["sha256"][:4] for each in answer["receipts"]] == [each["sha256"][:4] for each in told["receipts"]]


def test_what_may_be_left_out_may_be_left_out(post, token):
    must = {name: EXAMPLES["request sync"][name] for name in ("protocol", "device", "clock")} | {"events": []}
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    assert post("/api/sync", headers, json.dumps(must).encode())[0] == 200


def test_every_event_of_the_page_is_stored_and_counts(call, token, communes, clock, sound):
    receipts = {}
    for name, event in sorted(EVENTS.items(), key=lambda each: each[1]["at"]):
        text = sealed(name)
        if event["device"]:
            (receipt,) = call("sync", token, events=[text], clock=event["at"])[1]["receipts"]
            receipts[name] = receipt["outcome"]
        else:
            clock.now = AFTER_ALL
            with writing(communes) as connection:
                batch = [unseal(text)]
                receipts[name] = take(connection, convene(connection, HERE, None, batch), batch, clock.now)[0].outcome
    assert receipts == dict.fromkeys(EVENTS, "stored")
    with reading(communes) as connection:
        found = journal.of_households(connection, HERE, {event["household"] for event in EVENTS.values()})
        state = households.by_id(connection, HERE, EVENTS["visit"]["household"]).state
    assert {each.event.id for each in counted(found)} == {event["id"] for event in EVENTS.values()}
    assert state["poverty"] == "near_poor" and state["returned"] and state["status"] == "active"
    assert state["people"]["p0r4s8t2ve"]["name"] is None and state["people"]["p0r4s8t2ve"]["residence"] == "left"
    sound()


def test_the_phones_examples_are_one_chain():
    mine = sorted((event for event in EVENTS.values() if event["device"]), key=lambda event: event["n"])
    assert [event["n"] for event in mine] == list(range(1, len(mine) + 1))
    assert [event["after"] for event in mine] == [None, *(sha256_of(dumps(event)) for event in mine[:-1])]


def test_every_kind_has_an_example_and_its_authors():
    assert {event["kind"] for event in EVENTS.values()} == set(KINDS)
    assert {codes(kind)[0]: set(made_by.split(", ")) for kind, _, made_by in rows("Kinds of events")} == AUTHORS
    assert [codes(kind)[0] for kind, _, _ in rows("Kinds of events")] == list(KINDS)


def test_every_problem_stands_in_the_table_with_its_answer():
    told = {codes(code)[0]: answer for code, answer, _ in rows("Problems")}
    of_core = {code: "held" if kind == HELD else str(STATUS[kind]) for code, kind in PROBLEMS.items() if kind != FILE}
    of_edge = {code: str(status) for status, code in CODES.items() if code not in PROBLEMS and status != 405}
    assert told == of_core | of_edge


def test_every_flag_stands_in_the_table():
    assert {code for cell, _ in rows("Flags") for code in codes(cell)} == set(RULES) - set(asked(COMPARED))


@pytest.mark.parametrize(
    "struct", [each for each in vars(wire).values() if isinstance(each, type) and issubclass(each, msgspec.Struct)],
    ids=lambda struct: struct.__name__,
)  # fmt: skip
def test_every_field_of_the_wire_is_told(struct):
    named = {key for example in EXAMPLES.values() for key in keys(example)} | set(codes(PROSE))
    assert [field.encode_name for field in msgspec.structs.fields(struct) if field.encode_name not in named] == []


def keys(value):
    if isinstance(value, dict):
        return set(value) | {key for each in value.values() for key in keys(each)}
    return {key for each in value for key in keys(each)} if isinstance(value, list) else set()


def test_the_states_of_the_outbox_are_told():
    outbox = (ROOT / "static/phone/outbox.js").read_text(encoding="utf-8")
    steps = re.search(r"export const STEPS = \{(.*?)^\};", outbox, re.DOTALL | re.MULTILINE)
    told = {code for cell, _, _ in rows("Receipts, numbers and what may be forgotten") for code in codes(cell)}
    assert set(re.findall(r"^  (\w+):", steps[1], re.MULTILINE)) <= told
