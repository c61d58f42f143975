"""A village's name as people write it: "1. Thôn Đồng Chợ", "KP 3", "TDP Đông Sơn" → its kind and its name.

Marks make other names: Đông Sơn and Đồng Sơn may stand side by side in one commune, and Thôn 1 beside Khu phố 1. So only one and the
same name is refused; names of one kind that differ in marks alone are asked about, as one of them is often a slip."""

import re
from collections.abc import Iterable

from fieldapp.survey.text import folded, nfc, with_tone_first

# How each kind is written, without marks; what is longer stands first.
KINDS = (
    ("to dan pho", "to_dan_pho"), ("tieu khu", "tieu_khu"), ("khu pho", "khu_pho"), ("tdp", "to_dan_pho"), ("kp", "khu_pho"), ("tk", "tieu_khu"),
    ("thon", "thon"), ("ban", "ban"), ("lang", "lang"), ("xom", "xom"),
)  # fmt: skip
USUAL = "thon"
NUMBERED = re.compile(r"^\s*(?:\d+\s*[.):-]|[-–•*])\s+")

Named = tuple[str, str]  # kind, name


def read(line: str) -> Named:
    """Kind and name in one line of a list, without its numbering; a line that names no kind is a thôn."""
    words = NUMBERED.sub("", nfc(line)).strip(" \t.,;-").split()
    bare = [folded(word).rstrip(".:") for word in words]
    for written, kind in KINDS:
        length = len(written.split())
        if " ".join(bare[:length]) == written and len(words) > length:
            return kind, " ".join(words[length:])
    return USUAL, " ".join(words)


def likeness(new: Named, standing: Iterable[Named]) -> str | None:
    """"same" when a village of this kind and name stands already, "alike" when one differs in marks only; else None."""
    kind, name = new
    others = [each for of_kind, each in standing if of_kind == kind]
    if any(_spelling(each) == _spelling(name) for each in others):
        return "same"
    return "alike" if any(folded(each) == folded(name) for each in others) else None


def _spelling(name: str) -> str:
    """hoà and hòa, ĐỒNG and Đồng are one spelling."""
    return " ".join(with_tone_first(word) for word in name.split())
