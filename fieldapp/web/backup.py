"""Backups: the last one, one now, how old they may be."""

from flask import Blueprint, abort
from fieldapp.web import guard


pages = Blueprint("backup", __name__)


@pages.get("/office/backups")
@guard.signed_in(roles=("officer",))
def page() -> str:
    abort(404)  # being built
