"""An ordinary visit is at most 1 KB on the wire: the body that the phone's own code makes in a real browser, as it leaves.

The other budgets, of the shell and of the first sync, are in tests/test_budgets.py."""

import gzip
import json

import pytest
from playwright.sync_api import expect

from tests.journey.houses import DUNG, HOA, MAI, NAM, called
from tests.journey.visit import visit_the_four

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

A_VISIT = 1024  # bytes


@pytest.fixture
def sent(huong):
    """The bodies that left this phone with events in them, as bytes; settled once the screen says that all is sent."""
    bodies: list[bytes] = []

    def keep(request):
        if request.url.endswith("/api/sync") and json.loads(gzip.decompress(request.post_data_buffer))["events"]:
            bodies.append(request.post_data_buffer)

    expect(huong.sending).to_contain_text("Đã gửi hết")
    huong.page.on("request", keep)

    def settled() -> list[int]:
        expect(huong.sending).to_contain_text("Đã gửi hết")
        sizes = [len(body) for body in bodies]
        bodies.clear()
        return sizes

    return settled


def test_a_visit_is_at_most_a_kilobyte_on_the_wire(huong, sent):
    visit_the_four(huong)  # everything asked of four people, and one help
    assert fits(sent())
    huong.open(DUNG["name"])
    huong.press("Không có gì thay đổi")
    huong.save()
    assert fits(sent())
    huong.open(DUNG["name"])
    huong.press("Bắt đầu lượt đến")
    huong.pick("respondent", HOA["id"])
    huong.press("Tiếp: hỏi về nhà")
    huong.press("Nhà không đổi")
    for person in (HOA, NAM, MAI):
        huong.press("Không đổi: " + person["name"])
    huong.press("Hỏi %(name)s", name=called(DUNG))
    huong.ask({"epay": ["bank"], "esign": "yes"})
    huong.press("Xong người này")
    huong.press("Tiếp: xem lại")
    huong.press("Hẹn ngày quay lại")
    huong.pick("return", "7")
    huong.press("Tiếp: xem lại")
    huong.save()
    assert fits(sent())


def fits(sizes: list[int]) -> bool:
    """One body, and not too large; says how large."""
    print(f"bytes sent: {sizes}")
    return len(sizes) == 1 and sizes[0] <= A_VISIT
