"""Periods that a report speaks of: a month, a quarter, six, nine or twelve months, a campaign, or any days from one to another.

A period is written in one word, `quarter.2026-10-01.2026-12-31`, so that an address, a file and a journal name it alike."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

# Kind → how many months; a kind without a number is from any day to any day.
MONTHS = {"month": 1, "quarter": 3, "half": 6, "nine": 9, "year": 12, "campaign": None, "free": None}
KINDS = tuple(MONTHS)


@dataclass(frozen=True, slots=True)
class Period:
    """first, last: local days, both within it; name: of a campaign."""

    kind: str
    first: str
    last: str
    name: str = ""

    @property
    def code(self) -> str:
        return f"{self.kind}.{self.first}.{self.last}"

    @property
    def eve(self) -> str:
        """The day before its first: what stood then is what the period began with."""
        return eve_of(self.first)

    @property
    def year(self) -> int:
        return int(self.first[:4])

    @property
    def number(self) -> int:
        """Which month, quarter or half of its year."""
        months = MONTHS[self.kind] or 1
        return (int(self.first[5:7]) - 1) // months + 1


def eve_of(day: str) -> str:
    """The day before."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def whole(kind: str, year: int, number: int = 1) -> Period:
    """The period of that kind: the third quarter of 2026 is ("quarter", 2026, 3)."""
    months = MONTHS[kind]
    if months is None or not 1 <= number <= 12 // months:
        raise ValueError(f"{kind} {number}")
    end = months * number
    following = date(year + end // 12, end % 12 + 1, 1)
    return Period(kind, f"{year:04}-{end - months + 1:02}-01", (following - timedelta(days=1)).isoformat())


def campaign(name: str, first: str, last: str) -> Period:
    """The days of a campaign."""
    return replace(free(first, last), kind="campaign", name=name)


def free(first: str, last: str) -> Period:
    """From a day to a day. Raises ValueError when one is no day, or they stand the wrong way round."""
    if date.fromisoformat(first) > date.fromisoformat(last):
        raise ValueError(f"{first} > {last}")
    return Period("free", date.fromisoformat(first).isoformat(), date.fromisoformat(last).isoformat())


def read(code: str, name: str = "") -> Period:
    """The period of a code. name: of a campaign. Raises ValueError when it is none."""
    kind, first, last = code.split(".")
    if kind == "campaign":
        return campaign(name, first, last)
    if kind not in MONTHS:
        raise ValueError(code)
    found = free(first, last) if kind == "free" else whole(kind, int(first[:4]), Period(kind, first, last).number)
    if found.code != code:
        raise ValueError(code)
    return found


def is_period(code: str) -> bool:
    """Whether the text is the code of a period."""
    try:
        return bool(read(code))
    except ValueError:
        return False


def offered(today: str) -> list[Period]:
    """The periods that are likely to be reported on that day: the present and the last of each kind that have begun, the shortest first."""
    return [each for kind in KINDS if MONTHS[kind] for each in _latest(kind, today)]


def _latest(kind: str, today: str) -> list[Period]:
    begun = [each for year in (int(today[:4]), int(today[:4]) - 1) for each in _of_year(kind, year) if each.first <= today]
    return begun[:2]


def _of_year(kind: str, year: int) -> Iterator[Period]:
    """The latest first."""
    for number in range(12 // (MONTHS[kind] or 1), 0, -1):
        yield whole(kind, year, number)
