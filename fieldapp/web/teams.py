"""Teams, their members and their villages."""

from flask import Blueprint, abort
from fieldapp.web import guard


pages = Blueprint("teams", __name__)


@pages.get("/teams")
@guard.signed_in(roles=("officer","leader"))
def page() -> str:
    abort(404)  # being built
