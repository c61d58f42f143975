"""Judging an event: may it count, or must an officer look at it first? Nothing is thrown away here; the answer is a problem or
none.

The rules stand in the order in which an officer would ask: is it ours, was it theirs to say, is it about a place of theirs, can
it be understood?"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from fieldapp.intake.sealed import Sealed
from fieldapp.store import accounts, areas, households, journal, questionnaires, remaking, thresholds
from fieldapp.store.accounts import Account, Assignment
from fieldapp.store.counted import UNKNOWN_HOUSEHOLD, counted
from fieldapp.store.devices import Device
from fieldapp.store.engine import Connection
from fieldapp.store.households import Known
from fieldapp.store.questionnaires import Forms
from fieldapp.survey.day import day_of
from fieldapp.survey.event import AUTHORS, Event
from fieldapp.survey.fold import LAST_DAY, State, empty, walk
from fieldapp.survey.problems import Problem
from fieldapp.survey.rules import USUAL, Limits

OFFICER = "officer"


@dataclass(slots=True)
class Court:
    """What judging a batch needs to know of the commune, read once for all of it. device: None when an officer speaks;
    villages: each with what it means, its parts; registered: households that came into being within the batch;
    limits: the commune's thresholds of what looks doubtful."""

    commune_id: str
    device: Device | None
    villages: dict[str, set[str]]
    authors: dict[str, tuple[Account, list[Assignment]]]
    households: dict[str, Known] = field(default_factory=dict)
    registered: set[str] = field(default_factory=set)
    heard: dict[str, list[Event]] = field(default_factory=dict)
    kept: dict[str, list[Event]] = field(default_factory=dict)
    forms: Forms | None = None
    limits: Limits = field(default_factory=lambda: USUAL)

    def learn(self, connection: Connection, batch: Iterable[Sealed]) -> None:
        """Read the households that the batch speaks of as they are now."""
        self.heard, self.kept, self.registered = {}, {}, set()
        events = [each.event for each in batch if each.event]
        others = {event.body["other"] for event in events if event.kind == "merge" and event.body.get("other")}
        named = others.union(event.household for event in events)
        remaking.make(connection, self.commune_id, named)
        self.households = households.known(connection, self.commune_id, named)
        self.forms = questionnaires.forms(connection, self.commune_id, {event.questionnaire for event in events})

    def before(self, connection: Connection, event: Event) -> State:
        """The household as it was known before the event, which is remembered for the next one of the batch."""
        earlier = self.heard.setdefault(event.household, [])
        known = self.households.get(event.household)
        state = known.state if known else empty()
        if earlier:
            if event.household not in self.kept:
                rows = journal.of_households(connection, self.commune_id, [event.household]) if known else []
                self.kept[event.household] = [each.event for each in counted(rows)]
            for _, state in walk([*self.kept[event.household], *earlier], event.household, LAST_DAY):  # noqa: B007 (the last one)
                pass
        earlier.append(event)
        return state


def convene(connection: Connection, commune_id: str, device: Device | None, batch: Iterable[Sealed]) -> Court:
    """A court for the batch: the commune's villages, and who its authors are."""
    authors = {}
    for member in {sealed.event.member for sealed in batch if sealed.event is not None}:
        account = accounts.by_id(connection, commune_id, member)
        if account is not None:
            authors[member] = account, accounts.assignments(connection, commune_id, member)
    return Court(commune_id, device, areas.meant(connection, commune_id), authors, limits=thresholds.of_commune(connection, commune_id))


def as_it_stands(device: Device, account: Account | None, now: str) -> Device:
    """The phone as it is judged: whose member works here no more has been taken back."""
    if not device.enrolled_at or (account is not None and account.active):
        return device
    return replace(device, revoked_at=device.revoked_at or now)


def not_understood(event: Event, forms: Forms) -> Problem | None:
    """Why nobody can say what the event means, None when it can be understood: whatever version of the questionnaire it was made with."""
    form = forms.of(event.questionnaire)
    if form is None:
        return Problem("unknown_questionnaire", "questionnaire", {"questionnaire": event.questionnaire})
    if event.kind == "register" and event.id != event.household:
        return Problem("malformed_event", "household")
    return form.unfit(event.body, event.kind)


def _is_understood(event: Event, court: Court) -> Problem | None:
    assert court.forms is not None  # learnt with the batch
    return not_understood(event, court.forms)


def _is_known(event: Event, court: Court) -> Problem | None:
    """What a phone says of a household that is in no book, though it was once (the server was restored), waits for its register to come
    again: nobody would find it among what counts."""
    if event.kind == "register":
        court.registered.add(event.household)
    elif court.device is not None and event.household not in court.registered and event.household not in court.households:
        return Problem(UNKNOWN_HOUSEHOLD, "household")
    return None


def _is_whole(event: Event, court: Court) -> Problem | None:
    """A household of which everything was erased is not merged with one that lives: what left one would have to leave both."""
    if event.kind != "merge" or not event.body.get("other"):
        return None
    both = [court.households.get(household_id) for household_id in (event.household, event.body["other"])]
    erased = [household is not None and household.state["erased"] for household in both]
    return Problem("erased_household", "body.other") if erased[0] != erased[1] else None


def judge(sealed: Sealed, court: Court) -> Problem | None:
    """The problem that holds the event, None when it counts."""
    event = sealed.event
    if event is None:
        return sealed.problem
    rules = (_is_ours, _is_theirs, _is_in_place, _is_understood, _is_known, _is_whole)
    return next((found for rule in rules if (found := rule(event, court))), None)


def _is_ours(event: Event, court: Court) -> Problem | None:
    if court.device is not None and not court.device.enrolled_at:
        return Problem("unenrolled_device", "device", {"device": court.device.device_id})
    if court.device is not None and court.device.revoked_at is not None:
        return Problem("revoked_device", details={"revoked_at": court.device.revoked_at})
    if event.commune != court.commune_id:
        return Problem("foreign_commune", "commune", {"commune": event.commune})
    if event.device != (court.device.device_id if court.device else None):
        return Problem("foreign_device", "device", {"device": event.device})
    if (court.device is None) != (event.n is None):
        return Problem("malformed_event", "n")
    return None


def _is_theirs(event: Event, court: Court) -> Problem | None:
    if event.member not in court.authors:
        return Problem("foreign_member", "member", {"member": event.member})
    account, _ = court.authors[event.member]
    if court.device is not None and event.member != court.device.account_id:
        return Problem("foreign_member", "member", {"member": event.member})
    if account.role not in AUTHORS[event.kind]:
        return Problem("not_allowed", "kind", {"kind": event.kind, "role": account.role})
    return None


def _is_in_place(event: Event, court: Court) -> Problem | None:
    """A member speaks of households of villages that were theirs on that day; a household's former villages count, as phones may
    not know yet."""
    said = event.body["fields"] if event.kind == "correct" else event.body
    named = [said["village"]] if said.get("village") else []
    for village in named:
        if village not in court.villages:
            return Problem("unknown_village", "body.village", {"village": village})
    account, assignments = court.authors[event.member]
    if account.role == OFFICER:
        return None
    day = day_of(event.at)
    theirs = set[str]().union(*(court.villages.get(each.village_id, ()) for each in assignments if each.covers(day)))
    household = court.households.get(event.household)
    around = set(named) if household is None else {*named, *household.villages} if event.kind == "register" else household.villages
    # Of a household that is not here yet no place is known; its register will be judged when it comes.
    if around and not around & theirs:
        return Problem("foreign_village", "household", {"villages": sorted(around)})
    return None
