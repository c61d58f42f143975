"""Which visits are checked: drawn by chance, with more chance where there is more doubt. Whoever has the visits and the seed draws the same.

Each visit's place comes from SHA-256 of seed and visit, as a number u between 0 and 1, raised to one by its weight w: the highest u^(1/w) are
drawn (Efraimidis and Spirakis, 2006). A visit of weight 3 is drawn three times as readily as one of weight 1, and none is certain."""

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

DOUBT, UNCHANGED = 2.0, 1.0


class Candidate(NamedTuple):
    """A visit that may be checked. doubts: how many flags it has; unchanged: nothing was asked in it; habit: the share of its author's
    revisits in which nothing changed."""

    visit: str
    household: str
    member: str
    village: str
    doubts: int
    unchanged: bool
    habit: float

    @property
    def weight(self) -> float:
        return 1 + DOUBT * min(self.doubts, 3) + UNCHANGED * self.unchanged + self.habit


class Drawn(NamedTuple):
    """A visit that is to be checked, and by whom."""

    candidate: Candidate
    checker: str


def drawn(candidates: Collection[Candidate], checkers: Mapping[str, Collection[str]], seed: str, each: int, share: int = 0) -> list[Drawn]:
    """Some visits of each member, each with another member to check it. each: how many at most; share: per cent of theirs, in the place of it where
    given; checkers: village → who may visit there."""
    of_member: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if set(checkers.get(candidate.village, ())) - {candidate.member}:
            of_member[candidate.member].append(candidate)
    chosen: list[Candidate] = []
    for _member, theirs in sorted(of_member.items()):
        chosen += sorted(theirs, key=lambda one: _place(seed, one))[: _number_of(theirs, each, share)]
    busy: Counter[str] = Counter()
    found = []
    for one in chosen:
        # Who has the fewest to do; among those, chance again.
        checker = min(set(checkers[one.village]) - {one.member}, key=lambda other: (busy[other], _number(seed, one.visit + other), other))
        busy[checker] += 1
        found.append(Drawn(one, checker))
    return found


def _number_of(theirs: Collection[Candidate], each: int, share: int) -> int:
    return math.ceil(len(theirs) * share / 100) if share else each


def _place(seed: str, candidate: Candidate) -> tuple[float, str]:
    return -math.log(_number(seed, candidate.visit)) / candidate.weight, candidate.visit


def _number(seed: str, what: str) -> float:
    """Above 0, at most 1."""
    return (int.from_bytes(hashlib.sha256(f"{seed} {what}".encode()).digest()[:6], "big") + 1) / 2**48
