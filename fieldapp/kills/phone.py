"""Hường's phone: the app in a real browser, whose visits are made by its own modules and, some of them, by taps on its screens.

Each visit is told twice: before it is saved, and once the phone has shown it as saved. What a killed browser no longer told was
never shown."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page

from fieldapp.browsing.chromium import kill, launch

SCREEN = {"width": 360, "height": 740}
LIST, PIN = "Hộ của tôi", "258036"
PATIENCE_MS, DEATH_MS = 30_000, 5_000
LAUNCH_MS = 20_000  # one that is killed while it starts is waited for in vain, by default for three minutes

# Goes on by itself: the network may change, and the browser die, while it works.
BEGIN = """(visits) => {
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const make = async () => {
    const visiting = await import("/static/phone/visiting.js");
    const { answered } = await import("/static/phone/visit.js");
    const { syncNow } = await import("/static/phone/when.js");
    const { form } = await import("/static/phone/phone.js");
    while (!form.value) await pause(10); // the list shows before the questionnaire is there
    for (const visit of visits) {
      await visiting.openVisit(visit.household);
      const { id } = visiting.draft.value;
      await tell("begun", visit.number, id);
      visiting.change({ ...visiting.draft.value, outcome: visit.outcome, consent: visit.consent });
      for (const [person, question, value] of visit.answers) visiting.change(answered(visiting.draft.value, person, question, value));
      await visiting.finish();
      await tell("saved", visit.number, id);
      syncNow();
      await pause(visit.pause_ms);
    }
  };
  window.visitsMade = make();
}"""
DRAFT = """async (number) => {
  const { draft } = await import("/static/phone/visiting.js");
  await tell("begun", number, draft.value.id);
  return draft.value.id;
}"""
SYNC = """async () => (await import("/static/phone/when.js")).syncNow()"""
KNOWN = """async (ids) => {
  const { household, kept } = await import("/static/phone/phone.js");
  return Promise.all(ids.map(async (id) => ({ id, sent: await kept().household(id), shown: await household(id) })));
}"""


class Phone:
    """begun: id → number of the planned visit; saved: the ids that the phone showed as saved."""

    def __init__(self, profile: Path, address: str) -> None:
        self.profile, self.address = profile, address
        self.context: BrowserContext | None = None
        self.page: Page  # of a browser that was killed too: whoever asks it for anything hears that it is gone
        self.ended = False
        self.begun: dict[str, int] = {}
        self.saved: dict[str, int] = {}

    def enrol(self, code: str) -> None:
        """Become Hường's, and wait until the app is kept for the time without a network."""
        self._launch()
        self.page.goto(f"{self.address}/phone/#enrol={code[:4]}-{code[4:]}")
        self._press("Nhận máy này")
        for heading, button in (("Chọn mã PIN 6 số", "Tiếp"), ("Nhập lại mã PIN", "Dùng mã này")):
            self._type_pin(heading)
            self._press(button)
        self._at(LIST)
        self.page.get_by_test_id("sending").get_by_text("Đã gửi hết").wait_for()

    def open(self) -> None:
        """Open the app as one does in the morning, or after a crash."""
        if self.context is None:
            self._launch()
            self.page.goto(f"{self.address}/phone/")
            self.unlock()
            self._at(LIST)

    def unlock(self) -> None:
        """Give the phone what it asks of its owner before it opens."""
        self._type_pin("Nhập mã PIN")
        self._press("Mở khóa")

    def close(self) -> None:
        """End the browser politely."""
        if self.context is not None:
            self.context.close()
        self.context = None

    def kill(self) -> None:
        """SIGKILL; may come from another thread than the one that holds the page."""
        kill(self.profile)

    def gone(self) -> None:
        """The browser was killed: hear what it had still told, and let go of it."""
        if self.context is not None and not self.ended:
            # Closing it, or asking its page for anything, may be answered by nobody: only this wait has an end.
            with suppress(Error):
                self.context.wait_for_event("close", timeout=DEATH_MS)
        self.context = None

    def begin(self, visits: list[dict[str, Any]]) -> None:
        """Let the app make these visits while we go on."""
        self.page.evaluate(BEGIN, visits)

    def finish(self) -> None:
        """Wait until the visits that were begun are made."""
        self.page.evaluate("() => window.visitsMade")

    def visit_by_screens(self, visit: dict[str, Any]) -> None:
        """Nobody is at home: tapped from the household to the list, which shows it."""
        page = self.page
        page.evaluate("id => { location.hash = `/household/${id}`; }", visit["household"])
        page.locator("footer .main").get_by_text("lượt đến").wait_for()
        if page.get_by_role("button", name="Không hỏi được", exact=True).is_visible():
            self._press("Không hỏi được")
        else:  # begun before the browser was killed, and taken up again
            page.evaluate("id => { location.hash = `/visit/${id}/outcome`; }", visit["household"])
        page.locator('input[name="outcome"][value="absent"]').click()
        page.wait_for_url("**/return")
        event_id = page.evaluate(DRAFT, visit["number"])
        self._press("Lưu lượt đến")
        self._at(LIST)
        self.saved[event_id] = visit["number"]

    def sync(self) -> bool:
        """Send and take; whether all is sent."""
        return bool(self.page.evaluate(SYNC))

    def says_all_sent(self) -> bool:
        return "Đã gửi hết" in self.page.get_by_test_id("sending").inner_text()

    def known(self, ids: list[str]) -> list[dict[str, Any]]:
        """Of each household what the server sent and what the phone shows."""
        found: list[dict[str, Any]] = self.page.evaluate(KNOWN, ids)
        return found

    def _launch(self) -> None:
        self.context, self.ended = launch(self.profile, viewport=SCREEN, timeout=LAUNCH_MS), False
        self.page = self.context.pages[0]
        self.context.on("close", self._closed)
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.expose_binding("tell", self._told)

    def _closed(self, context: BrowserContext) -> None:
        self.ended = self.ended or context is self.context

    def _told(self, _source: Any, what: str, number: int, event_id: str) -> None:
        (self.begun if what == "begun" else self.saved)[event_id] = number

    def _press(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).click()

    def _type_pin(self, heading: str) -> None:
        self._at(heading)
        self.page.keyboard.type(PIN)

    def _at(self, heading: str) -> None:
        self.page.get_by_role("heading", level=1, name=heading, exact=True).wait_for()
