"""Restatements: what earlier reports said and what the journal says of the same days now. A published figure never changes silently.

The figures of then are made anew by the definitions of then, in the villages as they are known today; a line stands for each that differs
from what was said last of that day, by the report itself or by a later one."""

from typing import Any

from fieldapp.store import areas, late, ledger, reports
from fieldapp.survey.balance import NOTHING, Balance
from fieldapp.survey.contribution import COVERAGE
from fieldapp.survey.report import Document, Parts, gathered, into_of, only, parts_of, period_of, unsealed, within

WHOLE = ""  # the commune, where a line names no village
# (village or WHOLE, key) → what was said of it.
Said = dict[tuple[str, str], Balance]


def restatements(connection: Any, commune_id: str) -> list[dict[str, Any]]:
    """A restatement of each frozen report whose figures read otherwise now, the first report first; as the text of the next report has them:

    {report, period, name (of a campaign), villages (of a part of the commune, else None), as_of, frozen_at, events: {kind: how many},
    merged: [[village, into, day]], into: {village: the one that it is part of that day}, lines: [[village, key, [yes, no, unknown] as said, the same
    as it is now]]}."""
    frozen = [(each, unsealed(each.text)) for each in reports.of_commune(connection, commune_id)]
    rows = reports.rows(connection, commune_id)
    told: list[dict[str, Any]] = []
    for report, document in frozen:
        # What was drawn up before it was frozen can't speak of it.
        knew = (later for other, later in frozen if other.sequence >= rows.get(report.report_id, report.sequence + 1))
        said, sequence = _said_last(document, [later for later in knew if within(later) is None])
        into = areas.successors(connection, commune_id, document["as_of"], within(document))
        now = _said_now(connection, commune_id, document, into)
        lines = [[*place, list(said.get(place, NOTHING)), list(now.get(place, NOTHING))] for place in sorted(said.keys() | now.keys())
                 if said.get(place, NOTHING) != now.get(place, NOTHING)]  # fmt: skip
        if lines:
            told.append({
                "report": report.report_id, "period": report.period, "name": period_of(document).name,
                "villages": _sorted(within(document)), "as_of": report.as_of, "frozen_at": report.frozen_at,
                "events": late.since(connection, commune_id, sequence, report.as_of), "merged": _merged(connection, commune_id, document),
                "into": into, "lines": lines,
            })  # fmt: skip
    return told


def _said_last(document: Document, later: list[Document]) -> tuple[Said, int]:
    """What was last said of the report's day, and the head of the journal from which it was said."""
    said, sequence = said_of(parts_of(document["now"]), into_of(document), _keys(document)), document["head"]["sequence"]
    for each in later:
        for again in (one for one in each["restatements"] if one["report"] == document["id"]):
            for village, key, _, now in again["lines"]:
                said[village, key] = Balance(*now)
        sequence = each["head"]["sequence"]
    return {place: balance for place, balance in said.items() if any(balance)}, sequence


def _said_now(connection: Any, commune_id: str, document: Document, into: dict[str, str]) -> Said:
    return said_of(only(ledger.parts(connection, commune_id, until=document["as_of"]), within(document)), into, _keys(document))


def _sorted(villages: set[str] | None) -> list[str] | None:
    return None if villages is None else sorted(villages)


def said_of(parts: Parts, into: dict[str, str], keys: set[str]) -> Said:
    """The figures of each village that stands, and of the commune."""
    found: Said = {}
    for (village, key), balance in gathered(parts, into).items():
        if key in keys and any(balance):
            found[village, key] = balance
            found[WHOLE, key] = found.get((WHOLE, key), NOTHING).plus(balance)
    return found


def _keys(document: Document) -> set[str]:
    return {COVERAGE, *(f"{row['code']}:{row['version']}" for row in document["indicators"])}


def _merged(connection: Any, commune_id: str, document: Document) -> list[list[str]]:
    """Villages that are known today to have become part of another by that day, and were not known to then."""
    then, now, around = into_of(document), areas.all_villages(connection, commune_id), within(document)
    return [
        [each.village_id, each.merged_into, each.merged_on or ""] for each in now
        if each.merged_into is not None and (each.merged_on or "") <= document["as_of"] and each.village_id not in then
        and (around is None or {each.village_id, each.merged_into} <= around)
    ]  # fmt: skip
