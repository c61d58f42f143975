"""A real Chromium: started on a profile of its own, and killed like a phone that runs out of battery.

Under our strict CSP `page.wait_for_function("text")` can't work: wait with `expect(locator)`. Offline is proved only when the
server is stopped too, not by `context.set_offline(True)` alone."""

import atexit
import functools
from importlib import import_module
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import BrowserContext, Playwright, sync_playwright

# By its name: the launcher stands outside this package, and knows nothing of its types.
found_by_launcher = import_module("run").chromium
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
]
# What the address bar prepares for whoever types into it takes as long to start as all the rest. Chromium heeds only the last such
# flag: so what playwright leaves out, and could touch what we see, stands here again.
WITHOUT = [
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable"),
    *("LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect"),
    *("OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
]


def launch(profile: Path | str, **options: Any) -> BrowserContext:
    """A browser on this profile, as a Vietnamese phone or PC sees the world; options are launch_persistent_context's.

    Opened again on the same profile it finds what it stored. `context.close()` ends it politely, `kill(profile)` does not."""
    defaults: dict[str, Any] = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "executable_path": chromium()}
    arguments = [*FLAGS, f"--disable-features={','.join(WITHOUT)}", *options.pop("args", [])]
    return playwright().chromium.launch_persistent_context(profile, **{**defaults, **options}, args=arguments)


def running(profile: Path | str) -> psutil.Process | None:
    """Exactly the browser that runs on this profile, without its children; None when none does."""
    ours = f"--user-data-dir={profile}"
    of_profile = [process for process in psutil.process_iter(["cmdline"]) if ours in (process.info["cmdline"] or [])]
    return next((each for each in of_profile if not any(part.startswith("--type=") for part in each.info["cmdline"])), None)


def kill(profile: Path | str) -> None:
    """SIGKILLs the browser that runs on this profile, and returns when it and its children are gone."""
    browser = running(profile)
    assert browser, f"no browser runs on {profile}"
    family = [browser, *browser.children(recursive=True)]
    browser.kill()
    psutil.wait_procs(family, timeout=10)


def chromium() -> str:
    """Path of the browser: the system's, else the one that the launcher had playwright download."""
    own = playwright().chromium.executable_path
    found = found_by_launcher() or (own if Path(own).exists() else None)
    assert found, "no Chromium: python3 run.py test installs one"
    return str(found)


@functools.cache
def playwright() -> Playwright:
    """The one that drives all browsers of this process."""
    started = sync_playwright().start()
    atexit.register(started.stop)
    return started
