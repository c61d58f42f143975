"""A backup is whole, sealed, of one moment; it comes back to a server that stands as it stood, and phones heal what it did not hold."""

import os
import re
import signal
import threading

import pytest

from fieldapp import create_app
from fieldapp.config import Settings
from fieldapp.demo import answers
from fieldapp.paper import erasures
from fieldapp.paper.backup import NoKey, backup, file_name
from fieldapp.paper.restore import NotEmpty, restore
from fieldapp.store import areas, backups, commune_keys, devices, households, journal, ledger, sealing
from fieldapp.store.engine import open_engine, reading, writing
from fieldapp.store.migrate import upgrade
from fieldapp.store.rebuild import differences
from fieldapp.store.sealed_file import BrokenFile
from fieldapp.store.sealing import WrongKey
from tests.conftest import BESIDE, HERE
from tests.intake.test_sync import a_house, a_visit

NOW = "2026-11-21T02:00:00.000Z"


@pytest.fixture
def keys(communes):
    """Both communes have their key: commune → private key."""
    made = {}
    with writing(communes) as connection:
        for commune_id in (HERE, BESIDE):
            printed, public = sealing.new_key()
            commune_keys.keep(connection, commune_id, public, NOW)
            made[commune_id] = sealing.read_private(printed)
    return made


@pytest.fixture
def empty(tmp_path):
    """An empty database elsewhere, always SQLite: what PostgreSQL backed up comes back there too."""
    engine = open_engine(f"sqlite:///{tmp_path / 'elsewhere.sqlite'}")
    upgrade(engine)
    yield engine
    engine.dispose()


def balances(engine):
    with reading(engine) as connection:
        return {key: value for key, value in ledger.balances(connection, HERE).items() if value.yes or value.no or value.unknown}


def test_what_comes_back_is_what_was_there(communes, keys, empty, huong, tmp_path):
    a_visit(huong)
    huong.sync()
    made = backup(communes, tmp_path / "all.tungnha", NOW)
    assert {each.name for each in restore(empty, made.path, list(keys.values()), NOW)} == {"Xã Thiệu Trung", "Xã Thiệu Quang"}
    with reading(empty) as there, reading(communes) as here:
        assert differences(there, HERE) == [] and journal.head(there, HERE) == journal.head(here, HERE)
        assert areas.commune(there, HERE).epoch != areas.commune(here, HERE).epoch
    assert balances(empty) == balances(communes) != {}


def test_a_name_is_nowhere_readable_in_the_file(communes, keys, huong, tmp_path):
    a_house(huong)
    huong.sync()
    made = backup(communes, tmp_path / "all.tungnha", NOW)
    assert "Đào".encode() not in made.path.read_bytes() and b"huong" not in made.path.read_bytes()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("place", [0.05, 0.3, 0.6, 0.999])
def test_a_changed_byte_or_a_cut_is_noticed_and_nothing_is_left(communes, keys, empty, huong, tmp_path, place):
    a_visit(huong)
    huong.sync()
    whole = backup(communes, tmp_path / "all.tungnha", NOW).path.read_bytes()
    at = int(len(whole) * place)
    for name, broken in (("changed", whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]), ("cut", whole[:at])):
        (tmp_path / name).write_bytes(broken)
        with pytest.raises((BrokenFile, WrongKey, ValueError)):
            restore(empty, tmp_path / name, list(keys.values()), NOW)
        with reading(empty) as connection:
            assert areas.commune_ids(connection) == []


def test_another_communes_key_opens_nothing(communes, keys, empty, tmp_path):
    made = backup(communes, tmp_path / "here.tungnha", NOW, [HERE])
    with pytest.raises(WrongKey):
        restore(empty, made.path, [keys[BESIDE]], NOW)
    assert [each.commune_id for each in restore(empty, made.path, [keys[BESIDE], keys[HERE]], NOW)] == [HERE]


def test_nothing_is_overwritten(communes, keys, tmp_path):
    made = backup(communes, tmp_path / "all.tungnha", NOW)
    with pytest.raises(NotEmpty):
        restore(communes, made.path, list(keys.values()), NOW)


def test_a_commune_without_a_key_is_not_backed_up_half(communes, tmp_path):
    with pytest.raises(NoKey):
        backup(communes, tmp_path / "all.tungnha", NOW)
    assert not list(tmp_path.glob("all*"))
    with reading(communes) as connection:
        assert backups.last(connection, HERE) == (0, None)


