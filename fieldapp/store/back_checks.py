"""Back-checks, projected: who is to check which visit, whether it was done, and how far both agree; and the visits that may be drawn."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from msgspec.json import decode, encode
from sqlalchemy import Connection, delete, func, insert, select

from fieldapp.store import accounts
from fieldapp.store.among import among
from fieldapp.store.journal import chunks
from fieldapp.store.review_tables import back_check, flag
from fieldapp.store.tables import household, visit
from fieldapp.survey.agreement import Agreement, of_check
from fieldapp.survey.day import day_of
from fieldapp.survey.drawing import Candidate
from fieldapp.survey.event import SURVEYED, Event
from fieldapp.survey.fold import BACK_CHECK
from fieldapp.survey.manner import REVISIT, UNCHANGED
from fieldapp.survey.standing import standing
from fieldapp.survey.statement import outcome_of

NONE_YET = Agreement({}, [])


class Check(NamedTuple):
    """A back-check. account_id: whose visit is checked; done_by: the checking visit, None while it is awaited."""

    review_id: str
    household_id: str
    village_id: str | None
    visit_id: str
    account_id: str
    checker_id: str
    asked_on: str
    due: str
    done_by: str | None
    done_on: str | None
    same: int
    asked: int
    compared: str

    @property
    def questions(self) -> dict[str, list[int]]:
        return decode(self.compared)["questions"]

    @property
    def differing(self) -> list[list[Any]]:
        return decode(self.compared)["differing"]


def of_events(events: list[Event], household_id: str, village_id: str | None) -> list[Check]:
    """The back-checks of a household. events: of it and of all it was ever merged with; nearly always there is none."""
    if not any(event.kind == "review" and event.body["outcome"] == BACK_CHECK for event in events):
        return []
    stand = standing(events)
    by_id = {event.id: event for event in stand}
    found = []
    for review in stand:
        checked = by_id.get(review.body.get("event") or "") if review.kind == "review" and review.body["outcome"] == BACK_CHECK else None
        if checked is None or review.household != household_id:
            continue
        visits = (each for each in stand if each.kind == "visit" and each.body.get("back_check") == review.id)
        done = next((each for each in visits if outcome_of(each) != "absent"), None)
        agreed = of_check(events, household_id, done) if done is not None and outcome_of(done) in SURVEYED else NONE_YET
        compared = encode({"questions": agreed.questions, "differing": agreed.differing}).decode()
        found.append(
            Check(
                review.id, household_id, village_id, checked.id, checked.member, review.body["checker"], day_of(review.at), review.body["due"],
                done.id if done else None, day_of(done.at) if done else None, agreed.same, agreed.asked, compared,
            )
        )  # fmt: skip
    return found


def write(connection: Connection, commune_id: str, households: Iterable[str], found: list[Check]) -> None:
    """Keep the back-checks of these households; only rows that change are written."""
    before: dict[str, Check] = {}
    columns = [back_check.c[name] for name in Check._fields]
    for ids in chunks(households):
        query = select(*columns).where(back_check.c.commune_id == commune_id, among(connection, back_check.c.household_id, ids))
        before |= {row.review_id: Check._make(row) for row in connection.execute(query)}
    after = {each.review_id: each for each in found}
    for ids in chunks(review_id for review_id, each in before.items() if after.get(review_id) != each):
        connection.execute(delete(back_check).where(back_check.c.commune_id == commune_id, among(connection, back_check.c.review_id, ids)))
    new = [{"commune_id": commune_id, **each._asdict()} for each in found if before.get(each.review_id) != each]
    if new:
        connection.execute(insert(back_check), new)


def of_month(connection: Connection, commune_id: str, month: str) -> list[Check]:
    """The back-checks that were asked for in a month (2026-11), the latest first."""
    query = select(*(back_check.c[name] for name in Check._fields)).where(
        back_check.c.commune_id == commune_id, back_check.c.asked_on.between(f"{month}-00", f"{month}-99")
    )
    return [Check._make(row) for row in connection.execute(query.order_by(back_check.c.asked_on.desc(), back_check.c.review_id.desc()))]


def by_id(connection: Connection, commune_id: str, review_id: str) -> Check | None:
    query = select(*(back_check.c[name] for name in Check._fields)).where(back_check.c.commune_id == commune_id, back_check.c.review_id == review_id)
    row = connection.execute(query).first()
    return Check._make(row) if row else None


def months(connection: Connection, commune_id: str) -> list[str]:
    """The months in which somebody went round or a check was asked for, the latest first."""
    of_visits = select(func.substr(visit.c.day, 1, 7)).where(visit.c.commune_id == commune_id).distinct()
    return sorted(connection.execute(of_visits).scalars(), reverse=True)


def candidates(connection: Connection, commune_id: str, month: str) -> list[Candidate]:
    """The latest survey of each house in a month that may be drawn: of houses that are lived in, that no check is asked for since, and not checks
    themselves."""
    columns = back_check.c.household_id, back_check.c.done_by, back_check.c.asked_on
    known = connection.execute(select(*columns).where(back_check.c.commune_id == commune_id)).all()
    asked = {row.household_id for row in known if row.asked_on >= f"{month}-00"}
    made = {row.done_by for row in known}
    query = (
        select(visit.c.event_id, visit.c.household_id, visit.c.account_id, household.c.village_id, visit.c.manner)
        .join(household, (household.c.commune_id == visit.c.commune_id) & (household.c.household_id == visit.c.household_id))
        .where(
            visit.c.commune_id == commune_id, visit.c.day.between(f"{month}-00", f"{month}-99"), visit.c.outcome.in_(SURVEYED),
            household.c.status == "active", household.c.code.is_not(None), household.c.village_id.is_not(None),
        ).order_by(visit.c.at, visit.c.event_id)
    )  # fmt: skip
    latest = {row.household_id: row for row in connection.execute(query) if row.household_id not in asked and row.event_id not in made}
    doubts = _doubts(connection, commune_id, month)
    habits = _habits(connection, commune_id, month)
    return [
        Candidate(row.event_id, row.household_id, row.account_id, row.village_id, doubts.get(row.event_id, 0), row.manner == UNCHANGED,
                  habits.get(row.account_id, 0.0))
        for row in latest.values()
    ]  # fmt: skip


def checkers(connection: Connection, commune_id: str) -> dict[str, list[str]]:
    """Village → the members who may visit there, and work here still. Leaders are none: the desk shows them the answers."""
    members = {each.account_id for each in accounts.of_commune(connection, commune_id) if each.role == "member" and each.active}
    found: dict[str, list[str]] = {}
    for account_id, villages in accounts.given(connection, commune_id).items():
        for village_id in villages if account_id in members else ():
            found.setdefault(village_id, []).append(account_id)
    return found


def _doubts(connection: Connection, commune_id: str, month: str) -> Mapping[str, int]:
    query = select(flag.c.event_id, func.count(flag.c.code.distinct())).join(
        visit, (visit.c.commune_id == flag.c.commune_id) & (visit.c.event_id == flag.c.event_id)
    ).where(flag.c.commune_id == commune_id, visit.c.day.between(f"{month}-00", f"{month}-99"))  # fmt: skip
    return {event_id: number for event_id, number in connection.execute(query.group_by(flag.c.event_id))}


def _habits(connection: Connection, commune_id: str, month: str) -> Mapping[str, float]:
    query = select(visit.c.account_id, visit.c.manner, func.count()).where(
        visit.c.commune_id == commune_id, visit.c.day.between(f"{month}-00", f"{month}-99"), visit.c.manner.in_((UNCHANGED, REVISIT))
    )
    counted: dict[str, dict[str, int]] = {}
    for account_id, manner, number in connection.execute(query.group_by(visit.c.account_id, visit.c.manner)):
        counted.setdefault(account_id, {})[manner] = number
    return {account_id: found.get(UNCHANGED, 0) / sum(found.values()) for account_id, found in counted.items()}
