"""A member's hand on the phone: taps what they would tap, found by the words on the screen or by the question's name."""

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page, expect

from fieldapp.web.catalogue import phone_words

SCREEN = {"width": 360, "height": 740}
ENROL, LIST, BEGIN, SAVE = "Nhận máy này", "Hộ của tôi", "Bắt đầu lượt đến", "Lưu lượt đến"
NOT_MET, REVIEW = "Không hỏi được", "Tiếp: xem lại"
PIN = "258036"


class Member:
    """Somebody with this page of the phone in front of them, who reads this language. Words are given in Vietnamese, as in the code."""

    def __init__(self, page: Page, language: str = "vi") -> None:
        self.page, self.table = page, phone_words(language)

    def said(self, message: str, **values: str) -> str:
        """The message as this screen says it."""
        return (self.table.get(message) or message) % values

    @property
    def sending(self):
        """The line under the head that says how the sending stands."""
        return self.page.get_by_test_id("sending")

    def heading(self, message: str) -> None:
        """Wait for the screen with this heading."""
        expect(self.page.get_by_role("heading", level=1, name=self.said(message), exact=True)).to_be_visible()

    def step(self, name: str) -> None:
        """Wait for this step of the visit."""
        expect(self.page).to_have_url(re.compile(f"/{name}$"))

    def press(self, message: str, **values: str) -> None:
        self.page.get_by_role("button", name=self.said(message, **values), exact=True).click()

    def back(self) -> None:
        self.press("Quay lại")

    def write(self, message: str, text: str) -> None:
        """Write into the field with this label, letter by letter: each is an answer, and the next one must still land here."""
        field = self.page.get_by_label(self.said(message))
        field.fill("")
        field.press_sequentially(text)

    def enrol(self, link: str, pin: str = PIN) -> None:
        """Open the link of a card, make this phone one's own, and choose a PIN."""
        self.page.goto(link)
        self.press(ENROL)
        self.choose(pin)
        self.heading(LIST)

    def choose(self, pin: str = PIN) -> None:
        """Choose a PIN, twice."""
        self.heading("Chọn mã PIN 6 số")
        self.tap(pin)
        self.press("Tiếp")
        self.heading("Nhập lại mã PIN")
        self.tap(pin)
        self.press("Dùng mã này")

    def tap(self, pin: str) -> None:
        """Tap these digits."""
        for digit in pin:
            self.press(digit)

    def unlock(self, pin: str = PIN) -> None:
        """Type the PIN on the lock."""
        self.heading("Nhập mã PIN")
        self.tap(pin)
        self.press("Mở khóa")

    def start(self, address: str, pin: str = PIN) -> None:
        """Open the app, which is locked at every start, and unlock it."""
        self.page.goto(f"{address}/phone/")
        self.unlock(pin)

    def row(self, words: str):
        """The row of the list that shows these words."""
        return self.page.locator("a.row").filter(has_text=words)

    def open(self, name: str) -> None:
        """Open a household of the list."""
        self.row(name).click()
        self.heading(name)

    def pick(self, field: str, value: str) -> None:
        """Tap one choice of a question at the door: outcome, consent, respondent."""
        self.page.locator(f'input[name="{field}"][value="{value}"]').click()

    def ask(self, answers: Mapping[str, Any]) -> None:
        """Tap the answers on the screen: question → value, or values where many may be chosen."""
        for question, value in answers.items():
            for each in value if isinstance(value, list) else [value]:
                choice = self.question(question).locator(f'.choices:not(.part *) input[value="{each}"]')
                choice.click()
                expect(choice).to_be_checked()

    def question(self, name: str):
        return self.page.locator(f'[data-question="{name}"]')

    def help(self, question: str, done: str) -> None:
        """Record help that was done under the question that shows the lack; done: as words on the screen."""
        under = self.question(question)
        under.locator(".service > button").click()
        under.get_by_role("checkbox", name=done, exact=True).click()

    def knock(self, respondent: str = "other_adult") -> None:
        """From the household to the questions about the house, with the house's yes."""
        self.press(BEGIN)
        self.pick("respondent", respondent)
        self.pick("consent", "yes")
        self.step("house")

    def save(self) -> None:
        """From the summary: the list is there again only after the visit is on the phone."""
        self.press(SAVE)
        self.heading(LIST)
