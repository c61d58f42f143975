"""One round trip: what goes up is kept once and answered by receipt, what changed comes down."""

import json

from fieldapp.demo import answers
from fieldapp.store import accounts, backups, devices
from fieldapp.store.engine import writing
from tests.conftest import HERE


def a_house(phone, village="dong-cho", names=("Lê Văn Đào", "Đỗ Thị Hoà")):
    """Register a household at the door; its id and its people's."""
    people = [phone.new_person() for _ in names]
    text = phone.seal("register", None, answers.register(village, [answers.person(*each) for each in zip(people, names, strict=True)]))
    return json.loads(text)["household"], people


def a_visit(phone, smartphones=1):
    household, people = a_house(phone)
    phone.wait(minutes=1)
    return phone.seal(
        "visit",
        household,
        answers.visit(people={each: {"phone": "smartphone"} for each in people[:smartphones]}),
        base=[household],
    )


def test_a_visit_is_stored_and_counts(huong, figure, sound):
    a_visit(huong)
    assert [receipt["outcome"] for receipt in huong.sync()["receipts"]] == ["stored", "stored"]
    assert figure("dong-cho", "smartphone") == (1, 0, 1)
    assert figure("dong-cho", "coverage") == (1, 0, 0)
    sound()


def test_a_visit_sent_twice_counts_once(huong, figure, journal_rows, sound):
    sent = a_visit(huong)
    huong.sync()
    again = huong.sync(sent)
    assert again["receipts"][0]["outcome"] == "known"
    assert len(journal_rows(sent)) == 1 and figure("dong-cho", "smartphone").yes == 1
    sound()


def test_a_visit_twice_in_one_batch_counts_once(huong, journal_rows):
    sent = a_visit(huong)
    answer = huong.sync(*huong.outbox, sent)
    assert [receipt["outcome"] for receipt in answer["receipts"]] == ["stored", "stored", "known"]
    assert len(journal_rows(sent)) == 1


def test_two_texts_under_one_id_are_both_kept_and_the_second_is_held(huong, journal_rows, figure, sound):
    sent = a_visit(huong)
    huong.sync()
    other = json.dumps({**json.loads(sent), "n": None} | {"n": json.loads(sent)["n"], "at": "2026-11-20T02:30:00.000Z"})
    receipt = huong.sync(other)["receipts"][0]
    assert (receipt["outcome"], receipt["reason"]) == ("held", "other_text")
    assert [row.text for row in journal_rows(sent)] == [sent, other]
    assert figure("dong-cho", "smartphone").yes == 1
    sound()


def test_the_household_comes_back_with_its_code_and_what_was_found(huong):
    a_visit(huong)
    household = huong.sync()["households"][0]
    assert household["code"] == "15835-03-0001" and len(household["token"]) == 10
    assert household["visited"] and "poverty" not in household


def test_a_page_is_as_long_as_was_asked_and_the_cursor_leads_on(huong, cast):
    for _ in range(7):
        a_visit(huong)
    huong.sync()
    other = cast.phone("tuan")
    other.cursors, other.households = {}, {}
    status, first = other.call([], limit=3)
    assert status == 200 and len(first["households"]) == 3 and first["more"] and first["left"] == 4
    assert len(other.sync(limit=3)["cursors"]) == 1 and len(other.households) == 7
    last = other.call([])[1]
    assert last["households"] == [] and not last["more"] and "left" not in last


def test_a_household_that_moves_away_is_forgotten_where_it_was_and_comes_where_it_is(huong, binh, minh):
    household, _ = a_house(huong)
    huong.sync()
    assert minh("move", household, {"village": "dong-thanh", "reason": "ghi nhầm thôn"}).outcome == "stored"
    assert huong.sync()["forget"] == [household]
    assert [each["id"] for each in binh.sync()["households"]] == [household]
    assert binh.sync()["forget"] == []


def test_a_move_that_is_voided_brings_the_household_back(huong, binh, minh, journal_rows):
    household, _ = a_house(huong)
    huong.sync()
    minh("move", household, {"village": "phu-van", "reason": "ghi nhầm thôn"})
    huong.sync()
    move = journal_rows()[-1].event_id
    minh("void", household, {"event": move, "reason": "đúng chỗ rồi"})
    assert [each["id"] for each in huong.sync()["households"]] == [household]


def test_a_newly_given_village_comes_whole_and_one_taken_away_leaves(huong, binh, communes):
    a_house(binh, "dong-thanh")
    binh.sync()
    assert huong.sync()["households"] == []
    with writing(communes) as connection:
        accounts.assign(connection, HERE, "huong", "dong-thanh", "2026-11-20")
    assert len(huong.sync()["households"]) == 1
    with writing(communes) as connection:
        accounts.withdraw(connection, HERE, "huong", "dong-thanh", "2026-11-19")
    assert set(huong.sync()["cursors"]) == {"dong-cho"}


def test_a_missing_number_is_named_until_it_comes(huong):
    first, second = a_visit(huong), a_visit(huong)
    texts = list(huong.outbox)
    assert huong.sync(texts[0], texts[3])["missing"] == [2, 3]
    assert huong.sync(texts[1], texts[2])["missing"] == []
    assert (first, second) == (texts[1], texts[3])


def test_nothing_is_confirmed_before_two_backups_hold_it(huong, communes, journal_rows):
    a_visit(huong)
    assert huong.sync()["confirmed"] == 0
    for number in (1, 2):
        with writing(communes) as connection:
            backups.completed(connection, HERE, f"b{number}", f"2026-11-2{number}T20:00:00.000Z", len(journal_rows()))
        assert huong.sync()["confirmed"] == (0 if number == 1 else 2)
    a_visit(huong)
    assert huong.sync()["confirmed"] == 2


def test_a_phone_that_is_enrolled_again_goes_on_with_its_numbers(huong, cast, communes):
    sent = a_visit(huong)
    huong.sync()
    with writing(communes) as connection:
        code = devices.new_code(connection, HERE, "huong", "2027-01-01T00:00:00.000Z")
    told = huong.enrol(code)
    assert told["n"] == 2 and told["after"] == huong.after
    assert huong.sync(sent)["receipts"][0]["outcome"] == "known"


def test_a_revoked_phone_may_send_and_receives_nothing(huong, communes, figure, journal_rows, sound):
    sent = a_visit(huong)
    with writing(communes) as connection:
        devices.revoke(connection, HERE, huong.device, "2026-11-20T03:00:00.000Z")
    status, answer = huong.call(huong.outbox)
    assert status == 200 and answer["revoked"] and answer["households"] == [] and answer["cursors"] == {}
    assert {receipt["reason"] for receipt in answer["receipts"]} == {"revoked_device"}
    assert journal_rows(sent)[0].text == sent and figure("dong-cho", "coverage") == (0, 0, 0)
    sound()


def test_the_clock_offset_is_kept_with_the_event(huong, clock, journal_rows):
    sent = a_visit(huong)
    clock.now = "2026-11-20T02:11:00.000Z"
    huong.sync()
    assert json.loads(journal_rows(sent)[0].decision)["offset"] == 10 * 60_000
