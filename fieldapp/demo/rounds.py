"""A member of a team on their rounds: which doors on which day, what is found there, when they come back.

What is said goes into the phone as its events; the phone is synchronised when the round begins and when it ends, or the next
morning where there is no network in the evening."""

import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from fieldapp.demo import habits, helping
from fieldapp.demo.answers import visit
from fieldapp.demo.people import House, Resident
from fieldapp.demo.phone import Phone
from fieldapp.demo.stage import DAYS, Stage, at_local

DOORS_A_ROUND = 5
MOST_ROUNDS = 26
DOORS_AGAIN = 2
MOST_TRIES = 3
FORGOTTEN = 0.03
WEEKEND = 5
NO_NETWORK = 0.12
EASE_GAINED = 0.2
FIRST_OUTCOMES = {"done": 73, "partly": 5, "absent": 16, "refused": 3, "vacant": 2, "moved": 0.7}
LATER_OUTCOMES = {"done": 84, "partly": 3, "absent": 10, "refused": 3}
COMMENTS = (
    "Bác trai đi làm đồng, hẹn tối.", "Nhà đang sửa, mạng chưa kéo lại.", "Ông bà nhờ con gái cài giúp, hẹn cuối tuần.",
    "Máy cũ, màn hình vỡ, khó xem sổ sức khỏe.", "Chị nhà mới bán hàng qua mạng, muốn học thêm.",
    "Căn cước hết hạn, chờ cấp lại.",
)  # fmt: skip

Act = tuple[str, Callable[[], None]]


