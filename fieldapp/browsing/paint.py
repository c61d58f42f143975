"""Milliseconds from a tap or a key to the moment when what it brings has been painted, as the page itself can tell.

From the event's own time stamp (when the browser got it) to the first turn after the paint of the frame in which the awaited thing
stood on the page: looked for inside `requestAnimationFrame`, which runs before a paint, and counted by a message posted there, which
comes after it. The page's strict policy does not touch what is added here: it comes before the page's own scripts."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page

SCRIPT = """
(() => {
  const painted = (selector, tell) => requestAnimationFrame(() => {
    if (!document.querySelector(selector)) return painted(selector, tell);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => tell(performance.now());
    port2.postMessage(0);
  });
  globalThis.paint = {
    at: {},
    // When this was first painted, since the page began.
    first(name, selector) { delete this.at[name]; painted(selector, (now) => { this.at[name] = now; }); },
    // How long after the next such event this was painted; what stood there before does not count.
    after(kind, selector) {
      delete this.at.took;
      addEventListener(kind, (event) => queueMicrotask(() => painted(selector, (now) => { this.at.took = now - event.timeStamp; })),
        { capture: true, once: true });
    },
  };
  paint.first("lock", ".pad");
})();
"""
SLOW_PHONE = 6  # times slower than this machine
HELD_MS = 60  # a short tap: a finger does not lift as it touches
PATIENCE_MS = 120_000


class Stopwatch:
    """Measures this page, which is made as slow as a cheap phone."""

    def __init__(self, page: Page, times_slower: float = SLOW_PHONE) -> None:
        self.page = page
        page.add_init_script(SCRIPT)
        self.devtools = page.context.new_cdp_session(page)
        self.devtools.send("Emulation.setCPUThrottlingRate", {"rate": times_slower})

    def tapped(self, selector: str, target: Locator) -> float:
        """Milliseconds from the moment when a finger lifts off the target until what the selector finds is painted.

        The driver looks where it is going before the finger comes down, and not while the tap is timed."""
        target.hover()
        self.page.mouse.down()
        self.page.wait_for_timeout(HELD_MS)
        return self.after("click", selector, self.page.mouse.up)

    def after(self, kind: str, selector: str, act: Callable[[], object]) -> float:
        """Milliseconds from the event of this kind that `act` makes until what the selector finds is painted."""
        self.page.evaluate("([kind, selector]) => paint.after(kind, selector)", [kind, selector])
        act()
        return self.told("took")

    def first(self, name: str, selector: str) -> None:
        """From now on watch for this to be painted; `told` says when it was."""
        self.page.evaluate("([name, selector]) => paint.first(name, selector)", [name, selector])

    def told(self, name: str) -> float:
        """Milliseconds, once the page knows them."""
        waited = 0
        while (told := self.page.evaluate("(name) => paint.at[name] ?? null", name)) is None:
            assert waited < PATIENCE_MS, name
            self.page.wait_for_timeout(20)
            waited += 20
        return float(told)

    def marked(self, name: str) -> float:
        """When the app last said so, since the page began (performance.mark)."""
        return float(self.page.evaluate("(name) => performance.getEntriesByName(name).at(-1).startTime", name))
