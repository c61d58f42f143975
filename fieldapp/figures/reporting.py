"""Drawing a report up and freezing it: the whole numbers of a commune on a day, with all that is needed to read and to prove them.

What is shown before it is frozen is made by the same function: a report on the desk and the sealed one can't say different things. It is made in a
reading, which sees one moment of everything, and only kept in a writing: visits go on arriving meanwhile."""

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from fieldapp.figures.campaign_figures import reckons_of
from fieldapp.figures.campaigns import ground
from fieldapp.figures.outside import together
from fieldapp.figures.restating import restatements
from fieldapp.store import accounts, areas, boards, campaign_visits, cut_sums, indicators, journal, ledger, questionnaires, reports, teams
from fieldapp.survey.campaign import Campaign, plain
from fieldapp.survey.contribution import COUNTS, EFFECT
from fieldapp.survey.criteria import targets_of
from fieldapp.survey.cut import CUTS, OF_REPORTS, TEAM, USUAL
from fieldapp.survey.day import instant
from fieldapp.survey.disclosure import SMALL
from fieldapp.survey.event import sha256_of
from fieldapp.survey.ids import RANDOM_BYTES, uuid7
from fieldapp.survey.indicator import Indicator, current
from fieldapp.survey.period import Period
from fieldapp.survey.questionnaire import NAMES
from fieldapp.survey.report import (
    FORMAT,
    VERSION,
    Document,
    Parts,
    only,
    row_of_indicator,
    row_of_questions,
    row_of_target,
    rows_of,
    sealed,
)


def drawn_up(
    connection: Any, commune_id: str, period: Period, as_of: str, kinds: Collection[str] = USUAL, campaign: Campaign | None = None
) -> Document:  # fmt: skip
    """The report of the commune on a period, as the journal has it now. as_of: the last day that it counts, within the period; kinds: by what it
    is cut, of OF_REPORTS; campaign: whose days the period is, None of any other period."""
    followed, commune = boards.followed(connection, commune_id, as_of), areas.commune(connection, commune_id, as_of)
    told = current(as_of, indicators.of_commune(connection, commune_id))
    keys = {each.key for each in told}
    around = ground(connection, commune_id, campaign) if campaign else None
    every = areas.all_villages(connection, commune_id)
    now, before = (ledger.parts(connection, commune_id, until=day) for day in (as_of, period.eve))
    # A household that is corrected into a village stands there since its first day, when the village may not have been there yet.
    counted = {village for village, _key in now}
    listed = [each for each in every if (each.valid_from <= as_of or each.village_id in counted) and (around is None or each.village_id in around)]
    ids = {each.village_id for each in listed}
    # What a village became part of is no part of this report: then it stands for itself.
    villages = [asdict(each if each.merged_into in ids else replace(each, merged_into=None, merged_on=None)) for each in listed]
    around = None if around is None else frozenset(ids)
    # A part of the commune says nothing of former reports: the next one of all does.
    restated = restatements(connection, commune_id) if around is None else []
    named = {village for each in restated for village, *_ in each["lines"]}
    sequence, chain = journal.head(connection, commune_id)
    return {
        "format": FORMAT, "version": VERSION, "id": "",
        "commune": {"id": commune_id, "code": commune.code, "name": commune.name, "province": commune.province},
        "period": period.code, "as_of": as_of, "frozen": None, "head": {"sequence": sequence, "chain": chain.hex()}, "form": NAMES[-1],
        "indicators": [row_of_indicator(each) for each in told],
        "targets": [row_of_target(target) for each in told for target in targets_of(each.code, followed)],
        "questions": _questions(connection, commune_id, told), "villages": villages,
        "now": rows_of(_told(only(now, around), keys)),
        "before": rows_of(_told(only(before, around), keys)),
        "cuts": _cuts(connection, commune_id, as_of, kinds, keys, ids),
        "campaign": _campaign(connection, commune_id, campaign, as_of, told, around) if campaign else None,
        "restatements": restated, "younger": [asdict(each) for each in every if each.village_id in named - ids],
    }  # fmt: skip


def _questions(connection: Any, commune_id: str, told: Iterable[Indicator]) -> dict[str, Any]:
    """Form → the words of its questions that the commune's own indicators read; of those that ship nobody needs telling."""
    own: dict[str, set[str]] = {}
    for each in told:
        if each.form is not None and each.form not in NAMES:
            own.setdefault(each.form, set()).update(each.variables)
    forms = questionnaires.forms(connection, commune_id, own) if own else None
    return {name: row_of_questions(form, read) for name, read in own.items() if forms and (form := forms.of(name))}


