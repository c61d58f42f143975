"""Every screen of the phone, walked as a member walks: the card, the list, a house, a visit from the door to the summary."""

import re

from playwright.sync_api import Page

from fieldapp.demo.links import Access
from fieldapp.gallery.camera import PHONE, TABLET, Camera
from fieldapp.web.catalogue import phone_words

ROOM = "phone"
PIN = "258036"
# What Zalo calls itself: a browser that would lose visits.
IN_ZALO = "Mozilla/5.0 (Linux; Android 13; SM-A135F; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0 Mobile Safari/537.36 Zalo"


def photograph(camera: Camera, access: Access) -> None:
    """Take the pictures of the phone's screens: once on a phone, once on a tablet."""
    links = iter(access.enrolment if camera.language == "vi" else access.enrolment[2:])
    for size in (PHONE, TABLET):
        window = camera.window(size)
        page = window.new_page()
        page.goto(f"{access.base_url}/phone/")
        page.evaluate("language => localStorage.setItem('language', language)", camera.language)
        page.goto(next(links))
        page.reload()
        Walk(camera, page).go()
        window.close()
    _refused(camera, access.base_url)


def _refused(camera: Camera, address: str) -> None:
    """A browser in which visits would be lost."""
    window = camera.window(PHONE, user_agent=IN_ZALO)
    page = window.new_page()
    page.goto(f"{address}/phone/")
    page.evaluate("language => localStorage.setItem('language', language)", camera.language)
    page.reload()
    page.locator(".gate h1").wait_for()
    camera.take(page, ROOM, "gate")
    window.close()


class Walk:
    """One walk through the screens."""

    def __init__(self, camera: Camera, page: Page) -> None:
        self.camera, self.page, self.table = camera, page, phone_words(camera.language)

    def go(self) -> None:
        self._enrol()
        self.page.locator("a.row").first.click()
        self.page.wait_for_url(re.compile("household"))
        self._take("household")
        self._visit()
        self._to_do()
        self.page.evaluate("location.hash = '/status'")
        self._heading("Gửi và nhận")
        self._take("status")
        self._lock()
        self._press("Quay lại")
        self._heading("Hộ của tôi")
        self._take("list-begun")
        self.page.locator("#search").fill("không ai tên thế")
        self._take("list-nothing")
        self._press("Hộ mới")
        self._heading("Hộ mới")
        self._take("found")
        self._practise()

    def _enrol(self) -> None:
        self._heading("Đăng ký máy")
        self._take("enrol")
        self._press("Nhận máy này")
        self._pin()
        self._heading("Hộ của tôi")
        self.page.locator("a.row").first.wait_for()
        self._take("list")
        self._press("Quét thẻ hộ")
        self._heading("Quét thẻ hộ")
        self._take("scan")
        self._press("Quay lại")
        self._heading("Hộ của tôi")

    def _to_do(self) -> None:
        self.page.evaluate("location.hash = '/todo'")
        self._heading("Việc cần làm")
        self._take("todo")
        self.page.locator('a[href^="#/signup"]').first.click()
        self.page.locator("a.main").wait_for()
        self._take("signup")
        self.page.locator("a.row").first.click()
        self.page.wait_for_url(re.compile("household"))
        self._take("household-asked")
        self.page.evaluate("location.hash = '/day'")
        self._heading("Ngày của tôi")
        self._take("day")

    def _practise(self) -> None:
        self.page.evaluate("location.hash = '/status'")
        self._press("Vào chỗ tập")
        self._heading("Hộ của tôi")
        self.page.locator("a.row").first.wait_for()
        self._take("practice-list")
        self.page.evaluate("location.hash = '/status'")
        self._heading("Chỗ tập")
        self._take("practice")

    def _pin(self) -> None:
        self._heading("Chọn mã PIN 6 số")
        self._take("pin-choose")
        self._tap()
        self._press("Tiếp")
        self._heading("Nhập lại mã PIN")
        self._tap()
        self._press("Dùng mã này")

    def _lock(self) -> None:
        self._press("Khóa ngay")
        self._heading("Nhập mã PIN")
        self._take("locked")
        self._press("Quên mã PIN")
        self._heading("Quên mã PIN")
        self._take("pin-forgotten")
        self._press("Đăng ký lại bằng mã mới")
        self._press("Quay lại")
        self._heading("Ai đang dùng máy?")
        self._take("who")
        self.page.locator("button.row").click()
        self._heading("Nhập mã PIN")
        self._tap()
        self._press("Mở khóa")
        self._heading("Gửi và nhận")

    def _tap(self) -> None:
        for digit in PIN:
            self._press(digit)

    def _visit(self) -> None:
        self._press("Không hỏi được")
        self._take("outcome")
        self._press("Gặp được nhà")
        for step in ("consent", "house", "people"):
            self._step(step)
        self.page.locator("footer .main").click()
        self.page.wait_for_url(re.compile("/person/"))
        self._take("person")
        self.page.locator('[data-question="vneid"] .choices input[value="none"]').click()
        help = self.page.locator('[data-question="vneid"] .service')
        help.last.get_by_role("button").click()
        self._take("person-help")
        self._press("Sửa tên, năm sinh")
        self._take("identity")
        for step in ("return", "summary"):
            self._step(step)

    def _step(self, step: str) -> None:
        self.page.evaluate("step => { location.hash = `${location.hash.split('/').slice(0, 3).join('/')}/${step}`; }", step)
        self.page.wait_for_url(re.compile(f"/{step}$"))
        self._take(step)

    def _take(self, name: str) -> None:
        self.camera.take(self.page, ROOM, name)

    def _heading(self, message: str) -> None:
        self.page.get_by_role("heading", level=1, name=self._said(message), exact=True).wait_for()

    def _press(self, message: str) -> None:
        self.page.get_by_role("button", name=self._said(message), exact=True).click()

    def _said(self, message: str) -> str:
        return self.table.get(message) or message
