"""Numbers that the server lacks: named, asked for, and in the end closed by somebody who answers for the phone."""

import json

from fieldapp.intake import closing
from fieldapp.store import devices, lost
from fieldapp.store.engine import reading
from tests.conftest import HERE


def visits(phone, count):
    """A household found at the door and so many visits to it, sealed and not sent; their texts."""
    register = phone.seal("register", None, {"village": "dong-cho", "address": None, "source": "door", "people": []})
    return [register, *(phone.seal("visit", id_of(register), {"outcome": "absent", "seconds": 9}, base=[]) for _ in range(count))]


def id_of(text):
    return json.loads(text)["household"]


def missing(engine, phone):
    with reading(engine) as connection:
        return closing.missing(connection, devices.by_id(connection, HERE, phone.device))


def test_a_number_that_the_phone_gave_last_and_lost_is_missing(huong, communes):
    texts = visits(huong, 3)
    huong.outbox = []
    answer = huong.sync(*texts[:3])
    assert (answer["contiguous"], answer["missing"]) == (3, [4]) and missing(communes, huong) == [4]


def test_what_waits_on_the_phone_is_not_missing_yet(huong, communes):
    texts = visits(huong, 3)
    huong.call(texts[:2])
    assert missing(communes, huong) == []


def test_a_closed_number_is_waited_for_no_more(huong, communes, clock, sound):
    texts = visits(huong, 3)
    huong.outbox = []
    assert huong.sync(texts[0], texts[1], texts[3])["missing"] == [3]
    assert closing.close(communes, HERE, huong.device, {3, 4, 99}, "tuan", clock.now, "Máy rơi xuống ao") == [3]
    answer = huong.sync(texts[3])
    assert (answer["contiguous"], answer["missing"]) == (4, [])
    with reading(communes) as connection:
        (record,) = lost.of_device(connection, HERE, huong.device)
    assert (record.n, record.closed_by, record.closed_at, record.reason, record.found_at) == (3, "tuan", clock.now, "Máy rơi xuống ao", None)
    sound()


def test_a_text_that_comes_after_its_number_was_closed_counts_like_any_other(huong, communes, clock, journal_rows, sound):
    texts = visits(huong, 3)
    huong.outbox = []
    huong.sync(texts[0], texts[1], texts[3])
    closing.close(communes, HERE, huong.device, {3}, "tuan", clock.now, "Mất máy")
    clock.tick(days=1)
    (receipt,) = huong.sync(texts[2])["receipts"]
    assert receipt["outcome"] == "stored" and [row.held for row in journal_rows(texts[2])] == [None]
    with reading(communes) as connection:
        assert lost.of_device(connection, HERE, huong.device)[0].found_at == clock.now
    other = huong.seal("visit", id_of(texts[0]), {"outcome": "vacant", "seconds": 9}, base=[], n=3)
    assert huong.sync(other)["receipts"][0]["reason"] == "number_taken"
    sound()


def test_what_a_phone_says_of_itself_is_remembered_as_it_is_after_the_call(huong, communes):
    texts = visits(huong, 2)
    huong.call(texts)
    with reading(communes) as connection:
        manifest = devices.by_id(connection, HERE, huong.device).manifest
    assert (manifest["unsent"], manifest["oldest"], manifest["last"]) == (0, None, 3)
