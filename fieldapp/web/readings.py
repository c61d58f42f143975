"""The access log: who read which households, searched."""

from flask import Blueprint, abort
from fieldapp.web import guard


pages = Blueprint("readings", __name__)


@pages.get("/readings")
@guard.signed_in(roles=("officer","auditor"))
def page() -> str:
    abort(404)  # being built
