"""`python3 run.py training-pictures`: the pictures of the training sheet, taken anew from the real screens, small enough to be kept."""

import io
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from fieldapp.gallery.camera import PHONE, Camera, browser
from fieldapp.gallery.gallery import served_empty
from fieldapp.gallery.phone import Walk
from fieldapp.paper.training_sheet import STEPS, picture

FOLDER = Path(__file__).resolve().parents[2] / "static/training"
COLOURS = 24


def training_pictures() -> int:
    """Takes them into static/training."""
    for name, bytes_in_file in take(FOLDER).items():
        print(f"{name}: {bytes_in_file} B")
    return 0


def take(folder: Path) -> dict[str, int]:
    """Picture → its bytes, written into the folder."""
    folder.mkdir(exist_ok=True)
    with served_empty() as (address, _code), browser() as chromium:
        window = Camera(chromium, folder, "vi").window(PHONE)
        page = window.new_page()
        page.goto(f"{address}/phone/")
        walk = Practised(Camera(chromium, folder, "vi"), page)
        taken = {name: _kept(picture(folder, name), page.screenshot()) for name in walk.steps()}
        window.close()
    assert tuple(taken) == tuple(step[0] for step in STEPS)
    return taken


def _kept(path: Path, png: bytes) -> int:
    """Few colours are enough for a screen, and a third of the bytes."""
    Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS).save(path, optimize=True)
    return path.stat().st_size


class Practised(Walk):
    """The walk of somebody who practises."""

    def steps(self) -> Iterator[str]:
        """Stops at each screen that the sheet shows, and says which it is."""
        self._heading("Đăng ký máy")
        yield "start"
        self._press("Tập trước, chưa cần mã")
        self._heading("Hộ của tôi")
        self.page.locator("a.row").first.wait_for()
        yield "list"
        self.page.locator("a.row", has_text="Nguyễn Văn Tập").click()  # as the sheet says
        self._press("Không hỏi được")
        self._heading("Kết quả lượt đến")
        yield "outcome"
        self._press("Gặp được nhà")
        self._choose("respondent", "other_adult")
        self._choose("consent", "yes")
        self.page.wait_for_url("**/house")
        self._to("people")
        self.page.locator("footer .main").click()
        self.page.wait_for_url("**/person/*")
        self._answer("phone", "smartphone")
        self._answer("vneid", "none")
        self.page.locator('[data-question="vneid"] .service button').first.click()
        self.page.locator('[data-question="vneid"] .service input[value="vneid_install"]').first.click()
        self.page.locator('[data-question="vneid"]').scroll_into_view_if_needed()
        yield "person"
        self._to("summary")
        self.page.evaluate("scrollTo(0, 0)")
        yield "summary"
        self._press("Lưu lượt đến")
        self._heading("Hộ của tôi")
        self.page.get_by_text("1 phiếu chờ gửi").wait_for()
        yield "waiting"

    def _choose(self, field: str, value: str) -> None:
        self.page.locator(f'input[name="{field}"][value="{value}"]').click()

    def _answer(self, question: str, value: str) -> None:
        self.page.locator(f'[data-question="{question}"] .choices input[value="{value}"]').first.click()

    def _to(self, step: str) -> None:
        self.page.evaluate("step => { location.hash = `${location.hash.split('/').slice(0, 3).join('/')}/${step}`; }", step)
        self.page.wait_for_url(f"**/{step}")
