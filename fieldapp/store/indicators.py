"""The indicators of a commune: those that ship, and the versions that its officers defined.

A version is never changed: the ledger's rows are keyed by it and frozen reports carry it. It is shown once every household is counted by it
(recounting.py); until then the version before stands. Publishing and cancelling are rows of the journal, so that the chain binds them."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache

from sqlalchemy import Connection, delete, insert, select, update

from fieldapp.store import journal, questionnaires, shape
from fieldapp.store.desk_tables import indicator
from fieldapp.store.tables import balance
from fieldapp.survey.contribution import EFFECT
from fieldapp.survey.event import dumps, sha256_of
from fieldapp.survey.indicator import INDICATORS, Indicator, current
from fieldapp.survey.questionnaire import Questionnaire
from fieldapp.survey.reckonings import Reckons, answers_of, by_form, nothing, shipped, together

KIND = "indicator"
COUNTING, COUNTED, CANCELLED = STATES = ("counting", "counted", "cancelled")


@dataclass(frozen=True, slots=True)
class Definition:
    """A version that the commune defined. state: one of STATES; counted_to: while it is being counted, the last household that is; text: as it
    was published."""

    indicator: Indicator
    state: str
    counted_to: str
    published_at: str
    published_by: str
    text: str

    def counts(self, household_id: str) -> bool:
        """Whether that household is in the ledger by this definition."""
        return self.state == COUNTED or (self.state == COUNTING and household_id <= self.counted_to)


def own(connection: Connection, commune_id: str) -> list[Definition]:
    """Every version that the commune defined, in the order of their publishing."""
    columns = indicator.c.state, indicator.c.counted_to, indicator.c.published_at, indicator.c.published_by, indicator.c.text
    query = select(*columns).where(indicator.c.commune_id == commune_id)
    rows = connection.execute(query.order_by(indicator.c.published_at, indicator.c.code, indicator.c.version)).all()
    return [Definition(_read(row.text), *row) for row in rows]


def of_commune(connection: Connection, commune_id: str) -> tuple[Indicator, ...]:
    """Every version by which the whole commune is counted: those that ship and its own."""
    return (*INDICATORS, *(each.indicator for each in own(connection, commune_id) if each.state == COUNTED))


def being_counted(connection: Connection, commune_id: str) -> set[str]:
    """Codes of which a newer version is being counted: what is shown of them is by the older one."""
    return {each.indicator.code for each in own(connection, commune_id) if each.state == COUNTING}


def counting_communes(connection: Connection) -> list[str]:
    """The communes that have a version that is being counted."""
    return list(connection.execute(select(indicator.c.commune_id).where(indicator.c.state == COUNTING).distinct()).scalars())


def standing(connection: Connection, commune_id: str) -> tuple[Indicator, ...]:
    """Every version that stands or will once it is counted."""
    return (*INDICATORS, *(each.indicator for each in own(connection, commune_id) if each.state != CANCELLED))


def numbers(connection: Connection, commune_id: str) -> dict[str, int]:
    """Code → the highest number that a version of it ever had."""
    given: dict[str, int] = {}
    for each in (*INDICATORS, *(each.indicator for each in own(connection, commune_id))):
        given[each.code] = max(given.get(each.code, 0), each.version)
    return given


def counting(connection: Connection, commune_id: str) -> dict[str, str]:
    """Question → the short names of the commune's own indicators in use that read it."""
    read: dict[str, list[str]] = {}
    for each in current(None, of_commune(connection, commune_id)):
        for name in each.variables if each.form is not None else ():
            read.setdefault(name, []).append(each.short["vi"])
    return {name: ", ".join(sorted(names)) for name, names in read.items()}


def form_of(connection: Connection, commune_id: str, each: Indicator) -> Questionnaire:
    """The questionnaire whose questions it reads."""
    ((form, _those),) = by_form([each], questionnaires.forms(connection, commune_id, {each.form}).of)
    return form


