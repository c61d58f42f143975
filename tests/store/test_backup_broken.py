"""What can go wrong with a backup and with bringing it back: each is told as what it is, and nothing is left half done."""

import json
import threading
from contextlib import suppress

import pytest

from fieldapp.paper import erasures
from fieldapp.paper.backup import NoCommune, backup
from fieldapp.paper.restore import restore
from fieldapp.store import areas, backups, commune_keys, households, journal, sealing
from fieldapp.store.engine import open_engine, reading, writing
from fieldapp.store.migrate import upgrade
from fieldapp.store.rebuild import differences
from fieldapp.store.sealed_file import BrokenFile, NewerFile, lines, sections, write
from fieldapp.store.sealing import WrongKey
from tests import postgres
from tests.conftest import BESIDE, HERE
from tests.intake.test_sync import a_house

NOW = "2026-11-21T02:00:00.000Z"
ON_SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
WAYS = {
    "small": str.lower,
    "dashes": lambda key: key.replace(" ", "–"),
    "letters for digits": lambda key: key.replace("0", "O").replace("1", "l"),
    "two lines": lambda key: f"\n{key[:30]}\n{key[30:]}\n",
}


@pytest.fixture
def keys(communes):
    """Both communes have their key: commune → private key."""
    return {commune_id: new_key(communes, commune_id) for commune_id in (HERE, BESIDE)}


def new_key(engine, commune_id):
    printed, public = sealing.new_key()
    with writing(engine) as connection:
        commune_keys.keep(connection, commune_id, public, NOW)
    return sealing.read_private(printed)


@pytest.fixture
def empty(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'elsewhere.sqlite'}")
    upgrade(engine)
    yield engine
    engine.dispose()


def communes_of(engine):
    with reading(engine) as connection:
        return areas.commune_ids(connection)


@ON_SQLITE
def test_a_byte_changed_anywhere_is_never_taken_for_whole(communes, keys, empty, tmp_path):
    whole = backup(communes, tmp_path / "all.tungnha", NOW).path.read_bytes()
    header = whole.index(b"\n")
    for at in {*range(0, header + 5, 7), header, header + 1, len(whole) - 1}:
        (tmp_path / "changed").write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        with pytest.raises((BrokenFile, WrongKey, NewerFile)):
            restore(empty, tmp_path / "changed", list(keys.values()), NOW)
    assert communes_of(empty) == []


@ON_SQLITE
def test_a_file_cut_between_two_communes_is_not_taken_for_whole(communes, keys, empty, tmp_path):
    made = backup(communes, tmp_path / "all.tungnha", NOW)
    with made.path.open("rb") as file:
        first = next(sections(file))
        assert list(lines(file, first, keys[first[0]["commune"]]))
        second = file.tell()
    whole = made.path.read_bytes()
    for part in (b"", whole[:second], whole[second:]):
        (tmp_path / "part").write_bytes(part)
        with pytest.raises(BrokenFile):
            restore(empty, tmp_path / "part", list(keys.values()), NOW)
    assert communes_of(empty) == []


@ON_SQLITE
@pytest.mark.parametrize("row", [["drone", {"commune_id": HERE}], ["team", {"commune_id": HERE, "colour": "red"}]], ids=["table", "column"])
def test_what_a_newer_version_wrote_is_told_as_such(engine, tmp_path, row):
    printed, public = sealing.new_key()
    about = {"commune": HERE, "code": "15835", "name": "Xã", "sequence": 0, "at": NOW, "place": 0, "of": 1}
    with (tmp_path / "newer").open("wb") as file:
        write(file, about, public, [json.dumps(row)])
    with pytest.raises(NewerFile):
        restore(engine, tmp_path / "newer", [sealing.read_private(printed)], NOW)


def test_a_backup_overwrites_no_other(communes, keys, tmp_path):
    first = backup(communes, tmp_path / "all.tungnha", NOW).path.read_bytes()
    with pytest.raises(FileExistsError):
        backup(communes, tmp_path / "all.tungnha", NOW)
    assert (tmp_path / "all.tungnha").read_bytes() == first


def test_nothing_is_no_backup(engine, tmp_path):
    with pytest.raises(NoCommune):
        backup(engine, tmp_path / "all.tungnha", NOW)
    assert not list(tmp_path.glob("all*"))


