"""Households that are one, and people who are one: what `merge` events have made of them so far.

A merge takes effect on its own day, so the walk feeds them in one by one and asks whose events count for its household now."""

from fieldapp.survey.event import Event


class Merging:
    """The households that were merged up to some moment, seen from one of them."""

    def __init__(self, household: str) -> None:
        self.household = household
        self._into: dict[str, str] = {}
        self._people: dict[str, str] = {}

    def take(self, event: Event) -> bool:
        """Take a merge into account; False when it can't be: the other is part of a household already, or would be part of
        itself."""
        here, other = event.household, event.body.get("other") or event.household
        if other != here:
            if other in self._into or self._root(here) == other:
                return False
            self._into[other] = here
        for theirs, ours in event.body.get("people", {}).items():
            if theirs not in self._people and self._last(ours) != theirs:
                self._people[theirs] = ours
        return True

    def holds(self, event: Event) -> bool:
        """Whether the event belongs to the household now: its own, or of one that was merged into it."""
        if event.household == self.household:
            return True
        return bool(self._into) and self._leads_here(event.household)

    def is_own(self, event: Event) -> bool:
        return event.household == self.household

    def into(self) -> str | None:
        """The household that this one was merged into; None while it stands by itself."""
        return self._root(self.household) if self.household in self._into else None

    def person(self, person_id: str) -> str:
        """Who is meant by a person's id (ids are unique in the commune, so the event does not matter)."""
        return self._last(person_id) if self._people else person_id

    def _last(self, person_id: str) -> str:
        while person_id in self._people:
            person_id = self._people[person_id]
        return person_id

    def _root(self, household: str) -> str:
        while household in self._into:
            household = self._into[household]
        return household

    def _leads_here(self, household: str) -> bool:
        while household in self._into:
            household = self._into[household]
            if household == self.household:
                return True
        return False
