"""The versions of a commune's questionnaire. The form that ships is version 1 of every commune; what an officer publishes follows it.

A version is never changed and never goes: visits name it. So what was read of one once is kept in memory."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from fieldapp.store.desk_tables import questionnaire
from fieldapp.survey.questionnaire import NAMES, SHIPPED, Questionnaire, load

FIRST = 1
READ_KEPT = 400


@dataclass(frozen=True, slots=True)
class Version:
    """published_by: an account; "" of the form that ships. changes: what it changed against the version before."""

    number: int
    name: str
    published_at: str
    published_by: str
    changes: list[Any]


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms that visits of a commune may name."""

    newest: Questionnaire
    by_name: Mapping[str, Questionnaire]

    def of(self, name: str | None) -> Questionnaire | None:
        """The form of that name; of None the newest, which knows the answers of all; None when there is none."""
        return self.newest if name is None else self.by_name.get(name)


def forms(connection: Connection, commune_id: str, names: Iterable[str | None] | None = None) -> Forms:
    """The newest form and those of these names (None: all there are), the shipped ones always among them."""
    rows = connection.execute(
        select(questionnaire.c.number, questionnaire.c.name)
        .where(questionnaire.c.commune_id == commune_id).order_by(questionnaire.c.number)
    ).all()  # fmt: skip
    wanted = None if names is None else set(names)
    newest = rows[-1].name if rows else NAMES[-1]
    found = dict(SHIPPED)
    for number, name in rows:
        if name == newest or wanted is None or name in wanted:
            found[name] = _read(connection, commune_id, number, name)
    return Forms(found[newest], found)


def current(connection: Connection, commune_id: str) -> tuple[int, Questionnaire]:
    """The number of the version in use, and its form."""
    row = connection.execute(
        select(questionnaire.c.number, questionnaire.c.name)
        .where(questionnaire.c.commune_id == commune_id).order_by(questionnaire.c.number.desc()).limit(1)
    ).first()  # fmt: skip
    return (row.number, _read(connection, commune_id, row.number, row.name)) if row else (FIRST, load(NAMES[-1]))


def versions(connection: Connection, commune_id: str) -> list[Version]:
    """Every version that the commune published, the newest first."""
    columns = [questionnaire.c[name] for name in Version.__dataclass_fields__]
    query = select(*columns).where(questionnaire.c.commune_id == commune_id).order_by(questionnaire.c.number.desc())
    return [Version(row.number, row.name, row.published_at, row.published_by, json.loads(row.changes)) for row in connection.execute(query)]


def source(connection: Connection, commune_id: str, number: int) -> dict[str, list[list[str]]] | None:
    """The sheets of a version as they were uploaded; None when the commune published none of that number."""
    text = connection.execute(
        select(questionnaire.c.source).where(questionnaire.c.commune_id == commune_id, questionnaire.c.number == number)
    ).scalar()  # fmt: skip
    return None if text is None else json.loads(text)


def publish(
    connection: Connection, commune_id: str, form: Mapping[str, Any], source: Mapping[str, Any], changes: list[Any], published_by: str, now: str
) -> None:
    """Make the form the version in use. Its number is the form's own; the commune's journal is locked, so that nobody else gives it."""
    connection.execute(
        insert(questionnaire).values(
            commune_id=commune_id, number=int(form["version"]), name=form["name"], published_at=now, published_by=published_by,
            form=_json(form), source=_json(source), changes=_json(changes),
        )
    )  # fmt: skip


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _read(connection: Connection, commune_id: str, number: int, name: str) -> Questionnaire:
    # The name says the content, so whichever commune had it first will do; only the number is its own.
    found = _READ.get((name, number))
    if found is None:
        text = connection.execute(
            select(questionnaire.c.form).where(questionnaire.c.commune_id == commune_id, questionnaire.c.number == number)
        ).scalar_one()  # fmt: skip
        if len(_READ) >= READ_KEPT:
            _READ.clear()
        found = _READ[name, number] = Questionnaire(json.loads(text))
    return found


_READ: dict[tuple[str, int], Questionnaire] = {}
