"""How many files travel as one answer: what is alike stands together, which is what a compression lives on.

Each file comes after the one most like it, and the texts that people read before them all (docs/decisions/0028-one-pack.md). The
phone's worker knows the files' order from its list, and puts the texts back into their gaps.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

# Between files, and in place of each text with letters that are not ASCII: nothing that is served has these characters.
BETWEEN, TEXT_HERE = "\0", "\1"
TEXT = re.compile(r'(?<=")[^"\\\n]*[^"\\\n\0-\x7f][^"\\\n]*(?=")')
WORD = re.compile(r"\w+")
# So much of a SHA-256 tells a file or pack of another version, or a mangled one, well enough; nothing squeezes the rest.
DIGEST_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Kept:
    """An address and what is served there."""

    address: str
    content: bytes

    def digest(self, letters: int = DIGEST_LETTERS) -> str:
        """How the SHA-256 of the content begins."""
        return hashlib.sha256(self.content).hexdigest()[:letters]


@lru_cache(maxsize=8)
def in_order(files: tuple[Kept, ...]) -> tuple[Kept, ...]:
    """The files, the first first, each after the one that it has the most words in common with."""
    words = {each: frozenset(WORD.findall(each.content.decode())) for each in files}
    left, ordered = list(files[1:]), list(files[:1])
    while left:
        before = words[ordered[-1]]
        nearest = max(left, key=lambda each: len(before & words[each]) / (len(before | words[each]) or 1))
        left.remove(nearest)
        ordered.append(nearest)
    return tuple(ordered)


def joined(files: tuple[Kept, ...]) -> bytes:
    """The files one after another: what a pack's digest is of."""
    texts = [each.content.decode() for each in files]
    odd = [each.address for each, text in zip(files, texts, strict=True) if BETWEEN in text or TEXT_HERE in text]
    if odd:
        raise ValueError(f"{odd[0]}: has a character that stands between files or for a text")
    return BETWEEN.join(texts).encode()


def travelling(files: tuple[Kept, ...]) -> bytes:
    """The pack as it is served: the texts that people read, then the files with a gap for each."""
    whole = joined(files).decode()
    return BETWEEN.join((TEXT_HERE.join(TEXT.findall(whole)), TEXT.sub(TEXT_HERE, whole))).encode()
