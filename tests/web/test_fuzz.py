"""Whatever is sent to the API, made at random from its own published document: no 500, answers that fit the document, no valid event lost
among the noise, and nothing that was sent stands in a page of the desk as a script."""

import json
from html.parser import HTMLParser

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from fieldapp.store import households
from fieldapp.store.engine import reading
from fieldapp.survey.event import AUTHORS, dumps, sha256_of
from fieldapp.survey.questionnaire import NAMES, load
from fieldapp.web.limits import limiter
from fieldapp.web.phone.openapi import CALLS, document
from tests.conftest import HERE
from tests.intake.test_sync import a_house, a_visit

REQUESTS, BATCHES, MOST_PAGES = 40, 60, 40
MARK = "fuzzscript"
SCRIPTS = (
    f"<script>{MARK}()</script>", f"'\"><img src=x onerror={MARK}()>", f"javascript:{MARK}()", f"</textarea></script><svg onload={MARK}()>",
    f"{{{{ {MARK} }}}}", f'" autofocus onfocus="{MARK}()', f"&lt;script&gt;{MARK}()", f"]]><script>{MARK}()</script><!--",
)  # fmt: skip
FREE = ("name", "address", "comment", "reason", "list")
CHECKS = [
    not_a_server_error, checks.status_code_conformance, checks.content_type_conformance, checks.response_schema_conformance,
    checks.response_headers_conformance,
]  # fmt: skip
# The document's events, as if one of them were the body of a call: so schemathesis makes them too.
ONE_EVENT = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Event"}}}},
    "responses": {"200": {"description": "only the body is made here"}},
}
EVENTS = schemathesis.openapi.from_dict({**json.loads(document()), "paths": {"/event": {"post": ONE_EVENT}}})["/event"]["POST"].as_strategy()
FORM = load(NAMES[-1])
QUESTIONS = {group: [question.name for question in FORM.of_group[group]] for group in ("house", "people")}
CHOICES = sorted({choice for questions in FORM.of_group.values() for question in questions for choice in question.choices or ()})


# What fits the document, and what does not; of a call without a body there is nothing that would not.
FITTING = [(call, mode) for call in CALLS for mode in GenerationMode if call.asks or mode is GenerationMode.POSITIVE]


def fuzzed(examples):
    """Bounded, the same each time; what is found is shown as it was sent: making it smaller would take minutes."""
    return settings(
        max_examples=examples, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
    )  # fmt: skip


@pytest.fixture
def app(app):
    """Without the limit on wrong enrolment codes: it has its own tests, and nothing would get past it here."""
    limiter.enabled = False
    yield app
    limiter.enabled = True


@pytest.mark.parametrize("call, mode", FITTING, ids=lambda of: getattr(of, "path", None) or of.name.lower())
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_any_request_is_answered_as_the_document_says(app, huong, call, mode, sound):
    operation = schemathesis.openapi.from_wsgi("/api/openapi.json", app)[call.path][call.method.upper()]

    @fuzzed(REQUESTS)
    @given(case=operation.as_strategy(generation_mode=mode), ours=some.booleans(), encoding=some.sampled_from([None, None, "gzip", "br"]))
    def answered(case, ours, encoding):
        if ours and isinstance(case.body, dict):
            case.body |= {"device": huong.device, "protocol": 2}
        headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {huong.token}"} if ours and call.with_token else {})
        headers |= {"Content-Encoding": encoding} if encoding else {}
        case.validate_response(case.call(headers=headers), checks=CHECKS)

    answered()
    sound()


