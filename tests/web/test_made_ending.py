"""A made file that ends while its page is drawn has ended as it did: what was read a moment before is not its last word."""

import pytest

from fieldapp.web.printing import made_job


@pytest.mark.parametrize("place", ["its own page", "/printing"])
def test_a_file_that_ends_while_it_is_looked_at_has_not_failed(minh, register, desk_app, monkeypatch, place):
    register("dong-cho", "Trịnh Thị Hoa")
    queue, may = desk_app.extensions["jobs"], made_job.may
    queue.huey.immediate = False
    page = minh.post("/printing/door-cards", {}, page="/printing/door-cards").headers["Location"]
    waiting = [queue.huey.dequeue()]

    def may_and_end(*about):
        while waiting:
            queue.huey.execute(waiting.pop())
        return may(*about)

    monkeypatch.setattr(made_job, "may", may_and_end)
    shown = minh.get(page if place == "its own page" else place).text
    assert waiting == [] and "chưa làm được" not in shown.lower()
    assert ("Lấy tệp về" if place == "its own page" else "đã xong") in shown
