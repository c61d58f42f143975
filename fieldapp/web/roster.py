"""A roster file's way in: uploaded, its columns set, tried dry, imported whole."""

from flask import Blueprint, abort
from fieldapp.web import guard


pages = Blueprint("roster", __name__)


@pages.get("/office/roster")
@guard.signed_in(roles=("officer",))
def page() -> str:
    abort(404)  # being built
