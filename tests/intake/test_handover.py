"""Hand-over files: what waits on a phone that can't send comes in as a file, and counts once."""

import json

import pytest

from fieldapp.intake import closing, handover
from fieldapp.store import accounts, devices, lost
from fieldapp.store.engine import reading, writing
from tests.conftest import HERE
from tests.intake.phone_file import bytes_of, handed_over
from tests.intake.test_lost_numbers import visits

NOWHERE = "01a1f6ae-9900-7000-8000-0000000000ff"


def device_of(engine, phone):
    with reading(engine) as connection:
        return devices.by_id(connection, HERE, phone.device)


def test_what_waits_on_a_phone_counts_as_if_it_had_synced(huong, take_in, sheet, communes, journal_rows, clock, sound):
    texts = visits(huong, 3)
    clock.tick(hours=1)
    taken = take_in(handed_over(huong, texts, sheet[1]))
    assert taken.numbers == (4, 0, 0) and not taken.damaged
    rows = [(row.text, row.held, row.n, row.device_id) for row in journal_rows()]
    assert rows == [(text, None, n, huong.device) for n, text in enumerate(texts, 1)]
    assert (taken.since, taken.until) == (json.loads(texts[0])["at"], json.loads(texts[-1])["at"])
    device = device_of(communes, huong)
    assert (device.contiguous, device.highest) == (4, 4)
    sound()


def test_taken_in_twice_changes_nothing(huong, take_in, sheet, journal_rows, sound):
    file = handed_over(huong, visits(huong, 3), sheet[1])
    take_in(file)
    before = journal_rows()
    assert take_in(file).numbers == (0, 4, 0) and journal_rows() == before
    sound()


def test_a_phone_that_syncs_later_is_told_that_all_is_known_and_goes_on(huong, take_in, sheet, journal_rows, sound):
    take_in(handed_over(huong, visits(huong, 3), sheet[1]))
    answer = huong.sync()
    assert [receipt["outcome"] for receipt in answer["receipts"]] == ["known"] * 4
    assert (answer["contiguous"], answer["missing"], huong.outbox) == (4, [], [])
    visits(huong, 0)
    assert huong.sync()["receipts"][0]["outcome"] == "stored" and len(journal_rows()) == 5
    sound()


def test_what_was_sent_before_is_known_and_only_the_rest_is_new(huong, take_in, sheet, communes, sound):
    texts = visits(huong, 3)
    huong.sync(*texts[:2])
    file = handed_over(huong, texts, sheet[1])
    with reading(communes) as connection:
        before = handover.before(connection, HERE, handover.read(bytes_of(file)))
    assert (before.known, before.new, before.member, before.sheet_made_at) == (2, 2, "Lê Thị Hường", huong.at)
    assert take_in(file).numbers == (2, 2, 0)
    sound()


def test_nobody_is_alarmed_over_visits_that_came_as_a_file(huong, take_in, sheet, communes):
    texts = visits(huong, 3)
    huong.call([])
    assert device_of(communes, huong).manifest["unsent"] == 4
    take_in(handed_over(huong, texts, sheet[1]))
    assert (device_of(communes, huong).manifest["unsent"], device_of(communes, huong).manifest["oldest"]) == (0, None)


def test_many_visits_come_in_parts_and_one_that_was_cut_off_is_done_by_the_next(huong, take_in, sheet, journal_rows, monkeypatch, sound):
    file = handed_over(huong, visits(huong, 249), sheet[1])
    whole, parts = handover._take_part, []

    def cut_off(*arguments):
        parts.append(len(arguments[3]))
        if len(parts) == 3:
            raise KeyboardInterrupt
        return whole(*arguments)

    monkeypatch.setattr(handover, "_take_part", cut_off)
    with pytest.raises(KeyboardInterrupt):
        take_in(file)
    assert parts == [100, 100, 50] and len(journal_rows()) == 200
    assert take_in(file).numbers == (50, 200, 0)
    sound()


def test_a_revoked_phones_visits_are_held_and_lost_numbers_that_come_are_found(huong, take_in, sheet, communes, clock, sound):
    texts = visits(huong, 3)
    huong.outbox = []
    huong.sync(texts[0])
    with writing(communes) as connection:
        devices.revoke(connection, HERE, huong.device, clock.now, "Mất máy ở chợ")
    assert closing.close(communes, HERE, huong.device, {2, 3, 4}, "tuan", clock.now, "Mất máy") == [2, 3, 4]
    clock.tick(days=2)
    taken = take_in(handed_over(huong, texts[:3], sheet[1]))
    assert (taken.numbers, dict(taken.reasons), taken.found) == ((0, 1, 2), {"revoked_device": 2}, [2, 3])
    with reading(communes) as connection:
        assert [each.found_at for each in lost.of_device(connection, HERE, huong.device)] == [clock.now, clock.now, None]
    sound()


def test_whoever_left_hands_over_to_the_held_list(huong, take_in, sheet, communes, sound):
    texts = visits(huong, 1)
    with writing(communes) as connection:
        accounts.set_active(connection, HERE, "huong", False)
    assert dict(take_in(handed_over(huong, texts, sheet[1])).reasons) == {"revoked_device": 2}
    sound()


def test_a_phone_that_nobody_enrolled_here_is_held_and_known_once_it_is(huong, cast, take_in, sheet, sound):
    texts = visits(huong, 2)
    huong.device, mine = NOWHERE, huong.device
    strange = [text.replace(mine, NOWHERE) for text in texts]
    file = handed_over(huong, strange, sheet[1])
    taken = take_in(file)
    assert (taken.numbers, dict(taken.reasons)) == ((0, 0, 3), {"unenrolled_device": 3})
    huong.outbox = strange
    with writing(cast.engine) as connection:
        code = devices.new_code(connection, HERE, "huong", "2027-01-01T00:00:00.000Z")
    assert huong.enrol(code)["n"] == 3
    answer = huong.sync()
    assert {receipt["outcome"] for receipt in answer["receipts"]} == {"known"} and (answer["contiguous"], answer["missing"]) == (3, [])
    sound()


def test_begun_visits_are_told_and_not_taken_in(huong, take_in, sheet, journal_rows):
    taken = take_in(handed_over(huong, [], sheet[1], drafts=[NOWHERE]))
    assert (taken.drafts, taken.numbers, journal_rows()) == ([NOWHERE], (0, 0, 0), [])
