"""What is printed: door cards, enrolment cards, sign-up sheets."""

from flask import Blueprint, abort
from fieldapp.web import guard


pages = Blueprint("printing", __name__)


@pages.get("/printing")
@guard.signed_in(roles=("officer","leader"))
def page() -> str:
    abort(404)  # being built
