"""Made communes over some months, everything that would be printed of them, and an attacker who keeps it all.

The attacker knows that parts and rest add up to the whole, and does exact linear algebra: a number is had when it is in the row space of what
was printed. Against who knows the rules too stands a search through every split that would have been printed alike."""

import random
from fractions import Fraction
from itertools import combinations, product

from fieldapp.survey.balance import Balance, total
from fieldapp.survey.disclosure import REST, SMALL, WHOLE, apart, is_told, shown, told

MONTHS = ("2026-07", "2026-08", "2026-09", "2026-10")
PARTS = {"sex": ("female", "male"), "poverty": ("poor", "near_poor", "none")}


class Population:
    """A few communes of some dozens of people: near the bound, so that there is something to hide."""

    def __init__(self, seed, communes=4):
        chance = random.Random(seed)
        # commune → month → kind → part → Balance
        self.truth = {commune: dict(self._months(chance)) for commune in range(communes)}

    def _months(self, chance):
        people = [self._person(chance) for _ in range(chance.choice((6, 14, 25, 60)))]
        for month in MONTHS:
            people += [self._person(chance) for _ in range(chance.choice((0, 1, 4, 12, 30)))]
            for person in chance.sample(people, min(len(people), chance.choice((0, 0, 1, 15)))):
                person["says"] = chance.choice((0, 1))
            for _ in range(chance.choice((0, 0, 0, 11))):
                people.pop(chance.randrange(len(people))) if len(people) > 5 else None
            yield month, {WHOLE: {WHOLE: counted(people)}, **{kind: self._cut(people, kind) for kind in PARTS}}

    def _person(self, chance):
        odds = {"sex": (0.5, 0.46, 0.04), "poverty": (0.3, 0.2, 0.46, 0.04)}
        return {"says": chance.choice((0, 0, 1, 2)), **{kind: chance.choices((*PARTS[kind], None), odds[kind])[0] for kind in PARTS}}

    def _cut(self, people, kind):
        return {part: counted([each for each in people if each[kind] == part]) for part in PARTS[kind]}

    def cells(self, commune, month):
        """(kind, part) → Balance, the rests among them."""
        truth = self.truth[commune][month]
        found = {(kind, part): balance for kind, cells in truth.items() for part, balance in cells.items()}
        for kind in PARTS:
            found[kind, REST] = minus(truth[WHOLE][WHOLE], total(truth[kind].values()))
        return found


def counted(people):
    answers = [each["says"] for each in people]
    return Balance(*(answers.count(says) for says in range(3)))


def minus(one, other):
    return Balance(*(left - right for left, right in zip(one, other, strict=True)))


def printed(world, small_alone=False, sums_of_all=False):
    """Everything printed: {(commune, month, kind, part)} that are told of that very month, and sums over communes as sets of them.

    small_alone, sums_of_all: bugs, planted: only the small part of a cut is hidden; sums count what is hidden."""
    cells, sums = set(), []
    for commune, months in world.truth.items():
        history = []
        for month, truth in months.items():
            history.append(told(month, truth, history))
            for kind, each in history[-1].items():
                if shown(each) is not None:
                    cells |= {(commune, each.since, kind, part) for part in each.cells}
            if small_alone and is_told(history[-1].get(WHOLE), month):
                big = {(kind, part) for kind in PARTS for part, balance in truth[kind].items() if balance.eligible >= SMALL}
                cells |= {(commune, month, *place) for place in big}
    for month in MONTHS:
        every = [(commune, month, WHOLE, WHOLE) for commune in world.truth]
        sums.append([each for each in every if sums_of_all or each in cells])
    return cells, sums


class Attacker:
    """Exact linear algebra over everything printed. It is the same for yes, no and unknown, and so done once."""

    def __init__(self, world, pages):
        self.world, (self.printed, sums) = world, pages
        self.truth = {(c, m, *place): balance for c in world.truth for m in MONTHS for place, balance in world.cells(c, m).items()}
        # What is small must not be had in any way, by being printed neither.
        self.hidden = {each for each, balance in self.truth.items() if each not in self.printed or balance.eligible < SMALL}
        rows = [{each: 1} for each in self.printed] + [dict.fromkeys(parts, 1) for parts in sums]
        for commune, month, kind in product(world.truth, MONTHS, PARTS):
            parts = {(commune, month, kind, part): -1 for part in (*PARTS[kind], REST)}
            rows.append({(commune, month, WHOLE, WHOLE): 1, **parts})
        self.basis = {}
        for row in rows:
            row = self._reduced(row)
            if row:
                first = min(row)
                self.basis[first] = {place: Fraction(value) / row[first] for place, value in row.items()}

    def recovered(self):
        """What was not to be told and is had all the same. Of a rest where nobody said anything nothing is had."""
        return [each for each in sorted(self.hidden) if self._has({each: 1}) and self._says(each)]

    def small_differences(self):
        """Pairs of months whose difference is had and is of a few people."""
        places = sorted({(commune, *rest) for commune, _month, *rest in self.truth})
        found = []
        for (commune, kind, part), (one, other) in product(places, combinations(MONTHS, 2)):
            before, after = (commune, one, kind, part), (commune, other, kind, part)
            few = not apart(self.truth[before], self.truth[after]) and (self._says(before) or self._says(after))
            if few and self._has({after: 1, before: -1}):
                found.append((before, after))
        return found

    def _says(self, place):
        return place[-1] != REST or any(self.truth[place][:2])

    def _has(self, wanted):
        return not self._reduced(wanted)

    def _reduced(self, row):
        row, done = dict(row), set()
        while waiting := [place for place in row if place in self.basis and place not in done]:
            first = min(waiting)
            times = row[first]
            for place, value in self.basis[first].items():
                row[place] = row.get(place, 0) - times * value
                if not row[place]:
                    del row[place]
            done.add(first)
        return row


def truly(world):
    """For each cut by sex that is hidden or stands as it was: how many numbers of women are possible, for who knows the rules, the whole, all that
    was told before, and even who is of no sex."""
    for months in world.truth.values():
        history = []
        for month, truth in months.items():
            now = told(month, truth, history)
            if is_told(now.get(WHOLE), month) and not is_told(now.get("sex"), month):
                yield len({each.eligible for each in _alike(month, truth, history, now.get("sex"))})
            history.append(now)


def _alike(month, truth, history, said):
    both = total(truth["sex"].values())
    for women in (Balance(*each) for each in product(*(range(number + 1) for number in both))):
        asked = {WHOLE: truth[WHOLE], "sex": {"female": women, "male": minus(both, women)}}
        if told(month, asked, history).get("sex") == said:
            yield women
