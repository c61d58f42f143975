"""A report as a text: everything that it says, sealed once, so that it can be proven for ever after.

The text holds whole numbers only, by village as the ledger keeps them: shares, ranges and states are made of them by whoever shows it.
Beside them stand the definitions by which they were counted, the villages as they stood, the targets, and the head of the journal. Its last
word is the SHA-256 of all the rest; it is written one way only, so a byte that changed is seen, a space too."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from fieldapp.survey.balance import NOTHING, Balance
from fieldapp.survey.event import sha256_of
from fieldapp.survey.indicator import Indicator
from fieldapp.survey.period import Period, is_period, read
from fieldapp.survey.questionnaire import NAMES, Question, Questionnaire, load
from fieldapp.survey.target import Target

FORMAT, VERSION = "tung-nha-report", 2
# What was frozen stays readable for ever: version 1 knows no cuts and no campaigns.
READABLE = (1, 2)
SEAL = "sha256"
# What a report can be read by; a file that lacks one of them is none.
PARTS = {"format", "version", "id", "commune", "period", "as_of", "frozen", "head", "form", "indicators", "targets", "villages", "now", "before",
         "restatements", SEAL}  # fmt: skip
SINCE: dict[int, set[str]] = {1: set(), 2: {"cuts", "campaign"}}
# What whoever asks about a file reads of it before the journal has said that it is one.
SHAPE = {
    ("id",): str, ("period",): str, ("as_of",): str, ("commune", "id"): str, ("commune", "name"): str, ("head", "sequence"): int,
    ("head", "chain"): str, ("frozen", "at"): str, ("frozen", "name"): str,
}  # fmt: skip

Document = dict[str, Any]
# (village, key) → balance, as the ledger keeps them: villages that became part of others by themselves. Of cuts (key, cut) → balance.
Parts = dict[tuple[str, str], Balance]


class NoReport(Exception):
    """The text is no report, or one of a newer version."""


class Changed(Exception):
    """The text is a report, and not as it was sealed."""


def sealed(document: Mapping[str, Any]) -> str:
    """The text of a document, with its seal."""
    return _written({**document, SEAL: sha256_of(_written(document))})


def unsealed(text: str) -> Document:
    """What was sealed. Raises NoReport, Changed."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise NoReport from None
    if not isinstance(document, dict) or document.get("format") != FORMAT or document.get("version") not in READABLE:
        raise NoReport
    if not document.keys() >= PARTS | SINCE[document["version"]] or not _is_sealed(document, text):
        raise Changed
    if not all(isinstance(_at(document, place), kind) for place, kind in SHAPE.items()) or not is_period(document["period"]):
        raise NoReport
    return document


def _is_sealed(document: Document, text: str) -> bool:
    try:
        return sealed({name: value for name, value in document.items() if name != SEAL}) == text
    except (UnicodeError, RecursionError):
        return False  # bytes that are no text have no hash


def _at(document: Any, place: tuple[str, ...]) -> Any:
    for name in place:
        document = document.get(name) if isinstance(document, dict) else None
    return document


def _written(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def rows_of(parts: Mapping[tuple[str, str], Balance]) -> list[list[Any]]:
    """The balances as the text holds them, sorted; what is nothing is left out."""
    return [[*key, *balance] for key, balance in sorted(parts.items()) if any(balance)]


def parts_of(rows: Iterable[Iterable[Any]]) -> Parts:
    """The balances that the rows hold."""
    return {(village, key): Balance(yes, no, unknown) for village, key, yes, no, unknown in rows}


def gathered(parts: Mapping[tuple[str, str], Balance], into: Mapping[str, str]) -> Parts:
    """The balances of villages that stand. into: village → the one that it is part of."""
    sums: Parts = {}
    for (village, key), balance in parts.items():
        place = into.get(village, village), key
        sums[place] = sums.get(place, NOTHING).plus(balance)
    return sums


def row_of_indicator(indicator: Indicator) -> dict[str, Any]:
    """The whole definition, as it may be read again by whoever holds the text."""
    return asdict(indicator)


def indicators_of(document: Document) -> tuple[Indicator, ...]:
    """The definitions that its figures were counted by."""
    return tuple(Indicator(**row) for row in document["indicators"])


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a question is called and its choices are, by language."""

    labels: Mapping[str, str]
    choice_labels: Mapping[str, Mapping[str, str]]


def row_of_questions(form: Questionnaire, names: Iterable[str]) -> dict[str, Any]:
    """The words of these questions, those that a form has: who holds the text has no commune's form."""
    asked = {name: form.questions[name] for name in sorted(names) if name in form.questions}
    return {name: {"labels": each.labels, "choices": each.choice_labels} for name, each in asked.items()}


def asked_in(document: Document, indicator: Indicator) -> Mapping[str, Labelled | Question]:
    """The questions that an indicator's rules read: a commune's own as the document tells them, else those of the form that ships."""
    told = document.get("questions", {}).get(indicator.form)
    if told is not None:
        return {name: Labelled(each["labels"], each["choices"]) for name, each in told.items()}
    return load(indicator.form if indicator.form in NAMES else document["form"]).questions


def row_of_target(target: Target) -> dict[str, Any]:
    return {**asdict(target), "percent": str(target.percent), "margin": str(target.margin)}


def targets_in(document: Document, indicator: str) -> list[Target]:
    """The targets that it sets an indicator (its code) beside, in its own order."""
    rows = (row for row in document["targets"] if row["indicator"] == indicator)
    return [Target(**{**row, "percent": Fraction(row["percent"]), "margin": Fraction(row["margin"])}) for row in rows]


def cuts_of(document: Document) -> dict[str, Any]:
    """How it is cut: {kinds, teams: [[id, name, villages]], now: rows of (key, cut) of the whole commune}; by nothing where it is of version 1."""
    return document.get("cuts") or {"kinds": [], "teams": [], "now": []}


def campaign_of(document: Document) -> dict[str, Any] | None:
    """The campaign that it is of, as it was named then, and `figures`: rows of what its own visits came to; None of any other period."""
    return document.get("campaign")


def period_of(document: Document) -> Period:
    return read(document["period"], (campaign_of(document) or {}).get("name", ""))


def younger_of(document: Document) -> list[dict[str, Any]]:
    """Villages that came after its day, and that it names where it restates a report of a later one."""
    return document.get("younger", [])


def within(document: Document) -> set[str] | None:
    """The villages that a campaign's report is of; None for all of the commune."""
    about = campaign_of(document)
    return None if about is None or about["villages"] is None else {each["village_id"] for each in document["villages"]}


def only(parts: Parts, villages: Collection[str] | None) -> Parts:
    """The balances of these villages; None for all."""
    return parts if villages is None else {place: balance for place, balance in parts.items() if place[0] in villages}


def into_of(document: Document) -> dict[str, str]:
    """Villages of the document that are part of another on its day → the one that stands."""
    return successors({each["village_id"]: each for each in document["villages"]}, document["as_of"])


def successors(villages: Mapping[str, Mapping[str, Any]], on: str, among: Collection[str] | None = None) -> dict[str, str]:
    """Villages that are part of another on that day → the one that stands. among: of these alone, None for all: what became part of one that is not
    among them stands for itself."""
    into = {key: each["merged_into"] for key, each in villages.items() if each["merged_into"] is not None and each["merged_on"] <= on}
    into = {part: whole for part, whole in into.items() if among is None or {part, whole} <= set(among)}

    def last(village_id: str) -> str:
        for _ in into:
            village_id = into.get(village_id, village_id)
        return village_id

    return {village_id: last(village_id) for village_id in into}
