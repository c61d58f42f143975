"""What officers' reviews say of held texts: let count, or put away. Projected, so that the texts that still wait are asked for by pages.

Counting can't be taken back here (its event is voided instead); a putting away can, by a void of the review."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, select, tuple_

from fieldapp.store.among import among
from fieldapp.store.counted import counted
from fieldapp.store.groups import Group
from fieldapp.store.journal import chunks
from fieldapp.store.review_tables import held_answer
from fieldapp.store.upsert import upsert
from fieldapp.survey.standing import place, standing

REPLAYED, PUT_AWAY = "replayed", "not_ours"
Answers = dict[tuple[str, str], tuple[str, str, str]]  # (event, sha256) → (household of the review, its outcome, its id)


def answers(group: Group) -> Answers:
    """The last word on each held text that the reviews of a group of households name; once it counts, nothing puts it away."""
    if not any(row.kind == "review" for rows in group.values() for row in rows):
        return {}
    events = sorted((each.event for each in counted(sorted(row for rows in group.values() for row in rows))), key=place)
    stand = {event.id for event in standing(events)}
    found: Answers = {}
    for event in events:
        outcome, named = event.body.get("outcome"), (event.body.get("event") or "", event.body.get("sha256") or "")
        if event.kind != "review" or outcome not in (REPLAYED, PUT_AWAY) or not all(named) or (outcome == PUT_AWAY and event.id not in stand):
            continue
        if outcome == REPLAYED or found.get(named, ("", PUT_AWAY, ""))[1] == PUT_AWAY:
            found[named] = event.household, outcome, event.id
    return found


def write(connection: Connection, commune_id: str, households: Iterable[str], found: Answers) -> None:
    """Note the answers that these households' reviews give; only rows that change are written."""
    before: Answers = {}
    columns = [held_answer.c[name] for name in ("event_id", "sha256", "household_id", "outcome", "answered_by")]
    for ids in chunks(households):
        query = select(*columns).where(held_answer.c.commune_id == commune_id, among(connection, held_answer.c.household_id, ids))
        before |= {(event_id, sha256): tuple(row) for event_id, sha256, *row in connection.execute(query)}
    gone = sorted(before.keys() - found.keys())
    for i in range(0, len(gone), 200):
        key = tuple_(held_answer.c.event_id, held_answer.c.sha256)
        connection.execute(delete(held_answer).where(held_answer.c.commune_id == commune_id, key.in_(gone[i : i + 200])))
    changed = {named: said for named, said in sorted(found.items()) if before.get(named) != said}
    upsert(
        connection, held_answer,
        [
            {"commune_id": commune_id, "event_id": event_id, "sha256": sha256, "household_id": household_id, "outcome": outcome, "answered_by": by}
            for (event_id, sha256), (household_id, outcome, by) in changed.items()
        ],
    )  # fmt: skip
