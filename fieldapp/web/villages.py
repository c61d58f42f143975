"""The commune's villages: founded, renamed, merged with a date."""

from flask import Blueprint, abort
from fieldapp.web import guard


pages = Blueprint("villages", __name__)


@pages.get("/office/villages")
@guard.signed_in(roles=("officer",))
def page() -> str:
    abort(404)  # being built
