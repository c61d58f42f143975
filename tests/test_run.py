"""The launcher, run for real in a copy with a one-package lock: from nothing to a command, and plain words where it can't."""

import ast
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import run
from tests import longest_first

ROOT = Path(__file__).resolve().parent.parent
CLI = "import importlib.metadata, os, sys; print(os.getpid(), importlib.metadata.version('lane'), *sys.argv[1:]); sys.exit(5)"
UV_FOLDER = str(Path(sys.executable).parent)
# No uv, and a machine whose own settings lead nowhere: only files beside the lock can be installed.
BARE = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "1", "PIP_NO_CACHE_DIR": "1"}


class Copy:
    """A copy of the launcher in a folder of its own."""

    def __init__(self, folder: Path):
        self.folder, self.stamp = folder, folder / ".venv/made-from"
        (folder / "fieldapp").mkdir()
        (folder / "fieldapp/cli.py").write_text(CLI)
        shutil.copy(ROOT / "run.py", folder)
        self.lock("1.0")

    def lock(self, version: str, hashed: str | None = None) -> None:
        """Locks the package "lane" at a version that lies beside the lock; hashed: what the lock says, when it is to be wrong."""
        wheel = self.folder / f"lane-{version}-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as packed:
            packed.writestr(f"lane-{version}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: lane\nVersion: {version}\n")
            packed.writestr(f"lane-{version}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            packed.writestr(f"lane-{version}.dist-info/RECORD", "")
        self.lock_line(f"./{wheel.name} --hash=sha256:{hashed or hashlib.sha256(wheel.read_bytes()).hexdigest()}")

    def lock_line(self, line: str) -> None:
        (self.folder / "requirements.txt").write_text(line + "\n")

    def run(self, *arguments: str, code: str | None = None, path: str = "") -> "Ended":
        """Runs the launcher (or the code, which may import it) on the bare machine."""
        command = [sys.executable, *(["-c", code] if code else ["run.py"]), *arguments]
        environment = {**os.environ, **BARE, "PATH": path, "UV_NO_CONFIG": "1", "UV_OFFLINE": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        started = subprocess.Popen(
            command, cwd=self.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        said, problems = started.communicate(timeout=120)
        return Ended(started.pid, started.returncode, said, problems)


class Ended:
    def __init__(self, pid: int, code: int, said: str, problems: str):
        self.pid, self.code, self.said, self.problems = pid, code, said, problems

    def refused_with(self, word: str) -> bool:
        """Did it stop with exactly these words, in both languages, and without a traceback?"""
        opening = [text.split("{")[0] for text in run.WORDS[word]]
        return self.code == 1 and all(text in self.problems for text in opening) and "Traceback" not in self.problems


@pytest.fixture
def copy() -> Iterator[Copy]:
    # Not under tmp_path: other users may not even enter that.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Copy(Path(folder))


def test_an_old_python_can_still_read_the_launcher():
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_old_python_is_told_so_and_nothing_is_made(copy):
    ended = copy.run(code="import run; run.main(['demo'], version=(3, 9, 2))")
    assert ended.refused_with("old") and "3.9.2" in ended.problems and not copy.stamp.parent.exists()


def test_a_python_without_ensurepip_is_told_what_to_install(copy):
    ended = copy.run(code="import sys; sys.modules['ensurepip'] = None; import run; run.main([])")
    assert ended.refused_with("venv") and "apt install python3-venv" in ended.problems


def test_a_folder_that_cannot_be_written_is_named(copy):
    copy.folder.chmod(0o555)
    ended = copy.run(code="import fcntl, os, run; os.getuid() or os.setuid(65534); run.main([])")
    copy.folder.chmod(0o755)
    assert ended.refused_with("folder") and str(copy.folder) in ended.problems


def test_with_venv_and_pip_it_makes_keeps_updates_and_mends_the_environment(copy):
    first = copy.run("check", "--data", "a b")
    assert (first.code, first.said.split("\n")[0]) == (5, f"{first.pid} 1.0 check --data a b"), first.problems

    stamped = copy.stamp.stat().st_mtime_ns
    assert copy.run().problems == "" and copy.stamp.stat().st_mtime_ns == stamped, "a ready environment is left alone"

    copy.lock("2.0", hashed="0" * 64)
    assert copy.run().refused_with("hashes") and not copy.stamp.exists(), "a package that isn't the locked one is refused"

    copy.lock("2.0")
    mended = copy.run()
    assert mended.said.split()[1] == "2.0" and run.WORDS["remaking"][1] in mended.problems, "the half-made one is made again"

    copy.lock_line("lane==3.0 --hash=sha256:" + "0" * 64)
    assert copy.run().refused_with("network")


def test_with_uv_on_the_path_it_does_the_same(copy):
    assert copy.run(path=UV_FOLDER).said.split()[1:] == ["1.0"]
    copy.lock("2.0")
    updated = copy.run(path=UV_FOLDER)
    assert updated.said.split()[1:] == ["2.0"] and run.WORDS["remaking"][1] not in updated.problems
    copy.stamp.write_text(copy.stamp.read_text().replace("python ", "python /replaced"))
    assert run.WORDS["remaking"][1] in copy.run(path=UV_FOLDER).problems, "the system's Python is another one now"
    copy.lock("3.0", hashed="0" * 64)
    assert copy.run(path=UV_FOLDER).refused_with("hashes")


def test_on_windows_the_commands_exit_code_and_its_answer_to_ctrl_c_come_back(copy):
    child = "import signal, sys, time; signal.signal(2, lambda *_: sys.exit(7)); print('up', flush=True); time.sleep(9)"
    code = f"import os, sys, run; sys.exit(run.hand_over([sys.executable, '-c', {child!r}], dict(os.environ), windows=True))"
    launcher = subprocess.Popen([sys.executable, "-c", code], cwd=copy.folder, stdout=subprocess.PIPE, start_new_session=True)
    assert launcher.stdout is not None and launcher.stdout.readline().strip() == b"up"
    os.killpg(launcher.pid, signal.SIGINT)
    launcher.communicate(timeout=10)
    assert launcher.returncode == 7


def test_the_test_lock_holds_the_runtime_lock_so_what_is_tested_is_what_is_shipped():
    def entries(name: str) -> set[str]:
        return set((ROOT / name).read_text(encoding="utf-8").replace(" \\\n    ", " ").splitlines())

    runtime, test = entries("requirements.txt"), entries("requirements-test.txt")
    assert runtime <= test and all("--hash=sha256:" in entry for entry in test)


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-test.txt"])
def test_a_lock_names_no_registry_and_no_folder(lock):
    assert not [line for line in (ROOT / lock).read_text(encoding="utf-8").splitlines() if "/" in line or line.startswith("-")]


def test_where_nothing_is_to_lie_beside_the_sources_the_many_pythons_of_the_tests_share_what_one_compiled(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    there, elsewhere = run.environment_for("test"), run.environment_for("serve")
    assert "PYTHONDONTWRITEBYTECODE" not in there and there["PYTHONPYCACHEPREFIX"] == str(run.VENV / "bytecode")
    assert elsewhere["PYTHONDONTWRITEBYTECODE"] == "1" and "PYTHONPYCACHEPREFIX" not in elsewhere


def test_the_files_that_begin_first_in_a_whole_run_are_there():
    assert [path for path in longest_first.PLACE if not path.is_file()] == []
    assert f"-p {longest_first.__name__}" in (ROOT / ".ci/run").read_text("utf-8")


def test_only_debian_gets_its_chromium_from_apt(tmp_path):
    for system, apt in (("debian", True), ("ubuntu", False)):
        (tmp_path / system).write_text(f"NAME=x\nID={system}\nID_LIKE=debian\n")
        assert run.is_debian(tmp_path / system) is apt
    assert not run.is_debian(tmp_path / "none")
