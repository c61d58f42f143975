"""The official links that sign-up sheets lead to: edited here, dated, only to allowed hosts."""

from flask import Blueprint, abort
from fieldapp.web import guard


pages = Blueprint("links", __name__)


@pages.get("/links")
@guard.signed_in(roles=("officer",))
def page() -> str:
    abort(404)  # being built
