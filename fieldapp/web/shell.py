"""What the phone keeps to start without a network: one list of addresses with content hashes, made from what this server serves.

The list is part of the worker's own text: a changed file changes the worker, the browser sees that, installs all anew and swaps
whole versions. There is no build step that could forget a file. What the page does not load itself comes in one pack: one answer
is one compression and one round trip, where eighty were (docs/decisions/0028-one-pack.md).
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from fieldapp.web.files import content_of

KEPT_SUFFIXES = (".js", ".mjs", ".css", ".svg", ".woff2")
# The browser's tab; the others are the system's business once the app is on the home screen.
KEPT_ICON = "icons/icon.svg"
WORKER = "sw.js"
# What the page loads before a worker stands behind it (tests/web/test_phone_shell.py follows the imports), and what few ever load.
PAGE = ("/phone/", "/phone/manifest.webmanifest", "/static/phone/phone.css", "/static/phone/icons/icon.svg")
BEFORE_THE_APP = ("main.js", "first.js", "gate.js", "words.js")
SCANNER = "/static/vendor/jsqr/dist/jsQR.js"
# The words of another language: kept by a phone that once spoke it, and no weight for the others.
ONCE_SPOKEN = "/phone/words."
SINGLE = {*PAGE, *(f"/static/phone/{name}" for name in BEFORE_THE_APP), SCANNER}
# So much of a SHA-256 tells a file of another version, or a mangled one, well enough; and the rest of eighty is two kilobytes that nothing squeezes.
DIGEST_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Kept:
    """An address and what is served there."""

    address: str
    content: bytes

    @property
    def is_packed(self) -> bool:
        return self.address not in SINGLE and not self.address.startswith(ONCE_SPOKEN)


def files(static: Path) -> list[Kept]:
    """Every file that the phone needs: its own, and the vendored libraries it imports."""
    phone = static / "phone"
    modules = [path for path in sorted(phone.rglob("*")) if path.suffix in KEPT_SUFFIXES and path.parent.name != "icons"]
    own = [path for path in modules if path.name != WORKER] + list(phone.glob(KEPT_ICON))
    vendored = sorted(static.parent / address.lstrip("/") for address in set(import_map(static)["imports"].values()))
    return [Kept(f"/static/{path.relative_to(static).as_posix()}", content_of(path)) for path in own + vendored]


def worker(static: Path, pages: list[Kept]) -> bytes:
    """The text of the service worker: the list of what to keep and its version, then the worker's own code."""
    kept = pages + files(static)
    rows = [[each.address, hashlib.sha256(each.content).hexdigest()[:DIGEST_LETTERS], _bytes_in_pack(each)] for each in kept]
    code = content_of(static / "phone" / WORKER)
    listed = json.dumps(rows, separators=(",", ":"))
    version = hashlib.sha256(listed.encode() + code).hexdigest()[:12]
    return f'self.VERSION = "{version}";\nself.PRECACHE = {listed};\n'.encode() + code


def pack(static: Path, pages: list[Kept]) -> bytes:
    """The contents of all that is packed, one after another in the list's order; the list says how long each is."""
    return b"".join(each.content for each in pages + files(static) if each.is_packed)


def _bytes_in_pack(each: Kept) -> int:
    return len(each.content) if each.is_packed else 0


def version_in(worker_text: bytes) -> str:
    """The version that a worker's text bears."""
    return worker_text[: worker_text.index(b"\n")].split(b'"')[1].decode()


def import_map(static: Path) -> dict[str, dict[str, str]]:
    """Which file a module's name stands for, as vendoring wrote it."""
    return dict(json.loads((static / "vendor" / "importmap.json").read_text("utf-8")))


def import_map_text(static: Path) -> str:
    """The import map as it stands inline in the phone's page."""
    return json.dumps(import_map(static), separators=(",", ":"))


def digest(text: str) -> str:
    """What the content security policy calls an inline script: sha256-…"""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
