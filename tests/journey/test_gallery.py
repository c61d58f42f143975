"""Every page of the gallery can be used: on a narrow phone without moving sideways, and by axe's rules, by day and in the dark. That
no page is left out is held by tests/web/test_gallery_pages.py."""

import pytest

from fieldapp.gallery import desk
from fieldapp.gallery.camera import DESKTOP, PHONE
from fieldapp.gallery.gallery import served_demo, served_empty
from fieldapp.gallery.places import named
from tests.browser import AXE, axe, launch

pytestmark = pytest.mark.browser
# What leads on must be seen at once: one main button in a sheet.
MAINS = """() => [...document.querySelectorAll("main, .sheet")].filter((each) => {
    const own = [...each.querySelectorAll(".button-main")].filter((button) => (button.closest(".sheet") ?? each) === each);
    return own.length > 1;
}).map((each) => `${each.querySelectorAll(".button-main").length} main buttons: ${each.outerHTML.slice(0, 90)}`)"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def demo():
    with served_demo() as (settings, access):
        yield settings, access


def test_every_page_fits_and_axe_finds_nothing_serious(demo, tmp_path):
    settings, access = demo
    places, page = named(settings), window(tmp_path)
    looks = (PHONE, "light"), (DESKTOP, "dark")
    wrong = looked_at(page, access.base_url, desk.OPEN_TO_ALL, places, looks)
    desk.sign_in(page, access.base_url, access.officer)
    wrong += looked_at(page, access.base_url, desk.OFFICER, places, looks)
    for name in desk.CHECKED:
        desk.check_form(page, access.base_url, name)
        wrong += found(page, name, looks)
    page.context.close()
    assert wrong == []


def test_every_page_of_the_first_day_too(tmp_path):
    page, looks = window(tmp_path), ((PHONE, "dark"), (DESKTOP, "light"))
    with served_empty() as (address, code):
        page.goto(f"{address}/setup")
        wrong = found(page, "setup", looks)
        page.locator("#q").fill("Thiệu Trung")
        page.locator("#q").press("Enter")
        desk.set_up(page, code)
        wrong += found(page, "recovery-sheet", looks) + looked_at(page, address, desk.NEW_OFFICER, {}, looks)
        page.context.close()
    assert wrong == []


def test_the_keyboard_goes_through_the_bar_as_the_eye_does(demo, tmp_path):
    _settings, access = demo
    page, tops = window(tmp_path), []
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    desk.sign_in(page, access.base_url, access.officer)
    page.keyboard.press("Tab")  # the way to what the page says, above everything
    for _each in range(12):
        page.keyboard.press("Tab")
        tops.append(page.evaluate("document.activeElement.getBoundingClientRect().top"))
    page.context.close()
    assert tops == sorted(tops)


def window(folder):
    context = launch(folder / "desk")
    context.add_init_script(path=AXE)
    return context.pages[0]


def looked_at(page, address, pages, places, looks):
    """What is wrong with each of these pages."""
    wrong = []
    for shown in pages:
        answer = page.goto(address + shown.path.format_map(places))
        wrong += [f"{shown.name}: {answer.status}"] * (answer.status != (404 if shown.name == "not-there" else 200)) + found(page, shown.name, looks)
    return wrong


def found(page, name, looks):
    """What is wrong with the page as it stands, in windows of these sizes and in these schemes of colours."""
    wrong = []
    for (width, height), scheme in looks:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        sideways = page.evaluate(SIDEWAYS)
        wrong += [f"{name}, {width} px, {scheme}: {sideways} px too wide"] * (sideways > 0)
        wrong += [f"{name}, {width} px, {scheme}: {each}" for each in page.evaluate(MAINS) + axe(page)]
    return wrong
