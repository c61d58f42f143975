"""The first sync of a phone comes page by page: work begins with the first page, and what was cut goes on where it stood."""

import pytest
from playwright.sync_api import expect

from fieldapp.browsing.site import Site
from tests.browser import kill
from tests.journey.houses import DUNG, house, person
from tests.journey.member import LIST, PIN, Member

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

# Run first in the server's process: short pages, and how many households each answer held is written down.
BEFORE = """
import json
from pathlib import Path
from fieldapp.intake import sync

FOLDER = Path({folder!r})
sync.MOST_HOUSEHOLDS = 2
answer = sync.answer

def noted(*arguments):
    said = answer(*arguments)
    with (FOLDER / "pages").open("a") as file:
        file.write(f"{{len(json.loads(said)['households'])}}\\n")
    return said

sync.answer = noted
"""
ALL_SENT, PAGE, PAGES_BEFORE_THE_CUT = "Đã gửi hết", 2, 2


@pytest.fixture
def roster(roster, minh):
    """Four houses more than the others' journeys need: seven in all."""
    for number in range(10, 14):
        minh("register", None, house(f"Ngõ {number}", person(number, f"Phạm Văn {number}", 50, "male", "head")))
    return roster


@pytest.fixture
def site(communes, roster, tmp_path):
    site = Site(communes, tmp_path / "data", BEFORE.format(folder=str(tmp_path)))
    site.start()
    yield site
    site.stop()


def rows(member: Member):
    return member.page.locator("a.row")


def test_a_first_sync_shows_each_page_and_goes_on_where_it_was_cut(browsers, link, site, tmp_path):
    phone = browsers("phone")
    calls = []

    def cut(route):
        calls.append(route)
        if len(calls) <= PAGES_BEFORE_THE_CUT:
            route.continue_()  # the next one stays without an answer: a bar of signal that carries nothing

    phone.route("**/api/sync", cut)
    huong = Member(phone.pages[0])
    huong.page.goto(link("huong"))
    huong.press("Nhận máy này")
    huong.choose(PIN)
    huong.heading(LIST)
    expect(rows(huong)).to_have_count(PAGE * PAGES_BEFORE_THE_CUT)
    expect(huong.sending).to_contain_text("Đang nhận: 4 hộ, còn 3…")
    huong.open(DUNG["name"])
    huong.knock()
    huong.ask({"zalo_group": "yes"})

    site.stop()
    kill(tmp_path / "phone")
    huong = Member(browsers("phone").pages[0])
    huong.start(site.address)
    huong.heading(LIST)
    expect(rows(huong)).to_have_count(PAGE * PAGES_BEFORE_THE_CUT)
    expect(huong.sending).to_contain_text("Còn 3 hộ chưa về máy")
    expect(huong.page.get_by_role("button", name=f"Tiếp tục: {DUNG['name']}")).to_be_visible()

    site.start()
    huong.sending.click()
    huong.press("Gửi ngay")
    huong.back()
    expect(rows(huong)).to_have_count(7)
    expect(huong.sending).to_contain_text(ALL_SENT)
    assert [int(count) for count in (tmp_path / "pages").read_text().split()][:4] == [2, 2, 2, 1]
