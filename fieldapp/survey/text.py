"""Vietnamese names: one normal form, one folding for search, one order for lists.

đ is a letter, not a d with a mark, so no database folds it; hòa and hoà are two spellings of one name; lists go by the given
name, which stands last, in an alphabet of its own. PostgreSQL has no ICU here, so the order is a column of plain letters and
digits. The phone's twin is static/phone/survey/text.js; tests/vectors/text.json binds both. Search is in telex.py."""

import re
import unicodedata
from functools import lru_cache

GRAVE, HOOK, TILDE, ACUTE, DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
TONES = {GRAVE: "1", HOOK: "2", TILDE: "3", ACUTE: "4", DOT: "5"}
# ă â, ê, ô ơ, ư stand after their plain letter; đ after d is seen apart, as it has no mark to take off.
SHAPES = {"a\u0306": "a1", "a\u0302": "a2", "e\u0302": "e1", "o\u0302": "o1", "o\u031b": "o2", "u\u031b": "u1"}
MARKS = re.compile("[\u0300-\u036f\u200b-\u200f\u2060\ufeff]")
END, BETWEEN_WORDS = "00", "01"
FEWEST_WORDS, MOST_WORDS = 2, 6


def nfc(text: str) -> str:
    """The composed form, in which every text is kept and sent."""
    return unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    """The search key: no marks, đ as d, lower case, single spaces. hòa, hoà and HOA are all "hoa"."""
    bare = MARKS.sub("", unicodedata.normalize("NFD", text)).lower().replace("đ", "d")
    return " ".join(bare.split())


def with_tone_first(word: str) -> str:
    """A word's tone as a digit, then its letters without the tone: wherever the tone was written (hòa, hoà), the same text."""
    tone, letters = "0", []
    for character in unicodedata.normalize("NFD", word.lower()):
        if character in TONES:
            tone = TONES[character]
        else:
            letters.append(character)
    return tone + nfc("".join(letters))


def sort_key(name: str) -> str:
    """The place of a name in a list, as text whose bytes compare: given name, then family name, then the middle; letters
    before tones.

    Two characters a letter, 00, then a digit for each word's tone; only lower-case letters and digits, so that every
    collation agrees."""
    words = name.split()
    given, family, middle = words[-1:], words[:-1][:1], words[1:-1]
    return "".join(_key(part) for part in (given, family, middle))


def name_problem(name: str) -> str | None:
    """What makes a name doubtful (never wrong): name_has_digits, name_one_word, name_too_many_words; else None."""
    if any(character.isdecimal() for character in name):
        return "name_has_digits"
    words = len(name.split())
    if words < FEWEST_WORDS:
        return "name_one_word"
    return "name_too_many_words" if words > MOST_WORDS else None


def _key(words: list[str]) -> str:
    keys = [_word(word) for word in words]
    return BETWEEN_WORDS.join(letters for letters, _tone in keys) + END + ("".join(tone for _letters, tone in keys) or "0")


@lru_cache(maxsize=4096)
def _word(word: str) -> tuple[str, str]:
    # All names of a commune are made of some hundred words.
    toned = with_tone_first(word)
    return _letters(toned[1:]), toned[0]


def _letters(word: str) -> str:
    found: list[str] = []
    for character in unicodedata.normalize("NFD", word).replace("đ", "d\u0335"):
        if character == "\u0335":
            found[-1] = "d1"
        elif found and found[-1][0] + character in SHAPES:
            found[-1] = SHAPES[found[-1][0] + character]
        elif "a" <= character <= "z":
            found.append(character + "0")
        elif "0" <= character <= "9":
            found.append("1" + character)
    return "".join(found)
