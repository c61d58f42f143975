"""The households of the commune: searched, filtered, page by page, printed and exported."""

from flask import Blueprint, abort
from fieldapp.web import guard


pages = Blueprint("households", __name__)


@pages.get("/households")
@guard.signed_in(roles=("officer","leader"))
def page() -> str:
    abort(404)  # being built
