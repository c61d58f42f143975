"""A whole commune's year and a half, made up by a seed: thousands of households in a dozen villages, whose visits come late and at all hours,
are corrected, put away and taken back, while houses move, people marry into other houses, and doubles are merged.

It is the story of tests/story.py told of many. Households have to do with their neighbours only, as in life: were any merged with any, all
would soon be one."""

import random
from datetime import UTC, datetime, timedelta

from fieldapp.survey.day import instant, moment
from tests.story import Story

VILLAGES = tuple(f"thon-{number}" for number in range(1, 13))
# village → the one that it became part of, and since when; one of them twice over.
MERGED = {"thon-12": ("thon-11", "2026-03-01"), "thon-11": ("thon-10", "2026-08-15"), "thon-9": ("thon-1", "2026-06-30")}
BEGUN, DAYS = datetime(2025, 7, 1, tzinfo=UTC), 540  # to the end of 2026
FOUNDING_DAYS = 60
NEIGHBOURS = 6
ON_TIME_SHARE, LATEST_DAYS = 0.75, 120


class Crowd(Story):
    """events: as their authors sealed them; `arriving` has them in the order in which they come in."""

    VILLAGES = VILLAGES
    KINDS = (*["visit"] * 16, *["correct"] * 5, *["void"] * 4, *["move"] * 3, "merge", *["review"] * 2, *["list"] * 2, *["erase"] * 2)

    def __init__(self, chance: random.Random, households: int, sayings_each: float) -> None:
        self.HOUSEHOLDS, self.SAYINGS = households, round(households * sayings_each)
        self.place: dict[str, int] = {}
        super().__init__(chance)

    def moment(self):
        """At any hour: late in the evening of one day in London is the next day here. One in five hundred clocks is far ahead."""
        day = DAYS + 200 if self.chance.random() < 0.002 else self.chance.randrange(DAYS if len(self.place) == self.HOUSEHOLDS else FOUNDING_DAYS)
        return moment(BEGUN + timedelta(days=day, minutes=self.chance.randrange(24 * 60)))

    def other(self, home):
        start = self.place[home] // NEIGHBOURS * NEIGHBOURS
        return self.chance.choice(self.homes[start : start + NEIGHBOURS])

    def register(self):
        super().register()
        self.place[next(reversed(self.people))] = len(self.place)

    def a_void(self, home):
        """Now and then what was put away is taken back."""
        earlier = self.some_event(home, "void") if self.chance.random() < 0.4 else None
        return {"event": earlier["id"], "reason": "không nhầm"} if earlier else super().a_void(home)

    def a_move(self, home):
        """Half of them a household to another village, half a person to a neighbour's house, told by both houses or by one of them."""
        if self.chance.random() < 0.5:
            return {"village": self.chance.choice(self.VILLAGES), "reason": "tách thôn"}
        person, other = self.chance.choice(self.people[home]), self.other(home)
        if other == home:
            return None
        if self.chance.random() < 0.8:
            values = {"name": f"Người {person}", "birth_year": 1999, "residence": "permanent", **self.values("people")}
            self.tell("move", other, {"person": person, "from": home, "values": values, "reason": ""}, "minh")
        return {"person": person, "to": other, "reason": "lấy chồng"}

    def arriving(self):
        """Most as they were made; the others days or months later, whatever was made meanwhile."""
        late = random.Random(f"late {len(self.events)}")
        return sorted(self.events, key=lambda each: _after(each["at"], 0 if late.random() < ON_TIME_SHARE else late.randint(1, LATEST_DAYS)))


def _after(at, days):
    return instant(at) + timedelta(days=days)
