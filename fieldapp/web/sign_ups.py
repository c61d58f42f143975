"""What residents asked for on the public page."""

from flask import Blueprint, abort
from fieldapp.web import guard


pages = Blueprint("sign_ups", __name__)


@pages.get("/sign-ups")
@guard.signed_in(roles=("officer","leader"))
def page() -> str:
    abort(404)  # being built
