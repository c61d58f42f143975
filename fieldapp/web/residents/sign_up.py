"""The public page that a sheet's code leads to: a resident asks for help, without an account.

It tells nobody anything about anybody: every well-formed request is answered with the same thanks, whether the number was here before,
is in use, or was typed by a machine (which fills the field that people do not see)."""

import uuid
from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from fieldapp.store import areas, sign_ups
from fieldapp.store.engine import reading, writing
from fieldapp.survey.day import instant, moment
from fieldapp.survey.phone_number import e164
from fieldapp.survey.service import EFFECTS
from fieldapp.survey.text import nfc
from fieldapp.web.limits import sign_up_limits
from fieldapp.web.residents import sign_up_consent
from fieldapp.web.server import server

pages = Blueprint("sign_up", __name__)

MOST_NAME = 80
TRAP = "website"  # people don't see it, machines fill it
SAME_WITHIN = timedelta(days=1)
# What the team does at the door that a resident would ask for by name.
WISHES = tuple(service for service in EFFECTS if service != "filed_for")


@pages.get("/x/<code>")
def page(code: str) -> str:
    """The form; `v`: the number of the village whose sheet was scanned, on an old sheet maybe one that is part of another now."""
    commune, villages = _place(code)
    with reading(server().engine) as connection:
        scanned = sign_ups.village_under(connection, commune.commune_id, request.args.get("v", ""))
    return _form(commune, villages, {"village": scanned}, {})


@pages.post("/x/<code>")
@sign_up_limits
def send(code: str) -> Any:
    """Keeps what was asked for, or says what is missing."""
    commune, villages = _place(code)
    form = request.form
    typed: dict[str, Any] = {field: " ".join(nfc(form.get(field, "")).split()) for field in ("name", "phone", "village")}
    typed |= {"wishes": [each for each in WISHES if each in form.getlist("wish")], "agreed": form.get("agreed") == "1"}
    if form.get(TRAP):
        return redirect(url_for("sign_up.thanks", code=code), 303)
    wrong = _wrong(typed, villages)
    if wrong:
        return _form(commune, villages, typed, wrong), 422
    now = server().clock()
    new = sign_ups.SignUp(
        str(uuid.uuid4()), now, typed["village"], typed["name"], str(e164(typed["phone"])), tuple(typed["wishes"]),
        sign_up_consent.given(str(get_locale())),
    )  # fmt: skip
    with writing(server().engine) as connection:
        sign_ups.add(connection, commune.commune_id, new, moment(instant(now) - SAME_WITHIN))
    return redirect(url_for("sign_up.thanks", code=code), 303)


@pages.get("/x/<code>/thanks")
def thanks(code: str) -> str:
    """What happens next, and how to take it back."""
    commune, _villages = _place(code)
    return render_template("residents/sign_up_thanks.html", commune=commune, days=sign_up_consent.KEPT_DAYS)


def _place(code: str) -> tuple[areas.Commune, list[areas.Village]]:
    with reading(server().engine) as connection:
        commune = sign_ups.commune_under(connection, code) or abort(404)
        return commune, areas.villages(connection, commune.commune_id)


def _wrong(typed: dict[str, Any], villages: list[areas.Village]) -> dict[str, str]:
    """Field → what to mend, in words."""
    name = typed["name"]
    checks = {
        "name": (2 <= len(name) <= MOST_NAME and any(each.isalpha() for each in name), _("Vui lòng ghi họ và tên.")),
        "phone": (e164(typed["phone"]) is not None, _("Số điện thoại chưa đúng. Ví dụ: 0912 345 678.")),
        "village": (typed["village"] in {each.village_id for each in villages}, _("Vui lòng chọn thôn, bản, khu phố của mình.")),
        "wishes": (bool(typed["wishes"]), _("Vui lòng chọn ít nhất một việc cần giúp.")),
        "agreed": (typed["agreed"], _("Cần ông/bà đồng ý thì chúng tôi mới được giữ số điện thoại để gọi lại.")),
    }
    return {field: words for field, (right, words) in checks.items() if not right}


def _form(commune: areas.Commune, villages: list[areas.Village], typed: dict[str, Any], wrong: dict[str, str]) -> str:
    consent = sign_up_consent.text(str(get_locale()))
    return render_template(
        "residents/sign_up.html", commune=commune, villages=villages, typed=typed, wrong=wrong, wishes=WISHES, consent=consent, trap=TRAP
    )