def test_no_valid_event_is_lost_among_noise_and_no_page_runs_what_was_sent(huong, minh, communes, journal_rows, sound):
    known = [a_house(huong) for _ in range(4)]
    a_visit(huong)
    huong.sync()
    sent: list[str] = []
    houses, people = [house for house, _ in known], [person for _, each in known for person in each]

    @fuzzed(BATCHES)
    @given(events=some.lists(EVENTS.map(lambda case: case.body), min_size=1, max_size=4), choose=some.data())
    def taken(events, choose):
        pick = lambda these: choose.draw(some.sampled_from(these))  # noqa: E731
        noise = [dumps(spoken(brought_home(event, huong, houses, people, pick), pick)) for event in events]
        noise.append(choose.draw(some.text(max_size=40)).replace("\0", "") + pick(SCRIPTS))  # a request with a NUL is refused whole
        a_visit(huong)
        valid, huong.outbox = huong.outbox, []
        batch = choose.draw(some.permutations([*noise, *valid]))
        status, answer = huong.call(batch)
        assert status == 200, answer
        told = {receipt["sha256"]: receipt for receipt in answer["receipts"]}
        assert len(answer["receipts"]) == len(batch) and "unforeseen" not in {receipt["reason"] for receipt in answer["receipts"]}, batch
        # A visit may come before its household here: then it waits, and counts by itself.
        assert {told[sha256_of(text)]["reason"] for text in valid} <= {None, "unknown_household"}
        huong.wait(minutes=1)
        sent.extend(text for text in batch if text not in sent)

    taken()
    assert {row.sha256 for row in journal_rows()} >= {sha256_of(text) for text in sent}
    for page in pages_about(communes, houses):
        shown = minh.get(page)
        assert shown.status_code == 200, page
        assert run_by(shown.text) == [], page
    sound()


def brought_home(event, phone, houses, people, pick):
    """The event as if it were ours, each part of it as often as not: so that noise gets past the first look at it."""
    phone.n += 1
    ours = {
        "commune": HERE, "device": phone.device, "member": "huong", "questionnaire": NAMES[-1], "n": phone.n,
        "at": f"2026-11-{pick(range(1, 20)):02}T03:00:00.000Z", "household": pick(houses),
    }  # fmt: skip
    if event.get("kind") == "register" and pick((True, False, False)):
        ours["household"] = event["id"]
    event = {**event, **{name: value for name, value in ours.items() if pick((True, True, True, False))}}
    body = event["body"]
    if "village" in body:
        body["village"] = pick(("dong-cho", "phu-van", body["village"]))
    for said in (body, body.get("fields", {})):
        if said.get("house"):
            said["house"] = {pick(QUESTIONS["house"]): pick((*CHOICES, None, 7, *SCRIPTS)) for _ in said["house"]}
        if isinstance(said.get("people"), dict):
            answers = [{pick(QUESTIONS["people"]): pick((*CHOICES, None, 1960)) for _ in range(3)} for _ in said["people"]]
            said["people"] = {pick(people): each for each in answers}
    return event


def spoken(value, pick):
    """The value with a script wherever free words may stand."""
    if isinstance(value, list):
        return [spoken(each, pick) for each in value]
    if not isinstance(value, dict):
        return value
    said = {key for key, each in value.items() if key in FREE and isinstance(each, str) and pick((True, False))}
    return {key: pick(SCRIPTS) if key in said else spoken(each, pick) for key, each in value.items()}


def pages_about(engine, houses):
    """The desk's pages that show what phones sent: lists, the held texts by each reason, the queue, each household and its history."""
    yield from ("/", "/households", f"/households?q={MARK}", "/held", "/held/put-away", "/queue", "/phones")
    with reading(engine) as connection:
        known = households.known(connection, HERE, houses)
        codes = [code for house in houses if (code := households.by_id(connection, HERE, house).code)]
    assert known and codes
    for code in codes[:MOST_PAGES]:
        yield from (f"/households/{code}", f"/households/{code}/history")


class Reader(HTMLParser):
    """Notes where a page would run what bears the mark."""

    def __init__(self):
        super().__init__()
        self.runs, self.inside = [], ""

    def handle_starttag(self, tag, attributes):
        self.inside = tag
        for name, value in attributes:
            harmless = not name.startswith("on") and not (value or "").strip().lower().startswith("javascript:") and MARK not in name
            if MARK in f"{tag} {name} {value}" and not harmless:
                self.runs.append((tag, name, value))

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, text):
        if MARK in text and self.inside in ("script", "style"):
            self.runs.append((self.inside, text[:200]))


def run_by(page):
    reader = Reader()
    reader.feed(page)
    return reader.runs


@pytest.mark.parametrize("script", SCRIPTS[:2] + SCRIPTS[3:4])
def test_the_reader_sees_what_would_run(script):
    assert run_by(f"<p>{script}</p>") and not run_by("<p>" + script.replace("<", "&lt;") + "</p>")


def test_every_kind_of_event_is_made():
    kinds = set()

    @fuzzed(400)
    @given(EVENTS)
    def made(case):
        kinds.add(case.body["kind"])

    made()
    assert kinds == set(AUTHORS)
