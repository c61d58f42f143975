"""The phone numbers its events 1, 2, 3 …: so a missing one has a name, and two under one number are seen."""

from itertools import islice

from fieldapp.intake.sealed import Sealed
from fieldapp.store import journal, lost
from fieldapp.store.devices import Device
from fieldapp.store.engine import Connection
from fieldapp.survey.problems import Problem

MOST_MISSING = 200


class Numbering:
    """Which numbers of a phone are here. Everything up to `contiguous` is, or is closed as lost; beyond it there may be gaps.

    last: the highest number that the phone says it gave, 0 when it does not say."""

    def __init__(self, connection: Connection, device: Device, last: int = 0) -> None:
        self._connection, self._device, self._last = connection, device, last
        self.contiguous = device.contiguous
        self._beyond = journal.numbers(connection, device.commune_id, device.device_id, above=device.contiguous)
        self._lost = lost.still(connection, device.commune_id, device.device_id)
        self._found: set[int] = set()

    def take(self, sealed: Sealed) -> Problem | None:
        """Note the number of a text that is not in the journal yet; the problem when another text came under it."""
        if sealed.n is None or (sealed.event is not None and sealed.event.device != self._device.device_id):
            return None  # a stranger's number is not ours
        if sealed.n in self._lost:
            self._found.add(sealed.n)  # stays among the lost till the end: a batch may be tried a second time
        elif sealed.n <= self.contiguous:
            return Problem("number_taken", "n", {"n": sealed.n})
        owner = self._beyond.setdefault(sealed.n, sealed.key)
        return None if owner == sealed.key else Problem("number_taken", "n", {"n": sealed.n, "event": owner})

    def close(self, now: str) -> None:
        """Move `contiguous` up to the first gap, and write down what was thought lost and came."""
        while self.contiguous + 1 in self._beyond or self.contiguous + 1 in self._lost:
            self.contiguous += 1
        if self._found:
            lost.found(self._connection, self._device.commune_id, self._device.device_id, self._found, now)

    @property
    def highest(self) -> int:
        return max([self.contiguous, *self._beyond])

    @property
    def missing(self) -> list[int]:
        """Numbers that are not here though the phone gave them or later ones came (the first 200)."""
        given = range(self.contiguous + 1, max(self.highest, self._last) + 1)
        return list(islice((n for n in given if n not in self._beyond and n not in self._lost), MOST_MISSING))
