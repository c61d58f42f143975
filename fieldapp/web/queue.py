"""What waits for an officer's eye: held events, contested values, flags."""

from flask import Blueprint, abort
from fieldapp.web import guard


pages = Blueprint("queue", __name__)


@pages.get("/queue")
@guard.signed_in(roles=("officer",))
def page() -> str:
    abort(404)  # being built
