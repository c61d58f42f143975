"""The phone's own tests, run by the Node in playwright's wheel: what they print is shown when they fail."""

import re
import shutil
import subprocess
from pathlib import Path

from fieldapp.soak.node import node_binary
from fieldapp.web.minified import minified

ROOT = Path(__file__).resolve().parent.parent
TESTS = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("tests/phone/*.test.js"))
PATIENCE_S = 300


def run(*files: str, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [node_binary(), "--test", "--test-reporter=tap", *files]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE_S)


def passed(output: str) -> int:
    """How many tests Node says have passed."""
    found = re.search(r"^# pass (\d+)$", output, re.MULTILINE)
    return int(found[1]) if found else 0


def test_the_phones_modules_pass_their_tests():
    done = run(*TESTS)
    assert done.returncode == 0, f"\n{done.stdout}{done.stderr}"
    # A file that tests nothing counts as one passed test to Node: there must be many more than files.
    assert passed(done.stdout) > len(TESTS) > 0, f"\n{done.stdout}"


def test_they_pass_them_as_they_are_served(tmp_path):
    for folder in ("tests", "static", "fieldapp"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (tmp_path / "static/phone").rglob("*.js"):
        path.write_bytes(minified(path.read_bytes(), path.suffix))
    done = run(*TESTS, root=tmp_path)
    assert done.returncode == 0 and passed(done.stdout) > len(TESTS), f"\n{done.stdout}{done.stderr}"


def test_what_is_served_reckons_as_the_source():
    served = minified(b"export const f = (x) => [Math.trunc(x), Math.abs(x)];", ".js").decode()
    assert "Math.trunc(" in served and "Math.abs(" in served


def test_a_test_that_fails_there_fails_here(tmp_path):
    planted = tmp_path / "planted.test.js"
    planted.write_text('import test from "node:test"; test("planted", () => { throw new Error("seen"); });', encoding="utf-8")
    done = run(str(planted))
    assert done.returncode != 0 and "seen" in done.stdout and passed(done.stdout) == 0


def test_every_phone_test_can_be_found_by_its_name():
    assert sorted(path.name for path in (ROOT / "tests/phone").glob("*.js")) == [Path(path).name for path in TESTS]
