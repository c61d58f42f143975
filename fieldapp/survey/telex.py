"""Search that forgives: accents left out, and Telex or VNI keys typed where no Vietnamese keyboard was on ("Nguyeenx Vawn",
"Nguye6n4 Va8n").

A query's word is read in up to three ways (as it is, as Telex, as VNI), each folded; it finds a name when one of them begins
a word of it. The phone's twin is in static/phone/survey/text.js; tests/vectors/text.json binds both."""

import re

from fieldapp.survey.text import folded, nfc, with_tone_first

EXACT, FOLDED, TYPED_RAW = 0, 1, 2

ONSET = re.compile(r"[^aeiouyw]*")
# No Vietnamese syllable has these after its vowel: there they are keys for the tone or for đ.
TONE_KEYS = re.compile(r"[sfrxjzd]")
DOUBLED = re.compile(r"([aeo])\1+")
# The hat typed at the end of the word: "nguyene" for nguyên.
HAT_AT_END = re.compile(r"([aeo])([^aeiouy]+)\1$")
VNI_WORD = re.compile(r"[a-z]+[0-9][a-z0-9]*")


def telex_folded(word: str) -> str:
    """A folded word read as Telex keys: "nguyeenx" is nguyen, "ddaof" dao, "tw" tu."""
    onset = ONSET.match(word)[0]  # type: ignore[index]
    rhyme = TONE_KEYS.sub("", word[len(onset):])
    if rhyme.startswith("w"):
        rhyme = "u" + rhyme[1:]
    rhyme = DOUBLED.sub(r"\1", rhyme.replace("w", ""))
    return onset.replace("dd", "d") + HAT_AT_END.sub(r"\1\2", rhyme)


def vni_folded(word: str) -> str:
    """A folded word read as VNI keys: "nguye6n4" is nguyen, "d9ao2" dao; a word that begins with a digit is a number and
    stays."""
    return re.sub("[0-9]", "", word) if VNI_WORD.fullmatch(word) else word


def readings(query: str) -> list[tuple[str, ...]]:
    """For each word of a query the folded texts that it may mean, as typed first."""
    return [tuple(dict.fromkeys((word, telex_folded(word), vni_folded(word)))) for word in folded(query).split()]


def matches(query: str, key: str) -> bool:
    """Whether every word of the query, in some reading, begins a word of a folded key; an empty query finds everything."""
    return all(any(_begins_word(key, reading) for reading in words) for words in readings(query))


def rank(query: str, name: str) -> int | None:
    """How well a name answers a query: EXACT accents 0, FOLDED 1, TYPED_RAW (Telex, VNI) 2, None when it doesn't."""
    key, words = folded(name), readings(query)
    if not all(any(_begins_word(key, reading) for reading in ways) for ways in words):
        return None
    toned = " ".join(with_tone_first(word) for word in nfc(name).split())
    if all(_begins_word(toned, with_tone_first(word)) for word in nfc(query).split()):
        return EXACT
    return FOLDED if all(_begins_word(key, ways[0]) for ways in words) else TYPED_RAW


def _begins_word(key: str, word: str) -> bool:
    # Numbers are found anywhere: a household code is looked for by its end.
    return f" {word}" in f" {key}" or (word[:1].isdigit() and word in key)
