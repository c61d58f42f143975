"""The code that a new server prints in its terminal: only who started the server may set up its commune.

Kept as a hash in the data folder, so that it fits whichever process answers; a new start prints a new one."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from fieldapp.store.devices import ALPHABET, CODE_LENGTH

FILE = "founding"


def new_code(folder: Path) -> str:
    """A new code, in the place of an older one."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    folder.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(_hash(code))
    return f"{code[:4]}-{code[4:]}"


def fits(folder: Path, typed: str) -> bool:
    """Whether this is the code; dashes, spaces and small letters don't matter."""
    code = typed.upper().replace("-", "").replace(" ", "").translate(str.maketrans("OIL", "011"))
    try:
        return hmac.compare_digest((folder / FILE).read_text("ascii"), _hash(code))
    except FileNotFoundError:
        return False


def use_up(folder: Path) -> bool:
    """No code fits any more; False when somebody else just used it up: of two who press the button at once, one sets the commune up."""
    try:
        (folder / FILE).unlink()
    except FileNotFoundError:
        return False
    return True


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
