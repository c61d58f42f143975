"""A campaign as an officer wrote it in the form."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from fieldapp.intake.lined import numbers
from fieldapp.intake.lined.finding import Finding
from fieldapp.survey.campaign import Campaign
from fieldapp.survey.text import nfc

MOST_NAME = 120
FIRST_DAY = "1970-01-01"  # no phone's clock starts before it


def read(
    campaign_id: str, fields: Mapping[str, str], chosen: Sequence[str], about: Sequence[str], villages: Collection[str], indicators: Collection[str]
) -> tuple[Campaign | None, list[Finding]]:
    """The campaign, None while something refuses it. fields: name, first, last, goal; chosen: villages that were ticked, none for the whole commune;
    about: indicators that were ticked; villages, indicators: those of the commune."""
    wrong: list[Finding] = []
    said = {name: nfc(fields.get(name, "")).strip() for name in ("name", "first", "last", "goal")}
    if not said["name"] or len(said["name"]) > MOST_NAME:
        wrong.append(Finding("text_too_long" if said["name"] else "text_missing", "name"))
    wrong += [Finding("day_not_understood", name, 0, said[name][:40]) for name in ("first", "last") if not _is_day(said[name])]
    if not wrong and said["last"] < said["first"]:
        wrong.append(Finding("days_crossed", "last"))
    goal = numbers.whole(said["goal"].removesuffix("%").strip()) if said["goal"] else None
    if said["goal"] and not goal:
        wrong.append(Finding("number_not_understood", "goal", 0, said["goal"][:40]))
    elif goal is not None and goal > 100:
        wrong.append(Finding("percent_too_large", "goal"))
    wrong += [Finding("village_unknown", "village") for each in chosen if each not in villages][:1]
    wrong += [Finding("indicator_unknown", "indicator") for each in about if each not in indicators][:1]
    if wrong:
        return None, wrong
    ticked = tuple(sorted(set(chosen)))
    # Whoever ticks every village means the commune.
    whole = not ticked or set(ticked) >= set(villages)
    return Campaign(campaign_id, said["name"], said["first"], said["last"], None if whole else ticked, tuple(dict.fromkeys(about)), goal), []


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text >= FIRST_DAY
    except ValueError:
        return False
