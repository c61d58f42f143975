"""The first days: a checklist that fills itself; and the way to all that is set up once."""

from flask import Blueprint, abort
from fieldapp.web import guard


pages = Blueprint("office", __name__)


@pages.get("/office")
@guard.signed_in(roles=("officer",))
def page() -> str:
    abort(404)  # being built
