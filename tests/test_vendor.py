"""Other people's browser modules are on record, unchanged, and complete enough to run without anybody else's host."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WANTED = json.loads((ROOT / "fieldapp/vendor.json").read_text(encoding="utf-8"))
FOLDERS = [ROOT / "static/vendor", ROOT / "tests/vendor"]
NOT_VENDORED = {"vendored.json", "importmap.json"}


def record_of(folder: Path) -> list[dict[str, str]]:
    return json.loads((folder / "vendored.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_vendored_file_is_byte_for_byte_the_recorded_one(folder):
    recorded = {row["file"]: row["sha256"] for row in record_of(folder)}
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in NOT_VENDORED
    }
    assert found == recorded


@pytest.mark.parametrize("entry", WANTED, ids=lambda entry: entry["package"])
def test_the_record_holds_the_wanted_version_its_files_and_a_licence(entry):
    rows = [row for row in record_of(ROOT / entry["into"]) if row["package"] == entry["package"]]
    files = {row["file"].removeprefix(entry["package"] + "/") for row in rows}
    assert {row["version"] for row in rows} == {entry["version"]} and all(row["licence"] for row in rows)
    assert set(entry["files"]) < files and any(name.startswith("LICEN") for name in files)


def test_the_import_map_leads_every_bare_import_to_a_file_of_ours():
    imports = json.loads((ROOT / "static/vendor/importmap.json").read_text(encoding="utf-8"))["imports"]
    assert all((ROOT / address.lstrip("/")).is_file() for address in imports.values())
    for address in imports.values():
        module = (ROOT / address.lstrip("/")).read_text(encoding="utf-8")
        imported = set(re.findall(r"""\bfrom ?["']([^"'./][^"']*)["']""", module))
        assert imported <= set(imports), f"{address} imports {imported - set(imports)}"
