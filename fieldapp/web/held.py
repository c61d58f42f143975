"""Events that are held: why, from whom, what they say; mend, replay, or say that they are not ours."""

from flask import Blueprint, abort
from fieldapp.web import guard


pages = Blueprint("held", __name__)


@pages.get("/held")
@guard.signed_in(roles=("officer",))
def page() -> str:
    abort(404)  # being built
