"""Every kind of problem in the catalogue, made for real: what is answered, and that nothing is lost."""

import gzip
import json
import unicodedata

import pytest

from fieldapp.demo import answers
from fieldapp.demo.phone import Phone
from fieldapp.store import devices
from fieldapp.store.engine import writing
from fieldapp.survey.event import dumps, sha256_of
from fieldapp.survey.problems import FILE, PROBLEMS
from tests.conftest import HERE
from tests.intake.test_sync import a_house, a_visit

UUID = "01a1f6ae-9900-7000-8000-0000000000ff"


def edited(text, **changes):
    """A text as another phone might have sealed it: some parts different."""
    raw = json.loads(text)
    for path, value in changes.items():
        part = raw
        *way, last = path.split("__")
        for name in way:
            part = part[name]
        part[last] = value
    return dumps(raw)


def a_person(name):
    return {"id": "k3v9x2m7ap", "name": name, "birth_year": 1980, "sex": "male", "relation": "head", "residence": "permanent"}


def left_out(text, *names):
    return dumps({name: value for name, value in json.loads(text).items() if name not in names})


# code → what the phone sends: (phone) → text. Each is held and kept as it came.
HELD = {
    "malformed_event": lambda phone: "{not even JSON",
    "event_too_long": lambda phone: edited(a_visit(phone), body__comment="x" * 70_000),
    "control_character": lambda phone: edited(a_visit(phone), body__comment="\u0000"),
    "practice_event": lambda phone: edited(a_visit(phone), practice=True),
    "foreign_commune": lambda phone: edited(a_visit(phone), commune="thieu-quang"),
    "foreign_device": lambda phone: edited(a_visit(phone), device=UUID),
    "foreign_member": lambda phone: edited(a_visit(phone), member="nobody"),
    "foreign_village": lambda phone: phone.seal("register", None, answers.register("phu-van", [a_person("Lê Văn Đào")])),
    "unknown_village": lambda phone: phone.seal("register", None, answers.register("atlantis", [a_person("Lê Văn Đào")])),
    "not_allowed": lambda phone: phone.seal("list", UUID, {"poverty": "poor", "list": "Hộ nghèo 2026"}),
    "unknown_household": lambda phone: phone.seal("visit", UUID, answers.visit(house={"internet": "fixed"})),
    "number_taken": lambda phone: edited(a_visit(phone), n=1, id=UUID),
    "unknown_questionnaire": lambda phone: edited(a_visit(phone), questionnaire="household-99"),
    "unknown_question": lambda phone: edited(a_visit(phone), body__house={"horoscope": "yes"}),
    "not_a_choice": lambda phone: edited(a_visit(phone), body__house={"internet": "carrier pigeon"}),
    "wrong_type": lambda phone: edited(a_visit(phone), body__house={"internet": ["fixed"]}),
    "name_too_long": lambda phone: phone.seal("register", None, answers.register("dong-cho", [a_person("Lê " * 100)])),
}


@pytest.mark.parametrize("code", HELD)
def test_what_can_not_be_counted_is_held_as_it_came(code, huong, figure, journal_rows, sound):
    a_visit(huong)
    huong.sync()
    before = figure("dong-cho", "coverage")
    text = HELD[code](huong)
    receipt = huong.sync(text)["receipts"][0]
    assert (receipt["outcome"], receipt["reason"], receipt["sha256"]) == ("held", code, sha256_of(text))
    row = journal_rows()[-1]
    assert (row.text, row.held) == (text, code)
    assert figure("dong-cho", "coverage") == before
    assert huong.sync(text)["receipts"][0]["outcome"] == "known"
    sound()


def test_one_held_event_keeps_no_other_from_counting(huong, figure):
    a_visit(huong)
    half_a_letter = '{"id": "\\ud83d"}'
    outcomes = [
        receipt["outcome"] for receipt in huong.sync(huong.outbox[0], "[]", "null", "7", half_a_letter, "[" * 60_000, huong.outbox[1])["receipts"]
    ]
    assert outcomes == ["stored", "held", "held", "held", "held", "held", "stored"]
    assert figure("dong-cho", "smartphone").yes == 1


