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

WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class Card:
    """code: with a dash in the middle, as people read it aloud. expires_at: a moment."""

    name: str
    role: str
    team: str | None
    code: str
    link: str
    qr: Markup
    expires_at: str


@pages.get("/enrolment")
@guard.signed_in
def page() -> str:
    """The members by team, who has a phone, and who has a code that nobody has used yet. `choose` ticks a team, or all without a phone."""
    with reading(server().engine) as connection:
        everybody = accounts.of_commune(connection, current_user.commune_id)
        waiting = devices.open_codes(connection, current_user.commune_id, server().clock())
        on_phones = {each.account_id for each in devices.of_commune(connection, current_user.commune_id) if each.revoked_at is None}
        every = teams.of_commune(connection, current_user.commune_id)
    until = {account_id: expires_at for account_id, _name, expires_at in waiting}
    members = [each for each in everybody if _may_have_phone(each)]
    of_teams = [(team, [each for each in members if each.team_id == (team and team.team_id)]) for team in [*every, None]]
    groups = [(team, those) for team, those in of_teams if those]
    choose = request.args.get("choose")
    chosen = {each.account_id for each in members if (each.account_id not in on_phones if choose == WITHOUT else each.team_id == choose)}
    return render_template("teams/enrolment.html", groups=groups, until=until, on_phones=on_phones, choose=choose, chosen=chosen if choose else set())


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
        names = {each.team_id: each.name for each in teams.of_commune(connection, commune.commune_id)}
        codes = [devices.new_code(connection, commune.commune_id, account_id, expires_at) for account_id in asked]
    cards = [_card(member, names.get(member.team_id or ""), code, expires_at) for member, code in zip(members, codes, strict=True) if member]
    if "pdf" in request.form:
        places = [" · ".join(filter(None, (card.team, commune.name))) for card in cards]
        printed = [Printed(card.name, place, card.code, card.link, local(card.expires_at)) for card, place in zip(cards, places, strict=True)]
        return Response(pdf(f"{request.url_root}phone/", printed, now), mimetype="application/pdf")
    return Response(render_template("teams/enrolment_cards.html", commune=commune, cards=cards))


def _may_have_phone(account: accounts.Account) -> bool:
    """Whether this account may get a code from the signed-in person: a leader gives them to their own team."""
    mine = current_user.role == "officer" or (account.team_id is not None and account.team_id == current_user.account.team_id)
    return account.active and account.role in teams.ON_PHONES and mine


def _card(member: accounts.Account, team: str | None, code: str, expires_at: str) -> Card:
    spoken = f"{code[:4]}-{code[4:]}"
    # A fragment never reaches a server: a chat's preview that opens the link uses nothing up.
    link = f"{request.url_root}phone/#enrol={spoken}"
    return Card(member.name, member.role, team, spoken, link, Markup(svg(link, "Q")), expires_at)
