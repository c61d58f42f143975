"""What a broken or hostile phone may try: none of it speaks for others, stops the server, or makes a figure that can't be opened."""

import json

import pytest

from fieldapp.demo import answers
from fieldapp.store import accounts, areas, devices, households
from fieldapp.store.engine import reading, writing
from fieldapp.store.tables import account
from tests.conftest import BESIDE, HERE
from tests.intake.test_problems import UUID, edited, request, sent, signed
from tests.intake.test_sync import a_house, a_visit


def outcome_of(phone, *texts):
    receipt = phone.sync(*texts)["receipts"][-1]
    return receipt["outcome"], receipt["reason"]


def test_a_phone_speaks_for_nobody_but_its_member(huong, minh, journal_rows, sound):
    household, _ = a_house(huong)
    huong.sync()
    for member in ("minh", "binh", "tuan"):
        text = huong.seal("visit", household, answers.visit(), member=member)
        assert outcome_of(huong, text) == ("held", "foreign_member")
    text = huong.seal("erase", household, {"person": None, "counted": False, "reason": ""}, member="minh")
    assert outcome_of(huong, text) == ("held", "foreign_member")
    assert journal_rows()[0].text
    sound()


def test_a_member_corrects_no_officers_word(huong, minh, communes, sound):
    household, _ = a_house(huong)
    visit = json.loads(huong.seal("visit", household, answers.visit(), base=[household]))["id"]
    huong.sync()
    minh("review", household, {"event": visit, "outcome": "returned", "comment": "Xem lại"})
    huong.sync()
    review = huong.households[household]["heads"][0]
    huong.wait(days=1)
    huong.seal("correct", household, {"event": review, "fields": {"outcome": "done"}, "reason": ""})
    huong.sync()
    assert huong.households[household]["returned"] == {visit: "Xem lại"}
    sound()


def test_a_huge_number_costs_nothing(huong, sound):
    text = edited(a_visit(huong), n=2**31 - 1)
    assert huong.sync(text)["missing"] == list(range(1, 201))
    assert huong.sync()["missing"] == list(range(3, 203))
    sound()


def test_a_text_of_another_phone_takes_no_number_of_ours(huong, binh):
    foreign = a_visit(binh)
    assert outcome_of(huong, foreign) == ("held", "foreign_device")
    own = a_visit(huong)
    assert outcome_of(huong, *huong.outbox[:-1], own) == ("stored", None)
    assert huong.sync()["missing"] == []


def test_a_revoked_phone_can_not_enrol_itself_again(communes, cast, huong, post, clock):
    with writing(communes) as connection:
        code = devices.new_code(connection, HERE, "huong", "2027-01-01T00:00:00.000Z")
        still_open = devices.new_code(connection, HERE, "huong", "2027-01-01T00:00:00.000Z")
    huong.enrol(code)
    with writing(communes) as connection:
        devices.revoke(connection, HERE, huong.device, clock.now)
    for each in (code, still_open):
        body = {"protocol": 1, "code": each, "device": huong.device, "clock": clock.now}
        assert sent(post, "/api/enrol", json.dumps(body).encode()) == (410, "code_expired")


def test_a_phone_that_holds_visits_of_one_commune_can_not_become_anothers(communes, huong, post, clock):
    with writing(communes) as connection:
        code = devices.new_code(connection, BESIDE, "lan", "2027-01-01T00:00:00.000Z")
    body = {"protocol": 1, "code": code, "device": huong.device, "clock": clock.now, "commune": HERE}
    assert sent(post, "/api/enrol", json.dumps(body).encode()) == (409, "other_commune")
    status, _ = post("/api/enrol", {"Content-Type": "application/json"}, json.dumps({**body, "commune": None}).encode())
    assert status == 200


def test_a_place_of_one_member_can_not_become_anothers_and_the_code_is_not_used_up(communes, huong, post, clock):
    with writing(communes) as connection:
        code = devices.new_code(connection, HERE, "tuan", "2027-01-01T00:00:00.000Z")
    body = {"protocol": 2, "code": code, "device": huong.device, "clock": clock.now, "member": "huong"}
    assert sent(post, "/api/enrol", json.dumps(body).encode()) == (409, "other_member")
    another = {**body, "device": "01a1f6c0-e880-763a-8dbe-41488fb87299", "member": None}
    status, _ = post("/api/enrol", {"Content-Type": "application/json"}, json.dumps(another).encode())
    assert status == 200 and huong.sync()["revoked"] is False


def test_a_voided_merge_shows_nothing_of_the_other_family(huong, minh, communes, journal_rows):
    (one, _), (other, _) = a_house(huong), a_house(huong)
    visit = json.loads(huong.seal("visit", other, answers.visit(comment="chuyện nhà người ta"), base=[other]))["id"]
    huong.sync()

    def said():
        with reading(communes) as connection:
            return {each.event.id for each in households.said_of(connection, HERE, one)}

    minh("merge", one, {"other": other, "people": {}, "reason": "ghi hai lần"})
    assert visit in said()
    minh("void", one, {"event": journal_rows()[-1].event_id, "reason": "là hai hộ"})
    assert visit not in said() and one in said()


