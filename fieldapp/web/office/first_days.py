"""The first days: a checklist that fills itself; and the way to all that is set up once."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from fieldapp.figures.notices import OLD_BACKUP_DAYS
from fieldapp.paper.qr import svg
from fieldapp.store import accounts, areas, backups, commune_keys, devices, listing, sealing
from fieldapp.store.engine import reading, writing
from fieldapp.survey.day import day_of, instant
from fieldapp.web import guard
from fieldapp.web.server import server

pages = Blueprint("office", __name__)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing of the first days. count: how many there are; endpoint: where it is done."""

    words: str
    why: str
    count: int
    endpoint: str
    action: str

    @property
    def done(self) -> bool:
        return self.count > 0


@pages.get("/office")
@guard.signed_in(roles=("officer",))
def page() -> str:
    """What is done and what is next."""
    now = server().clock()
    with reading(server().engine) as connection:
        commune = areas.commune(connection, current_user.commune_id)
        steps = _steps(connection, commune.commune_id, now)
        backed_up = backups.latest(connection, commune.commune_id, now)
    return render_template("office/office.html", commune=commune, steps=steps, backup_days=days_since(backed_up, now), old=OLD_BACKUP_DAYS)


def days_since(moment: str | None, now: str) -> int | None:
    """Whole days since a moment; None when it never was."""
    return (instant(now) - instant(moment)) // timedelta(days=1) if moment else None


def _steps(connection: Any, commune_id: str, now: str) -> list[Step]:
    members = [each for each in accounts.of_commune(connection, commune_id) if each.role in ("member", "leader") and each.active]
    phones = [each for each in devices.of_commune(connection, commune_id) if each.revoked_at is None]
    households = listing.count(connection, commune_id, listing.Asked(day_of(now)))
    sequence, _at = backups.last(connection, commune_id)
    villages = len(areas.villages(connection, commune_id))
    return [
        Step(_("Các thôn"), _("Thôn, bản, khu phố của xã; có thể dán cả danh sách."), villages, "villages.page", _("Thêm thôn")),
        Step(_("Danh sách hộ"), _("Nhập từ tệp Excel mà xã đang có, cột nào cũng được."), households, "roster.page", _("Nhập danh sách")),
        Step(_("Tổ và thành viên"), _("Mỗi tổ nhận những thôn nào, gồm những ai."), len(members), "teams.page", _("Lập tổ")),
        Step(_("Điện thoại"), _("In thẻ cấp mã, mỗi người quét một lần là nhận máy."), len(phones), "enrolment.page", _("In thẻ cấp mã")),
        Step(_("Bản sao lưu đầu tiên"), _("Điện thoại chỉ quên phiếu khi có trong hai bản sao lưu."), int(sequence > 0), "backup.page", _("Sao lưu")),
    ]  # fmt: skip


@pages.get("/office/key")
@guard.signed_in(roles=guard.KEEPERS)
def key() -> str:
    """What the recovery sheet is for, and the way to a new one where it was lost."""
    with reading(server().engine) as connection:
        made_at, public = (ask(connection, current_user.commune_id) for ask in (commune_keys.made_at, commune_keys.of_commune))
    return render_template("office/key.html", made_at=made_at, fingerprint=sealing.fingerprint(public) if public else None)


@pages.post("/office/key")
@guard.signed_in(roles=guard.KEEPERS)
def new_key() -> Any:
    """A new key and its sheet; what was sealed before is still opened by the old one only. `replaces`: when the key was made that the
    form was shown for: sent twice, or again by a reload, it must not put another key in the place of the one that was just printed."""
    here, (printed, public) = server(), sealing.new_key()
    with writing(here.engine) as connection:
        commune = areas.commune(connection, current_user.commune_id)
        if request.form.get("replaces", "") != (commune_keys.made_at(connection, commune.commune_id) or ""):
            flash(_("Phiếu mới đã làm xong và đang được dùng. Nếu chưa kịp in, hãy làm phiếu khác."), "bad")
            return redirect(url_for("office.key"), 303)
        commune_keys.keep(connection, commune.commune_id, public, here.clock())
    return recovery_sheet(commune, printed, public)


def recovery_sheet(commune: Any, printed: str, public: str) -> str:
    """The page with a key that nothing shows again."""
    qr, fingerprint = Markup(svg(printed.replace(" ", ""), "Q")), sealing.fingerprint(public)
    return render_template("office/recovery_sheet.html", commune=commune, key=printed, qr=qr, fingerprint=fingerprint, now=server().clock())
