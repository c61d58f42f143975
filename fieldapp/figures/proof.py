"""Proving a frozen report: its figures are made again from the journal up to the head that it names, and compared number by number."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from fieldapp.figures.campaign_figures import reckons_of
from fieldapp.figures.restating import WHOLE, said_of
from fieldapp.store import areas, campaign_visits, journal, rebuild, replay, reports
from fieldapp.store.ledger import ALL
from fieldapp.survey.balance import NOTHING, Balance, total
from fieldapp.survey.contribution import COVERAGE, EFFECT
from fieldapp.survey.cut import CUTS
from fieldapp.survey.disclosure import less
from fieldapp.survey.period import read
from fieldapp.survey.redact import CODED
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


class Table(NamedTuple):
    """Numbers of a report beside the same made again. into: village that its lines tell of as part of another → that one."""

    day: str
    kept: Parts
    made: Parts
    into: Mapping[str, str] = {}

    @property
    def unlike(self) -> dict[tuple[str, str], tuple[Balance, Balance]]:
        """(village, key) → as kept and as made, of what differs."""
        both = {place: (self.kept.get(place, NOTHING), self.made.get(place, NOTHING)) for place in sorted(self.kept.keys() | self.made.keys())}
        return {place: (here, there) for place, (here, there) in both.items() if here != there}

    def of(self, keys: Collection[str], these: bool) -> "Table":
        """What of it is of these indicators (keys), or of all else."""
        kept, made = ({place: each for place, each in parts.items() if (_indicator(place[1]) in keys) == these} for parts in (self.kept, self.made))
        return self._replace(kept=kept, made=made)

    @property
    def more(self) -> Parts:
        """What is kept beyond what is made."""
        return {place: less(here, there) for place, (here, there) in self.unlike.items()}


def _replayed(connection: Any, document: Document) -> Proof:
    tables = _tables(connection, document)
    numbers = 3 * sum(len(each.kept) for each in tables)
    told = [_line(each.day, *place, *both) for each in tables for place, both in each.unlike.items()]
    if not told:
        return Proof(SAME, document, (), numbers)
    verdict = ERASED if _is_explained(connection, document) else UNLIKE
    return Proof(verdict, document, tuple(told[:MOST_TOLD]), numbers)


def _is_explained(connection: Any, document: Document) -> bool:
    """Whether erasures since can be why it can't be made again. Answers to what the commune asks of its own go also of who goes on being counted."""
    own = _of_own_questions(document)
    for these in (False, True) if own else (False,):
        erased = replay.erased(connection, document["commune"]["id"], document["head"]["sequence"], these)
        tables = [each.of(own, these) for each in _tables(connection, document, erased.households)]
        if not (_can_be_of(erased, document, tables) if erased.households else not any(each.unlike for each in tables)):
            return False
    return True


def _of_own_questions(document: Document) -> set[str]:
    """Keys of its indicators that read what only the commune asks."""
    asked = document.get("questions", {})
    return {each.key for each in indicators_of(document) if each.variables & set(asked.get(each.form, ())) - CODED}


def _indicator(key: str) -> str:
    """The key of the indicator that a key, of a cut too, is of."""
    return key.split()[0].removeprefix(f"{EFFECT}:")


def _tables(connection: Any, document: Document, without: Collection[str] = ()) -> list[Table]:
    """What stood as the report begins and ends, its cuts, what it restates, and its campaign, all made again but for the households `without`."""
    commune_id, sequence, as_of = document["commune"]["id"], document["head"]["sequence"], document["as_of"]
    days = [as_of, read(document["period"]).eve, *(each["as_of"] for each in document["restatements"])]
    stood = replay.replayed(connection, commune_id, sequence, indicators_of(document), document["form"], days, without)
    made = [{(village, key): each for (village, key, cut), each in of_day.items() if cut == ALL} for of_day in stood]
    now, before = (only(each, within(document)) for each in made[:2])
    return [
        Table(days[0], parts_of(document["now"]), now), _cuts(document, stood[0]), Table(days[1], parts_of(document["before"]), before),
        *(_restated(document, each, parts) for each, parts in zip(document["restatements"], made[2:], strict=True)),
        *_campaign(connection, document, without),
    ]  # fmt: skip


def _cuts(document: Document, stood: replay.Stood) -> Table:
    """The cuts are of all its villages together."""
    cuts, villages = cuts_of(document), {each["village_id"] for each in document["villages"]}
    named = {f"{kind}:{part}" for kind in cuts["kinds"] if kind in CUTS for part in CUTS[kind]}
    made: Parts = {}
    for (village, key, cut), balance in stood.items():
        if village in villages and cut in named:
            made[WHOLE, f"{key} {cut}"] = made.get((WHOLE, f"{key} {cut}"), NOTHING).plus(balance)
    return Table(document["as_of"], {(WHOLE, " ".join(place)): each for place, each in parts_of(cuts["now"]).items()}, made)


def _restated(document: Document, restated: Any, made: Parts) -> Table:
    """Of a definition that the report does not carry nothing can be made again."""
    keys, around = {COVERAGE, *(each.key for each in indicators_of(document))}, restated.get("villages")
    into = restated.get("into")
    if into is None:  # as it was before a report told of villages that are younger than its own day
        into = successors({each["village_id"]: each for each in document["villages"]}, restated["as_of"], around)
    now = said_of(only(made, around), into, keys)
    kept = {(village, key): Balance(*balance) for village, key, _, balance in restated["lines"] if key in keys}
    return Table(restated["as_of"], kept, {place: now.get(place, NOTHING) for place in kept}, into)


def _campaign(connection: Any, document: Document, without: Collection[str]) -> Iterator[Table]:
    about, commune_id = campaign_of(document), document["commune"]["id"]
    if about is not None:
        groups = replay.groups(connection, commune_id, document["head"]["sequence"], without)
        reckons = reckons_of(connection, commune_id, indicators_of(document), document["form"])
        made = campaign_visits.sums(groups, about["first"], document["as_of"], within(document), reckons)
        yield Table(document["as_of"], parts_of(about["figures"]), made)


def _can_be_of(erased: replay.Erased, document: Document, tables: list[Table]) -> bool:
    """Whether what the report holds beyond all other households can be what the erased ones added: nothing below zero, nothing where they never were,
    and no more by a cut than in all. tables: made without them."""
    for each in tables:
        there = {WHOLE, *(each.into.get(village, village) for village in erased.villages)}
        for (village, key), more in each.more.items():
            if village not in there or (min(more) < 0 and not key.startswith(f"{EFFECT}:")):
                return False
    now, cuts, *_others = tables
    villages = {each["village_id"] for each in document["villages"]}
    in_all: dict[str, list[Balance]] = {}
    for (village, key), more in now.more.items():
        in_all.setdefault(key, []).extend([more] if village in villages else [])
    by_cut: dict[str, list[Balance]] = {}
    for (_whole, key), more in cuts.more.items():
        by_cut.setdefault(key.rpartition(":")[0], []).append(more)
    return all(min(less(total(in_all.get(place.split()[0], ())), total(parts))) >= 0 for place, parts in by_cut.items())


def _line(day: str, village: str, key: str, here: Balance, there: Balance) -> str:
    return f"{day} {village or '*'} {key}: {tuple(here)} / {tuple(there)}"
