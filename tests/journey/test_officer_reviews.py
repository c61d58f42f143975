"""What an officer does with what waits, in a real browser: no task takes more than six clicks from the overview, and each leads back to the queue.
Typing is no click. Those that docs/officer-tasks.md tells are held by tests/web/test_officer_tasks.py."""

import pytest
from playwright.sync_api import Locator, Page, expect

from fieldapp.demo import answers
from fieldapp.demo.phone import Phone
from fieldapp.store import findings
from fieldapp.survey.day import day_of
from tests.conftest import HERE
from tests.journey.desk import Desk
from tests.journey.houses import DUNG, HOA, NAM, THIS_YEAR

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]
MOST_CLICKS = 6


class Minh:
    """The officer's hand: counts what it clicks."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.clicks = page, 0
        Desk(page, address).sign_in("minh")

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1

    def menu(self, words: str) -> None:
        self.click(self.page.locator("header").get_by_role("link", name=words, exact=True).first)

    def link(self, words: str) -> None:
        self.click(self.page.get_by_role("main").get_by_role("link", name=words, exact=True).first)

    def button(self, words: str) -> None:
        self.click(self.page.get_by_role("main").get_by_role("button", name=words, exact=True).first)

    def row(self, name: str, why: str) -> Locator:
        return self.page.locator("tr").filter(has_text=name).filter(has_text=why)

    def done(self, words: str) -> None:
        """It was done, in few clicks, and the queue is where we are."""
        expect(self.page.locator(".notice").filter(has_text=words)).to_be_visible()
        expect(self.page.get_by_role("heading", level=1, name="Cần xem")).to_be_visible()
        assert self.clicks <= MOST_CLICKS


@pytest.fixture
def doubtful(cast, roster, communes, clock) -> Phone:
    """Hường surveyed Dũng's in nine seconds and wrote that Hoa was born in 1902; and registered his family once more at the door."""
    clock.tick(hours=1)
    huong = cast.phone("huong")
    people = {DUNG["id"]: {"phone": "basic"}, HOA["id"]: {"birth_year": THIS_YEAR - 124, "phone": "basic"}}
    huong.seal("visit", roster[DUNG["name"]], answers.visit(people=people, seconds=9))
    twice = [{**each, "id": huong.new_person()} for each in (DUNG, NAM)]
    huong.seal("register", None, answers.register("dong-cho", twice, address="Ngõ 3"))
    huong.sync()
    clock.tick(minutes=5)
    findings.refresh(communes, HERE, day_of(clock.now))
    return huong


@pytest.fixture
def minh_at_desk(doubtful, browsers, site) -> Minh:
    context = browsers("desk", viewport={"width": 1280, "height": 900})
    return Minh(context.pages[0], site.address)


def test_two_households_that_are_one_are_merged(minh_at_desk):
    minh = minh_at_desk
    minh.menu("Cần xem")
    minh.click(minh.row("15835-03-0004", "Có thể một hộ ghi hai lần").get_by_role("link"))
    minh.link("Gộp vào hộ 15835-03-0001")
    minh.page.get_by_label("Lý do").fill("Một nhà ghi hai lần")
    minh.button("Gộp hai hộ")
    minh.done("Đã gộp")
    expect(minh.row("15835-03-0004", "Có thể một hộ ghi hai lần")).to_have_count(0)


def test_what_is_right_is_approved_and_taken_back(minh_at_desk):
    minh = minh_at_desk
    minh.menu("Cần xem")
    minh.click(minh.row(DUNG["name"], "Lượt đến quá nhanh").get_by_role("checkbox"))
    minh.button("Duyệt các mục đã chọn")
    minh.done("Đã duyệt 1 mục")
    expect(minh.row(DUNG["name"], "Lượt đến quá nhanh")).to_have_count(0)
    minh.button("Hoàn tác")
    minh.done("Đã hoàn tác 1 mục")
    expect(minh.row(DUNG["name"], "Lượt đến quá nhanh")).to_have_count(1)


def test_visits_are_drawn_and_given_to_be_checked(minh_at_desk):
    minh = minh_at_desk
    minh.menu("Cần xem")
    minh.link("Thăm kiểm tra")
    minh.button("Rút thử")
    expect(minh.page.get_by_role("heading", name="Rút được 1 lượt")).to_be_visible()
    minh.button("Giao người thăm kiểm tra")
    expect(minh.page.get_by_role("heading", name="Đang chờ 1 lượt")).to_be_visible()
    assert minh.clicks <= MOST_CLICKS