def test_a_full_disk_leaves_no_half_file_and_no_promise(communes, keys, tmp_path):
    resource = pytest.importorskip("resource")  # Windows has no such limits
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (700, limits[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            backup(communes, tmp_path / "all.tungnha", NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not list(tmp_path.glob("all*"))
    with reading(communes) as connection:
        assert backups.last(connection, HERE) == (0, None)


@ON_SQLITE
def test_two_backups_at_once_do_not_write_into_each_other(communes, keys, empty, huong, tmp_path):
    for _ in range(20):
        a_house(huong)
    huong.sync()
    made = []

    def one():
        with suppress(FileExistsError):
            made.append(backup(communes, tmp_path / "all.tungnha", NOW))

    workers = [threading.Thread(target=one) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert made and not list(tmp_path.glob("*.part"))
    assert len(restore(empty, made[0].path, list(keys.values()), NOW)) == 2


def test_of_backups_of_the_same_journal_the_latest_counts(communes):
    with writing(communes) as connection:
        for number, day in enumerate((22, 23, 21)):
            backups.completed(connection, HERE, f"backup {number}", f"2026-11-{day}T02:00:00.000Z", 7)
        assert backups.last(connection, HERE) == (7, "2026-11-23T02:00:00.000Z")


def erased_house(huong, minh):
    house, _ = a_house(huong)
    huong.sync()
    assert minh("erase", house, {"person": None, "counted": True, "reason": "Theo yêu cầu"}).outcome == "stored"
    return house


def test_an_erasure_that_the_backup_holds_already_is_not_done_again(communes, keys, empty, huong, minh, tmp_path):
    erased_house(huong, minh)
    erasures.keep(communes, tmp_path)
    made = backup(communes, tmp_path / "all.tungnha", NOW)
    assert {each.erased + each.shut for each in restore(empty, made.path, list(keys.values()), NOW)} == {0}
    with reading(empty) as there, reading(communes) as here:
        assert journal.head(there, HERE) == journal.head(here, HERE)


def test_an_erasure_by_an_officer_who_came_after_the_backup_is_done_again(communes, keys, empty, huong, minh, tmp_path):
    house, _ = a_house(huong)
    huong.sync()
    made = backup(communes, tmp_path / "here.tungnha", NOW, [HERE])
    assert minh("erase", house, {"person": None, "counted": True, "reason": "Theo yêu cầu"}).outcome == "stored"
    erasures.keep(communes, tmp_path)
    with made.path.open("rb") as file:
        header = next(sections(file))
        kept = list(lines(file, header, keys[HERE]))
    without = [line for line in kept if json.loads(line)[1].get("account_id") != "minh"]
    assert len(without) < len(kept)
    with (tmp_path / "before.tungnha").open("wb") as file:
        write(file, header[0], sealing.public_text(keys[HERE]), without)
    assert [each.erased for each in restore(empty, tmp_path / "before.tungnha", [keys[HERE]], NOW)] == [1]
    with reading(empty) as connection:
        assert households.by_id(connection, HERE, house).state["erased"] and differences(connection, HERE) == []


def test_a_new_key_neither_hides_erasures_nor_bars_the_way_back(communes, keys, huong, minh, tmp_path):
    old = backup(communes, tmp_path / "old.tungnha", NOW, [HERE])
    erased_house(huong, minh)
    erasures.keep(communes, tmp_path)
    old_key, keys[HERE] = keys[HERE], new_key(communes, HERE)
    new = backup(communes, tmp_path / "new.tungnha", NOW, [HERE])
    erased_house(huong, minh)
    erasures.keep(communes, tmp_path)
    assert len(erasures.listed([tmp_path])) == 3
    assert restored(tmp_path, new.path, [keys[HERE]]) == [(1, 0)]
    assert restored(tmp_path, old.path, [old_key]) == [(1, 1)]
    assert restored(tmp_path, old.path, [old_key, keys[HERE]]) == [(2, 0)]


def restored(folder, path, keys):
    """(erased, shut) of each commune of the file, restored into a database that is thrown away."""
    engine = open_engine(f"sqlite:///{folder / 'again.sqlite'}")
    upgrade(engine)
    back = restore(engine, path, keys, NOW)
    engine.dispose()
    for file in folder.glob("again.sqlite*"):
        file.unlink()
    return [(each.erased, each.shut) for each in back]


def test_a_list_of_erasures_that_was_cut_off_still_serves(communes, keys, empty, huong, minh, tmp_path):
    made = backup(communes, tmp_path / "all.tungnha", NOW)
    elsewhere = tmp_path / "daily"
    elsewhere.mkdir()
    (elsewhere / erasures.FILE).write_text('{"commune":"thieu-tr')
    erased_house(huong, minh)
    erasures.keep(communes, elsewhere)
    erasures.keep(communes, elsewhere)
    assert len(erasures.listed([elsewhere])) == 1
    back = {each.commune_id: each.erased for each in restore(empty, made.path, list(keys.values()), NOW, [elsewhere])}
    assert back == {HERE: 1, BESIDE: 0}


@pytest.mark.parametrize("typed", WAYS.values(), ids=WAYS)
def test_a_key_is_read_however_it_is_written(typed):
    printed, public = sealing.new_key()
    assert sealing.public_text(sealing.read_private(typed(printed))) == public


def test_one_wrong_letter_of_a_key_is_told():
    printed, _ = sealing.new_key()
    for at in range(0, len(printed), 6):
        with pytest.raises(WrongKey):
            sealing.read_private(printed[:at] + ("7" if printed[at] != "7" else "8") + printed[at + 1 :])


@ON_SQLITE
@pytest.mark.postgres
def test_what_sqlite_backed_up_comes_back_in_postgresql(communes, keys, huong, minh, tmp_path, postgres_template):
    erased_house(huong, minh)
    a_house(huong)
    huong.sync()
    made = backup(communes, tmp_path / "all.tungnha", NOW)
    url = postgres.shared().new_database(postgres_template)
    there = open_engine(url)
    assert len(restore(there, made.path, list(keys.values()), NOW)) == 2
    with reading(there) as connection, reading(communes) as here:
        assert differences(connection, HERE) == [] and journal.head(connection, HERE) == journal.head(here, HERE)
    there.dispose()
    postgres.shared().drop(url)
