"""What a request asks to be printed, read and answered from the rooms below: door cards, and sign-up sheets.

The print page and the PDF of a thing have the same address line, so both read it here."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, request, url_for
from flask_login import current_user

from fieldapp.paper import door_cards, official_links
from fieldapp.paper.addresses import host_of
from fieldapp.paper.sign_up_sheets import DESIGNS, MOST_CARDS, SIZES, Card, Sheet
from fieldapp.store import accounts, areas, sheet_people
from fieldapp.store import door_cards as doors
from fieldapp.store.accounts import Account
from fieldapp.store.links import Link
from fieldapp.survey.day import day_of
from fieldapp.survey.text import nfc
from fieldapp.web import formats, guard
from fieldapp.web.server import server

MOST_CODES = 600
MOST_TEXT = 90
EACH = "each"  # a sheet for every village


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about sheets with all there is to choose from. people: those who may be named; stale: chosen, but not tried lately."""

    village: str
    villages: list[areas.Village]
    links: list[Link]
    chosen: list[Link]
    people: list[Account]
    named: set[str]
    leaders: bool
    sheets: list[Sheet]
    stale: list[Link]


def my_villages(connection: Any) -> list[areas.Village]:
    """The villages that the signed-in person may print for."""
    seen = guard.villages_seen(connection)
    return [each for each in areas.villages(connection, current_user.commune_id) if seen is None or each.village_id in seen]


def asked_doors(connection: Any) -> list[door_cards.Leaf]:
    """The pages of door cards that the request names: `household` (codes), else `village` (all that one sees), `since` a day."""
    commune_id = current_user.commune_id
    codes = set(request.args.getlist("household"))
    if len(codes) > MOST_CODES:
        abort(400)
    if codes:
        found, seen = doors.chosen(connection, commune_id, codes), guard.villages_seen(connection)
        if len(found) != len(codes) or not all(seen is None or each.village_id in seen for each in found):
            abort(404)
    else:
        villages, since = asked_ground(connection)
        found = doors.doors(connection, commune_id, villages, since=since)
    names = {each.village_id: formats.village_name(each) for each in areas.all_villages(connection, commune_id)}
    return door_cards.leaves(found, areas.commune(connection, commune_id).name, names)


def asked_ground(connection: Any) -> tuple[set[str] | None, str | None]:
    """(villages, since) that the request names by `village` and `since`: None, all of the commune; None, whenever they came."""
    village = request.values.get("village") or None
    if village is not None and areas.village(connection, current_user.commune_id, village) is None:
        abort(404)
    if village is not None:
        guard.require_village(connection, village)
    return guard.villages_seen(connection) if village is None else {village}, _day(request.values.get("since"))


def asked_sheets(connection: Any) -> Asked:
    """The sign-up sheets that the request names; a choice that was not made yet is made for it, people's names never."""
    args, commune_id, today = request.args, current_user.commune_id, day_of(server().clock())
    villages = my_villages(connection)
    village = args.get("village", "")
    if not village and current_user.role != "officer":
        village = villages[0].village_id if villages else abort(404)
    if village not in ("", EACH, *(each.village_id for each in villages)):
        abort(404)
    design = args["design"] if args.get("design") in DESIGNS else DESIGNS[0]
    size = args["size"] if args.get("size") in SIZES else SIZES[0]
    links = official_links.offered(connection, commune_id, today, village)
    picked = set(args.getlist("link")) if "chosen" in args else {each.link_id for each in links[: 2 if design == "poster" else MOST_CARDS[design]]}
    chosen = [each for each in links if each.link_id in picked]
    meant = [each for each in villages if village in (EACH, each.village_id)]
    working = sheet_people.working_in(connection, commune_id, {each.village_id for each in meant}, today)
    people = _people(connection, village, working)
    commune, named, leaders = areas.commune(connection, commune_id), set(args.getlist("person")), args.get("leaders") == "1"
    campaign = nfc(" ".join(args.get("text", "").split()))[:MOST_TEXT]

    def sheet(place: areas.Village | None) -> Sheet:
        if village == EACH and place is not None:
            team = [each for each in working[place.village_id] if leaders and each.role == "leader" and each.phone]
        else:
            team = [each for each in people if each.account_id in named]
        cards = [_card(link, commune, place) for link in chosen if link.village_id in (None, place and place.village_id)]
        words = formats.village_name(place) if place else None
        return Sheet(commune.name, words, design, size, cards, [(each.name, each.phone or "") for each in team], campaign)

    sheets = [sheet(each) for each in meant] if village else [sheet(None)]
    stale = [each for each in chosen if official_links.is_stale(each, today)]
    return Asked(village, villages, links, chosen, people, named, leaders, [each for each in sheets if each.cards], stale)


def _people(connection: Any, village: str, working: dict[str, list[Account]]) -> list[Account]:
    """Those who may be named on one sheet: who works in the village; on the commune's, its officers."""
    if not village:
        return [each for each in accounts.of_commune(connection, current_user.commune_id) if each.active and each.role == "officer"]
    return [] if village == EACH else working[village]


def _card(link: Link, commune: areas.Commune, village: areas.Village | None) -> Card:
    """The link as a card; our own page is told which village's sheet was scanned."""
    address = link.url or url_for("sign_up.page", code=commune.code, v=village.number if village else None, _external=True)
    return Card(link.title, address, host_of(address), link.steps, formats.day(link.expires_on) if link.expires_on else None)


def _day(text: str | None) -> str | None:
    """A day as a date field sends it; None when it was left empty."""
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        abort(400)
