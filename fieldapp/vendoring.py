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
    # Everything is fetched before anything is replaced: a failed download leaves the old files whole.
    published = {entry["package"]: fetch(npm, entry) for entry in wanted}
    for into in sorted({entry["into"] for entry in wanted}):
        replace(root / into, [entry for entry in wanted if entry["into"] == into], published)
    return 0


def fetch(npm: str, entry: dict[str, Any]) -> dict[str, bytes]:
    """{name: content} of one published package, fetched by npm, which checks it against the registry's own hash."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = f"{entry['package']}@{entry['version']}"
        subprocess.run([npm, "pack", "--silent", wanted], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        (tarball,) = Path(folder).glob("*.tgz")
        with tarfile.open(tarball) as packed:
            files = ((member.name, packed.extractfile(member)) for member in packed)
            return {name.removeprefix("package/"): content.read() for name, content in files if content}


def replace(folder: Path, entries: list[dict[str, Any]], published: dict[str, dict[str, bytes]]) -> None:
    """Writes one vendored folder anew: files, licences, record and, where modules are imported by name, the import map."""
    shutil.rmtree(folder, ignore_errors=True)
    record, imports = [], {}
    for entry in entries:
        package, content = entry["package"], published[entry["package"]]
        licence = json.loads(content["package.json"])["license"]
        licences = dict.fromkeys(name for name in sorted(content) if name.startswith(("LICENSE", "LICENCE")))
        for name, imported_as in {**licences, **entry["files"]}.items():
            path = folder / package / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content[name])
            published_as = {"package": package, "version": entry["version"], "licence": licence}
            record.append({**published_as, "file": f"{package}/{name}", "sha256": hashlib.sha256(content[name]).hexdigest()})
            if imported_as:
                imports[imported_as] = f"/{entry['into']}/{package}/{name}"
    write(folder / RECORD, record)
    if imports:
        write(folder / IMPORT_MAP, {"imports": imports})


def write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(vendor())
