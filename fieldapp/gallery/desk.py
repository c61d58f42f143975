"""Every page of the desk: as an officer sees it, as a leader, as a stranger; and the first page of an empty server."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from fieldapp.config import Settings
from fieldapp.demo.links import Access
from fieldapp.gallery.camera import DESKTOP, PHONE, Camera
from fieldapp.gallery.places import named

ROOM = "desk"


@dataclass(frozen=True, slots=True)
class Shown:
    """A page to be shown. path: with arguments in braces (places.py); after: what is pressed there before the picture is taken."""

    name: str
    path: str
    after: str | None = None


OPEN_TO_ALL = (Shown("sign-in", "/sign-in"), Shown("not-there", "/nowhere"), Shown("invited", "/invited"), Shown("sign-up", "/x/{commune_code}"))
OFFICER = (
    Shown("overview", "/"), Shown("indicator", "/indicators/smartphone"), Shown("village", "/villages/{village}"),
    Shown("progress", "/progress"), Shown("coverage", "/progress/village"), Shown("map", "/map"), Shown("households", "/households"),
    Shown("household", "/households/{code}"), Shown("household-history", "/households/{code}/history"),
    Shown("household-move", "/households/{code}/move"),
    Shown("household-merge", "/households/{code}/merge"), Shown("household-erase", "/households/{code}/erase"),
    Shown("queue", "/queue"), Shown("held", "/held"),
    Shown("teams", "/teams"), Shown("team", "/teams/{team}"), Shown("member", "/teams/members/{member}"),
    Shown("phones", "/phones"), Shown("phone", "/phones/{device}"), Shown("enrolment", "/enrolment"),
    Shown("printing", "/printing"), Shown("links", "/links"), Shown("sign-ups", "/sign-ups"),
    Shown("office", "/office"), Shown("villages", "/office/villages"), Shown("village-of", "/office/villages/{village}"),
    Shown("roster", "/office/roster"),
    Shown("people", "/office/people"), Shown("backups", "/office/backups"), Shown("readings", "/readings"),
)  # fmt: skip


def photograph(camera: Camera, settings: Settings, access: Access) -> None:
    """Take the pictures of the desk at both widths."""
    places = named(settings)
    for size in (PHONE, DESKTOP):
        with _page(camera, size) as page:
            _walk(camera, page, access.base_url, OPEN_TO_ALL, places)
        with _page(camera, size) as page:
            sign_in(page, access.base_url, access.officer)
            _walk(camera, page, access.base_url, OFFICER, places)
    with _page(camera, DESKTOP, dark=True) as page:
        sign_in(page, access.base_url, access.officer)
        _walk(camera, page, access.base_url, [Shown(f"{each.name}-dark", each.path) for each in OFFICER[:3]], places)


def sign_in(page: Page, address: str, who: dict[str, str]) -> None:
    """Sign in as anybody does."""
    page.goto(f"{address}/sign-in")
    page.locator("#username").fill(who["username"])
    page.locator("#password").fill(who["password"])
    page.locator("main form button").click()
    page.wait_for_url(re.compile(r"/(?!sign-in)"))


@contextmanager
def _page(camera: Camera, size: tuple[int, int], dark: bool = False) -> Iterator[Page]:
    window = camera.window(size, dark)
    yield window.new_page()
    window.close()


def _walk(camera: Camera, page: Page, address: str, pages: Any, places: dict[str, str]) -> None:
    for shown in pages:
        page.goto(address + shown.path.format_map(places))
        if shown.after:
            page.get_by_role("button", name=shown.after).first.click()
        camera.take(page, ROOM, shown.name)
