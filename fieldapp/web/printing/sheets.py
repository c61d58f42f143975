"""What is printed: door cards, enrolment cards, sign-up sheets, lists, the training sheet; each as a page for the browser's printer and as a PDF."""

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from fieldapp.paper import door_cards as cards
from fieldapp.paper import sheet_pdf, sign_up_sheets, training_sheet
from fieldapp.paper.door_cards import Leaf
from fieldapp.paper.qr import svg
from fieldapp.store import areas, sign_ups
from fieldapp.store import door_cards as doors
from fieldapp.store.engine import reading
from fieldapp.survey.codes import qr_of
from fieldapp.web import guard
from fieldapp.web.printing import made, made_job, printed
from fieldapp.web.server import server

pages = Blueprint("printing", __name__)

# More would keep a browser busy for minutes.
MOST_ON_A_PAGE = 600
# A PDF of more would take longer than two seconds: it is made beside the pages.
MOST_AT_ONCE = 1_200


@pages.get("/printing")
@guard.signed_in(roles=("officer", "leader"))
def page() -> str:
    """Everything that can be printed, each with what has to be chosen first."""
    with reading(server().engine) as connection:
        commune = areas.commune(connection, current_user.commune_id)
        villages = printed.my_villages(connection)
        waiting = sign_ups.open_count(connection, current_user.commune_id, guard.villages_seen(connection))
        files = made.mine(connection)
    return render_template("printing/printing.html", commune=commune, villages=villages, waiting=waiting, each=printed.EACH, files=files)


@pages.get("/printing/door-cards")
@guard.signed_in(roles=("officer", "leader"))
def door_cards() -> str:
    """Door cards as a page, with their count; only the count where they are too many for a browser."""
    with reading(server().engine) as connection:
        leaves = printed.asked_doors(connection)
    count = sum(len(leaf.doors) for leaf in leaves)
    shown = leaves if count <= MOST_ON_A_PAGE else []
    _noted(shown)
    beside = count > MOST_AT_ONCE
    return render_template("printing/door_cards.html", count=count, sheets=len(leaves), leaves=shown, cards=cards, code=_door_code, beside=beside)


@pages.post("/printing/door-cards")
@guard.signed_in(roles=("officer", "leader"))
def make_door_cards() -> Any:
    """Have the cards of many doors made, a PDF for each village."""
    with reading(server().engine) as connection:
        villages, since = printed.asked_ground(connection)
        count = len(doors.doors(connection, current_user.commune_id, villages, since=since))
    if not count:
        abort(404)
    asked = {"villages": None if villages is None else sorted(villages), "since": since, "address": request.remote_addr}
    return made.ask_for(made_job.DOOR_CARDS, asked, count)


@pages.get("/printing/door-cards.pdf")
@guard.signed_in(roles=("officer", "leader"))
def door_cards_pdf() -> Response:
    """The same door cards as a PDF."""
    with reading(server().engine) as connection:
        leaves = printed.asked_doors(connection)
    if sum(len(leaf.doors) for leaf in leaves) > MOST_AT_ONCE:
        return redirect(f"{url_for('printing.door_cards')}?{request.query_string.decode('ascii', 'ignore')}")  # type: ignore[return-value]
    _noted(leaves)
    if not leaves:
        return _nothing(_("Không có hộ nào như đã chọn: chưa nhập sổ hộ, hoặc từ ngày đó chưa có hộ mới."))
    return _file(cards.pdf(leaves, server().clock()), "the-ho.pdf")


@pages.get("/printing/sheets")
@guard.signed_in(roles=("officer", "leader"))
def sheets() -> str:
    """Sign-up sheets as a page, with all that can be chosen about them above."""
    with reading(server().engine) as connection:
        asked = printed.asked_sheets(connection)
    first = asked.sheets[0] if asked.sheets else None
    return render_template(
        "printing/sheets.html", asked=asked, first=first, said=sign_up_sheets, code=_sheet_code, each=printed.EACH, args=request.args
    )


@pages.get("/printing/sheets.pdf")
@guard.signed_in(roles=("officer", "leader"))
def sheets_pdf() -> Response:
    """The same sheets as a PDF."""
    with reading(server().engine) as connection:
        asked = printed.asked_sheets(connection)
    if not asked.sheets:
        return _nothing(_("Vui lòng chọn ít nhất một liên kết."))
    return _file(sheet_pdf.pdf(asked.sheets, server().clock()), "phieu-dang-ky.pdf")


@pages.get("/printing/training")
@guard.signed_in(roles=("officer", "leader"))
def training() -> str:
    """The training sheet as a page."""
    return render_template("printing/training.html", sheet=training_sheet, place=_commune_name(), address=_phone_address())


@pages.get("/printing/training.pdf")
@guard.signed_in(roles=("officer", "leader"))
def training_pdf() -> Response:
    """The same sheet as a PDF."""
    folder = Path(str(current_app.static_folder)) / "training"
    return _file(training_sheet.pdf(folder, _commune_name(), _phone_address(), server().clock()), "to-tap-dung.pdf")


def _commune_name() -> str:
    with reading(server().engine) as connection:
        return areas.commune(connection, current_user.commune_id).name


def _phone_address() -> str:
    return f"{request.url_root}phone/"


def _noted(leaves: list[Leaf]) -> None:
    """Writes down that these households' cards were shown."""
    guard.note_reading("card", [door.household_id for leaf in leaves for door in leaf.doors])


def _door_code(token: str) -> Markup:
    return Markup(svg(qr_of(token), cards.CORRECTION, cards.MASK))


def _sheet_code(address: str) -> Markup:
    return Markup(svg(address, sign_up_sheets.CORRECTION))


def _nothing(advice: str) -> Response:
    """A page instead of an empty sheet of paper."""
    return Response(render_template("error.html", title=_("Chưa có gì để in"), advice=advice), 404)


def _file(content: bytes, name: str) -> Response:
    """A PDF to open or keep."""
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