def sent(post, path, body, **headers):
    status, answer = post(path, {"Content-Type": "application/json", **headers}, body)
    return status, json.loads(answer)["problem"]["code"]


def signed(phone):
    return {"Authorization": f"Bearer {phone.token}"}


def request(of, **changes):
    return dumps({"protocol": 1, "device": of.device, "clock": of.at, "cursors": {}, "events": [], **changes}).encode()


REFUSED = {
    "not_json": (400, lambda phone: (b"\xff\x00{", {})),
    "wrong_shape": (400, lambda phone: (request(phone, events="all of them"), {})),
    "protocol_unknown": (400, lambda phone: (request(phone, protocol=99), {})),
    "bad_compression": (400, lambda phone: (b"no gzip at all", {"Content-Encoding": "gzip"})),
    "too_large": (413, lambda phone: (b" " * 20 * 1024**2, {})),
    "unknown_device": (401, lambda phone: (request(phone), {"Authorization": "Bearer thieu-trung.nobody.nothing"})),
}


@pytest.mark.parametrize("code", REFUSED)
def test_a_request_that_can_not_be_read_is_refused_and_nothing_of_it_is_taken(code, huong, post, journal_rows):
    status, make = REFUSED[code]
    body, headers = make(huong)
    assert sent(post, "/api/sync", body, **{**signed(huong), **headers}) == (status, code)
    assert journal_rows() == []


def test_a_gzip_bomb_is_refused_before_it_is_inflated(huong, post):
    bomb = gzip.compress(b"0" * 200 * 1024**2)
    assert len(bomb) < 300_000
    assert sent(post, "/api/sync", bomb, **signed(huong), **{"Content-Encoding": "gzip"}) == (413, "too_large")


def test_wrong_types_everywhere_are_refused_with_the_place(huong, post):
    for wrong in (
        {"device": 7},
        {"clock": 7},
        {"limit": 0},
        {"events": [7]},
        {"cursors": ["x"]},
        {"phone": {"unsent": "three"}},
    ):
        status, answer = post("/api/sync", {**signed(huong), "Accept-Language": "vi"}, request(huong, **wrong))
        told = json.loads(answer)
        assert status == 400 and told["problem"]["code"] == "wrong_shape"
        assert next(iter(wrong)) in told["problem"]["where"], told
        assert told["message"]


def code_for(communes, expires="2027-01-01T00:00:00.000Z"):
    with writing(communes) as connection:
        return devices.new_code(connection, HERE, "huong", expires)


ENROLMENTS = {
    "code_unknown": (404, lambda communes, phone: "ZZZZ-ZZZZ"),
    "code_expired": (410, lambda communes, phone: code_for(communes, "2026-11-01T00:00:00.000Z")),
    "code_used": (409, lambda communes, phone: used(communes, phone)),
}


def used(communes, phone):
    code = code_for(communes)
    phone.enrol(code)
    return code


@pytest.mark.parametrize("code", ENROLMENTS)
def test_a_code_that_opens_nothing_says_why(code, communes, post, clock):
    status, make = ENROLMENTS[code]
    other = Phone(post, "another", clock.now)
    given = make(communes, other)
    body = dumps({"protocol": 1, "code": given, "device": UUID, "clock": clock.now}).encode()
    assert sent(post, "/api/enrol", body) == (status, code)


ODD = {
    "an envelope without what may be absent": lambda phone: left_out(a_visit(phone), "campaign", "questionnaire"),
    "seconds that nobody measured": lambda phone: edited(a_visit(phone), body__seconds=None),
    "a birth year that nobody knows": lambda phone: phone.seal(
        "register", None, answers.register("dong-cho", [{**a_person("Lê Văn Đào"), "birth_year": None}])
    ),
    "a birth year that is refused": lambda phone: edited(
        a_visit(phone), body__people={"k3v9x2m7ap": {"name": "Lê Văn Đào", "birth_year": "refused", "sex": "refused", "relation": "unknown"}}
    ),
}


