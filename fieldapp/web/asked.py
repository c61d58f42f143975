"""What a list of households is asked for, as the address says it: the same address shows a colleague the same list."""

from dataclasses import dataclass
from typing import Any

from flask import abort, request
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.store import areas, listing
from fieldapp.store.listing import FILTERS, OFFICERS_ONLY, Asked
from fieldapp.survey.day import day_of
from fieldapp.survey.event import OUTCOMES
from fieldapp.web import guard, words
from fieldapp.web.formats import village_name
from fieldapp.web.server import server

MOST_LETTERS = 100


@dataclass(frozen=True, slots=True)
class Address:
    """asked: for the store; village: the one chosen, None for all; query: what the address says, without the page."""

    asked: Asked
    village: areas.Village | None
    villages: list[areas.Village]
    query: dict[str, Any]


def filters_seen() -> list[str]:
    """The filters that the signed-in person may use, in their order."""
    return [name for name in FILTERS if name not in OFFICERS_ONLY or current_user.role == "officer"]


def read(connection: Any) -> Address:
    """The list that the present request asks for; 404 for a village or a filter that is not the signed-in person's."""
    commune_id, seen = current_user.commune_id, guard.villages_seen(connection)
    villages = [each for each in areas.villages(connection, commune_id) if seen is None or each.village_id in seen]
    village_id, outcome = request.args.get("village") or None, request.args.get("outcome") or None
    village = next((each for each in villages if each.village_id == village_id), None)
    filters = tuple(dict.fromkeys(request.args.getlist("filter")))
    search = request.args.get("q", "").strip()[:MOST_LETTERS]
    wrong = (village_id and village is None, set(filters) - set(filters_seen()), outcome not in (None, "none", *OUTCOMES))
    if any(wrong):
        abort(404)
    chosen = {village.village_id} if village else seen
    asked = Asked(day_of(server().clock()), listing.villages_of(connection, commune_id, chosen), filters, outcome, search)
    query = {"village": village_id, "filter": list(filters), "outcome": outcome, "q": search}
    return Address(asked, village, villages, {name: value for name, value in query.items() if value})


def in_words(address: Address) -> str:
    """What the list holds, for its print and its file: Thôn Đồng Chợ · Chưa đến."""
    parts = [village_name(address.village) if address.village else _("Tất cả các thôn")]
    parts += [str(words.words("filter", name)) for name in address.asked.filters]
    if address.asked.outcome:
        parts.append(str(outcome_words(address.asked.outcome)))
    if address.asked.search:
        parts.append(_("tìm “%(search)s”", search=address.asked.search))
    return " · ".join(parts)


def outcome_words(outcome: str | None) -> Any:
    """The words for a latest outcome; for nobody came yet, too."""
    return words.words("outcome", outcome) if outcome not in (None, "none") else words.FILTER["unvisited"]
