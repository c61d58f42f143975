"""Erasure reaches the bytes: of names nothing stays, of counts everything, and the chain holds."""

import json
import threading
from pathlib import Path

import pytest

from fieldapp.demo import answers
from fieldapp.store import journal, made_files
from fieldapp.store.engine import writing
from fieldapp.store.made_files import MadeFile
from fieldapp.survey.event import dumps, sha256_of
from tests.conftest import HERE, TODAY
from tests.intake.test_sync import a_house

NAME = "Nguyễn Phước Quý Tộc"
FOLDED = "nguyen phuoc quy toc"


def bytes_of_database(engine) -> bytes:
    folder = Path(engine.url.database).parent
    return b"".join(path.read_bytes() for path in sorted(folder.glob("commune.sqlite*")) if not path.name.endswith("-shm"))


def found_in(content: bytes) -> list[str]:
    """Which spellings of the name are in the bytes: as typed, as JSON may escape it, folded, and its rare part alone."""
    spellings = {NAME, json.dumps(NAME).strip('"'), FOLDED, "Phước Quý", "phuoc quy"}
    return sorted(spelling for spelling in spellings if spelling.encode() in content)


@pytest.fixture
def house(huong):
    """A house of two, visited three times under changing names, so that its rows have been rewritten and moved about."""
    house, people = a_house(huong, names=(NAME, "Đỗ Thị Hoà"))
    huong.sync()
    for name in (NAME + " Văn", NAME):
        huong.wait(days=1)
        huong.seal("visit", house, answers.visit(
            house={"internet": "fixed"}, people={people[0]: {"name": name, "phone": "smartphone"}}, comment=f"Gặp ông {NAME} ngoài ngõ"))  # fmt: skip
        huong.sync()
    return house, people


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_an_erased_persons_name_is_nowhere_in_the_files(communes, house, huong, minh, clock, figure, sound):
    household, people = house
    clock.now = huong.at
    assert found_in(bytes_of_database(communes))
    before = figure("dong-cho", "smartphone")
    assert minh("erase", household, {"person": people[0], "counted": True, "reason": "Theo yêu cầu"}).outcome == "stored"
    assert found_in(bytes_of_database(communes)) == []
    assert figure("dong-cho", "smartphone") == before
    sound()
    assert found_in(bytes_of_database(communes)) == []


def test_an_erased_name_is_in_no_row(communes, house, huong, minh, clock, sound):
    from fieldapp.store.engine import reading
    from fieldapp.store.tables import metadata

    household, people = house
    clock.now = huong.at
    minh("erase", household, {"person": people[0], "counted": True, "reason": "Theo yêu cầu"})
    with reading(communes) as connection:
        content = "\n".join(str(tuple(row)) for table in metadata.sorted_tables for row in connection.execute(table.select()))
    assert found_in(content.encode()) == []
    assert "Đỗ Thị Hoà" in content
    sound()


def test_who_does_not_want_to_be_counted_leaves_the_balances_of_every_day(house, huong, minh, clock, figure, sound):
    household, people = house
    clock.now = huong.at
    assert figure("dong-cho", "smartphone").yes == 1
    minh("erase", household, {"person": people[0], "counted": False, "reason": "Theo yêu cầu"})
    assert figure("dong-cho", "smartphone").yes == 0 and figure("dong-cho", "smartphone", until="2026-11-21").yes == 0
    sound()


def test_who_moved_in_and_does_not_want_to_be_counted_is_nobody_of_the_house(house, huong, minh, clock, figure, sound):
    household, _ = house
    clock.now = huong.at
    before = figure("dong-cho", "health_record")
    minh("move", household, {"person": "k7m2p9q4rs", "from": household, "values": {"name": "Trần Bình", "health_record": "yes"}, "reason": ""})
    minh("erase", household, {"person": "k7m2p9q4rs", "counted": False, "reason": "Theo yêu cầu"})
    assert figure("dong-cho", "health_record") == before
    sound()


def test_a_name_that_a_phone_sends_after_the_erasure_is_not_kept(communes, house, huong, minh, clock, figure, journal_rows, sound):
    household, people = house
    clock.now = huong.at
    huong.wait(minutes=1)
    late = huong.seal("visit", household, answers.visit(people={people[0]: {"name": NAME, "phone": "none"}}, comment=NAME))
    minh("erase", household, {"person": people[0], "counted": True, "reason": "Theo yêu cầu"})
    clock.now = huong.at
    assert huong.sync()["receipts"][0]["outcome"] == "stored"
    row = journal_rows(late)[0]
    assert row.text is None and row.salt is None and found_in(row.redacted.encode()) == []
    assert figure("dong-cho", "smartphone").no == 1
    assert huong.sync(late)["receipts"][0]["outcome"] == "known"
    assert huong.households[household]["people"][people[0]]["name"] is None
    sound()


def test_no_guess_at_an_erased_name_fits_the_hash_that_stays(house, huong, minh, clock, journal_rows, sound):
    household, people = house
    clock.now = huong.at
    whole = [json.loads(row.text) for row in journal_rows()]
    minh("erase", household, {"person": people[0], "counted": True, "reason": "Theo yêu cầu"})
    for before, row in zip(whole, journal_rows(), strict=False):
        if row.text is None:
            # Whoever knows all but the salt can try every name, and never learns that one was right.
            assert "salt" not in json.loads(row.redacted)
            assert sha256_of(dumps({name: value for name, value in before.items() if name != "salt"})) != row.sha256
    sound()


def test_a_held_text_that_comes_after_the_erasure_does_not_keep_the_name(house, huong, minh, clock, journal_rows, sound):
    household, people = house
    clock.now = huong.at
    minh("erase", household, {"person": people[0], "counted": True, "reason": "Theo yêu cầu"})
    huong.wait(minutes=1)
    late = huong.seal("visit", household, answers.visit(house={"horoscope": "yes"}, people={people[0]: {"name": NAME}}))
    assert huong.sync()["receipts"][0]["outcome"] == "held"
    row = journal_rows(late)[0]
    assert row.text is None and row.redacted is None
    sound()


def test_an_erased_household_is_forgotten_by_phones_when_it_is_not_counted(house, huong, minh, clock, figure, sound):
    household, _ = house
    clock.now = huong.at
    minh("erase", household, {"person": None, "counted": False, "reason": "Theo yêu cầu"})
    assert huong.sync()["forget"] == [household]
    assert figure("dong-cho", "coverage") == (0, 0, 0)
    sound()


def test_a_file_that_is_asked_for_while_somebody_is_erased_waits_until_that_is_done(communes):
    asked = threading.Event()

    def ask():
        with writing(communes) as connection:
            made_files.add(connection, HERE, MadeFile("cards", "minh", TODAY, "door_cards", {}, 1, made_files.MAKING))
        asked.set()

    with writing(communes) as connection:
        journal.lock(connection, HERE)
        made_files.take_away(connection, HERE)
        asking = threading.Thread(target=ask)
        asking.start()
        early = asked.wait(0.5)
    asking.join()
    assert not early and asked.is_set()
