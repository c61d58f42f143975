"""Từng Nhà: the survey of every house of a commune, from the door to the figure."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

    from fieldapp.config import Settings


def create_app(settings: "Settings | None" = None, engine: Any = None, clock: "Callable[[], str] | None" = None) -> "Flask":
    """The application. settings: the environment's when None; engine: a prepared one, else the settings' database is opened;
    clock: gives the present moment, the machine's when None."""
    # Not above: the launcher and the rooms that know no Flask import this package where Flask is not installed.
    from fieldapp.web.application import assembled

    return assembled(settings, engine, clock)