def new_id(now: str) -> str:
    """An id for a report that is still to be frozen; a form carries it, so that sent twice it is one report."""
    return uuid7(int(instant(now).timestamp() * 1000), os.urandom(RANDOM_BYTES))


def freeze(connection: Any, account: accounts.Account, document: Document, report_id: str, now: str) -> reports.Report:
    """Seal a report that was drawn up, and keep it. It is of the head that it was drawn up at, whatever came in since: nobody waited for that. One
    that was frozen under this id already comes back as it is."""
    journal.lock(connection, account.commune_id)
    known = reports.by_id(connection, account.commune_id, report_id)
    if known is not None:
        return known
    text = sealed({**document, "id": report_id, "frozen": {"at": now, "by": account.account_id, "name": account.name}})
    of_it = document["period"], document["as_of"], now, account.account_id, document["head"]["sequence"]
    new = reports.Report(report_id, *of_it, sha256_of(text), text)
    reports.add(connection, account.commune_id, new)
    return new


def _campaign(
    connection: Any, commune_id: str, campaign: Campaign, as_of: str, told: tuple[Indicator, ...], villages: Collection[str] | None
) -> dict[str, Any]:  # fmt: skip
    """The campaign as it is named now, and what its own visits came to."""
    reckons = reckons_of(connection, commune_id, told, NAMES[-1])
    split = [] if villages is None else _split(connection, commune_id, as_of, told, villages)
    figures = campaign_visits.live(connection, commune_id, campaign.first, as_of, villages, reckons)
    return {**plain(campaign), "split": split, "figures": rows_of(figures)}


def _split(connection: Any, commune_id: str, as_of: str, told: tuple[Indicator, ...], villages: Collection[str]) -> list[str]:
    """Codes of indicators of which the campaign has some of the villages that the commune's own report tells of together, and not all, or of one
    village those parts that leave too few beside them: its sums would tell those apart."""
    parts, into = ledger.parts(connection, commune_id, until=as_of), areas.successors(connection, commune_id, as_of)
    eligible: dict[str, dict[str, int]] = {}
    for (village, key), balance in parts.items():
        eligible.setdefault(key, {})[village] = balance.eligible
    return [each.code for each in told if _splits(eligible.get(each.key, {}), into, villages)]


def _splits(eligible: Mapping[str, int], into: Mapping[str, str], villages: Collection[str]) -> bool:
    """eligible: village, each part by itself → how many are meant; into: part → the village that stands."""
    whole: dict[str, list[str]] = {}
    for part in (each for each, number in eligible.items() if number):
        whole.setdefault(into.get(part, part), []).append(part)
    pool = together({village: sum(eligible[each] for each in theirs) for village, theirs in whole.items()})
    told = [[each for village in pool for each in whole[village]], *(theirs for village, theirs in whole.items() if village not in pool)]
    for place, theirs in enumerate(told):
        beside = [each for each in theirs if each not in villages]
        if beside and len(beside) < len(theirs) and (place == 0 or sum(eligible[each] for each in beside) < SMALL):
            return True
    return False


def _cuts(
    connection: Any, commune_id: str, as_of: str, kinds: Collection[str], keys: set[str], villages: set[str]
) -> dict[str, Any]:  # fmt: skip
    """By team and by urban or rural the villages' own balances are summed; of those nothing stands here but who has which villages."""
    grounds = teams.named_grounds(connection, commune_id, villages) if TEAM in kinds else []
    rows = [[team_id, name, sorted(ground)] for team_id, name, ground in grounds]
    sums = cut_sums.at_day(connection, commune_id, [each for each in kinds if each in CUTS], villages, as_of)
    told = {place: balance for place, balance in sums.items() if place[0] in keys}
    return {"kinds": [each for each in OF_REPORTS if each in kinds], "teams": rows, "now": rows_of(told)}


def _told(parts: Parts, keys: set[str]) -> Parts:
    """The balances that a report holds: of its indicators, the team's own effect on them, and the counts beside them."""
    return {place: balance for place, balance in parts.items() if _is_told(place[1], keys)}


def _is_told(key: str, keys: set[str]) -> bool:
    kind, _, rest = key.partition(":")
    return key in keys or kind in COUNTS or (kind == EFFECT and rest in keys)