def test_the_phone_of_who_has_left_receives_nothing(communes, huong, post):
    a_visit(huong)
    huong.sync()
    with writing(communes) as connection:
        code = devices.new_code(connection, HERE, "huong", "2027-01-01T00:00:00.000Z")
        connection.execute(account.update().where(account.c.account_id == "huong").values(active=False))
    huong.cursors = {}
    status, answer = huong.call([])
    assert status == 200 and answer["revoked"] and answer["households"] == []
    body = {"protocol": 1, "code": code, "device": UUID, "clock": huong.at}
    assert sent(post, "/api/enrol", json.dumps(body).encode()) == (404, "code_unknown")


@pytest.mark.parametrize(
    "changes",
    [
        {"body__house": {"x": [[[1]]]}, "deep": 30_000}, {"body__fields": {}}, {"body__note": "Lê Văn Đào"}, {"body__consent__method": "Lê Văn Đào"},
        {"body__respondent": "Lê Văn Đào"}, {"note": "Lê Văn Đào"}, {"salt": None},
    ],
)  # fmt: skip
def test_a_text_of_a_shape_of_its_own_is_held(changes, huong, sound):
    depth = changes.get("deep", 0)
    text = edited(a_visit(huong), **{name: value for name, value in changes.items() if name != "deep"})
    if depth:
        text = text.replace("[[[1]]]", "[" * depth + "]" * depth)
    assert huong.sync(*huong.outbox[:-1], text)["receipts"][-1]["outcome"] == "held"
    sound()


def test_a_nul_and_too_many_texts_are_refused(huong, post):
    assert sent(post, "/api/sync", request(huong, events=["{}", "x\0y"]), **signed(huong)) == (400, "wrong_shape")
    assert sent(post, "/api/sync", request(huong, events=["{}"] * 501), **signed(huong)) == (413, "too_large")


def test_a_household_that_was_never_registered_counts_nowhere_and_is_held(huong, figure, sound):
    move = huong.seal("move", UUID, {"village": "dong-cho", "reason": ""}, base=[])
    huong.wait(minutes=1)
    visit = huong.seal("visit", UUID, answers.visit(people={huong.new_person(): {"phone": "smartphone"}}), base=[])
    assert [each["reason"] for each in huong.sync(move, visit)["receipts"]] == ["unknown_household"] * 2
    assert figure("dong-cho", "coverage") == (0, 0, 0) and figure("dong-cho", "smartphone").eligible == 0
    sound()


def test_a_household_with_very_many_unconnected_visits_can_still_be_visited(huong, sound):
    household, _ = a_house(huong)
    huong.sync()
    for _ in range(210):
        huong.wait(minutes=1)
        huong.seal("visit", household, answers.visit("absent"), base=[])
    while huong.outbox:
        huong.sync(*huong.outbox[:100])
    assert len(huong.households[household]["heads"]) == 100
    huong.wait(minutes=1)
    assert outcome_of(huong, huong.seal("visit", household, answers.visit())) == ("stored", None)
    sound()


def test_what_an_officer_replays_is_as_if_it_had_just_come(huong, minh, communes, figure, journal_rows, sound):
    """A register gets its code, another text under one id takes the first one's place, a merge merges."""
    text = huong.seal("register", None, answers.register("phu-van", [answers.person(huong.new_person(), "Lê Văn Đào")]))
    huong.sync()
    register = journal_rows(text)[0]
    minh("review", register.event_id, {"event": register.event_id, "sha256": register.sha256, "outcome": "replayed"})
    with reading(communes) as connection:
        assert households.by_id(connection, HERE, register.event_id).code == "15835-05-0001"
    sound()
    visit = a_visit(huong)
    huong.sync()
    huong.wait(days=3)
    other = edited(visit, at="2026-11-20T03:00:00.000Z", body__outcome="absent")
    huong.sync(other)
    row = journal_rows(visit)[-1]
    assert row.held == "other_text"
    minh("review", row.household_id, {"event": row.event_id, "sha256": row.sha256, "outcome": "replayed"})
    assert figure("dong-cho", "coverage") == (0, 1, 0)
    sound()


def test_a_merge_with_an_erased_household_waits_for_an_officer(huong, minh, communes, sound):
    (one, _), (other, _) = a_house(huong), a_house(huong)
    huong.sync()
    minh("erase", other, {"person": None, "counted": False, "reason": "yêu cầu"})
    assert minh("merge", one, {"other": other, "people": {}, "reason": "ghi hai lần"}).reason == "erased_household"
    with reading(communes) as connection:
        assert households.by_id(connection, HERE, one).line.head
    sound()


def test_villages_that_become_one_keep_their_households_within_reach(huong, binh, communes, clock, sound):
    household, _ = a_house(huong)
    huong.sync()
    with writing(communes) as connection:
        areas.merge_village(connection, HERE, "dong-cho", "dong-thanh", "2026-11-20")
        accounts.withdraw(connection, HERE, "binh", "dong-cho", "2026-11-19")
    with reading(communes) as connection:
        rows, _ = households.page_of_village(connection, HERE, "dong-thanh")
    assert [row.household_id for row in rows] == [household]
    assert [each["id"] for each in binh.sync()["households"]] == [household]
    clock.now = binh.at = "2026-11-21T02:00:00.000Z"
    assert outcome_of(binh, binh.seal("visit", household, answers.visit())) == ("stored", None)
    sound()
