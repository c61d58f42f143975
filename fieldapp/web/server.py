"""What every view needs to reach the rooms below: the settings, the engine and the clock of this server.

Kept on the application, not in module globals: tests run many servers in one process, each with its own clock.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from flask import current_app

from fieldapp.config import Settings
from fieldapp.survey.day import moment


@dataclass(frozen=True, slots=True)
class Server:
    """engine: opened and prepared by the store; clock: gives the present moment, as survey/day.py writes it."""

    settings: Settings
    engine: Any
    clock: Callable[[], str]


def server() -> Server:
    """The server that handles the present request."""
    return cast(Server, current_app.extensions["fieldapp"])


def utc_now() -> str:
    """The present moment: the one place on the web that reads the machine's clock."""
    return moment(datetime.now(UTC))
