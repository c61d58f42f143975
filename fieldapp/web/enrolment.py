"""Enrolment cards: a code that makes a phone a member's, as QR, as eight characters and as a link.

Codes are kept hashed, so a card is seen once, when it is made: it is printed or shown to the member then.
"""

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, Response, abort, render_template, request
from flask_login import current_user
from markupsafe import Markup

from fieldapp.paper.enrolment_cards import Printed, pdf
from fieldapp.paper.qr import svg
from fieldapp.store import accounts, areas, devices, teams
from fieldapp.store.engine import reading, writing
from fieldapp.survey.day import instant, moment
from fieldapp.web import guard
from fieldapp.web.formats import moment as local
from fieldapp.web.server import server

pages = Blueprint("enrolment", __name__)

ON_PHONES = ("member", "leader")


@dataclass(frozen=True, slots=True)
class Card:
    """code: with a dash in the middle, as people read it aloud. expires_at: a moment."""

    name: str
    role: str
    code: str
    link: str
    qr: Markup
    expires_at: str


@pages.get("/enrolment")
@guard.signed_in
def page() -> str:
    """The commune's members, and who has a code that nobody has used yet."""
    with reading(server().engine) as connection:
        everybody = accounts.of_commune(connection, current_user.commune_id)
        waiting = devices.open_codes(connection, current_user.commune_id, server().clock())
        on_phones = {each.account_id for each in devices.of_commune(connection, current_user.commune_id) if each.revoked_at is None}
        names = {each.team_id: each.name for each in teams.of_commune(connection, current_user.commune_id)}
    until = {account_id: expires_at for account_id, _name, expires_at in waiting}
    members = sorted((each for each in everybody if _may_have_phone(each)), key=lambda each: (names.get(each.team_id or "", "~"), each.name))
    return render_template("enrolment.html", members=members, until=until, names=names, on_phones=on_phones)


@pages.post("/enrolment")
@guard.signed_in
def make() -> Response:
    """New codes for the members chosen, as cards to print; nothing shows them again."""
    asked = list(dict.fromkeys(request.form.getlist("account"))) or abort(400)
    here = server()
    now = here.clock()
    expires_at = moment(instant(now) + timedelta(days=here.settings.enrolment_days))
    with writing(here.engine) as connection:
        commune = areas.commune(connection, current_user.commune_id)
        members = [accounts.by_id(connection, commune.commune_id, account_id) for account_id in asked]
        if not all(each is not None and _may_have_phone(each) for each in members):
            abort(404)
        codes = [devices.new_code(connection, commune.commune_id, account_id, expires_at) for account_id in asked]
    cards = [_card(member, code, expires_at) for member, code in zip(members, codes, strict=True) if member]
    if "pdf" in request.form:
        printed = [Printed(card.name, card.code, card.link, local(card.expires_at)) for card in cards]
        return Response(pdf(commune.name, f"{request.url_root}phone/", printed, now), mimetype="application/pdf")
    return Response(render_template("enrolment_cards.html", commune=commune, cards=cards))


def _may_have_phone(account: accounts.Account) -> bool:
    """Whether this account may get a code from the signed-in person: a leader gives them to their own team."""
    mine = current_user.role == "officer" or (account.team_id is not None and account.team_id == current_user.account.team_id)
    return account.active and account.role in ON_PHONES and mine


def _card(member: accounts.Account, code: str, expires_at: str) -> Card:
    spoken = f"{code[:4]}-{code[4:]}"
    # A fragment never reaches a server: a chat's preview that opens the link uses nothing up.
    link = f"{request.url_root}phone/#enrol={spoken}"
    return Card(member.name, member.role, spoken, link, Markup(svg(link, "Q")), expires_at)