def reckons(connection: Connection, commune_id: str) -> Callable[[str], Reckons]:
    """Household → what its states add to the ledger now: nothing while it waits to be made again (remaking.py)."""
    made_to = shape.made_to(connection, commune_id)
    by = _reckons(connection, commune_id)
    return by if made_to is None else lambda household_id: by(household_id) if household_id <= made_to else nothing


def _reckons(connection: Connection, commune_id: str) -> Callable[[str], Reckons]:
    defined = [each for each in own(connection, commune_id) if each.state != CANCELLED]
    if not defined:
        return lambda household_id: shipped
    forms = questionnaires.forms(connection, commune_id, {each.indicator.form for each in defined})

    @lru_cache(maxsize=8)
    def of(counted: tuple[Indicator, ...]) -> Reckons:
        return together(shipped, [answers_of(*each) for each in by_form(counted, forms.of)])

    return lambda household_id: of(tuple(each.indicator for each in defined if each.counts(household_id)))


def publish(connection: Connection, commune_id: str, defined: Iterable[Indicator], published_by: str, now: str) -> None:
    """Keep new versions, to be counted. The commune's journal is locked, so that nobody else gives their numbers."""
    for each in defined:
        text = dumps(asdict(each))
        connection.execute(
            insert(indicator).values(
                commune_id=commune_id, code=each.code, version=each.version, state=COUNTING, counted_to="", published_at=now,
                published_by=published_by, text=text,
            )
        )  # fmt: skip
        journal.note(connection, commune_id, KIND, {"indicator": each.key, "sha256": sha256_of(text)}, published_by)


def cancel(connection: Connection, commune_id: str, cancelled_by: str) -> list[Indicator]:
    """Give up the versions that are still being counted, and what was counted by them; they come back. The journal is locked."""
    given_up = [each.indicator for each in own(connection, commune_id) if each.state == COUNTING]
    for each in given_up:
        keys = each.key, f"{EFFECT}:{each.key}"
        connection.execute(delete(balance).where(balance.c.commune_id == commune_id, balance.c.indicator.in_(keys)))
        _set(connection, commune_id, each, state=CANCELLED, counted_to="")
        journal.note(connection, commune_id, KIND, {"indicator": each.key, "cancelled": True}, cancelled_by)
    return given_up


def counted_up_to(connection: Connection, commune_id: str, each: Indicator, household_id: str | None) -> None:
    """Note how far a version is counted; None: every household is."""
    changed = {"state": COUNTED, "counted_to": ""} if household_id is None else {"counted_to": household_id}
    _set(connection, commune_id, each, **changed)


def unlike_noted(connection: Connection, commune_id: str) -> Iterator[str]:
    """Where a version is not the one that the journal names, or is not there."""
    notes = journal.noted(connection, commune_id, KIND)
    named = {note["indicator"]: note["sha256"] for note in notes if "sha256" in note}
    cancelled = {note["indicator"] for note in notes if "cancelled" in note}
    kept = {each.indicator.key: each for each in own(connection, commune_id)}
    for key in sorted(named.keys() | kept.keys()):
        if key not in kept:
            yield f"indicator {key}: missing"
        elif key not in named:
            yield f"indicator {key}: the journal knows of none"
        elif named[key] != sha256_of(kept[key].text) or (key in cancelled) != (kept[key].state == CANCELLED):
            yield f"indicator {key}: is not the one that was published"


def _set(connection: Connection, commune_id: str, each: Indicator, **values: str) -> None:
    one = indicator.c.commune_id == commune_id, indicator.c.code == each.code, indicator.c.version == each.version
    connection.execute(update(indicator).where(*one).values(**values))


@lru_cache(maxsize=4096)
def _read(text: str) -> Indicator:
    # The same text is the same object, so that what was reckoned by it once is remembered.
    return Indicator(**json.loads(text))
