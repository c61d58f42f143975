"""Where we are, who is stuck, what to do today."""

from flask import Blueprint, abort
from fieldapp.web import guard


pages = Blueprint("progress", __name__)


@pages.get("/progress")
@guard.signed_in(roles=("officer","leader"))
def page() -> str:
    abort(404)  # being built
