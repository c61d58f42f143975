"""Every page of the gallery can be used: on a narrow phone without moving sideways, and by axe's rules, by day and in the dark. That
no page is left out is held by tests/web/test_gallery_pages.py."""

import pytest

from fieldapp.gallery import beside, desk, founded
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
    with served_demo() as served:
        yield served


def test_every_page_fits_and_axe_finds_nothing_serious(demo, tmp_path):
    settings, access, jobs = demo
    places, page = named(settings, jobs), window(tmp_path)
    looks = (PHONE, "light"), (DESKTOP, "dark")
    wrong = looked_at(page, access.base_url, desk.OPEN_TO_ALL, places, looks)
    desk.sign_in(page, access.base_url, access.officer)
    wrong += looked_at(page, access.base_url, desk.OFFICER, places, looks)
    with beside.being_made(settings.database_address, jobs) as making:
        wrong += looked_at(page, access.base_url, desk.BEING_MADE, making, looks)
    for name in desk.CHECKED:
        desk.check_form(page, access.base_url, name)
        wrong += found(page, name, looks)
    page.context.clear_cookies()
    desk.sign_in(page, access.base_url, founded.found(settings))
    wrong += looked_at(page, access.base_url, desk.FOUNDED, places, looks)
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
    _settings, access, _jobs = demo
    page, tops = window(tmp_path), []
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    desk.sign_in(page, access.base_url, access.officer)
    page.keyboard.press("Tab")  # the way to what the page says, above everything
    for _each in range(12):
        page.keyboard.press("Tab")
        tops.append(page.evaluate("document.activeElement.getBoundingClientRect().top"))
    page.context.close()
    assert tops == sorted(tops)


def test_on_a_phone_the_bar_is_two_rows_and_opens_to_every_page_by_the_keyboard(demo, tmp_path):
    _settings, access, _jobs = demo
    page = window(tmp_path)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    desk.sign_in(page, access.base_url, access.officer)
    pages = page.locator(".bar-wide a").evaluate_all("all => all.map((each) => each.getAttribute('href'))")
    assert page.locator("header.bar").bounding_box()["height"] < 2.5 * 44 and page.get_by_role("navigation", name="Các trang").count() == 0
    page.locator(".bar-fold summary").press("Enter")
    menu = page.get_by_role("navigation", name="Các trang")
    assert menu.get_by_role("link").evaluate_all("all => all.map((each) => each.getAttribute('href'))") == pages and len(pages) == 9
    assert found(page, "the open menu", [(PHONE, "light")]) == [] and menu.get_by_role("link", name="In phiếu").bounding_box()["height"] >= 44
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Tổng quan"
    menu.get_by_role("link", name="Cần xem").press("Enter")
    page.wait_for_url("**/queue")
    assert page.locator(".bar-fold summary").inner_text().endswith("Cần xem") and menu.count() == 0
    page.context.close()


def window(folder):
    context = launch(folder / "desk")
    context.add_init_script(path=AXE)
    return context.pages[0]


def looked_at(page, address, pages, places, looks):
    """What is wrong with each of these pages."""
    wrong = []
    for shown in pages:
        answer = page.goto(address + shown.path.format_map(places))
        page.evaluate("stop()")  # a page that asks again by itself must not change while it is looked at
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
