"""The message catalogues: extracted from the code, kept as text in `translations/`, compiled when stale at start.

The compiled twin is not kept in version control: two truths would drift.
"""

import json
import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
TRANSLATIONS = ROOT / "translations"
MAPPING = ROOT / "babel.cfg"
# ngettext keeps its usual arguments; `later` is lazy_gettext at import time.
KEYWORDS = {"_": None, "gettext": None, "later": None, "ngettext": (1, 2)}
PHONE = "static/phone/"
SAID = re.compile(r'(?<![\w.])_\(\s*("(?:[^"\\]|\\.)*")')


def extracted(root: Path = ROOT) -> Catalog:
    """Every message of Python, templates and phone modules, as they stand now."""
    found = Catalog(charset="utf-8")
    with MAPPING.open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    for folder in ("fieldapp", "templates", "static/phone"):
        rows = extract_from_dir(root / folder, methods, options, keywords=KEYWORDS, directory_filter=lambda path: True)
        for name, line, message, _comments, context in rows:
            found.add(message, None, [(f"{folder}/{name}".replace("\\", "/"), line)], context=context)
    return found


def messages_of_module(file: BinaryIO, keywords: object, comment_tags: object, options: object) -> Iterator[tuple[int, str, str, list[str]]]:
    """Every `_("text")` of a phone module, as Babel asks for it: (line, function, text, comments).

    Babel's own reader of template strings ends an expression at its first brace, and so never sees `_("%(n)s hộ", { n })`."""
    text = file.read().decode()
    for found in SAID.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, "_", json.loads(found[1]), []


def read(path: Path) -> Catalog:
    """The catalogue kept at this path."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def update_catalogues(translations: Path = TRANSLATIONS) -> list[str]:
    """Brings every kept catalogue up to what the code says now; returns the messages that wait for words, as `en: message`.

    Fuzzy guesses are not made: a wrong translation reads like a right one."""
    template, waiting = extracted(), []
    for path in sorted(translations.glob("*/LC_MESSAGES/messages.po")):
        kept = read(path)
        # Else the date alone would change the file at every run.
        template.creation_date = kept.creation_date
        kept.update(template, no_fuzzy_matching=True)
        kept.obsolete.clear()
        with path.open("wb") as file:
            # No line numbers: they would change in every commit and tell nobody anything.
            write_po(file, kept, width=120, sort_output=True, include_lineno=False)
        waiting += [f"{path.parts[-3]}: {message.id}" for message in kept if message.id and not _said(message)]
    return waiting


def _said(message: Message) -> bool:
    """Whether it has its words; one of several numbers has them for each."""
    return all(message.string) if isinstance(message.string, (tuple, list)) else bool(message.string)


def compile_stale(translations: Path = TRANSLATIONS) -> None:
    """Writes the compiled twin of each catalogue whose text is newer."""
    for path in translations.glob("*/LC_MESSAGES/messages.po"):
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            continue
        half = compiled.with_suffix(f".{os.getpid()}")
        with half.open("wb") as file:
            write_mo(file, read(path))
        # Replaced whole: another process starting now must not read half a catalogue.
        os.replace(half, compiled)


@lru_cache
def phone_words(language: str, path: Path | None = None) -> dict[str, str]:
    """The phone's messages in this language, Vietnamese to words; empty for Vietnamese."""
    path = path or TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return {}
    of_phone = (m for m in read(path) if any(name.startswith(PHONE) for name, _line in m.locations))
    return {str(message.id): str(message.string) for message in of_phone if message.id and message.string}
