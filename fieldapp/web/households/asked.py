"""What a list of households is asked for, as the address says it: the same address shows a colleague the same list."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import abort, request
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.figures.campaigns import ground
from fieldapp.store import areas, campaigns, listing, teams
from fieldapp.store.listing import FILTERS, OFFICERS_ONLY, Asked, Within
from fieldapp.survey.campaign import Campaign
from fieldapp.survey.day import day_of
from fieldapp.survey.event import OUTCOMES
from fieldapp.web import guard, words
from fieldapp.web.formats import village_name
from fieldapp.web.server import server

MOST_LETTERS = 100


class Choice(NamedTuple):
    """A team as the list offers it; under NO_TEAM what was given to none."""

    team_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Address:
    """asked: for the store; village, team: the one chosen, None for all; campaign: the one that it is about, None for none; query: what the address
    says, without the page."""

    asked: Asked
    village: areas.Village | None
    villages: list[areas.Village]
    team: Choice | None
    teams: list[Choice]
    query: dict[str, Any]
    campaign: Campaign | None = None


def filters_seen() -> list[str]:
    """The filters that the signed-in person may use, in their order."""
    return [name for name in FILTERS if name not in OFFICERS_ONLY or current_user.role == "officer"]


def read(connection: Any) -> Address:
    """The list that the present request asks for; 404 for a village or a filter that is not the signed-in person's."""
    commune_id, seen = current_user.commune_id, guard.villages_seen(connection)
    villages = _villages(connection, seen, request.args.get("village", ""))
    village_id, team_id, outcome = (request.args.get(name) or None for name in ("village", "team", "outcome"))
    village = next((each for each in villages if each.village_id == village_id), None)
    grounds, choices = _teams(connection)
    team = next((each for each in choices if each.team_id == team_id), None)
    filters = tuple(dict.fromkeys(request.args.getlist("filter")))
    search = request.args.get("q", "").strip()[:MOST_LETTERS]
    campaign, within = _campaign(connection)
    wrong = (village_id and village is None, team_id and team is None, set(filters) - set(filters_seen()), outcome not in (None, "none", *OUTCOMES))
    if any(wrong):
        abort(404)
    chosen = listing.villages_of(connection, commune_id, {village.village_id} if village else None)
    around = _within(chosen, grounds[team.team_id] if team else None, seen, ground(connection, commune_id, campaign) if campaign else None)
    asked = Asked(day_of(server().clock()), around, filters, outcome, search, within=within)
    query = {"village": village_id, "team": team_id, "filter": list(filters), "outcome": outcome, "q": search}
    query |= {"campaign": campaign.campaign_id, "reached": within.reached} if campaign and within else {}
    return Address(asked, village, villages, team, choices, {name: value for name, value in query.items() if value}, campaign)


def _campaign(connection: Any) -> tuple[Campaign | None, Within | None]:
    """The campaign that the list is about, and what became of its households in it; 404 for one that does not stand."""
    campaign_id, reached = request.args.get("campaign"), request.args.get("reached") or listing.MISSED
    if not campaign_id:
        return None, None
    found = campaigns.by_id(connection, current_user.commune_id, campaign_id)
    if found is None or found.withdrawn or reached not in listing.REACHED:
        abort(404)
    return found, Within(found.first, found.last, reached)


def team_told() -> str | None:
    """The only team that the signed-in person is told of; None: every one."""
    return (current_user.account.team_id or teams.NO_TEAM) if current_user.role == "leader" else None


def _villages(connection: Any, seen: Collection[str] | None, asked_for: str) -> list[areas.Village]:
    """The villages that stand, of which something is seen: what is seen may have become part of one; and the one asked for, that became part too."""
    into = areas.successors(connection, current_user.commune_id)
    whole = None if seen is None else {*seen, *(into.get(each, each) for each in seen)}
    every = areas.standing_with(connection, current_user.commune_id, {asked_for})
    return [each for each in every if whole is None or each.village_id in whole]


def _teams(connection: Any) -> tuple[dict[str, frozenset[str]], list[Choice]]:
    told = team_told()
    every = [each for each in teams.of_commune(connection, current_user.commune_id) if told in (None, each.team_id)]
    grounds = teams.grounds(connection, current_user.commune_id, every)
    alone = [Choice(teams.NO_TEAM, _("Chưa giao tổ nào"))] if every and told is None else []
    return grounds, [*(Choice(each.team_id, each.name) for each in every), *alone]


def _within(*sets: Collection[str] | None) -> frozenset[str] | None:
    """What is in all of these; None: everything."""
    some = [frozenset(each) for each in sets if each is not None]
    return frozenset.intersection(*some) if some else None


def in_words(address: Address) -> str:
    """What the list holds, for its print and its file: Thôn Đồng Chợ · Chưa đến."""
    parts = [village_name(address.village) if address.village else _("Tất cả các thôn")]
    parts += [address.team.name] if address.team else []
    parts += [str(words.words("filter", name)) for name in address.asked.filters]
    if address.asked.outcome:
        parts.append(str(outcome_words(address.asked.outcome)))
    if address.campaign and address.asked.within:
        parts += [address.campaign.name, str(words.words("reached", address.asked.within.reached))]
    if address.asked.search:
        parts.append(_("tìm “%(search)s”", search=address.asked.search))
    return " · ".join(parts)


def outcome_words(outcome: str | None) -> Any:
    """The words for a latest outcome; for nobody came yet, too."""
    return words.words("outcome", outcome) if outcome not in (None, "none") else words.FILTER["unvisited"]
