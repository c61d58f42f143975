"""What an officer does to a household: correct, void, move, merge, erase; each with its reason, each an event."""

from flask import Blueprint, abort
from fieldapp.web import guard


pages = Blueprint("actions", __name__)


@pages.get("/households/<code>/correct")
@guard.signed_in(roles=("officer",))
def page(code: str) -> str:
    abort(404)  # being built
