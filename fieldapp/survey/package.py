"""A package as a text: what a commune on a server of its own sends its province each month.

JSON lines: first the signature, over every byte after that line's end; then whose it is; then a line for each month and indicator that was ever told,
so that a package that never arrived is made good by the next one."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

FORMAT, VERSION = "tung-nha-package", 1


def body_of(about: Mapping[str, Any], lines: Iterable[Mapping[str, Any]]) -> str:
    """What is signed."""
    return "".join(f"{_line(each)}\n" for each in (about, *lines))


def joined(key: str, signature: str, body: str) -> str:
    """The whole text."""
    return f"{_line({'format': FORMAT, 'version': VERSION, 'key': key, 'signature': signature})}\n{body}"


def parted(text: str) -> tuple[str, str]:
    """(the line of the signature, what was signed)."""
    head, _, body = text.partition("\n")
    return head, body


def _line(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
