"""A doubt in words: its name, what was seen, and what is usual for this member and village."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from fieldapp.store import findings, household_lines, review_queue, usual
from fieldapp.store.engine import Connection
from fieldapp.store.review_queue import Item
from fieldapp.store.usual import Made, Usual
from fieldapp.survey.day import day_of
from fieldapp.web.formats import count, moment, share
from fieldapp.web.server import server
from fieldapp.web.words import question, words

USUAL_DAYS = 90


@dataclass(frozen=True, slots=True)
class Doubt:
    """seen: what was seen beside what is usual, in words; "" where the name says it all; other: the code of the household that may be the same."""

    code: str
    place: str
    seen: str = ""
    other: str = ""

    @property
    def words(self) -> Any:
        return words("flag", self.code)


@dataclass(frozen=True, slots=True)
class Told:
    """What the words of doubts are made of. members, villages: (whose, kind of visit) → its usual time; people: (household, person) → name, year."""

    made: Mapping[str, Made]
    members: Mapping[tuple[str, str], Usual]
    villages: Mapping[tuple[str, str], Usual]
    people: Mapping[tuple[str, str], tuple[str | None, int | None]]
    seen: Mapping[tuple[str, str], Mapping[str, Any]]
    codes: Mapping[str, str]


def of_items(connection: Connection, commune_id: str, items: list[Item], with_village: bool = False) -> dict[str, list[Doubt]]:
    """Item's key → its doubts. with_village: say what is usual in the village too."""
    flags = review_queue.flags_of(connection, commune_id, [each.event_id for each in items if not each.finding])
    told = _told(connection, commune_id, items, flags, with_village)
    found = {}
    for item in items:
        of = [(item.finding, "")] if item.finding else flags.get(item.event_id, [])
        found[item.key] = [Doubt(code, place, _seen(item, code, place, told), _other(item, code, told)) for code, place in of]
    return found


def _told(connection: Connection, commune_id: str, items: list[Item], flags: Mapping[str, list[tuple[str, str]]], with_village: bool) -> Told:
    since = (date.fromisoformat(day_of(server().clock())) - timedelta(days=USUAL_DAYS)).isoformat()
    made = usual.made(connection, commune_id, flags)
    fast = [made[event_id] for event_id, theirs in flags.items() if event_id in made and any(code == "visit_too_fast" for code, _ in theirs)]
    places = {
        (item.household_id, place.split(".")[1])
        for item in items if item.household_id for _, place in flags.get(item.event_id, ()) if place.startswith("people.")
    }  # fmt: skip
    seen = findings.seen_of(connection, commune_id, [each.event_id for each in items if each.finding])
    members = usual.seconds(connection, commune_id, "account_id", {each.account_id for each in fast}, since) if fast else {}
    # Of whom too little is known to say what is usual for them, the village's has to do.
    unknown = {each.village_id or "" for each in fast if with_village or (each.account_id, each.manner) not in members}
    others = {each["other"] for each in seen.values() if "other" in each}
    return Told(
        made,
        members,
        usual.seconds(connection, commune_id, "village_id", unknown, since) if unknown else {},
        usual.people(connection, commune_id, places),
        seen,
        {household_id: line.code or "" for household_id, line in household_lines.lines(connection, commune_id, others).items()},
    )


def _seen(item: Item, code: str, place: str, told: Told) -> str:
    if item.finding:
        return _found(code, told.seen.get((code, item.event_id), {}), told.codes)
    made = told.made.get(item.event_id)
    if code == "visit_too_fast" and made is not None and made.seconds is not None:
        return _speed(made, told)
    if code == "many_unknown" and made is not None:
        return _("%(part)s trong %(all)s câu", part=count(made.unsaid), all=count(made.stated))
    if code == "night_visit" and made is not None:
        return moment(made.at)
    if code == "sudden_loss":
        return question(place)
    if place.startswith("people.") and item.household_id:
        name, born = told.people.get((item.household_id, place.split(".")[1]), (None, None))
        year = _("sinh năm %(year)s", year=born) if born and not code.startswith("name_") else None
        return ", ".join(filter(None, (name, year)))
    return ""


def _other(item: Item, code: str, told: Told) -> str:
    return told.codes.get(told.seen.get((code, item.event_id), {}).get("other", ""), "") if item.finding else ""


def _speed(made: Made, told: Told) -> str:
    parts = [time(made.seconds or 0)]
    member, village = told.members.get((made.account_id, made.manner or "")), told.villages.get((made.village_id or "", made.manner or ""))
    if member:
        parts.append(_("người này thường %(time)s", time=between(member)))
    if village:
        parts.append(_("cả thôn thường %(time)s", time=between(village)))
    kind = words("manner", made.manner) if made.manner else ""
    return f"{kind}: {'; '.join(parts)}" if kind else "; ".join(parts)


def _found(code: str, seen: Mapping[str, Any], codes: Mapping[str, str]) -> str:
    if code == "alike_houses":
        return _("%(count)s nhà liền nhau trả lời y hệt", count=count(seen.get("houses")))
    if code.startswith("duplicate_"):
        code = codes.get(seen.get("other", ""), "?")
        return _("%(count)s người cùng tên, cùng năm sinh với hộ %(code)s", count=count(seen.get("people")), code=code)
    if code == "check_differs":
        return _("khác %(part)s trong %(all)s câu", part=count(seen.get("part")), all=count(seen.get("of")))
    part, all = seen.get("part", 0), seen.get("of", 0)
    said = [_("%(part)s trong %(all)s (%(share)s)", part=count(part), all=count(all), share=share(part / all if all else None, 0))]
    if seen.get("usual") is not None:
        said.append(_("người khác ở đó thường %(share)s", share=share(seen["usual"], 0)))
    return "; ".join(said)


def time(seconds: int) -> str:
    """So many seconds as people say it."""
    if seconds < 90:
        return _("%(num)s giây", num=count(seconds))
    return _("%(num)s phút", num=count(round(seconds / 60)))


def between(usual: Usual) -> str:
    """A usual time as people say it: 20–45 giây, 2–4 phút."""
    if usual.high < 90:
        return _("%(low)s–%(high)s giây", low=count(usual.low), high=count(usual.high))
    low, high = max(1, round(usual.low / 60)), max(1, round(usual.high / 60))
    return _("%(low)s–%(high)s phút", low=count(low), high=count(high)) if low != high else _("%(num)s phút", num=count(low))