def test_a_backup_overwrites_no_other_that_ended_meanwhile(communes, keys, tmp_path, monkeypatch):
    def meanwhile(path):
        (tmp_path / "all.tungnha").write_bytes(b"the newer one")
        return ""

    monkeypatch.setattr("fieldapp.paper.backup._sha256", meanwhile)
    monkeypatch.setattr("pathlib.Path.exists", lambda path: False)  # who only looks may look too early
    with pytest.raises(FileExistsError):
        backup(communes, tmp_path / "all.tungnha", NOW)
    assert [path.read_bytes() for path in tmp_path.glob("all*")] == [b"the newer one"]
    with reading(communes) as connection:
        assert backups.last(connection, HERE) == (0, None)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows forks no process")
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_what_is_killed_in_the_middle_counts_for_nothing_and_is_done_again(communes, keys, empty, huong, tmp_path, monkeypatch):
    a_visit(huong)
    huong.sync()
    with monkeypatch.context() as patched:
        patched.setattr("fieldapp.paper.backup._sha256", lambda path: os.kill(os.getpid(), signal.SIGKILL))
        assert killed(lambda: backup(open_engine(str(communes.url)), tmp_path / "all.tungnha", NOW))
    assert not (tmp_path / "all.tungnha").exists() and huong.sync()["confirmed"] == 0
    made = backup(communes, tmp_path / "all.tungnha", NOW)
    with monkeypatch.context() as patched:
        patched.setattr("fieldapp.paper.restore._erased_again", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        assert killed(lambda: restore(open_engine(str(empty.url)), made.path, list(keys.values()), NOW))
    with reading(empty) as connection:
        assert areas.commune_ids(connection) == []
    assert len(restore(empty, made.path, list(keys.values()), NOW)) == 2 and balances(empty) == balances(communes)


def killed(work):
    """Whether the work, in a process of its own, was killed."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def test_phones_let_go_only_of_what_two_backups_hold(communes, keys, huong, tmp_path):
    a_visit(huong)
    assert huong.sync()["confirmed"] == 0
    backup(communes, tmp_path / "one.tungnha", NOW)
    a_visit(huong)
    assert huong.sync()["confirmed"] == 0 and huong.n == 4
    backup(communes, tmp_path / "two.tungnha", NOW)
    assert huong.sync()["confirmed"] == 2
    backup(communes, tmp_path / "three.tungnha", NOW)
    assert huong.sync()["confirmed"] == 4


def test_the_file_that_was_restored_counts_once(communes, keys, empty, huong, tmp_path):
    a_visit(huong)
    huong.sync()
    backup(communes, tmp_path / "one.tungnha", NOW)
    with reading(communes) as connection:
        first = backups.last(connection, HERE)[0]
    a_visit(huong)
    huong.sync()
    two = backup(communes, tmp_path / "two.tungnha", NOW)
    restore(empty, two.path, list(keys.values()), NOW)
    with reading(empty) as connection:
        assert (backups.twice(connection, HERE), backups.last(connection, HERE)[0]) == (first, two.sequences[HERE])
    backup(empty, tmp_path / "three.tungnha", NOW)
    with reading(empty) as connection:
        assert backups.twice(connection, HERE) == two.sequences[HERE] > first


def test_an_erasure_after_the_backup_is_done_again(communes, keys, empty, huong, minh, tmp_path):
    house, _ = a_house(huong)
    huong.sync()
    made = backup(communes, tmp_path / "all.tungnha", NOW)
    assert minh("erase", house, {"person": None, "counted": True, "reason": "Theo yêu cầu"}).outcome == "stored"
    erasures.keep(communes, tmp_path)
    erasures.keep(communes, tmp_path)
    assert len((tmp_path / erasures.FILE).read_text().splitlines()) == 1 and house not in (tmp_path / erasures.FILE).read_text()
    back = {each.commune_id: each.erased for each in restore(empty, made.path, list(keys.values()), NOW)}
    assert back == {HERE: 1, BESIDE: 0}
    with reading(empty) as connection:
        assert households.by_id(connection, HERE, house).state["erased"] and differences(connection, HERE) == []
    empty.dispose()
    files = b"".join(path.read_bytes() for path in tmp_path.glob("elsewhere.sqlite*"))
    assert "Lê Văn Đào".encode() not in files


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_backup_taken_while_8_phones_sync_restores_and_they_heal_the_rest(communes, keys, empty, cast, tmp_path):
    """Each phone keeps its texts, as phones do until they are confirmed, and offers them again to the restored server."""
    phones = [cast.phone("huong", f"phone {number}") for number in range(8)]
    texts: dict[str, list[str]] = {phone.seed: [] for phone in phones}
    begun, made = threading.Event(), []

    def work(phone):
        for _ in range(6):
            house, people = a_house(phone)
            phone.wait(minutes=1)
            phone.seal("visit", house, answers.visit(people={people[0]: {"phone": "smartphone"}}), base=[house])
            texts[phone.seed] += phone.outbox
            phone.sync()
            begun.set()

    workers = [threading.Thread(target=work, args=(phone,)) for phone in phones]
    for worker in workers:
        worker.start()
    begun.wait(30)
    made.append(backup(communes, tmp_path / "while.tungnha", NOW))
    for worker in workers:
        worker.join()
    restore(empty, made[0].path, list(keys.values()), NOW)
    with reading(empty) as connection:
        lacking = 8 * 12 - journal.head(connection, HERE)[0]
        assert differences(connection, HERE) == [] and lacking > 0
    heal(empty, phones, texts, tmp_path)
    with reading(empty) as connection:
        assert differences(connection, HERE) == [] and journal.head(connection, HERE)[0] == 8 * 12
        assert all(device.contiguous == 12 for device in devices.of_commune(connection, HERE))
    assert balances(empty) == balances(communes)


def heal(engine, phones, texts, tmp_path):
    client = create_app(Settings(data_folder=tmp_path / "restored", secret="tests only"), engine, lambda: NOW).test_client()

    def post(path, headers, body):
        answer = client.post(path, data=body, headers=headers)
        return answer.status_code, answer.data

    for phone in phones:
        before, phone.post = phone.epoch, post
        assert phone.sync()["epoch"] != before
        outcomes = {receipt["outcome"] for receipt in phone.sync(*texts[phone.seed])["receipts"]}
        assert outcomes <= {"known", "stored"}


def test_the_name_of_a_file_says_whose_and_when():
    assert re.fullmatch(r"15835-20261121-020000\.tungnha", file_name("15835", NOW)) and os.sep not in file_name("15835", NOW)
