"""Who may sign in at the desk: invited, given a new password, closed."""

from flask import Blueprint, abort
from fieldapp.web import guard


pages = Blueprint("people", __name__)


@pages.get("/office/people")
@guard.signed_in(roles=("officer",))
def page() -> str:
    abort(404)  # being built
