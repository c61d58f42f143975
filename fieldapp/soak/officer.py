"""What an officer does meanwhile: corrects, voids, moves, merges, reviews, answers held texts, gives villages to other members."""

from collections.abc import Callable
from typing import Any

from fieldapp.intake import holding
from fieldapp.intake.desk import Said
from fieldapp.soak.commune import HERE, MEMBERS, VILLAGES, Commune
from fieldapp.store import accounts, held, households, journal
from fieldapp.store.counted import counted
from fieldapp.store.engine import Connection, reading, writing
from fieldapp.store.households import Household
from fieldapp.survey.day import day_of
from fieldapp.survey.event import Event

INTERNET = ("yes", "no")
VOIDABLE = ("visit", "correct", "void", "move", "merge", "review")


class Officer:
    """Minh at his desk. chance: what he takes up next."""

    def __init__(self, commune: Commune, chance: Any) -> None:
        self.commune, self.chance = commune, chance

    def acts(self, act: str) -> bool:
        """Does one thing of ACTS; False when there was nothing to do it to."""
        with reading(self.commune.engine) as connection:
            said = ACTS[act](self, connection)
        if said:
            self.commune.says(said)
        return bool(said)

    def reassigns(self) -> None:
        """A member gets a village, or loses one."""
        member, village = self.chance.choice(list(MEMBERS)), self.chance.choice(VILLAGES)
        today = day_of(self.commune.clock.now)
        with writing(self.commune.engine) as connection:
            theirs = accounts.villages_of(connection, HERE, member, today)
            if village not in theirs:
                accounts.give(connection, HERE, member, village, today)
            elif len(theirs) > 1:
                accounts.withdraw(connection, HERE, member, village, today)

    def _household(self, connection: Connection) -> Household:
        return self.chance.choice(households.of_villages(connection, HERE, VILLAGES))

    def _event(self, connection: Connection, kinds: tuple[str, ...]) -> Event | None:
        household = self._household(connection)
        rows = journal.of_households(connection, HERE, [household.household_id])
        found = [each.event for each in counted(rows) if each.event.kind in kinds]
        return self.chance.choice(found) if found else None

    def _correct(self, connection: Connection) -> list[Said]:
        event = self._event(connection, ("visit", "visit", "register"))
        if event is None:
            return []
        fields: dict[str, Any] = {"house": {"internet": self.chance.choice(INTERNET)}}
        if event.kind == "register":
            fields = {"address": f"Ngõ {self.chance.randrange(90)}"}
        return [("correct", event.household, {"event": event.id, "fields": fields, "reason": "gõ nhầm"})]

    def _void(self, connection: Connection) -> list[Said]:
        event = self._event(connection, VOIDABLE)
        return [("void", event.household, {"event": event.id, "reason": "nhầm"})] if event else []

    def _move(self, connection: Connection) -> list[Said]:
        household = self._household(connection)
        return [("move", household.household_id, {"village": self.chance.choice(VILLAGES), "reason": "tách thôn"})]

    def _merge(self, connection: Connection) -> list[Said]:
        here, other = self._household(connection), self._household(connection)
        if here.household_id == other.household_id:
            return []
        people = dict(zip(sorted(other.state["people"])[:1], sorted(here.state["people"])[:1], strict=False))
        return [("merge", here.household_id, {"other": other.household_id, "people": people, "reason": "ghi hai lần"})]

    def _review(self, connection: Connection) -> list[Said]:
        event = self._event(connection, ("visit",))
        if event is None:
            return []
        outcome = self.chance.choice(["approved", "returned"])
        return [("review", event.household, {"event": event.id, "outcome": outcome, "comment": "Xem lại"})]

    def _list(self, connection: Connection) -> list[Said]:
        poverty = self.chance.choice(["poor", "near_poor", "none"])
        return [("list", self._household(connection).household_id, {"poverty": poverty, "list": "Hộ nghèo 2026"})]

    def _replay(self, connection: Connection) -> list[Said]:
        waiting = held.waiting(connection, HERE, limit=10)
        texts = held.texts(connection, HERE, [each.sequence for each in waiting])
        cases = [holding.case(connection, HERE, each, texts[each.sequence]) for each in waiting]
        return [holding.replay(each.held, "đúng của mình") for each in cases if each.way == holding.COUNT]

    def _put_away(self, connection: Connection) -> list[Said]:
        waiting = held.waiting(connection, HERE, limit=1)
        return [holding.put_away(each, "không phải của mình") for each in waiting]


ACTS: dict[str, Callable[[Officer, Connection], list[Said]]] = {
    "correct": Officer._correct, "void": Officer._void, "move": Officer._move, "merge": Officer._merge, "review": Officer._review,
    "list": Officer._list, "replay": Officer._replay, "put_away": Officer._put_away,
}  # fmt: skip
