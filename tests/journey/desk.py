"""An officer's eyes on the desk: reads the figures off the pages, as they are shown."""

from playwright.sync_api import Page, expect

from fieldapp.survey.indicator import current
from tests.conftest import PASSWORD

Triple = tuple[int, int, int]
COLUMNS = ("Có", "Không", "Chưa rõ")


class Desk:
    """Somebody signed in at the server's pages."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def sign_in(self, username: str) -> None:
        self.page.goto(f"{self.address}/sign-in")
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu").fill(PASSWORD)
        self.page.get_by_role("button", name="Đăng nhập").click()
        expect(self.page.get_by_role("heading", name="Độ phủ", exact=True)).to_be_visible()

    def open(self, words: str) -> None:
        """Follow the link with these words, in the main part of the page."""
        self.page.get_by_role("main").get_by_role("link", name=words, exact=True).click()

    def visited(self) -> tuple[int, int]:
        """Visited and registered households, as the overview says."""
        self.page.goto(f"{self.address}/")
        visited, _trên, registered, *_rest = self.page.locator(".cover-share small").inner_text().split()
        return number(visited), number(registered)

    def outcomes(self) -> dict[str, int]:
        """Outcome in words → households, as the overview says."""
        rows = self.page.goto(f"{self.address}/") and self.page.locator(".facts-close > div").all()
        return {row.locator("dt").inner_text().strip(): number(row.locator(".number").inner_text().split()[0]) for row in rows}

    def figures(self, village: str) -> dict[str, Triple]:
        """Every indicator's code → yes, no, unknown of the village, as the indicator's own page says."""
        return {indicator.code: self._figure(indicator.code, village) for indicator in current()}

    def _figure(self, code: str, village: str) -> Triple:
        self.page.goto(f"{self.address}/indicators/{code}")
        row = self.page.get_by_role("row").filter(has_text=village)
        yes, no, unknown = (number(row.locator(f'[data-name="{column}"]').inner_text()) for column in COLUMNS)
        return yes, no, unknown


def number(text: str) -> int:
    """1.234 as Vietnam writes it."""
    return int(text.strip().replace(".", ""))
