"""`take-in` as it is typed: a phone's hand-over file, the sheet's key in a file or at the terminal."""

import io
import shutil
import sys
from pathlib import Path

import pytest

from fieldapp.cli import main
from fieldapp.store import sealing
from tests.intake.phone_file import bytes_of, handed_over
from tests.intake.test_lost_numbers import visits

# The command is SQLite's as everybody's; what it asks is tested on both.
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def typed(huong, sheet, communes, tmp_path):
    """What is typed for a file of Hường's phone; changed: keys of the file that are otherwise."""
    folder = tmp_path / "server"
    folder.mkdir()
    (tmp_path / "key.txt").write_text(sheet[0])
    texts = visits(huong, 2)
    communes.dispose()
    shutil.copy(tmp_path / "commune.sqlite", folder / "tung-nha.sqlite")

    def typed(*key, **changed):
        path = tmp_path / "tung-nha-le-thi-huong-2026-11-20.json"
        path.write_bytes(bytes_of(handed_over(huong, texts, sheet[1]) | changed))
        return ["take-in", str(path), "--data", str(folder), *(key or ("--key-file", str(tmp_path / "key.txt")))]

    return typed


def test_a_file_is_taken_in_once_and_the_data_stay_sound(typed, tmp_path, capsys):
    assert main(typed()) == 0
    said = capsys.readouterr().out
    assert "Lê Thị Hường" in said and "3 phiếu, 0 đã có" in said and "Mới, đã tính: 3. Đã có từ trước: 0" in said
    assert main(typed()) == 0 and "Mới, đã tính: 0. Đã có từ trước: 3" in capsys.readouterr().out
    assert main(["check", "--data", str(tmp_path / "server")]) == 0


def test_the_key_may_be_typed(typed, sheet, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"4B7\n{sheet[0]}\n"))
    assert main(typed()[:4]) == 0
    said = capsys.readouterr().out
    assert "Chưa đúng" in said and "Xã Thiệu Trung" in said and sheet[0] not in said


def test_a_damaged_piece_is_told_and_the_rest_taken(typed, capsys):
    events = [{"n": 9}, "?"]
    assert main(typed(events=events)) == 1 and "2 phiếu hỏng, không mở được: số ?, 9" in capsys.readouterr().out


def test_what_can_not_be_taken_in_says_why(typed, tmp_path, capsys):
    (tmp_path / "other.txt").write_text(sealing.new_key()[0])
    assert main(typed("--key-file", str(tmp_path / "other.txt"))) == 2 and "phiếu khôi phục khác" in capsys.readouterr().err
    for changed, words in (({"commune": "nowhere"}, "xã khác"), ({"format": "x"}, "không phải tệp bàn giao"), ({"version": 2}, "cập nhật máy chủ")):
        assert main(typed(**changed)) == 2 and words in capsys.readouterr().err
    path = tmp_path / "cut.json"
    path.write_bytes(Path(typed()[1]).read_bytes()[:-9])
    assert main(["take-in", str(path), "--data", str(tmp_path / "server")]) == 2 and "cắt ngắn" in capsys.readouterr().err
    assert main(["take-in", "--data", str(tmp_path / "server")]) == 2 and main(["take-in", str(path), "--data", str(tmp_path / "no")]) == 2
