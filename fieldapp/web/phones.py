"""Every phone and what it last said of itself; what needs attention first."""

from flask import Blueprint, abort
from fieldapp.web import guard


pages = Blueprint("phones", __name__)


@pages.get("/phones")
@guard.signed_in(roles=("officer","leader"))
def page() -> str:
    abort(404)  # being built
