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
from fieldapp.store import accounts, areas, campaigns, indicators
from fieldapp.store.engine import Connection, reading, writing
from fieldapp.survey.campaign import RUNNING, Campaign
from fieldapp.survey.day import day_of
from fieldapp.survey.indicator import Indicator, current
from fieldapp.web import asked, covered, guard
from fieldapp.web.line_words import finding_words
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
    return render_template("campaigns.html", commune=commune, rows=[each for each in every if each.villages], today=_today())


@pages.get("/<campaign_id>")
@guard.signed_in(roles=guard.FIGURE_ROLES)
def one(campaign_id: str) -> str:
    """How a campaign goes, by village and by team, and what was ever said of it."""
    with reading(server().engine) as connection:
        found, seen = _campaign(connection, campaign_id), guard.villages_seen(connection)
        told = figures.progress(connection, current_user.commune_id, found, _today(), seen, asked.team_told())
        if not told.villages:
            abort(404)  # of a leader's villages none is in it
        people = {each.account_id: each.name for each in accounts.of_commune(connection, current_user.commune_id)}
        versions = campaigns.versions(connection, current_user.commune_id, campaign_id)
        villages, names = areas.all_villages(connection, current_user.commune_id), areas.names(connection, current_user.commune_id)
        about = [each for each in _indicators(connection) if each.code in found.indicators]
    shown = {"campaign": found, "page": told, "versions": versions, "people": people, "about": about, "today": _today()}
    shown |= {"villages": villages, "names": names}
    return render_template("campaign.html", name_of=covered.name_of, query_of=covered.query_of, running=RUNNING, **shown)


@pages.get("/<campaign_id>/figures")
@guard.signed_in(roles=FIGURES_SEEN_BY)
def effect(campaign_id: str) -> str:
    """What its visits found and left, by indicator."""
    with reading(server().engine) as connection:
        found = _campaign(connection, campaign_id)
        told = lines_now(connection, current_user.commune_id, found, _today())
    return render_template("campaign_figures.html", campaign=found, page=told, today=_today())


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
        found = _campaign(connection, campaign_id)
    values = {name: getattr(found, name) for name in ("name", "first", "last", "goal")}
    return _form(found, {**values, "villages": found.villages or (), "indicators": found.indicators}, {})


@pages.post("/keep")
@guard.signed_in(roles=("officer",))
def keep() -> Any:
    """Keeps what the form says of a campaign. `code`: of which, none for a new one; `new`: its id then, so that sent twice it is one."""
    now, code = server().clock(), request.form.get("code", "")
    chosen, about = ([each for each in request.form.getlist(name) if each] for name in ("village", "indicator"))
    with writing(server().engine) as connection:
        before = _campaign(connection, code) if code else None
        campaign_id = before.campaign_id if before else request.form.get("new", "")
        if not before and not _is_new(connection, campaign_id):
            abort(400)
        villages = {each.village_id for each in areas.all_villages(connection, current_user.commune_id)}
        told = {each.code for each in _indicators(connection)}
        found, wrong = read(campaign_id, request.form, chosen, about, villages, told)
        if found is not None:
            there = None if before else campaigns.by_id(connection, current_user.commune_id, campaign_id)
            if there not in (None, found):
                found = replace(found, campaign_id=new_id(now))  # the form was gone back to, for another campaign
            campaigns.keep(connection, current_user.commune_id, found, current_user.account.account_id, now)
    if found is None:
        values = {**request.form, "villages": chosen, "indicators": about}
        return _form(before, values, {each.where: finding_words(each) for each in reversed(wrong)}), 422
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
        found = _campaign(connection, campaign_id)
        campaigns.keep(connection, current_user.commune_id, changed(found), current_user.account.account_id, server().clock())
    flash(_("Đã ghi. Bản trước vẫn còn ở cuối trang, lấy lại được."), "good")
    return redirect(url_for("campaigns.one", campaign_id=campaign_id), 303)


def _form(campaign: Campaign | None, values: Any, problems: dict[str, str]) -> str:
    with reading(server().engine) as connection:
        villages, told = areas.standing_with(connection, current_user.commune_id, values.get("villages", ())), _indicators(connection)
        names = areas.names(connection, current_user.commune_id)
    shown = {"campaign": campaign, "values": values, "problems": problems, "villages": villages, "names": names, "indicators": told}
    return render_template("campaign_form.html", new=new_id(server().clock()), **shown)


def _campaign(connection: Connection, campaign_id: str) -> Campaign:
    return campaigns.by_id(connection, current_user.commune_id, campaign_id) or abort(404)


def _indicators(connection: Connection) -> list[Indicator]:
    return list(current(_today(), indicators.of_commune(connection, current_user.commune_id)))


def _is_new(connection: Connection, campaign_id: str) -> bool:
    """Whether it is an id that the form made; sent twice, it is known and the same is said again."""
    return len(campaign_id) == 36 and campaign_id.replace("-", "").isalnum()


def _today() -> str:
    return day_of(server().clock())
