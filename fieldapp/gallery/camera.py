"""The browser that the gallery looks through, and how its pictures are named: room/page-language-width.png.

In the first language each picture is taken in the dark as well: colours are the same in all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from fieldapp.browsing.chromium import FLAGS, chromium, playwright

FAKE_CAMERA = "--use-fake-device-for-media-stream"
PHONE, TABLET, DESKTOP = (360, 740), (768, 1024), (1280, 900)
LOCALES = {"vi": "vi-VN", "en": "en-GB"}
ALSO_DARK = "vi"


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium of this machine; playwright's own where the machine has none."""
    opened = playwright().chromium.launch(executable_path=chromium(), args=[*FLAGS, FAKE_CAMERA])
    yield opened
    opened.close()


class Camera:
    """Takes pictures in one language."""

    def __init__(self, browser: Browser, folder: Path, language: str) -> None:
        self.browser, self.folder, self.language = browser, folder, language
        self.taken: list[str] = []

    def window(self, size: tuple[int, int], **more: Any) -> BrowserContext:
        """A browser window of this size, of somebody who reads this language. more: as new_context takes it."""
        width, height = size
        return self.browser.new_context(
            viewport={"width": width, "height": height}, locale=LOCALES[self.language], timezone_id="Asia/Ho_Chi_Minh",
            color_scheme="light", permissions=["camera"], **more,
        )  # fmt: skip

    def take(self, page: Page, room: str, name: str) -> None:
        """Keep what the page shows now, whole."""
        path = f"{room}/{name}-{self.language}-{page.viewport_size['width'] if page.viewport_size else 0}"
        (self.folder / room).mkdir(exist_ok=True)
        self._keep(page, f"{path}.png")
        if self.language == ALSO_DARK:
            page.emulate_media(color_scheme="dark")
            self._keep(page, f"{path}-dark.png")
            page.emulate_media(color_scheme="light")

    def _keep(self, page: Page, path: str) -> None:
        page.screenshot(path=self.folder / path, full_page=True)
        self.taken.append(path)
