"""What the phone keeps to start without a network: one list of addresses with content hashes, made from what this server serves.

The list is part of the worker's own text: a changed file changes the worker, the browser sees that, installs all anew and swaps
whole versions. There is no build step that could forget a file.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from fieldapp.web.files import content_of

KEPT_SUFFIXES = (".js", ".mjs", ".css", ".svg", ".woff2")
# The page's own; the others are the system's business once the app is on the home screen.
KEPT_ICON = "icons/icon-192.png"
WORKER = "sw.js"


@dataclass(frozen=True, slots=True)
class Page:
    """An address that is answered from memory: `content`, as served."""

    address: str
    content: bytes


def files(static: Path) -> list[tuple[str, str]]:
    """Address and SHA-256 of every file that the phone needs: its own, and the vendored libraries it imports."""
    phone = static / "phone"
    modules = [path for path in sorted(phone.rglob("*")) if path.suffix in KEPT_SUFFIXES and path.parent.name != "icons"]
    own = [path for path in modules if path.name != WORKER] + list(phone.glob(KEPT_ICON))
    vendored = sorted(static.parent / address.lstrip("/") for address in set(import_map(static)["imports"].values()))
    addresses = ((f"/static/{path.relative_to(static).as_posix()}", path) for path in own + vendored)
    return [(address, hashlib.sha256(content_of(path)).hexdigest()) for address, path in addresses]


def worker(static: Path, pages: list[Page]) -> bytes:
    """The text of the service worker: the list of what to keep and its version, then the worker's own code."""
    kept = [(page.address, hashlib.sha256(page.content).hexdigest()) for page in pages] + files(static)
    code = content_of(static / "phone" / WORKER)
    listed = json.dumps(kept, indent=0)
    version = hashlib.sha256(listed.encode() + code).hexdigest()[:12]
    return f'self.VERSION = "{version}";\nself.PRECACHE = {listed};\n'.encode() + code


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
