"""The villages as a map, where the commune gave their shapes."""

from flask import Blueprint, abort
from fieldapp.web import guard


pages = Blueprint("map", __name__)


@pages.get("/map")
@guard.signed_in(roles=("officer","leader"))
def page() -> str:
    abort(404)  # being built
