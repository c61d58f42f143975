"""The officer's place in the queue, carried along in addresses: whoever settles something comes back to the very page that it stood on."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Flask, request, url_for

NAMES = ("kind", "flag", "village", "member", "days", "from")
CARRIED = "queue"
MOST_CHARACTERS = 600


def here() -> str:
    """The place of the queue's page that is asked for."""
    return urlencode({name: request.args[name] for name in NAMES if request.args.get(name)})


def carried() -> str | None:
    """The place that the address carries; None when nobody came from the queue."""
    place = request.args.get(CARRIED)
    if place is None:
        return None
    return urlencode({name: value for name, value in parse_qsl(place[:MOST_CHARACTERS]) if name in NAMES})


def back() -> str | None:
    """The address of the page of the queue from which the officer came; None when nobody came from there."""
    place = carried()
    return None if place is None else f"{url_for('queue.page')}?{place}" if place else url_for("queue.page")


def leave_to(household: Any) -> str:
    """Where whoever does nothing after all is led from a page about the household."""
    return back() or url_for("household.page", code=household.code)


def install(app: Flask) -> None:
    """Gives the templates the way back."""
    app.jinja_env.globals["leave_to"] = leave_to
