"""The public page that a sheet's code leads to: a resident asks for help."""

from flask import Blueprint, abort

pages = Blueprint("sign_up", __name__)


@pages.get("/x/<code>")
def page(code: str) -> str:
    abort(404)  # being built
