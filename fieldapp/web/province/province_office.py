"""What a province looks after on its server: its own people, its recovery sheet, its backups."""

from flask import Blueprint, render_template
from flask_login import current_user

from fieldapp.store import areas, backups, commune_keys
from fieldapp.store.engine import reading
from fieldapp.web import guard
from fieldapp.web.office.first_days import OLD_BACKUP_DAYS, days_since
from fieldapp.web.server import server

pages = Blueprint("province_office", __name__)


@pages.get("/province/office")
@guard.signed_in(roles=("province",))
def page() -> str:
    """The ways to all of it, and what is lacking."""
    now = server().clock()
    with reading(server().engine) as connection:
        province = areas.commune(connection, current_user.commune_id)
        sealed = commune_keys.of_commune(connection, province.commune_id) is not None
        days = days_since(backups.latest(connection, province.commune_id, now), now)
    return render_template("province/province_office.html", province=province, sealed=sealed, days=days, old=OLD_BACKUP_DAYS)
