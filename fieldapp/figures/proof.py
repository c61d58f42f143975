"""Proving a frozen report: its figures are made again from the journal up to the head that it names, and compared number by number."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from fieldapp.figures.campaign_figures import reckons_of
from fieldapp.figures.restating import said_of
from fieldapp.store import areas, campaign_visits, journal, rebuild, replay, reports
from fieldapp.store.ledger import ALL
from fieldapp.survey.balance import NOTHING, Balance
from fieldapp.survey.contribution import COVERAGE
from fieldapp.survey.cut import CUTS
from fieldapp.survey.period import read
from fieldapp.survey.report import (
    Changed,
    Document,
    NoReport,
    Parts,
    campaign_of,
    cuts_of,
    indicators_of,
    only,
    parts_of,
    successors,
    unsealed,
    within,
)

SAME, UNREADABLE, CHANGED, FOREIGN, SHORT, OTHER, BROKEN, NOT_FROZEN, ERASED, UNLIKE = VERDICTS = (
    "same", "unreadable", "changed", "foreign", "short", "other", "broken", "not_frozen", "erased", "unlike",
)  # fmt: skip
MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Proof:
    """verdict: one of VERDICTS; document: None when it could not be read; told: what differs, one line each; numbers: how many were compared."""

    verdict: str
    document: Document | None = None
    told: tuple[str, ...] = ()
    numbers: int = 0


def proof(connection: Any, text: str) -> Proof:
    """What a report's file proves to be."""
    try:
        document = unsealed(text)
    except NoReport:
        return Proof(UNREADABLE)
    except Changed:
        return Proof(CHANGED)
    commune_id, head = document["commune"]["id"], document["head"]
    if commune_id not in areas.commune_ids(connection):
        return Proof(FOREIGN, document)
    if journal.head(connection, commune_id)[0] <= head["sequence"]:
        return Proof(SHORT, document)
    if journal.chain_at(connection, commune_id, head["sequence"]).hex() != head["chain"]:
        return Proof(OTHER, document)
    broken = tuple(islice(rebuild.broken_links(connection, commune_id), MOST_TOLD))
    if broken:
        return Proof(BROKEN, document, broken)
    if not reports.is_named(reports.noted(connection, commune_id).get(document["id"]), head["sequence"], text):
        return Proof(NOT_FROZEN, document)
    return _replayed(connection, document)


def _replayed(connection: Any, document: Document) -> Proof:
    commune_id, sequence = document["commune"]["id"], document["head"]["sequence"]
    earlier = [each["as_of"] for each in document["restatements"]]
    days = [document["as_of"], read(document["period"]).eve, *earlier]
    stood = replay.replayed(connection, commune_id, sequence, indicators_of(document), document["form"], days)
    around = within(document)
    made = [{(village, key): each for (village, key, cut), each in of_day.items() if cut == ALL} for of_day in stood]
    made[:2] = [only(each, around) for each in made[:2]]
    of_both = zip(("now", "before"), made[:2], days[:2], strict=True)
    unlike = [each for name, parts, day in of_both for each in _unlike(parts_of(document[name]), parts, day)]
    unlike_cuts = [*_unlike_cuts(document, stood[0]), *_unlike_campaign(connection, document)]
    again = [line for each, parts in zip(document["restatements"], made[2:], strict=True) for line in _unlike_restated(document, each, parts)]
    own = (campaign_of(document) or {"figures": []})["figures"]
    rows = (*(document[name] for name in ("now", "before")), cuts_of(document)["now"], own, *(each["lines"] for each in document["restatements"]))
    numbers = 3 * sum(map(len, rows))
    if not unlike and not again and not unlike_cuts:
        return Proof(SAME, document, (), numbers)
    erased = replay.erased_villages(connection, commune_id, sequence)
    # Restated lines stand under the villages of their day, a former part's under the whole.
    erased |= {into[village] for day in earlier for into in [_into(document, day)] for village in erased if village in into}
    told = tuple(line for _, line in [*unlike, *again, *unlike_cuts][:MOST_TOLD])
    explained = erased and {village for village, _ in unlike} <= erased and {village for village, _ in again} <= {*erased, ""}
    return Proof(ERASED if explained else UNLIKE, document, told, numbers)


def _unlike(kept: Parts, made: Parts, day: str) -> Iterator[tuple[str, str]]:
    """(village, what differs) of each balance that the journal does not give."""
    # The journal gives the effect and counts of all; what the report never told of is not missed.
    for village, key in sorted(kept.keys() | made.keys()):
        here, there = kept.get((village, key), NOTHING), made.get((village, key), NOTHING)
        if here != there:
            yield village, _line(day, village, key, here, there)


def _unlike_cuts(document: Document, stood: replay.Stood) -> Iterator[tuple[str, str]]:
    """The cuts are of all its villages together."""
    cuts, villages = cuts_of(document), {each["village_id"] for each in document["villages"]}
    named = {f"{kind}:{part}" for kind in cuts["kinds"] if kind in CUTS for part in CUTS[kind]}
    made: Parts = {}
    for (village, key, cut), balance in stood.items():
        if village in villages and cut in named:
            made[key, cut] = made.get((key, cut), NOTHING).plus(balance)
    kept, again = ({("", " ".join(place)): each for place, each in parts.items()} for parts in (parts_of(cuts["now"]), made))
    yield from _unlike(kept, again, document["as_of"])


def _unlike_campaign(connection: Any, document: Document) -> Iterator[tuple[str, str]]:
    about, commune_id = campaign_of(document), document["commune"]["id"]
    if about is not None:
        groups = replay.groups(connection, commune_id, document["head"]["sequence"])
        reckons = reckons_of(connection, commune_id, indicators_of(document), document["form"])
        made = campaign_visits.sums(groups, about["first"], document["as_of"], within(document), reckons)
        yield from _unlike(parts_of(about["figures"]), made, document["as_of"])


def _unlike_restated(document: Document, restated: Any, made: Parts) -> Iterator[tuple[str, str]]:
    keys = {COVERAGE, *(each.key for each in indicators_of(document))}
    now = said_of(only(made, restated.get("villages")), _into(document, restated["as_of"], restated.get("villages")), keys)
    for village, key, _, balance in restated["lines"]:
        if key in keys and Balance(*balance) != now.get((village, key), NOTHING):
            yield village, _line(restated["as_of"], village, key, Balance(*balance), now.get((village, key), NOTHING))


def _into(document: Document, day: str, among: Collection[str] | None = None) -> dict[str, str]:
    return successors({each["village_id"]: each for each in document["villages"]}, day, among)


def _line(day: str, village: str, key: str, here: Balance, there: Balance) -> str:
    return f"{day} {village or '*'} {key}: {tuple(here)} / {tuple(there)}"
