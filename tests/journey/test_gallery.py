"""The gallery leaves no page out, and every page of it can be used: on a narrow phone without moving sideways, and by axe's rules."""

import pytest

from fieldapp.gallery import desk
from fieldapp.gallery.camera import DESKTOP, PHONE
from fieldapp.gallery.gallery import served_demo
from fieldapp.gallery.places import named
from tests.browser import axe, launch

pytestmark = pytest.mark.browser
# Pages that need something to be done first, pictures or files: they have tests of their own.
NOT_SHOWN: set[str] = set()
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def demo():
    with served_demo() as (settings, access):
        yield settings, access


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_page_fits_and_axe_finds_nothing_serious(demo, size, tmp_path):
    settings, access = demo
    places, (width, height) = named(settings), size
    context = launch(tmp_path / "desk", viewport={"width": width, "height": height})
    page, wrong = context.pages[0], []
    for signed_in, pages in ((False, desk.OPEN_TO_ALL), (True, desk.OFFICER)):
        if signed_in:
            desk.sign_in(page, access.base_url, access.officer)
        for shown in pages:
            page.goto(access.base_url + shown.path.format_map(places))
            wrong += [f"{shown.name}: {page.evaluate(SIDEWAYS)} px too wide"] if page.evaluate(SIDEWAYS) > 0 else []
            wrong += [f"{shown.name}: {found}" for found in axe(page)]
    context.close()
    assert wrong == []