@pytest.mark.parametrize("what", ODD)
def test_what_is_odd_but_allowed_is_stored(what, huong, sound):
    text = ODD[what](huong)
    assert [receipt["outcome"] for receipt in huong.sync(*huong.outbox[:-1], text)["receipts"]][-1] == "stored"
    sound()


@pytest.mark.parametrize("at", ["9999-12-31T23:00:00.000Z", "0001-01-01T00:00:00.000Z", "2026-13-45T00:00:00.000Z", "2026-02-30T00:00:00.000Z"])
def test_a_moment_that_is_none_is_held_and_an_odd_clock_stops_nobody(at, huong, sound):
    text = edited(a_visit(huong), at=at)
    huong.at = at
    assert huong.sync(text)["receipts"][0]["reason"] == "malformed_event"
    sound()


def test_an_event_over_which_our_own_code_stumbles_is_held_and_the_others_are_taken(huong, figure, monkeypatch, journal_rows, sound):
    from fieldapp.intake import receive

    sound_check = receive.check

    def stumbling(event, *known):
        if event.body.get("comment") == "ôi":
            raise ZeroDivisionError
        return sound_check(event, *known)

    monkeypatch.setattr(receive, "check", stumbling)
    a_visit(huong)
    household, people = a_house(huong)
    huong.seal("visit", household, answers.visit(people={people[0]: {"phone": "basic"}}, comment="ôi"), base=[household])
    a_visit(huong)
    outcomes = [(receipt["outcome"], receipt["reason"]) for receipt in huong.sync()["receipts"]]
    assert outcomes == [("stored", None)] * 3 + [("held", "unforeseen")] + [("stored", None)] * 2
    assert figure("dong-cho", "coverage") == (2, 1, 0) and len(journal_rows()) == 6
    assert huong.sync()["missing"] == []
    sound()


def test_every_problem_of_the_catalogue_has_its_test():
    # test_sync.py, above, test_hostile.py, test_handover.py
    elsewhere = {"other_text", "revoked_device", "unforeseen", "erased_household", "other_member", "other_commune", "unenrolled_device"}
    of_the_wire = {code for code, kind in PROBLEMS.items() if kind != FILE}
    assert of_the_wire == {*HELD, *REFUSED, *ENROLMENTS, *elsewhere}


def test_a_visit_from_the_year_2090_counts_on_the_day_of_its_receipt_and_is_flagged(huong, figure, journal_rows, sound):
    household, people = a_house(huong)
    huong.at = "2090-01-01T00:00:00.000Z"
    text = huong.seal("visit", household, answers.visit(people={people[0]: {"phone": "smartphone"}}), base=[household])
    assert huong.sync()["receipts"][1]["outcome"] == "stored"
    decision = json.loads(journal_rows(text)[0].decision)
    assert decision["at"] == "2026-11-20T02:00:00.000Z" and {"code": "day_in_future", "where": "at"} in decision["flags"]
    assert figure("dong-cho", "smartphone", until="2026-11-20").yes == 1 and figure("dong-cho", "smartphone", until="2026-11-19").yes == 0
    sound()


def test_a_name_typed_decomposed_is_the_same_name(huong, sound):
    huong.seal("register", None, answers.register("dong-cho", [a_person(unicodedata.normalize("NFD", "Lê Văn Đào"))]))
    household = huong.sync()["households"][0]
    assert household["people"]["k3v9x2m7ap"]["name"] == unicodedata.normalize("NFC", "Lê Văn Đào")
    sound()


def test_markup_and_formulas_in_a_name_are_only_a_name(huong, sound):
    for name in ("<script>alert(1)</script>", "=cmd|' /C calc'!A0", "Robert'); DROP TABLE journal;--"):
        text = huong.seal("register", None, answers.register("dong-cho", [{**a_person(name), "id": huong.new_person()}]))
        huong.sync()
        (person,) = huong.households[json.loads(text)["household"]]["people"].values()
        assert person["name"] == name
    sound()
