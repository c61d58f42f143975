"""The command: a demo in a folder that goes away, a browser that walks through it, pictures and one page that shows them all."""

import html
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from fieldapp import create_app
from fieldapp.commands import Impossible
from fieldapp.config import Settings
from fieldapp.demo.links import Access, invited, make
from fieldapp.gallery import beside, desk, phone
from fieldapp.gallery.camera import DESKTOP, PHONE, Camera, browser
from fieldapp.serving import address_of, listening, making, opened, serve_app
from fieldapp.web.jobs import Jobs
from fieldapp.web.office import founding
from fieldapp.web.server import utc_now

HOUSEHOLDS = 120
LANGUAGES = ("vi", "en")


def gallery(folder: Path | None) -> int:
    """Writes pictures into the folder, and index.html beside them; 0 when every page and screen could be seen."""
    if folder is None:
        raise Impossible("Cần tên thư mục: gallery DIR", "A folder is needed: gallery DIR")
    with making(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with served_demo() as (settings, access, jobs), ExitStack() as served, browser() as chromium:
        taken: list[str] = []
        for language in LANGUAGES:
            camera = Camera(chromium, folder, language)
            desk.photograph(camera, settings, access, jobs)
            for size in (PHONE, DESKTOP):
                # All end together: a server whose socket goes under it while others run says so at length.
                desk.photograph_first_day(camera, *served.enter_context(served_empty()), size)
            phone.photograph(camera, access)
            taken += camera.taken
    (folder / "index.html").write_text(_shown(taken), encoding="utf-8")
    print(f"{len(taken)} ảnh · pictures: {folder / 'index.html'}")
    return 0


@contextmanager
def served_demo() -> Iterator[tuple[Settings, Access, Jobs]]:
    """A served demo, as `run.py demo` makes it, and what works beside it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        settings = replace(Settings(), data_folder=Path(made), argon2_rounds=1, argon2_memory_kib=8)
        with listening(settings, 0) as listener:
            known = make(settings, HOUSEHOLDS, utc_now())
            engine = opened(settings)
            access, _names = invited(settings, engine, known, address_of(listener), utc_now())
            app = create_app(settings, engine)
            threading.Thread(target=_serve, args=(app, settings, listener), daemon=True).start()
            beside.awaited(app.extensions["jobs"])
            yield settings, access, app.extensions["jobs"]


@contextmanager
def served_empty() -> Iterator[tuple[str, str]]:
    """The address of a new server without a commune, and the code by which one is set up."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        settings = replace(Settings(), data_folder=Path(made), argon2_rounds=1, argon2_memory_kib=8)
        with listening(settings, 0) as listener:
            engine = opened(settings)
            listener.listen()  # whoever comes before the thread serves waits
            threading.Thread(target=_serve, args=(create_app(settings, engine), settings, listener), daemon=True).start()
            yield address_of(listener), founding.new_code(settings.data_folder)


def _serve(*arguments: Any) -> None:
    """Serves until its socket is closed under it: that is how the walk ends."""
    with suppress(OSError):
        serve_app(*arguments)


def _shown(taken: list[str]) -> str:
    figures = "".join(
        f'<figure><a href="{name}"><img src="{name}" loading="lazy" width="240" alt=""></a><figcaption>{html.escape(name)}</figcaption></figure>'
        for name in taken
    )
    style = "body{font:14px system-ui;display:flex;flex-wrap:wrap;gap:16px}figure{margin:0}figcaption{max-width:240px}"
    return f'<!doctype html><meta charset="utf-8"><title>Từng Nhà</title><style>{style}</style>{figures}'
