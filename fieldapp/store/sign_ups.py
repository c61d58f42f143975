"""What residents asked for on the public page: a name, a number and a wish, until the wish is met.

These rows hold people's names beside the journal: they are no survey, nobody is counted by them, and they are deleted when the person
asks, or some weeks after the help was given."""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from fieldapp.store import areas
from fieldapp.store.desk_tables import sign_up
from fieldapp.store.engine import scrub_afterwards
from fieldapp.store.tables import commune_name, visit


@dataclass(frozen=True, slots=True)
class SignUp:
    """at: a moment; phone: E.164; wishes: services of the questionnaire; consent: {text, sha256, language}; done_at: None while open;
    done_by: who said so on the desk, or made the visit that answered it."""

    sign_up_id: str
    at: str
    village_id: str
    name: str
    phone: str
    wishes: tuple[str, ...]
    consent: dict[str, Any]
    done_at: str | None = None
    done_by: str | None = None
    note: str | None = None



def _answered(column: Any) -> Any:
    """Of the first visit that was made for it."""
    made = select(column).where(visit.c.commune_id == sign_up.c.commune_id, visit.c.sign_up_id == sign_up.c.sign_up_id)
    return made.order_by(visit.c.at, visit.c.event_id).limit(1).scalar_subquery()


# Nobody ticks off what a visit did: should that one be voided, the wish waits again.
_done_at = func.coalesce(sign_up.c.done_at, _answered(visit.c.at))
_COLUMNS: list[Any] = [sign_up.c[name] for name in SignUp.__dataclass_fields__ if name not in ("done_at", "done_by")]
_COLUMNS += [_done_at.label("done_at"), func.coalesce(sign_up.c.done_by, _answered(visit.c.account_id)).label("done_by")]


def commune_under(connection: Connection, code: str) -> areas.Commune | None:
    """The commune that bears this code now, None when there is none: a sheet's address names the code, not our id."""
    for commune_id in connection.execute(select(commune_name.c.commune_id).where(commune_name.c.code == code).distinct()).scalars():
        commune = areas.commune(connection, commune_id)
        if commune.code == code:
            return commune
    return None


def village_under(connection: Connection, commune_id: str, number: str) -> str | None:
    """The village (id) that stands today for the one of this number; None when there never was one."""
    named = {str(each.number): each.village_id for each in areas.all_villages(connection, commune_id)}
    village_id = named.get(number)
    return areas.successors(connection, commune_id).get(village_id, village_id) if village_id else None


def add(connection: Connection, commune_id: str, new: SignUp, since: str) -> None:
    """Keep it; an open one of the same number and village since that moment becomes one with it: the newer name, the wishes of both."""
    same = (sign_up.c.commune_id == commune_id, sign_up.c.phone == new.phone, sign_up.c.village_id == new.village_id)
    earlier = connection.execute(select(*_COLUMNS).where(*same, _done_at.is_(None), sign_up.c.at >= since)).all()
    wishes = {wish: None for row in earlier for wish in json.loads(row.wishes)} | dict.fromkeys(new.wishes)
    if earlier:
        gone = [row.sign_up_id for row in earlier]
        connection.execute(delete(sign_up).where(sign_up.c.commune_id == commune_id, sign_up.c.sign_up_id.in_(gone)))
    written = {name: getattr(replace(new, wishes=tuple(wishes)), name) for name in SignUp.__dataclass_fields__}
    written |= {"wishes": json.dumps(list(wishes)), "consent": json.dumps(new.consent, ensure_ascii=False)}
    connection.execute(insert(sign_up).values(commune_id=commune_id, **written))


def by_id(connection: Connection, commune_id: str, sign_up_id: str) -> SignUp | None:
    row = connection.execute(select(*_COLUMNS).where(sign_up.c.commune_id == commune_id, sign_up.c.sign_up_id == sign_up_id)).first()
    return _read(row) if row else None


def listed(connection: Connection, commune_id: str, villages: set[str] | None = None, most: int = 300) -> list[SignUp]:
    """Those of these villages (None: of all), open ones first and the oldest of them first, then the latest done."""
    query = select(*_COLUMNS).where(sign_up.c.commune_id == commune_id)
    if villages is not None:
        query = query.where(sign_up.c.village_id.in_(villages))
    still_open = query.where(_done_at.is_(None)).order_by(sign_up.c.at, sign_up.c.sign_up_id).limit(most)
    done = query.where(_done_at.is_not(None)).order_by(_done_at.desc(), sign_up.c.sign_up_id).limit(most)
    return [_read(row) for each in (still_open, done) for row in connection.execute(each)]


def waiting(connection: Connection, commune_id: str, villages: Collection[str]) -> list[SignUp]:
    """Those of these villages who still wait, the oldest first."""
    query = select(*_COLUMNS).where(sign_up.c.commune_id == commune_id, sign_up.c.village_id.in_(sorted(villages)), _done_at.is_(None))
    return [_read(row) for row in connection.execute(query.order_by(sign_up.c.at, sign_up.c.sign_up_id))]


def open_count(connection: Connection, commune_id: str, villages: set[str] | None = None) -> int:
    """How many wait for help in these villages (None: in all)."""
    query = select(func.count()).where(sign_up.c.commune_id == commune_id, _done_at.is_(None))
    if villages is not None:
        query = query.where(sign_up.c.village_id.in_(villages))
    return int(connection.execute(query).scalar_one())


def done(connection: Connection, commune_id: str, sign_up_id: str, account_id: str, note: str | None, now: str) -> None:
    """The help was given, or will not be; the note says which."""
    one = update(sign_up).where(sign_up.c.commune_id == commune_id, sign_up.c.sign_up_id == sign_up_id)
    connection.execute(one.values(done_at=now, done_by=account_id, note=note))


def remove(connection: Connection, commune_id: str, sign_up_id: str) -> None:
    """The person took it back: nothing of it stays."""
    connection.execute(delete(sign_up).where(sign_up.c.commune_id == commune_id, sign_up.c.sign_up_id == sign_up_id))
    scrub_afterwards(connection)


def forget_done(connection: Connection, commune_id: str, before: str) -> None:
    """Whoever was helped before that moment is no longer kept here."""
    old = delete(sign_up).where(sign_up.c.commune_id == commune_id, _done_at < before)
    if connection.execute(old).rowcount:
        scrub_afterwards(connection)


def _read(row: Any) -> SignUp:
    return SignUp(**{**row._mapping, "wishes": tuple(json.loads(row.wishes)), "consent": json.loads(row.consent)})