class Walker:
    """One member with their phone and their lanes. ahead: doors not knocked at yet; due: those to come back to, with the day."""

    def __init__(self, stage: Stage, phone: Phone, houses: list[House], reach: float) -> None:
        self.stage, self.phone = stage, phone
        self.chance = random.Random(f"{stage.seed} rounds {phone.commune} {phone.member}")
        self.houses = houses
        self.ahead = list(houses)
        self.due: list[tuple[date, House]] = []
        self.plan = self._plan(round(len(houses) * reach))

    def _plan(self, doors: int) -> dict[date, int]:
        """Day → new doors: rounds spread over the six weeks, on weekends rather than not."""
        rounds = max(1, min(MOST_ROUNDS, -(-doors // DOORS_A_ROUND)))
        plan: dict[date, int] = {}
        for number in range(rounds):
            start, end = DAYS * number // rounds, DAYS * (number + 1) // rounds
            days = [self.stage.first + timedelta(days=each) for each in range(start, end)]
            weights = [3 if day.weekday() >= WEEKEND else 1 for day in days]
            plan[self.chance.choices(days, weights)[0]] = doors * (number + 1) // rounds - doors * number // rounds
        return plan

    def acts(self, day: date) -> list[Act]:
        """What they do on that day: (moment, act)."""
        waiting = [house for on, house in self.due if on <= day and not house.gone and self.chance.random() > FORGOTTEN]
        new = self.plan.get(day, 0)
        if not waiting and not new:
            return []
        self.due = [(on, house) for on, house in self.due if on > day]
        doors = [*waiting, *self._next(new), *self._again(day)]
        begins, minutes = self._evening(day, len(doors))
        set_out = at_local(day, 0, begins)
        home = at_local(day, 0, begins + minutes * len(doors) + 3)
        no_network = self.chance.random() < NO_NETWORK and day < self.stage.today - timedelta(days=1)
        sent = at_local(day + timedelta(days=1), 6, self.chance.randint(10, 70)) if no_network else home
        return [
            (set_out, self.call),
            (home, lambda: self.go(day, doors, set_out, minutes)),
            (sent, self.call),
        ]

    def _next(self, count: int) -> list[House]:
        self.ahead = [house for house in self.ahead if not house.taken]
        doors, self.ahead = self.ahead[:count], self.ahead[count:]
        return doors

    def _again(self, day: date) -> list[House]:
        """From the third week on two doors more: houses of the first weeks that still need help."""
        if (day - self.stage.first).days < DAYS // 3:
            return []
        expected = {id(house) for _, house in self.due}
        seen_once = (house for house in self.houses if len(house.visits) == 1 and house.surveyed and not house.taken)
        return [house for house in seen_once if id(house) not in expected and self._needs(house, day)][:DOORS_AGAIN]

    def _needs(self, house: House, day: date) -> bool:
        return any(helping.needs(house, person, day.year) for person in house.people if person.left)

    def _evening(self, day: date, doors: int) -> tuple[int, float]:
        """Minutes from midnight at which they set out, and for each door."""
        earliest, latest = (480, 540) if day.weekday() >= WEEKEND else (990, 1060)
        begins = self.chance.randint(earliest, latest)
        return begins, min(self.chance.uniform(8, 13), 210 / max(doors, 1))

    def call(self) -> None:
        """Synchronise, at the moment of the stage."""
        self.phone.at = self.stage.clock.now
        self.phone.sync()

    def go(self, day: date, doors: list[House], set_out: str, minutes: float) -> None:
        self.phone.at = set_out
        for house in doors:
            self.phone.wait(minutes=minutes * self.chance.uniform(0.85, 1.0))
            if not house.gone:
                self.knock(house, day)

    def knock(self, house: House, day: date, outcome: str | None = None) -> str:
        """One visit: the event's id. outcome: drawn when None."""
        if house.surveyed and "partly" not in house.outcomes[-1:]:
            return self._revisit(house, day)
        odds = LATER_OUTCOMES if house.outcomes else FIRST_OUTCOMES
        outcome = outcome or self.chance.choices(tuple(odds), tuple(odds.values()))[0]
        if outcome in ("done", "partly"):
            return self._survey(house, day, outcome)
        tries = house.outcomes.count("absent")
        back = self._back(house, day, 2, 6) if outcome == "absent" and tries + 1 < MOST_TRIES else None
        return self._seal(house, outcome, visit(outcome, return_on=back, seconds=self.chance.randint(8, 30)))

    def _survey(self, house: House, day: date, outcome: str) -> str:
        if not house.surveyed:
            # The word goes round, and houses that are asked later have begun on their own.
            house.ease += EASE_GAINED * ((day - self.stage.first).days / DAYS - 0.35)
        house.rooms = house.rooms or habits.rooms(self.chance, house)
        home = [person for person in house.people if person.residence in ("permanent", "temporary")]
        speaker = self._speaker(home, day.year)
        asked = home if outcome == "done" else [each for each in home if each is speaker]
        told = [person for person in house.people if person in asked or person not in home]
        people = {person.id: self._said(house, person, day.year, speaker) for person in told}
        helped = helping.given(self.chance, house, self._present(asked, speaker, day.year), day.year, self._eagerness(day))
        helping.leave(house, helped)
        back = self._promised(house, day, helped) or (self._back(house, day, 3, 8) if outcome == "partly" else None)
        body = visit(
            outcome, dict(house.rooms), {person: said for person, said in people.items() if said}, helped,
            respondent=speaker.id if speaker else "other_adult", return_on=back,
            seconds=35 + 14 * len(asked) + 25 * len(helped) + self.chance.randint(0, 40),
        )  # fmt: skip
        if self.chance.random() < 0.05:
            body["comment"] = self.chance.choice(COMMENTS)
        if self.chance.random() < 0.01:
            body["seconds"] = 11
        return self._seal(house, outcome, body)

    def _revisit(self, house: House, day: date) -> str:
        """Nothing has changed but what help changes: answers are confirmed, the consent stands."""
        done = helping.finished(house.booked)
        house.booked = []
        known = [person for person in house.people if person.left]
        new = helping.given(self.chance, house, self._present(known, None, day.year), day.year, self._eagerness(day))
        as_promised = {(help["person"], help["service"]) for help in done}
        helped = done + [help for help in new if (help["person"], help["service"]) not in as_promised]
        confirmed = {"house": list(house.rooms), "people": {person.id: _asked(person) for person in known}}
        helping.leave(house, helped)
        back = self._promised(house, day, helped)
        seconds = 14 + 30 * len(helped) + self.chance.randint(0, 12)
        body = visit("done", {}, {}, helped, consent=None, confirmed=confirmed, return_on=back, seconds=seconds)
        return self._seal(house, "done", body)

    def _said(self, house: House, person: Resident, year: int, speaker: Resident | None) -> dict[str, Any]:
        """What is stated of a person: who they are where the list is wrong about it, and their answers if they live here."""
        listed = person.listed or {}
        said = {name: value for name, value in person.said().items() if listed.get(name) != value}
        person.listed = person.said()
        if person.residence in ("permanent", "temporary"):
            person.left = person.left or habits.answers(self.chance, house, person, year, person is not speaker)
            said |= person.left
        return said

    def _speaker(self, home: list[Resident], year: int) -> Resident | None:
        adults = [person for person in home if year - person.birth_year >= 18][:3]
        return self.chance.choice(adults) if adults else None

    def _present(self, asked: list[Resident], speaker: Resident | None, year: int) -> list[Resident]:
        grown = [person for person in asked if year - person.birth_year >= 14]
        return [person for person in grown if person is speaker or self.chance.random() < 0.55]

    def _eagerness(self, day: date) -> float:
        return 0.1 + 0.6 * (day - self.stage.first).days / DAYS

    def _promised(self, house: House, day: date, helped: list[dict[str, Any]]) -> str | None:
        house.booked = [help for help in helped if help["result"] in ("booked", "started")]
        return self._back(house, day, 4, 10) if house.booked else None

    def _back(self, house: House, day: date, soonest: int, latest: int) -> str:
        on = day + timedelta(days=self.chance.randint(soonest, latest))
        self.due.append((on, house))
        return on.isoformat()

    def _seal(self, house: House, outcome: str, body: dict[str, Any]) -> str:
        text = self.phone.seal("visit", house.id, body)
        house.outcomes.append(outcome)
        house.visits.append(json.loads(text)["id"])
        return house.visits[-1]


def _asked(person: Resident) -> list[str]:
    """Names of the questions that the person has answered."""
    return [name for name in person.left or () if name != "answered_by"]
