"""The keys of recovery sheets, as a person at the command line gives them: in a file, or typed when asked."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fieldapp.commands import Impossible
from fieldapp.serving import making
from fieldapp.store.sealing import WrongKey, read_private

ASKED = "Khóa trên phiếu khôi phục của {name} · Key of the recovery sheet: "
ONCE_MORE = "Chưa đúng: có chữ sai, thiếu hoặc thừa. Xem lại từng nhóm rồi gõ lại. · Mistyped: check each group and type it again."
TRIES = 5


def keys(key_file: Path | None, communes: Iterable[str]) -> list[Any]:
    """The private keys: of the given file, else typed at the terminal, one for each commune (by its name). Raises Impossible."""
    if key_file is None:
        return [_typed(name) for name in communes]
    with making(key_file):
        # As Notepad may have saved it.
        text = key_file.read_bytes().decode("utf-8-sig", "replace")
    try:
        whole = _key_in(text)
        return [whole] if whole is not None else [read_private(line) for line in text.splitlines() if line.strip()]
    except WrongKey:
        raise Impossible(
            "Khóa gõ chưa đúng: có chữ sai, thiếu hoặc thừa. Xem lại từng nhóm trên phiếu.", "The key was mistyped: check each group on the sheet."
        ) from None


def _typed(name: str) -> Any:
    """Seen while it is typed: fifty-five letters that nobody sees are not typed right."""
    for _try in range(TRIES):
        try:
            key = _key_in(input(ASKED.format(name=name)))
        except EOFError:
            print()
            break
        if key is not None:
            return key
        print(ONCE_MORE)
    raise Impossible("Chưa có khóa.", "No key was given.")


def _key_in(text: str) -> Any:
    """The key that the whole text is, whether on one line or on several; None when it is none."""
    try:
        return read_private(text)
    except WrongKey:
        return None
