"""What a province took in from communes on servers of their own: whose key it trusts, and each package as it came."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from fieldapp.store.province_tables import package, sender
from fieldapp.store.upsert import upsert
from fieldapp.survey.event import dumps


@dataclass(frozen=True, slots=True)
class Sender:
    """A commune whose key a province officer has confirmed."""

    source_id: str
    code: str
    name: str
    public_key: str
    confirmed_at: str
    confirmed_by: str


@dataclass(frozen=True, slots=True)
class Package:
    """month: the last one that it tells; about: what it says of the commune itself, its phones and backups."""

    source_id: str
    month: str
    made_at: str
    taken_at: str
    taken_by: str
    sha256: str
    about: dict[str, Any]


_OF_SENDER = [sender.c[name] for name in Sender.__dataclass_fields__]
_OF_PACKAGE = [package.c[name] for name in Package.__dataclass_fields__]


def trust(connection: Connection, commune_id: str, new: Sender) -> None:
    """From now on what this key signed is that commune's word; a key before it is no more. commune_id: the province's."""
    upsert(connection, sender, [{"commune_id": commune_id, **{name: getattr(new, name) for name in Sender.__dataclass_fields__}}])


def senders(connection: Connection, commune_id: str) -> dict[str, Sender]:
    """The communes that send packages to this province, by id."""
    rows = connection.execute(select(*_OF_SENDER).where(sender.c.commune_id == commune_id).order_by(sender.c.code))
    return {each.source_id: each for row in rows for each in [Sender(*row)]}


def forget(connection: Connection, commune_id: str, source_id: str) -> None:
    """Let go of a commune that sends under another id now."""
    for table in (sender, package):
        connection.execute(delete(table).where(table.c.commune_id == commune_id, table.c.source_id == source_id))


def add(connection: Connection, commune_id: str, new: Package, text: str) -> None:
    """Keep a package as it came."""
    named = {name: getattr(new, name) for name in Package.__dataclass_fields__}
    connection.execute(insert(package).values(commune_id=commune_id, **{**named, "about": dumps(new.about)}, text=text))


def of_province(connection: Connection, commune_id: str) -> list[Package]:
    """Every package that was taken in, the latest first."""
    query = select(*_OF_PACKAGE).where(package.c.commune_id == commune_id)
    rows = connection.execute(query.order_by(package.c.taken_at.desc(), package.c.source_id, package.c.made_at.desc()))
    return [Package(source, month, made, taken, by, sha256, json.loads(about)) for source, month, made, taken, by, sha256, about in rows]


def latest(connection: Connection, commune_id: str) -> dict[str, Package]:
    """Commune → the package of it that counts: of those that tell most, the one that was made last."""
    found: dict[str, Package] = {}
    for each in sorted(of_province(connection, commune_id), key=lambda each: (each.month, each.made_at)):
        found[each.source_id] = each
    return found
