"""What the phone keeps to start without a network: one list of addresses with content hashes, made from what this server serves.

The list is part of the worker's own text: a changed file changes the worker, the browser sees that, installs all anew and swaps
whole versions. There is no build step that could forget a file. What the page does not load itself comes in a pack: one answer
is one compression and one round trip, where eighty were (docs/decisions/0028-one-pack.md). The scanner is a pack apart.
"""

import base64
import hashlib
import json
from pathlib import Path

from fieldapp.web.files import content_of
from fieldapp.web.phone.pack import DIGEST_LETTERS, Kept, in_order, joined, travelling

KEPT_SUFFIXES = (".js", ".mjs", ".css", ".svg", ".woff2")
# The browser's tab; the others are the system's business once the app is on the home screen.
KEPT_ICON = "icons/icon.svg"
WORKER = "sw.js"
# What the page loads before a worker stands behind it (tests/web/test_phone_shell.py follows the imports), and what few ever load.
PAGE = ("/phone/", "/phone/manifest.webmanifest", "/static/phone/phone.css", "/static/phone/icons/icon.svg")
BEFORE_THE_APP = ("main.js", "first.js", "gate.js", "words.js")
SINGLE = {*PAGE, *(f"/static/phone/{name}" for name in BEFORE_THE_APP)}
# The words of another language: kept by a phone that once spoke it, and no weight for the others.
ONCE_SPOKEN = "/phone/words."
APP, SCANNER = "/phone/pack", "/phone/pack/scanner"
# What reads a door card: a pack of its own, since few phones change theirs and nobody waits for it.
OF_THE_SCANNER = {"/static/vendor/jsqr/dist/jsQR.js", *(f"/static/phone/{name}.js" for name in ("eye", "screens/camera", "screens/scan"))}
# Shown before there is a worker, to the few who can't begin: from the network.
NOT_KEPT = (WORKER, "screens/gate.js")
# Of a file in a pack so much says whether the version before's is worth a try: the pack's own digest tells if it was.
HINT_LETTERS = 2


def files(static: Path) -> list[Kept]:
    """Every file that the phone needs: its own, and the vendored libraries it imports."""
    phone = static / "phone"
    modules = [path for path in sorted(phone.rglob("*")) if path.suffix in KEPT_SUFFIXES and path.parent.name != "icons"]
    own = [path for path in modules if path.relative_to(phone).as_posix() not in NOT_KEPT] + list(phone.glob(KEPT_ICON))
    vendored = sorted(static.parent / address.lstrip("/") for address in set(import_map(static)["imports"].values()))
    return [Kept(f"/static/{path.relative_to(static).as_posix()}", content_of(path)) for path in own + vendored]


def worker(static: Path, pages: list[Kept]) -> bytes:
    """The text of the service worker: the lists of what to keep and their version, then the worker's own code."""
    kept = pages + files(static)
    packs = []
    for address in (APP, SCANNER):
        packed = _packed(address, kept)
        packs.append([address, Kept(address, joined(packed)).digest(), {each.address: each.digest(HINT_LETTERS) for each in packed}])
    single = {each.address: each.digest() for each in kept if not _pack_of(each)}
    code = content_of(static / "phone" / WORKER)
    text = f"self.PACKS = {_json(packs)};\nself.SINGLE = {_json(single)};\n".encode() + code
    return f'self.VERSION = "{hashlib.sha256(text).hexdigest()[:DIGEST_LETTERS]}";\n'.encode() + text


def pack(address: str, static: Path, pages: list[Kept]) -> bytes:
    """What is served as the pack of this address."""
    return travelling(_packed(address, pages + files(static)))


def _packed(address: str, kept: list[Kept]) -> tuple[Kept, ...]:
    return in_order(tuple(each for each in kept if _pack_of(each) == address))


def _pack_of(each: Kept) -> str | None:
    """The address of the pack that it travels in; None when it travels alone."""
    if each.address in SINGLE or each.address.startswith(ONCE_SPOKEN):
        return None
    return SCANNER if each.address in OF_THE_SCANNER else APP


def listed(worker_text: bytes) -> tuple[dict[str, tuple[str, dict[str, str]]], dict[str, str]]:
    """What a worker's text says is kept: {pack: (its digest, {file: how its digest begins})} and {single file: its digest}."""
    packs, single = (json.loads(line.split(b" = ")[1].rstrip(b";")) for line in worker_text.splitlines()[1:3])
    return {address: (digest, hints) for address, digest, hints in packs}, single


def first_visit(worker_text: bytes) -> list[str]:
    """The addresses of all that a first visit fetches, without the scanner."""
    return ["/phone/sw.js", APP, *(address for address in listed(worker_text)[1] if not address.startswith(ONCE_SPOKEN))]


def version_in(worker_text: bytes) -> str:
    """The version that a worker's text bears."""
    return worker_text[: worker_text.index(b"\n")].split(b'"')[1].decode()


def import_map(static: Path) -> dict[str, dict[str, str]]:
    """Which file a module's name stands for, as vendoring wrote it."""
    return dict(json.loads((static / "vendor" / "importmap.json").read_text("utf-8")))


def import_map_text(static: Path) -> str:
    """The import map as it stands inline in the phone's page."""
    return _json(import_map(static))


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def digest(text: str) -> str:
    """What the content security policy calls an inline script: sha256-…"""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
