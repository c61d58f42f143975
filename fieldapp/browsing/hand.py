"""A member's hand that makes a visit from a script and counts its taps: a tap is whatever a thumb does; typing a name or a year is none.

The scripts are tests/vectors/scripted_visits.json: what is in them a person could do with no other tap between."""

import json
from typing import Any

from playwright.sync_api import Locator, Page, expect

from fieldapp.browsing.site import ROOT

VISITS: dict[str, dict[str, Any]] = {each["name"]: each for each in json.loads((ROOT / "tests/vectors/scripted_visits.json").read_text("utf-8"))}
VILLAGE = 'input[name="village"]'
NOT_OF_HELP = ".choices:not(.part *)"


def walked(page: Page, visit: dict[str, Any], row: str = "a.row", person: str = "") -> int:
    """Make the visit from the list to the list; the taps that it took. row: the household's, by a selector; person: who is helped."""
    taps = 0
    for kind, *what in visit["steps"]:
        if kind == "write":
            page.get_by_label(what[0], exact=True).fill(what[1])
        # A member of one village is not asked for it.
        elif kind != "village" or not page.locator(f"{VILLAGE}:checked").count():
            _target(page, kind, what, row, person).first.click()
            taps += 1
    expect(page.get_by_role("heading", level=1, name="Hộ của tôi")).to_be_visible()
    return taps


def _target(page: Page, kind: str, what: list[str], row: str, person: str) -> Locator:
    question = page.locator(f'[data-question="{what[0]}"]') if what else page.locator("main")
    targets = {
        "row": lambda: page.locator(row),
        "person": lambda: page.locator("button.whose").filter(has_text=person),
        "village": lambda: page.locator(VILLAGE),
        "press": lambda: page.get_by_role("button", name=what[0], exact=True),
        "pick": lambda: page.locator(f'input[name="{what[0]}"][value="{what[1]}"]'),
        "choose": lambda: question.locator(f'{NOT_OF_HELP} input[value="{what[1]}"]'),
        "help": lambda: question.get_by_role("button", name=what[1], exact=True),
        "option": lambda: question.get_by_role("checkbox", name=what[1], exact=True),
    }
    return targets[kind]()
