"""A real Chromium for the tests: started on a profile of its own, killed like a phone that runs out of battery, read by axe.

Under our strict CSP `page.wait_for_function("text")` can't work: wait with `expect(locator)`. Offline is proved only when the
server is stopped too, not by `context.set_offline(True)` alone.
"""

import atexit
import functools
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

import run

AXE = Path(__file__).with_name("vendor") / "axe-core/axe.min.js"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
]
# What axe calls serious: someone can't read or use it, or hardly.
GRAVE = ("serious", "critical")
AXE_RUN = """async (rules) => (await axe.run(document, {resultTypes: ["violations"], rules})).violations
    .map(({id, impact, help, nodes}) => ({id, impact, help, nodes: nodes.map(({target, html}) => ({target, html}))}))"""


def launch(profile: Path | str, **options: Any) -> BrowserContext:
    """A browser on this profile, as a Vietnamese phone or PC sees the world; options are launch_persistent_context's.

    Opened again on the same profile it finds what it stored. `context.close()` ends it politely, `kill(profile)` does not."""
    defaults: dict[str, Any] = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "executable_path": chromium()}
    arguments = [*FLAGS, *options.pop("args", [])]
    return _playwright().chromium.launch_persistent_context(profile, **{**defaults, **options}, args=arguments)


def kill(profile: Path | str) -> None:
    """SIGKILLs exactly the browser that runs on this profile, and returns when it and its children are gone."""
    ours = f"--user-data-dir={profile}"
    running = [process for process in psutil.process_iter(["cmdline"]) if ours in (process.info["cmdline"] or [])]
    (browser,) = [process for process in running if not any(part.startswith("--type=") for part in process.info["cmdline"])]
    family = [browser, *browser.children(recursive=True)]
    browser.kill()
    psutil.wait_procs(family, timeout=10)


def axe(page: Page, *, without: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds serious or critical on the page as it stands, a line for each element.

    without: names of rules left out."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate(AXE_RUN, {rule: {"enabled": False} for rule in without})
    return [
        f"{found['impact']} {found['id']}: {found['help']}: {node['target']} {node['html'][:200]}"
        for found in violations
        if found["impact"] in GRAVE
        for node in found["nodes"]
    ]


def chromium() -> str:
    """Path of the browser: the system's, else the one that `run.py test` had playwright download."""
    own = _playwright().chromium.executable_path
    found = run.chromium() or (own if Path(own).exists() else None)
    assert found, "no Chromium: python3 run.py test installs one"
    return found


@functools.cache
def _playwright() -> Playwright:
    playwright = sync_playwright().start()
    atexit.register(playwright.stop)
    return playwright
