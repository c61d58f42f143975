"""Every page can be read by everybody: axe finds nothing grave, nothing sticks out sideways, what is tapped is a thumb wide."""

import threading

import pytest
from werkzeug.serving import make_server

from fieldapp.store.accounts import set_language
from fieldapp.store.engine import writing
from tests.browser import axe, launch
from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser

# A link in running text is as high as its line; these are things to tap.
SMALL = """() => [...document.querySelectorAll("button, .button, nav a, input:not([type=hidden]), summary, a.row, .choice")]
    .filter((each) => each.getClientRects().length && !each.closest(".choice input"))
    .map((each) => (each.matches("input[type=checkbox]") ? each.closest("label") : each))
    .filter((each) => each.getBoundingClientRect().height < 43.5).map((each) => each.outerHTML.slice(0, 90))"""
WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : ["too wide:", ...[...document.querySelectorAll("*")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth).slice(0, 5).map((each) => each.outerHTML.slice(0, 90))]"""


@pytest.fixture
def address(desk_app):
    server = make_server("127.0.0.1", 0, desk_app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


@pytest.fixture
def household(register, visit):
    code = register("dong-cho", "Trịnh Thị Hoa")
    help = [{"person": "k3v9x2m7ap", "service": "vneid_activate", "result": "done", "value": "level2"}]
    visit(code, people={"phone": "smartphone", "vneid": "none", "epay": ["bank"]}, help=help, comment="Gọi trước cổng")
    visit(code, people={"phone": "basic"}, base=[])
    register("dong-cho", "Lê Văn Bốn")
    return code


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width, scheme", [(360, "light"), (1280, "dark")])
def test_every_page_of_the_desk(address, communes, household, tmp_path, language, width, scheme):
    with writing(communes) as connection:
        set_language(connection, "thieu-trung", "minh", language)
    context = launch(tmp_path / "profile", viewport={"width": width, "height": 740}, color_scheme=scheme)
    page = context.pages[0]
    found = {}

    def read(path):
        found[path] = axe(page) + page.evaluate(SMALL) + page.evaluate(WIDE)

    page.goto(f"{address}/sign-in")
    read("/sign-in")
    page.fill("[name=username]", "minh")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    for path in ("/", "/indicators/smartphone", "/villages/dong-cho", f"/households/{household}", "/enrolment", "/nowhere"):
        page.goto(address + path)
        read(path)
    page.goto(f"{address}/enrolment")
    page.locator("input[type=checkbox]").first.check()
    page.click("main button")
    page.locator(".card").wait_for()
    page.wait_for_load_state()
    read("the cards")
    context.close()
    assert {path: what for path, what in found.items() if what} == {}
