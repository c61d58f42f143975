"""The phone numbers its events 1, 2, 3 …: so a missing one has a name, and two under one number are seen."""


from itertools import islice

from fieldapp.intake.sealed import Sealed
from fieldapp.store import journal
from fieldapp.store.devices import Device
from fieldapp.store.engine import Connection
from fieldapp.survey.problems import Problem

MOST_MISSING = 200


class Numbering:
    """Which numbers of a phone are here. Everything up to `contiguous` is; beyond it there may be gaps."""

    def __init__(self, connection: Connection, device: Device) -> None:
        self.device_id, self.contiguous = device.device_id, device.contiguous
        self._beyond = journal.numbers(connection, device.commune_id, device.device_id, above=device.contiguous)

    def take(self, sealed: Sealed) -> Problem | None:
        """Note the number of a text that is not in the journal yet; the problem when another text came under it."""
        if sealed.n is None or (sealed.event is not None and sealed.event.device != self.device_id):
            return None  # a stranger's number is not ours
        if sealed.n <= self.contiguous:
            return Problem("number_taken", "n", {"n": sealed.n})
        owner = self._beyond.setdefault(sealed.n, sealed.key)
        return None if owner == sealed.key else Problem("number_taken", "n", {"n": sealed.n, "event": owner})

    def close(self) -> None:
        """Move `contiguous` up to the first gap."""
        while self.contiguous + 1 in self._beyond:
            self.contiguous += 1

    @property
    def highest(self) -> int:
        return max(self._beyond, default=self.contiguous)

    @property
    def missing(self) -> list[int]:
        """Numbers that are not here though later ones are (the first 200)."""
        return list(islice((n for n in range(self.contiguous + 1, self.highest) if n not in self._beyond), MOST_MISSING))
