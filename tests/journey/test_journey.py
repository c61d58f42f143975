"""The whole way once: one visit goes from a thumb to a figure, through a dead network, a dead server and a dead browser.

Nothing is played here: a real Chromium with its worker and its database, a server in a process of its own, both databases."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from fieldapp.store import ledger
from fieldapp.store.engine import reading
from fieldapp.store.tables import balance
from tests.browser import kill
from tests.conftest import HERE
from tests.journey.desk import Desk
from tests.journey.houses import DUNG, FOUR, SAID, SAID_OF_THE_HOUSE, THIS_YEAR
from tests.journey.member import Member
from tests.journey.visit import visit_the_four
from tests.oracle import Household, figures

pytestmark = pytest.mark.browser

VILLAGE = "Thôn Đồng Chợ"
ALL_SENT, ONE_WAITS = "Đã gửi hết", "1 phiếu chờ gửi"


def test_one_visit_goes_from_a_thumb_to_a_figure(communes, site, browsers, link, tmp_path, sound):
    minh = Desk(browsers("desk").pages[0], site.address)
    minh.sign_in("minh")
    shown_before, kept_before = shown(minh), balances(communes)

    phone = browsers("phone")
    huong = Member(phone.pages[0])
    huong.enrol(link("huong"))
    expect(huong.row(DUNG["name"])).to_contain_text("15835-03-0001")
    expect(huong.sending).to_contain_text(ALL_SENT)
    phone.set_offline(True)
    site.stop()
    visit_the_four(huong)
    expect(huong.sending).to_contain_text(ONE_WAITS)
    kill(tmp_path / "phone")

    phone = browsers("phone")
    phone.set_offline(True)
    huong = Member(phone.pages[0])
    huong.start(site.address)
    expect(huong.sending).to_contain_text(ONE_WAITS)
    expect(huong.row(DUNG["name"])).to_contain_text("Đã đến")
    huong.open(DUNG["name"])
    expect(huong.page.locator(".person").filter(has_text=DUNG["name"])).to_contain_text("Mức 2")
    huong.sending.click()
    expect(huong.page.get_by_test_id("waiting")).to_have_text("1")
    expect(huong.page.get_by_text("Chưa có mạng. Cứ làm tiếp; khi có mạng, mở ứng dụng là máy tự gửi.")).to_be_visible()

    site.start()
    phone.set_offline(False)
    expect(huong.sending).to_contain_text(ALL_SENT)
    expect(huong.page.get_by_test_id("waiting")).to_have_text("0")

    visit = change(the_house(), the_house_visited())
    assert difference(kept_before, balances(communes)) == visit
    shown_after = shown(minh)
    assert shown_after["visited"] == (shown_before["visited"][0] + 1, shown_before["visited"][1])
    assert shown_after["outcomes"] == {**shown_before["outcomes"], "Hoàn thành": 1, "Chưa đến": 2}
    for code, balance_before in shown_before["figures"].items():
        of_visit = visit.get(("dong-cho", f"{code}:1", "all"), (0, 0, 0))
        assert shown_after["figures"][code] == added(balance_before, of_visit), code
    opens_down_to_the_visit(minh)
    sound()


def opens_down_to_the_visit(minh):
    """From the overview to the indicator, its village, the household, and there the visit with its author and its help."""
    minh.page.goto(f"{minh.address}/")
    minh.open("Tài khoản định danh điện tử mức 2 đã kích hoạt")
    expect(minh.page.locator(".cover-share")).to_contain_text("2 trên 3")
    minh.open(VILLAGE)
    minh.open(DUNG["name"])
    visit = minh.page.locator(".event").filter(has=minh.page.get_by_role("heading", name="Lượt đến"))
    expect(visit).to_have_count(1)
    expect(visit).to_contain_text("Lê Thị Hường")
    expect(visit).to_contain_text(f"{DUNG['name']}: Kích hoạt VNeID – Xong")
    vneid = minh.page.get_by_role("article").filter(has_text=DUNG["name"]).locator("dl > div").filter(has_text="VNeID")
    expect(vneid).to_contain_text("Mức 2")
    expect(vneid).to_contain_text("khi đến: Cài rồi, chưa kích hoạt")


def the_house():
    """The four as the oracle sees them before the visit."""
    return Household(visited=False, outcome=None, people=[dict(person) for person in FOUR["people"]])


def the_house_visited():
    """As it should be after it, by what was tapped; Dũng's VNeID as the help left it."""
    found = [{**person, **SAID[person["id"]]} for person in FOUR["people"]]
    people = [{**found[0], "vneid": "level2"}, *found[1:]]
    as_found = {"house_found": SAID_OF_THE_HOUSE, "people_found": found}
    return Household(year=THIS_YEAR, house=SAID_OF_THE_HOUSE, people=people, helped={"vneid_activate": {"done": 1}}, **as_found)


def change(before, after):
    """What the oracle says that a household's change adds: (village, key, cut) → (yes, no, unknown), where it is not nothing."""
    return difference(figures([before]), figures([after]))


def difference(before, after):
    changes = {key: tuple(a - b for a, b in zip(after.get(key, (0, 0, 0)), before.get(key, (0, 0, 0)), strict=True)) for key in before | after}
    return {key: triple for key, triple in changes.items() if any(triple)}


def added(one, other):
    return tuple(a + b for a, b in zip(one, other, strict=True))


def balances(communes):
    """The whole ledger as it stands now: (village, key, cut) → (yes, no, unknown)."""
    columns = balance.c.village_id, balance.c.indicator, balance.c.cut, balance.c.yes, balance.c.no, balance.c.unknown
    now = select(*columns).where(balance.c.commune_id == HERE, balance.c.period == ledger.ALWAYS)
    with reading(communes) as connection:
        return {(village, key, cut): tuple(counts) for village, key, cut, *counts in connection.execute(now)}


def shown(minh):
    """All that the pages show of the village and the commune."""
    return {"figures": minh.figures(VILLAGE), "visited": minh.visited(), "outcomes": minh.outcomes()}
