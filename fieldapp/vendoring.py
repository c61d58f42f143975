"""Brings other people's browser modules into the repository: `python3 run.py vendor` (needs npm and a network; users never do).

The phone has no build step and no foreign host, so its libraries are files of ours, byte for byte as published. `vendor.json`
names the exact versions and files, each with the name that modules import it by. Beside the files stand `vendored.json`, with
the hash of each (a test holds them to it), every licence, and `importmap.json` for the browser. Nothing else is written.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WANTED = Path(__file__).with_name("vendor.json")
RECORD = "vendored.json"
IMPORT_MAP = "importmap.json"


def vendor(root: Path = ROOT) -> int:
    """Replaces the vendored folders by what vendor.json names; the exit code."""
    npm = shutil.which("npm")
    if npm is None:
        print("Cần npm để tải thư viện.\nVendoring needs npm.", file=sys.stderr)
        return 1
    wanted = json.loads(WANTED.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        unpacked = {entry["package"]: unpack(npm, entry, Path(folder)) for entry in wanted}
        # Only now that every package is here: a failed download leaves the old files whole.
        for into in sorted({entry["into"] for entry in wanted}):
            replace(root / into, [entry for entry in wanted if entry["into"] == into], unpacked)
    return 0


def unpack(npm: str, entry: dict[str, Any], folder: Path) -> Path:
    """The folder of one published package, fetched by npm, which checks it against the registry's own hash."""
    place = Path(tempfile.mkdtemp(dir=folder))
    wanted = f"{entry['package']}@{entry['version']}"
    subprocess.run([npm, "pack", "--silent", wanted], cwd=place, check=True, stdout=subprocess.DEVNULL)
    (tarball,) = place.glob("*.tgz")
    with tarfile.open(tarball) as packed:
        packed.extractall(place, filter="data")
    return place / "package"


def replace(folder: Path, entries: list[dict[str, Any]], unpacked: dict[str, Path]) -> None:
    """Writes one vendored folder anew: files, licences, record and, where modules are imported by name, the import map."""
    shutil.rmtree(folder, ignore_errors=True)
    record, imports = [], {}
    for entry in entries:
        source = unpacked[entry["package"]]
        licence = json.loads((source / "package.json").read_text(encoding="utf-8"))["license"]
        licences = {path.name: None for path in source.glob("LICEN[CS]E*")}
        for name, imported_as in {**licences, **entry["files"]}.items():
            file = f"{entry['package']}/{name}"
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, folder / file)
            hashed = hashlib.sha256((folder / file).read_bytes()).hexdigest()
            record.append(
                {"package": entry["package"], "version": entry["version"], "licence": licence, "file": file, "sha256": hashed}
            )
            if imported_as:
                imports[imported_as] = f"/{entry['into']}/{file}"
    write(folder / RECORD, record)
    if imports:
        write(folder / IMPORT_MAP, {"imports": imports})


def write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(vendor())
