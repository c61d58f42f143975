"""`backup` and `restore` as they are typed, with the sheet's key in a file or at the terminal; the daily backup of a server that runs."""

import io
import shutil
import sys
import time

import pytest

from fieldapp.cli import main
from fieldapp.paper import erasures
from fieldapp.store import areas, commune_keys, sealing
from fieldapp.store.engine import open_engine, reading, writing
from tests.conftest import BESIDE, HERE
from tests.test_cli import Server

NOW = "2026-11-21T02:00:00.000Z"


@pytest.fixture
def printed(communes):
    """What stands on the recovery sheets: commune → key."""
    made = {}
    with writing(communes) as connection:
        for commune_id in (HERE, BESIDE):
            made[commune_id], public = sealing.new_key()
            commune_keys.keep(connection, commune_id, public, NOW)
    return made


@pytest.fixture
def data(communes, tmp_path):
    """A data folder with both communes."""
    folder = tmp_path / "data"
    folder.mkdir()
    communes.dispose()
    shutil.copy(tmp_path / "commune.sqlite", folder / "tung-nha.sqlite")
    return folder


@pytest.fixture
def file(printed, data, tmp_path):
    assert main(["backup", str(tmp_path / "usb" / "all.tungnha"), "--data", str(data)]) == 0
    return tmp_path / "usb" / "all.tungnha"


def communes_in(folder):
    engine = open_engine(f"sqlite:///{folder / 'tung-nha.sqlite'}")
    with reading(engine) as connection:
        found = areas.commune_ids(connection)
    engine.dispose()
    return found


pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

SHAPES = {
    "one line each": lambda keys: "\n".join(keys).encode(),
    "from Notepad": lambda keys: b"\xef\xbb\xbf" + "\r\n\r\n".join(keys).lower().encode() + b"\r\n",
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_backup_comes_back_with_the_keys_of_a_file(file, printed, tmp_path, capsys, shape):
    (tmp_path / "keys.txt").write_bytes(shape(printed.values()))
    assert main(["restore", str(file), "--data", str(tmp_path / "new"), "--key-file", str(tmp_path / "keys.txt")]) == 0
    said = capsys.readouterr().out
    assert "0 khác biệt" in said and "Xã Thiệu Trung" in said and f"Không thấy tệp {erasures.FILE}" in said
    assert main(["check", "--data", str(tmp_path / "new")]) == 0 and communes_in(tmp_path / "new") == sorted(printed)
    assert main(["restore", str(file), "--data", str(tmp_path / "new"), "--key-file", str(tmp_path / "keys.txt")]) == 2
    assert "không ghi đè" in capsys.readouterr().err


def test_a_mistyped_key_is_asked_for_again(file, printed, tmp_path, monkeypatch, capsys):
    # The sections stand in the order of their communes' ids.
    right = [printed[commune_id] for commune_id in sorted(printed)]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(["4B7", right[0], right[1][:-1] + "?", right[1]]) + "\n"))
    assert main(["restore", str(file), "--data", str(tmp_path / "new")]) == 0
    assert capsys.readouterr().out.count("Chưa đúng") == 2 and len(communes_in(tmp_path / "new")) == 2


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda whole, key: (whole[:-9], key), "hỏng, bị cắt ngắn"),
        (lambda whole, key: (b"To the commune", key), "hỏng, bị cắt ngắn"),
        (lambda whole, key: (whole.replace(b'"version":1', b'"version":9'), key), "mới hơn"),
        (lambda whole, key: (whole, sealing.new_key()[0]), "không mở được"),
        (lambda whole, key: (whole, key[:-1]), "gõ chưa đúng"),
        (lambda whole, key: (whole, ""), "không mở được"),
    ],
    ids=["cut", "a letter", "newer", "another key", "mistyped", "no key"],
)
def test_what_is_wrong_is_said_and_nothing_is_written(file, printed, tmp_path, capsys, spoil, words):
    whole, key = spoil(file.read_bytes(), "\n".join(printed.values()))
    (tmp_path / "spoilt").write_bytes(whole)
    (tmp_path / "key.txt").write_text(key)
    assert main(["restore", str(tmp_path / "spoilt"), "--data", str(tmp_path / "new"), "--key-file", str(tmp_path / "key.txt")]) == 2
    assert words in capsys.readouterr().err and communes_in(tmp_path / "new") == []


def test_nothing_is_overwritten_and_nothing_is_made_of_nothing(file, data, tmp_path, capsys):
    before = file.read_bytes()
    assert main(["backup", str(file), "--data", str(data)]) == 2 and file.read_bytes() == before
    assert main(["backup", str(tmp_path), "--data", str(data)]) == 2
    assert main(["backup", str(tmp_path / "two.tungnha"), "--data", str(tmp_path / "nowhere")]) == 2
    assert "không ghi đè" in capsys.readouterr().err and not (tmp_path / "nowhere").exists() and not (tmp_path / "two.tungnha").exists()


def test_a_commune_without_a_key_is_told_where_to_make_one(data, tmp_path, capsys):
    assert main(["backup", str(tmp_path / "all.tungnha"), "--data", str(data)]) == 2
    assert "Phiếu khôi phục" in capsys.readouterr().err and not list(tmp_path.glob("all*"))


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to one process there")
def test_a_server_backs_up_by_itself_when_it_starts(printed, data, tmp_path):
    server = Server(data)
    waits_until = time.monotonic() + 30
    while len(list((data / "backups").glob("*.tungnha"))) < 2 and time.monotonic() < waits_until:
        time.sleep(0.1)
    assert main(["backup", str(tmp_path / "while.tungnha"), "--data", str(data)]) == 0
    assert server.interrupt() == (0, "")
    files = sorted(path for path in (data / "backups").iterdir() if path.suffix == ".tungnha")
    assert [path.name.split("-")[0] for path in files] == ["15796", "15835"]
