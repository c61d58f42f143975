"""A new server's first page: the commune, its first officer, the recovery sheet."""

from flask import Blueprint, abort

pages = Blueprint("setup", __name__)


@pages.get("/setup")
def page() -> str:
    abort(404)  # being built
