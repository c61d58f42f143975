"""Who was invited chooses a password, by a single-use code."""

from flask import Blueprint, abort

pages = Blueprint("invited", __name__)


@pages.get("/invited")
def page() -> str:
    abort(404)  # being built
