"""Every page of the desk: as a stranger sees it, as an officer, and as the first officer of an empty server."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from fieldapp.config import Settings
from fieldapp.demo.links import Access
from fieldapp.gallery import beside, form_files, founded
from fieldapp.gallery.camera import DESKTOP, PHONE, Camera
from fieldapp.gallery.places import named
from fieldapp.store import areas, shape
from fieldapp.store.engine import open_engine, writing
from fieldapp.web.jobs import Jobs

ROOM = "desk"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_PASSWORD = "tre xanh bóng mát"


@dataclass(frozen=True, slots=True)
class Shown:
    """A page to be shown. path: with arguments in braces (places.py)."""

    name: str
    path: str


OPEN_TO_ALL = (
    Shown("sign-in", "/sign-in"), Shown("not-there", "/nowhere"), Shown("invited", "/invited"), Shown("sign-up", "/x/{commune_code}"),
    Shown("sign-up-thanks", "/x/{commune_code}/thanks"),
)  # fmt: skip
OFFICER = (
    Shown("overview", "/"), Shown("indicator", "/indicators/smartphone"), Shown("village", "/villages/{village}"),
    Shown("behind", "/indicators/vneid/{village}/no"),
    Shown("progress", "/progress"), Shown("coverage", "/progress/village"), Shown("map", "/map"),
    Shown("campaigns", "/campaigns"), Shown("campaign", "/campaigns/{campaign}"), Shown("campaign-figures", "/campaigns/{campaign}/figures"),
    Shown("campaign-new", "/campaigns/new"), Shown("campaign-change", "/campaigns/{campaign}/change"),
    Shown("campaign-left", "/households?campaign={campaign}&reached=missed"),
     Shown("households", "/households"),
    Shown("households-print", "/households/print?village={village}"),
    Shown("household", "/households/{code}"), Shown("household-history", "/households/{code}/history"),
    Shown("household-correct", "/households/{code}/correct/{event}"), Shown("household-void", "/households/{code}/void/{event}"),
    Shown("household-review", "/households/{code}/review/{event}"), Shown("household-move", "/households/{code}/move"),
    Shown("person-move", "/households/{code}/people/{person}/move"),
    Shown("household-merge", "/households/{code}/merge"), Shown("household-erase", "/households/{code}/erase"),
    Shown("queue", "/queue"), Shown("queue-flagged", "/queue?kind=flagged"), Shown("queue-household", "/queue/{waiting}"),
    Shown("queue-member", "/queue/members/{month}"),
    Shown("queue-rules", "/queue/rules"), Shown("checks", "/queue/checks"), Shown("check", "/queue/checks/{check}"),
    Shown("held", "/held"), Shown("held-one", "/held/{held}"), Shown("put-away", "/held/put-away"),
    Shown("teams", "/teams"), Shown("team", "/teams/{team}"), Shown("member", "/teams/members/{member}"),
    Shown("phones", "/phones"), Shown("phone", "/phones/{device}"), Shown("lost-phone", "/phones/{lost}/lost"),
    Shown("lost-phone-visits", "/phones/{lost}/lost/visits"), Shown("lost-phone-record", "/phones/{lost}/lost/record"),
    Shown("handover", "/phones/handover"), Shown("enrolment", "/enrolment"),
    Shown("printing", "/printing"), Shown("door-cards", "/printing/door-cards?village={village}"),
    Shown("file-ready", "/files/{made}"), Shown("file-failed", "/files/{unmade}"),
    Shown("sheets", "/printing/sheets?village={village}"), Shown("training", "/printing/training"),
    Shown("links", "/links"), Shown("link", "/links/{link}"), Shown("sign-ups", "/sign-ups"),
    Shown("boards", "/boards"), Shown("board", "/boards/national-2025"), Shown("board-example", "/boards/my-duc-2024-made"),
    Shown("board-own", "/boards/{board}"), Shown("board-line", "/boards/{board}/lines/copies"), Shown("board-change", "/boards/{board}/change"),
    Shown("board-new", "/boards/new"),
    Shown("points", "/points"), Shown("point", "/points/{point}"), Shown("point-new", "/points/new"),
    Shown("reports", "/reports"), Shown("report-preview", "/reports/preview?period={period}"), Shown("report", "/reports/{report}"),
    Shown("report-of-campaign", "/reports/preview?period=campaign:{campaign}"),
    Shown("report-form", "/reports/{report}/form"),
    Shown("office", "/office"), Shown("villages", "/office/villages"), Shown("village-of", "/office/villages/{village}"),
    Shown("questionnaire", "/office/questionnaire"), Shown("questionnaire-screens", "/office/questionnaire/screens"),
    Shown("indicators", "/office/indicators"), Shown("indicator-new", "/office/indicators/new"),
    Shown("indicator-by-answers", "/office/indicators/new?question=epay"), Shown("indicator-change", "/office/indicators/poor_without_smartphone"),
    Shown("roster", "/office/roster"), Shown("roster-columns", "/office/roster/{upload}"), Shown("roster-check", "/office/roster/{upload}/check"),
    Shown("roster-progress", "/office/roster/{imported}/progress"),
    Shown("people", "/office/people"), Shown("password", "/password"), Shown("key", "/office/key"), Shown("backups", "/office/backups"),
    Shown("package", "/office/package"),
    Shown("readings", "/readings"), Shown("reading", "/readings/{reading}"), Shown("journal", "/journal"),
)  # fmt: skip
PROVINCE = (
    Shown("province", "/province"), Shown("province-indicator", "/province/indicators/smartphone"),
    Shown("province-part", "/province/indicators/vneid?cut=sex:female&order=lowest"), Shown("province-commune", "/province/communes/{commune}"),
    Shown("province-targets", "/province/targets"),
    Shown("packages", "/province/packages"), Shown("province-office", "/province/office"), Shown("province-people", "/office/people"),
)  # fmt: skip
# Of a commune that has no recovery sheet yet (founded.py).
FOUNDED = (Shown("first-key", "/office/key"),)
# Under beside.being_made() only.
BEING_MADE = (Shown("file-making", "/files/{making}"),)
# What a commune sees on its first day: every list is empty, and says what to do.
NEW_OFFICER = (
    Shown("first-office", "/office"), Shown("first-overview", "/"), Shown("first-progress", "/progress"), Shown("first-map", "/map"),
    Shown("first-households", "/households"), Shown("first-queue", "/queue"), Shown("first-held", "/held"), Shown("first-teams", "/teams"),
    Shown("first-phones", "/phones"), Shown("first-enrolment", "/enrolment"), Shown("first-printing", "/printing"), Shown("first-links", "/links"),
    Shown("first-sign-ups", "/sign-ups"), Shown("first-villages", "/office/villages"), Shown("first-roster", "/office/roster"),
    Shown("first-people", "/office/people"), Shown("first-backups", "/office/backups"), Shown("first-readings", "/readings"),
    Shown("first-reports", "/reports"), Shown("first-campaigns", "/campaigns"),
)  # fmt: skip

# What a changed questionnaire would do: the answer to a file, so it has no address of its own.
CHECKED = {"questionnaire-check": form_files.good, "questionnaire-check-wrong": form_files.wrong}


def photograph(camera: Camera, settings: Settings, access: Access, jobs: Jobs) -> None:
    """Take the pictures of the desk at both widths."""
    places = named(settings, jobs)
    for size in (PHONE, DESKTOP):
        with _page(camera, size) as page:
            _walk(camera, page, access.base_url, OPEN_TO_ALL, places)
        with _page(camera, size) as page:
            sign_in(page, access.base_url, access.officer)
            _walk(camera, page, access.base_url, OFFICER, places)
            with beside.being_made(settings.database_address, jobs) as making:
                _walk(camera, page, access.base_url, BEING_MADE, making)
            _cards(camera, page, access)
            for name in CHECKED:
                check_form(page, access.base_url, name)
                camera.take(page, ROOM, name)
            _waiting(camera, page, settings, access)
        with _page(camera, size) as page:
            sign_in(page, access.base_url, access.province)
            _walk(camera, page, access.base_url, PROVINCE, places)
        with _page(camera, size) as page:
            sign_in(page, access.base_url, founded.found(settings))
            _walk(camera, page, access.base_url, FOUNDED, places)


def photograph_first_day(camera: Camera, address: str, code: str, size: tuple[int, int]) -> None:
    """From the first page of an empty server to its empty lists."""
    with _page(camera, size) as page:
        page.goto(f"{address}/setup")
        camera.take(page, ROOM, "setup")
        page.locator("#q").fill("Thiệu Trung")
        page.locator("#q").press("Enter")
        camera.take(page, ROOM, "setup-found")
        set_up(page, code)
        camera.take(page, ROOM, "recovery-sheet")
        _walk(camera, page, address, NEW_OFFICER, {})


def set_up(page: Page, code: str) -> None:
    """Fill in the rest of the first page, once the commune is chosen."""
    for field, words in (("name", "Hoàng Văn Minh"), ("username", "minh"), ("password", FIRST_PASSWORD), ("again", FIRST_PASSWORD), ("code", code)):
        page.locator(f"[name={field}]").fill(words)
    page.locator("main .button-main").click()
    page.locator(".recovery-key").wait_for()


def _cards(camera: Camera, page: Page, access: Access) -> None:
    """Cards that are shown once, when they are made."""
    page.goto(f"{access.base_url}/enrolment")
    page.locator("main input[type=checkbox]").first.check()
    page.locator("main .button-main").first.click()
    page.locator(".card").first.wait_for()
    camera.take(page, ROOM, "enrolment-cards")


def _waiting(camera: Camera, page: Page, settings: Settings, access: Access) -> None:
    """What the desk says after the server came to a new version, until the figures are made again."""
    engine = open_engine(settings.database_address)
    with writing(engine) as connection:
        for commune_id in areas.commune_ids(connection):
            shape.age(connection, commune_id)
    engine.dispose()
    page.goto(access.base_url)
    camera.take(page, ROOM, "waiting")
    page.locator("main [data-waiting]").wait_for(state="detached")


def check_form(page: Page, address: str, name: str) -> None:
    """Bring the changed questionnaire of this name, and see what it would do."""
    page.goto(f"{address}/office/questionnaire")
    page.locator("#file").set_input_files({"name": "phieu.xlsx", "mimeType": XLSX, "buffer": CHECKED[name]()})
    page.locator("main form .button-main").click()
    page.locator("main .notice-bad, main [name=carried]").first.wait_for(state="attached")


def sign_in(page: Page, address: str, who: dict[str, str]) -> None:
    """Sign in as anybody does."""
    page.goto(f"{address}/sign-in")
    page.locator("#username").fill(who["username"])
    page.locator("#password").fill(who["password"])
    page.locator("main form button").click()
    page.wait_for_url(re.compile(r"/(?!sign-in)"))


@contextmanager
def _page(camera: Camera, size: tuple[int, int]) -> Iterator[Page]:
    window = camera.window(size)
    yield window.new_page()
    window.close()


def _walk(camera: Camera, page: Page, address: str, pages: Any, places: dict[str, str]) -> None:
    for shown in pages:
        page.goto(address + shown.path.format_map(places))
        page.evaluate("stop()")  # a page that asks again by itself must not change under its picture
        camera.take(page, ROOM, shown.name)
