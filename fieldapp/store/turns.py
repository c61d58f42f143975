"""Turns at something that one may have at a time: whoever asks first has it first.

A lock does not promise that: who lets it go and asks again at once mostly has it again, and of sixteen busy writers one waits for a
minute. Here it is handed to the one who has waited longest."""

import threading
from collections import deque


class Turns:
    """One holder, and a row of those who wait, each on an event of their own."""

    def __init__(self) -> None:
        self._row: deque[threading.Event] = deque()  # the first has the turn
        self._changing = threading.Lock()

    def take(self, timeout: float) -> bool:
        """Wait for a turn, at most so many seconds; whether it came."""
        mine = threading.Event()
        with self._changing:
            self._row.append(mine)
            if self._row[0] is mine:
                mine.set()
        try:
            return mine.wait(timeout) or self._came(mine)
        except BaseException:  # whoever is interrupted must not be waited for
            if self._came(mine):
                self.pass_on()
            raise

    def _came(self, mine: threading.Event) -> bool:
        """Whether the turn came after all. If not, it is no longer waited for."""
        with self._changing:
            if not mine.is_set():
                self._row.remove(mine)
            return mine.is_set()

    @property
    def waiting(self) -> int:
        """How many wait behind whoever has the turn."""
        return max(0, len(self._row) - 1)

    def pass_on(self) -> None:
        """The holder is done: the next one's turn."""
        with self._changing:
            self._row.popleft()
            if self._row:
                self._row[0].set()
