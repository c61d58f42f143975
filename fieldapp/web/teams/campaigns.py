"""Campaigns: named, looked at while they run and after, changed, ended, withdrawn; and whatever was said of one can be taken back."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.figures import campaigns as figures
from fieldapp.figures.campaign_figures import lines_now
from fieldapp.figures.reporting import new_id
from fieldapp.intake.campaigns import read
from fieldapp.store import accounts, areas, campaigns, indicators, journal
from fieldapp.store.campaigns import Version
from fieldapp.store.engine import Connection, reading, writing
from fieldapp.survey.campaign import RUNNING, Campaign
from fieldapp.survey.day import day_of
from fieldapp.survey.indicator import Indicator, current
from fieldapp.web import guard
from fieldapp.web.figures import covered
from fieldapp.web.households import asked
from fieldapp.web.line_words import finding_words
from fieldapp.web.meanwhile import is_newer
from fieldapp.web.server import server

pages = Blueprint("campaigns", __name__, url_prefix="/campaigns")

FIGURES_SEEN_BY = ("officer", "auditor")


@pages.get("")
@guard.signed_in(roles=guard.FIGURE_ROLES)
def page() -> str:
    """Every campaign, the latest first, and how far each came."""
    with reading(server().engine) as connection:
        commune, seen = areas.commune(connection, current_user.commune_id), guard.villages_seen(connection)
        standing = campaigns.of_commune(connection, commune.commune_id)
        every = [figures.progress(connection, commune.commune_id, each, _today(), seen) for each in standing]
    return render_template("teams/campaigns.html", commune=commune, rows=[each for each in every if each.villages], today=_today())


@pages.get("/<campaign_id>")
@guard.signed_in(roles=guard.FIGURE_ROLES)
def one(campaign_id: str) -> str:
    """How a campaign goes, by village and by team, and what was ever said of it."""
    return _one(campaign_id)


@pages.get("/<campaign_id>/figures")
@guard.signed_in(roles=FIGURES_SEEN_BY)
def effect(campaign_id: str) -> str:
    """What its visits found and left, by indicator."""
    with reading(server().engine) as connection:
        found = _campaign(connection, campaign_id)
        told = lines_now(connection, current_user.commune_id, found, _today())
    return render_template("teams/campaign_figures.html", campaign=found, page=told, today=_today())


@pages.get("/new")
@guard.signed_in(roles=("officer",))
def new() -> str:
    """The form for a campaign."""
    return _form(None, {"first": _today(), "last": _today()}, {})


@pages.get("/<campaign_id>/change")
@guard.signed_in(roles=("officer",))
def change(campaign_id: str) -> str:
    """The form for a campaign that stands."""
    with reading(server().engine) as connection:
        newest = _newest(connection, campaign_id)
    found = newest.campaign
    values = {name: getattr(found, name) for name in ("name", "first", "last", "goal")}
    return _form(found, {**values, "villages": found.villages or (), "indicators": found.indicators, "seen": newest.number}, {})


@pages.post("/keep")
@guard.signed_in(roles=("officer",))
def keep() -> Any:
    """Keeps what the form says of a campaign. `code`: of which, none for a new one; `new`: its id then, so that sent twice it is one."""
    now, code = server().clock(), request.form.get("code", "")
    chosen, about = ([each for each in request.form.getlist(name) if each] for name in ("village", "indicator"))
    values = {**request.form, "villages": chosen, "indicators": about}
    with writing(server().engine) as connection:
        journal.lock(connection, current_user.commune_id)
        newest = _newest(connection, code) if code else None
        before = newest.campaign if newest else None
        campaign_id = before.campaign_id if before else request.form.get("new", "")
        if not before and not _is_new(connection, campaign_id):
            abort(400)
        villages = {each.village_id for each in areas.all_villages(connection, current_user.commune_id)}
        told = {each.code for each in _indicators(connection)}
        found, wrong = read(campaign_id, request.form, chosen, about, villages, told)
        late = newest if newest and found not in (None, newest.campaign) and is_newer(newest.number) else None
        if found and not late:
            there = None if before else campaigns.by_id(connection, current_user.commune_id, campaign_id)
            if there not in (None, found):
                found = replace(found, campaign_id=new_id(now))  # the form was gone back to, for another campaign
            campaigns.keep(connection, current_user.commune_id, found, current_user.account.account_id, now)
    if found is None:
        return _form(before, values, {each.where: finding_words(each) for each in reversed(wrong)}), 422
    if late:
        return _form(before, {**values, "seen": late.number}, {}, late), 409
    flash(_("Đã ghi."), "good")
    return redirect(url_for("campaigns.one", campaign_id=found.campaign_id), 303)


@pages.post("/<campaign_id>/end")
@guard.signed_in(roles=("officer",))
def end(campaign_id: str) -> Any:
    """Lets today be the last day of a campaign that runs."""
    return _said(campaign_id, lambda found: replace(found, last=_today()) if found.state(_today()) == RUNNING else found)


@pages.post("/<campaign_id>/withdraw")
@guard.signed_in(roles=("officer",))
def withdraw(campaign_id: str) -> Any:
    """Takes a campaign out that was named by mistake."""
    return _said(campaign_id, lambda found: replace(found, withdrawn=True))


@pages.post("/<campaign_id>/back")
@guard.signed_in(roles=("officer",))
def back(campaign_id: str) -> Any:
    """Lets a campaign be again what it was in a former version (`number`)."""
    with reading(server().engine) as connection:
        every = {str(each.number): each.campaign for each in campaigns.versions(connection, current_user.commune_id, campaign_id)}
    then = every.get(request.form.get("number", "")) or abort(404)
    return _said(campaign_id, lambda _found: then)


def _said(campaign_id: str, changed: Any) -> Any:
    with writing(server().engine) as connection:
        journal.lock(connection, current_user.commune_id)
        newest = _newest(connection, campaign_id)
        after = changed(newest.campaign)
        late = after != newest.campaign and is_newer(newest.number)
        if not late:
            campaigns.keep(connection, current_user.commune_id, after, current_user.account.account_id, server().clock())
    if late:
        return _one(campaign_id, meanwhile=True), 409
    flash(_("Đã ghi. Bản trước vẫn còn ở cuối trang, lấy lại được."), "good")
    return redirect(url_for("campaigns.one", campaign_id=campaign_id), 303)


def _one(campaign_id: str, meanwhile: bool = False) -> str:
    """meanwhile: another officer changed it, and what was asked for is not done yet."""
    with reading(server().engine) as connection:
        found, seen = _campaign(connection, campaign_id), guard.villages_seen(connection)
        told = figures.progress(connection, current_user.commune_id, found, _today(), seen, asked.team_told())
        if not told.villages:
            abort(404)  # of a leader's villages none is in it
        shown = _around(connection) | {"versions": campaigns.versions(connection, current_user.commune_id, campaign_id)}
        about = [each for each in _indicators(connection) if each.code in found.indicators]
    shown |= {"campaign": found, "page": told, "about": about, "today": _today(), "running": RUNNING, "meanwhile": meanwhile}
    return render_template("teams/campaign.html", name_of=covered.name_of, query_of=covered.query_of, **shown)


def _form(campaign: Campaign | None, values: Any, problems: dict[str, str], meanwhile: Version | None = None) -> str:
    """meanwhile: what another officer made of it while this one wrote."""
    with reading(server().engine) as connection:
        choices = areas.standing_with(connection, current_user.commune_id, values.get("villages", ()))
        shown = _around(connection) | {"choices": choices, "indicators": _indicators(connection), "meanwhile": meanwhile}
    return render_template("teams/campaign_form.html", campaign=campaign, values=values, problems=problems, new=new_id(server().clock()), **shown)


def _around(connection: Connection) -> dict[str, Any]:
    """What a campaign is told with: who said it, and its villages by their own names and by those that stand now."""
    commune_id = current_user.commune_id
    people = {each.account_id: each.name for each in accounts.of_commune(connection, commune_id)}
    return {"people": people, "villages": areas.all_villages(connection, commune_id), "names": areas.names(connection, commune_id)}


def _campaign(connection: Connection, campaign_id: str) -> Campaign:
    return _newest(connection, campaign_id).campaign


def _newest(connection: Connection, campaign_id: str) -> Version:
    found = campaigns.versions(connection, current_user.commune_id, campaign_id)
    return found[-1] if found else abort(404)


def _indicators(connection: Connection) -> list[Indicator]:
    return list(current(_today(), indicators.of_commune(connection, current_user.commune_id)))


def _is_new(connection: Connection, campaign_id: str) -> bool:
    """Whether it is an id that the form made; sent twice, it is known and the same is said again."""
    return len(campaign_id) == 36 and campaign_id.replace("-", "").isalnum()


def _today() -> str:
    return day_of(server().clock())
