"""The command line: one table, documented; bad input is answered in words, never with a traceback."""

import os
import re
import signal
import socket
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from fieldapp.cli import main
from fieldapp.commands import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "commands.md").read_text("utf-8")


def documented() -> dict[str, set[str]]:
    found = {}
    for section in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]:
        names = re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)
        found[re.match(r"`([a-z-]+)`", section)[1]] = {name.replace("\\|", "|") for name in names}
    return found


def test_every_command_and_argument_stands_in_the_page():
    in_table = {
        command.name: {
            each.value if each.value and not each.name.startswith("-") else " ".join(filter(None, (each.name, each.value)))
            for each in command.arguments
        }
        for command in COMMANDS
    }
    assert documented() == in_table


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_leads_to_a_function(command):
    module, _, function = command.function.partition(":")
    assert callable(getattr(import_module(module), function))


@pytest.mark.parametrize("typed", [["--help"], *([command.name, "--help"] for command in COMMANDS)], ids=" ".join)
def test_help_speaks_both_languages(typed, capsys):
    with pytest.raises(SystemExit) as ended:
        main(typed)
    said = capsys.readouterr().out
    assert ended.value.code == 0
    for command in COMMANDS if typed == ["--help"] else [each for each in COMMANDS if each.name == typed[0]]:
        assert command.vi in said and command.en in said


@pytest.mark.parametrize(
    "typed",
    [
        ["serv"], ["serve", "--port", "abc"], ["serve", "--port", "70000"], ["demo", "--households", "0"],
        ["demo", "--households", "10001"], ["demo", "--house", "40"], ["bench", "soap"],
        ["check", "--data"], ["--nothing"], ["test", "-k", "visit"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_is_typed_wrongly_is_answered_in_both_languages(typed, capsys):
    assert main(typed) == 2
    said = capsys.readouterr().err
    assert re.search("Lệnh|Kiểm thử", said) and re.search("Not understood|Tests", said)


def test_a_setting_that_is_wrong_is_named(monkeypatch, capsys):
    monkeypatch.setenv("FIELDAPP_PORT", "eight")
    assert main(["serve"]) == 2 and "FIELDAPP_PORT" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_in_use_is_named_before_anything_is_made(tmp_path, capsys, command):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main([command, "--data", str(tmp_path / "new"), "--port", str(port)]) == 2
    assert f"Cổng {port}" in capsys.readouterr().err and not (tmp_path / "new").exists()


@pytest.mark.parametrize("command", ["serve", "demo", "check"])
def test_a_file_in_the_place_of_the_folder_is_named(tmp_path, capsys, command):
    (tmp_path / "file").write_text("")
    assert main([command, "--data", str(tmp_path / "file"), *(["--port", "0"] if command != "check" else [])]) == 2
    assert str(tmp_path / "file") in capsys.readouterr().err


def test_checking_a_folder_without_data_says_so(tmp_path, capsys):
    assert main(["check", "--data", str(tmp_path / "nowhere")]) == 2
    assert str(tmp_path / "nowhere") in capsys.readouterr().err and not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("command", ["serve", "check"])
def test_a_file_that_is_no_database_is_named(tmp_path, capsys, command):
    (tmp_path / "tung-nha.sqlite").write_text("a letter to the commune")
    assert main([command, "--data", str(tmp_path), *(["--port", "0"] if command != "check" else [])]) == 2
    assert "tung-nha.sqlite" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["postgresql+psycopg://minh:tre-xanh@127.0.0.1:9/commune", "postgress://x", "a letter"])
@pytest.mark.parametrize("command", ["serve", "check"])
def test_a_database_that_cannot_be_reached_is_told_without_its_password(tmp_path, monkeypatch, capsys, command, address):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", address)
    assert main([command, *(["--port", "0"] if command == "serve" else [])]) == 2
    said = capsys.readouterr().err
    assert "DATABASE_URL" in said and "tre-xanh" not in said


class Server:
    """`serve` in a process of its own, on a free port."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "fieldapp.cli", "--data", str(folder), "--port", "0"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.said = ""
        while "Ready" not in self.said:
            line = self.process.stdout.readline()
            assert line, self.process.stderr.read()
            self.said += line
        self.port = int(re.search(r"http://127\.0\.0\.1:([0-9]+)", self.said)[1])

    def interrupt(self) -> tuple[int, str]:
        self.process.send_signal(signal.SIGINT)
        _, problems = self.process.communicate(timeout=30)
        return self.process.returncode, problems


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to one process there")
def test_an_empty_server_offers_the_demo_answers_and_ends_quietly(tmp_path):
    import urllib.request

    server = Server(tmp_path / "data")
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/api/health", timeout=10) as answer:
        assert answer.status == 200
    assert "run.py demo" in server.said
    assert server.interrupt() == (0, "")
    assert main(["check", "--data", str(tmp_path / "data")]) == 0


def test_data_of_an_older_version_are_brought_to_the_present_shape_before_they_are_checked(tmp_path, capsys):
    from fieldapp.store.areas import Commune, found_commune
    from fieldapp.store.engine import open_engine, writing
    from fieldapp.store.migrate import upgrade

    engine = open_engine(f"sqlite:///{tmp_path / 'tung-nha.sqlite'}")
    upgrade(engine, "0002")
    with writing(engine) as connection:
        found_commune(connection, Commune("thieu-trung", "15835", "Xã Thiệu Trung", "Tỉnh Thanh Hóa", "epoch"), "2025-07-01")
    engine.dispose()
    assert main(["check", "--data", str(tmp_path)]) == 0, capsys.readouterr()
