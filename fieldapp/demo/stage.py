"""Where the made-up weeks are played: the real application, its database, and a clock that is set by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from fieldapp import create_app
from fieldapp.config import Settings
from fieldapp.demo.phone import Phone
from fieldapp.store import devices
from fieldapp.store.engine import writing
from fieldapp.survey.day import LOCAL, moment

DAYS = 42
CODE_HOLDS = timedelta(days=7)


class Clock:
    """The server's clock: what it says is when things are received."""

    def __init__(self, now: str) -> None:
        self.now = now

    def __call__(self) -> str:
        return self.now


@dataclass(frozen=True)
class Stage:
    """seed: all that is drawn is drawn from it; today: the local day on which the demo is made, the visits end the day before."""

    engine: Any
    post: Callable[[str, dict[str, str], bytes], tuple[int, bytes]]
    clock: Clock
    today: date
    seed: int

    @property
    def first(self) -> date:
        """The first day of visits."""
        return self.today - timedelta(days=DAYS)

    def enrolled(self, commune_id: str, account_id: str, at: str) -> Phone:
        """A phone that became the member's at that moment, as phones do: by a code, through the door."""
        self.clock.now = at
        with writing(self.engine) as connection:
            code = devices.new_code(connection, commune_id, account_id, at_local(self.today + CODE_HOLDS))
        phone = Phone(self.post, f"{self.seed} {commune_id} {account_id}", at)
        phone.enrol(code)
        return phone


def staged(settings: Settings, engine: Any, today: date, seed: int) -> Stage:
    """The stage over a prepared, empty database."""
    clock = Clock(at_local(today))
    client = create_app(settings, engine, clock).test_client()

    def post(path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        answer = client.post(path, data=body, headers=headers)
        return answer.status_code, answer.data

    return Stage(engine, post, clock, today, seed)


def at_local(day: date, hour: int = 8, minute: float = 0) -> str:
    """The moment of a local day and time; minute may go beyond the hour."""
    return moment(datetime.combine(day, time(hour), LOCAL) + timedelta(minutes=minute))
