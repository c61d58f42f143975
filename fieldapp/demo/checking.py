"""A back-check in the demo: a house that one member surveyed is asked again by another of the team, who does not see the answers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from fieldapp.demo import answers
from fieldapp.demo.commune import Commune
from fieldapp.demo.people import House
from fieldapp.demo.rounds import Walker
from fieldapp.survey.day import day_of, instant, moment

DAYS_TO_DO = 14


class BackCheck:
    """One house that is checked. team: village → its walkers; officer: says something of a house, gives the event's id; later: lets time pass."""

    def __init__(
        self, commune: Commune, team: Callable[[str], list[Walker]], officer: Callable[[str, House, dict[str, Any]], str], later: Callable[..., None]
    ) -> None:
        self.commune, self.team, self.officer, self.later = commune, team, officer, later
        self.given: tuple[House, Walker, str] | None = None

    def asked(self) -> None:
        """Another member of the team is to ask a house again."""
        free = [house for houses in self.commune.houses.values() for house in houses if not house.taken and house.outcomes == ["done"]]
        house = next((house for house in free if len(self.team(house.village)) > 1), None)
        if house is None:
            return
        house.taken = house.gone = True
        checker = next(walker for walker in self.team(house.village) if house not in walker.houses)
        due = day_of(moment(instant(checker.phone.at) + timedelta(days=DAYS_TO_DO)))
        asked = {"event": house.visits[-1], "outcome": "back_check", "checker": checker.phone.member, "due": due, "seed": "demo"}
        self.given = house, checker, self.officer("review", house, asked)

    def made(self) -> None:
        """They find most of it the same."""
        if self.given is None:
            return
        house, checker, review = self.given
        checker.call()
        rooms = {**house.rooms, "zalo_group": "no" if house.rooms.get("zalo_group") == "yes" else "yes"}
        people = {person.id: person.left for person in house.people if person.left and person.residence == "permanent"}
        body = answers.visit(house=rooms, people=people, respondent=house.head.id, seconds=214, back_check=review)
        checker.phone.seal("visit", house.id, body)
        self.later(minutes=15)
        checker.call()
