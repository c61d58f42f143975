"""The gallery leaves no page out: the application's own list of routes is compared with its list of pictures."""

import pytest
from werkzeug.exceptions import NotFound

from fieldapp.gallery import desk

# One database is enough: no page is opened.
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

# What is no page of the desk: the phone and its calls, and files to take away.
NO_PAGES = {"phone", "api", "static"}
FILES = {
    "households.exported", "progress.exported", "printing.door_cards_pdf", "printing.sheets_pdf", "printing.training_pdf", "made.file",
    "roster.empty_list", "roster.wrong", "questionnaire.exported", "backup.file", "reports.file",
    "indicators.exported", "criteria.exported", "criteria.file", "points.exported",
}  # fmt: skip
# Only where a text came that wants mending: tests/web/test_held.py.
NOT_IN_THE_DEMO = {"held.mend"}
# Taken on the first day of an empty server.
ON_THE_FIRST_DAY = {"setup.page"}


def test_every_page_has_its_picture(desk_app):
    asked = {rule.endpoint for rule in desk_app.url_map.iter_rules() if "GET" in rule.methods}
    pages = {each for each in asked if each.partition(".")[0] not in NO_PAGES} - FILES - NOT_IN_THE_DEMO - ON_THE_FIRST_DAY
    assert pages - shown(desk_app) == set(), "say it in fieldapp/gallery/desk.py, or here that it is a file"


def test_no_picture_stands_for_a_page_that_is_gone(desk_app):
    addresses = desk_app.url_map.bind("")
    lost = []
    for each in (*desk.OPEN_TO_ALL, *desk.OFFICER, *desk.PROVINCE, *desk.NEW_OFFICER, *desk.FOUNDED, *desk.BEING_MADE):
        try:
            addresses.match(each.path.partition("?")[0], method="GET")
        except NotFound:
            lost.append(each.name)
    assert lost == ["not-there"]


def shown(app):
    """Endpoints that the gallery opens."""
    addresses = app.url_map.bind("")
    paths = (each.path.partition("?")[0] for each in (*desk.OPEN_TO_ALL, *desk.OFFICER, *desk.PROVINCE) if each.name != "not-there")
    return {addresses.match(path, method="GET")[0] for path in paths}
