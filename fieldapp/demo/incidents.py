"""What happens once in six weeks, so that every page has something to show: a house that is on no list, two phones that disagree,
a visit by the wrong village's phone, a clock that is ahead, and what officers mend.

Each incident takes houses for itself (House.taken); those where the rounds have nothing more to do are gone (House.gone)."""

import json
import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from fieldapp.demo import answers, habits, people
from fieldapp.demo.checking import BackCheck
from fieldapp.demo.commune import Commune
from fieldapp.demo.people import House, Resident
from fieldapp.demo.rounds import Act, Walker
from fieldapp.demo.stage import Stage, at_local
from fieldapp.intake import desk
from fieldapp.survey.day import day_of, instant, moment

FIRST = "dong-cho"


def incidents(stage: Stage, commune: Commune, walkers: dict[str, Walker]) -> dict[int, list[Act]]:
    """Number of the day → what happens then besides the rounds."""
    told = Incidents(stage, commune, walkers)
    days: dict[int, list[Act]] = {}
    for number, hour, act in told.table():
        at = at_local(stage.first + timedelta(days=number), hour, 7)
        days.setdefault(number, []).append((at, act))
    return days


class Incidents:
    """The incidents of one commune. Houses that two phones will disagree about are set aside before anybody goes round."""

    def __init__(self, stage: Stage, commune: Commune, walkers: dict[str, Walker]) -> None:
        self.stage, self.commune, self.walkers = stage, commune, walkers
        self.chance = random.Random(f"{stage.seed} incidents")
        self.open, self.settled, self.twice = (self._set_aside(village) for village in (FIRST, "phu-ly", "phu-van"))
        self.duplicate: House | None = None
        self.check = BackCheck(commune, self._team, self._officer, self._later)

    def table(self) -> Iterable[tuple[int, int, Callable[[], None]]]:
        """(number of the day, hour, what happens)."""
        return (
            (9, 14, self.found_at_the_door),
            (15, 14, self.registered_twice),
            (17, 9, self.merged),
            (18, 12, self.of_a_foreign_village),
            (20, 13, lambda: self.disagreed(self.settled)),
            (22, 10, self.settled_by_the_officer),
            (26, 13, self.clock_ahead),
            (28, 12, self.corrected_by_the_member),
            (29, 9, self.corrected_by_the_officer),
            (30, 9, self.voided),
            (31, 10, self.household_moved),
            (33, 10, self.person_moved),
            (34, 15, self.reviewed),
            (35, 9, self.check.asked),
            (36, 9, self.erased),
            (37, 15, self.check.made),
            (38, 13, lambda: self.disagreed(self.open)),
        )

    def found_at_the_door(self) -> None:
        """Hường finds a house that is on no list."""
        walker = self._team(FIRST)[1]
        new = people.house(self.chance, self.stage.first.year, FIRST, "Ngõ 2", 0.05)
        self._register(walker, new)
        walker.knock(new, self._today(), "done")
        self.commune.houses[FIRST].append(new)
        self._later(minutes=15)
        walker.call()

    def registered_twice(self) -> None:
        """A member does not find a house in the phone, because its name is spelt otherwise, and registers it anew."""
        walker, known = self._team("phu-van")[0], self.twice
        head = known.head
        same = Resident(walker.phone.new_person(), head.name.replace("Thị ", ""), head.birth_year, head.sex, "head")
        self.duplicate = House(known.village, known.address, [same], known.ease)
        self._register(walker, self.duplicate)
        walker.knock(self.duplicate, self._today(), "done")
        self.duplicate.gone = self.twice.gone = True
        self._later(minutes=15)
        walker.call()

    def merged(self) -> None:
        assert self.duplicate is not None
        same = {self.duplicate.head.id: self.twice.head.id}
        self._officer("merge", self.twice, {"other": self.duplicate.id, "people": same, "reason": "Một nhà ghi hai lần"})

    def of_a_foreign_village(self) -> None:
        """Hường helps at her sister's in another village: her phone's visit there is held."""
        walker, house = self._team(FIRST)[1], self._house("dong-thanh", lambda house: not house.visits)
        walker.call()
        body = answers.visit(house={"internet": "fixed"}, comment="Giúp nhà chị gái bên Đồng Thanh")
        walker.phone.seal("visit", house.id, body, base=[house.id])
        walker.call()

    def disagreed(self, house: House) -> None:
        """Two members stand at one door on the same afternoon, neither knowing of the other."""
        house.rooms, year = habits.rooms(self.chance, house), self._today().year
        home = [person for person in house.people if person.residence == "permanent"]
        people = {person.id: habits.answers(self.chance, house, person, year, person is not house.head) for person in home}
        walkers = self._team(house.village)[:2]
        for walker in walkers:
            walker.call()
        for walker, internet, minutes in zip(walkers, ("fixed", "mobile_only"), (12, 31), strict=True):
            walker.phone.wait(minutes=minutes)
            rooms, seconds = {**house.rooms, "internet": internet}, 40 + 15 * len(people)
            body = answers.visit(house=rooms, people=people, respondent=house.head.id, seconds=seconds)
            walker.phone.seal("visit", house.id, body)
        self._later(minutes=45)
        for walker in walkers:
            walker.call()

    def settled_by_the_officer(self) -> None:
        settled = {"event": None, "outcome": "settled", "house": {"internet": "fixed"}, "comment": "Đã gọi hỏi lại chủ hộ"}
        self._officer("review", self.settled, settled)

    def clock_ahead(self) -> None:
        """A phone whose clock is two days ahead: its visit counts on the day it came in, and is flagged."""
        walker = self._team("tra-dong")[-1]
        house = self._house("tra-dong", lambda house: not house.visits)
        walker.call()
        walker.phone.wait(days=2)
        walker.knock(house, self._today(), "done")
        self._later(minutes=30)
        walker.call()

    def corrected_by_the_member(self) -> None:
        """A year of birth was misheard."""
        house = self._house(FIRST, lambda house: house.surveyed and house.outcomes[-1] == "done")
        walker, person = self._walker_of(house), house.people[-1]
        walker.call()
        fields = {"people": {person.id: {"birth_year": person.birth_year - 1}}}
        walker.phone.seal("correct", house.id, {"event": house.visits[-1], "fields": fields, "reason": "Nghe nhầm năm sinh"})
        walker.call()

    def corrected_by_the_officer(self) -> None:
        """The list had a name without its accents."""
        house = self._house("yen-lo", lambda house: house.head.listed is not None)
        fields = {"address": f"{house.address}, gần nhà văn hóa"}
        self._officer("correct", house, {"event": house.id, "fields": fields, "reason": "Bổ sung địa chỉ"})

    def voided(self) -> None:
        """A visit was written under the neighbour's house."""
        house = self._house("cau-sung", lambda house: house.outcomes == ["done"])
        house.gone = True
        self._officer("void", house, {"event": house.visits[0], "reason": "Ghi nhầm sang nhà bên cạnh"})

    def household_moved(self) -> None:
        house = self._house("yen-lo", lambda house: house.surveyed)
        house.gone = True
        self._officer("move", house, {"village": "ba-che", "reason": "Chuyển ra khu phố"})

    def person_moved(self) -> None:
        """A grown-up child moves in with another house of the village."""
        old = self._house(None, self._has_grown_child, self._has_second_adult)
        new = self._house(old.village, lambda house: house.surveyed)
        child = next(filter(self._grown_child, old.people), None) or old.people[1]
        old.gone = new.gone = True
        values = {**child.said(), **(child.left or {}), "relation": "other"}
        moved = {"person": child.id, "reason": "Kết hôn"}
        self._officer("move", old, {**moved, "to": new.id})
        self._officer("move", new, {**moved, "from": old.id, "values": values})

    def reviewed(self) -> None:
        """Some visits are approved, one goes back to its member."""
        for village in ("tra-dong", "ba-che", "cau-sung"):
            house = self._house(village, lambda house: house.outcomes[-1:] == ["done"])
            self._officer("review", house, {"event": house.visits[-1], "outcome": "approved"})
        house = self._house(FIRST, lambda house: house.outcomes[-1:] == ["done"])
        comment = "Nhà có mã địa chỉ số chưa? Nhờ tổ hỏi lại giúp."
        self._officer("review", house, {"event": house.visits[-1], "outcome": "returned", "comment": comment})

    def erased(self) -> None:
        """Somebody asks for their data to leave; their answers go on being counted, without a name."""
        house = self._house("phu-ly", lambda house: house.surveyed and len(house.people) > 2)
        house.gone = True
        self._officer("erase", house, {"person": house.people[1].id, "counted": True, "reason": "Công dân yêu cầu"})

    def _officer(self, kind: str, house: House, body: dict[str, Any]) -> str:
        receipts = desk.record(self.stage.engine, self.commune.officer, self.stage.clock.now, [(kind, house.id, body)])
        assert receipts[0].outcome == "stored" and receipts[0].id, receipts
        return receipts[0].id

    def _register(self, walker: Walker, house: House) -> None:
        walker.call()
        for person in house.people:
            person.listed = person.said()
        listed = [{"id": person.id, **person.said()} for person in house.people]
        body = answers.register(house.village, listed, "door", house.address)
        house.id = json.loads(walker.phone.seal("register", None, body))["id"]
        walker.phone.households[house.id] = {"heads": [house.id]}
        walker.phone.wait(minutes=2)

    def _set_aside(self, village: str) -> House:
        return self._house(village, lambda house: True)

    def _house(self, village: str | None, *fits: Callable[[House], Any]) -> House:
        """The first free house of the village, else of any, that fits; by the next rule where none does. It is taken now."""
        villages = [village, *self.commune.houses] if village else list(self.commune.houses)
        houses = [house for each in villages for house in self.commune.houses[each] if not house.taken]
        house = next(house for rule in fits for house in houses if rule(house))
        house.taken = True
        return house

    def _grown_child(self, person: Resident) -> bool:
        age = self.stage.first.year - person.birth_year
        return person.relation == "child" and person.residence == "permanent" and person.left is not None and 20 <= age <= 34

    def _has_grown_child(self, house: House) -> bool:
        return house.surveyed and any(map(self._grown_child, house.people))

    def _has_second_adult(self, house: House) -> bool:
        return house.surveyed and len(house.people) > 1 and self.stage.first.year - house.people[1].birth_year >= 18

    def _team(self, village: str) -> list[Walker]:
        return [self.walkers[account_id] for account_id in self.commune.teams[village]]

    def _walker_of(self, house: House) -> Walker:
        return next(walker for walker in self._team(house.village) if house in walker.houses)

    def _today(self) -> date:
        return date.fromisoformat(day_of(self.stage.clock.now))

    def _later(self, **time: float) -> None:
        self.stage.clock.now = moment(instant(self.stage.clock.now) + timedelta(**time))
