"""The desk of a commune whose figures are made again: it says how far that is and shows none; the desk beside it is open, and phones send."""

import re

import pytest

from fieldapp.store import recounting, shape
from fieldapp.store.engine import reading, writing
from fieldapp.web import recounting as job
from tests.conftest import BESIDE, HERE


@pytest.fixture
def queue(desk_app):
    """The jobs, none of which begins before the test says so."""
    queue = desk_app.extensions["jobs"]
    queue.huey.immediate = False
    return queue


@pytest.fixture
def upgraded(communes, queue):
    """The server has come to a version that keeps these communes otherwise."""

    def upgraded(*ids):
        with writing(communes) as connection:
            for commune_id in ids:
                shape.age(connection, commune_id)

    return upgraded


@pytest.fixture
def count(communes):
    def count(most=1):
        with writing(communes) as connection:
            recounting.count_some(connection, HERE, most)

    return count


def begun(queue):
    """The communes in the order in which they are counted."""
    return [task.args[0] for task in queue.huey.pending() if task.name == job.JOB]


def test_no_page_of_the_desk_shows_what_is_being_made(minh, lan, register, upgraded, desk_app):
    register("dong-cho", "Trịnh Thị Hoa")
    upgraded(HERE)
    for rule in desk_app.url_map.iter_rules():
        roles = getattr(desk_app.view_functions[rule.endpoint], "roles", ())
        if "officer" in roles and "GET" in rule.methods and not rule.arguments:
            answer = minh.get(rule.rule)
            assert (answer.status_code, answer.headers.get("Refresh")) == (503, "3") and "Trịnh Thị Hoa" not in answer.text, rule
            assert "Đang tính lại số liệu" in answer.text and lan.get(rule.rule).status_code != 503, rule


def test_it_says_how_far_it_is_and_opens_by_itself(minh, register, upgraded, count, sound):
    for name in ("Hoa", "Lan", "Mai"):
        register("dong-cho", f"Trịnh Thị {name}")
    upgraded(HERE)
    assert "xong 0 trên 3 hộ" in minh.get("/").text
    count()
    assert "xong 1 trên 3 hộ" in minh.get("/").text
    count(5)
    assert minh.get("/").status_code == 200 and "Trịnh Thị Mai" in minh.get("/households").text
    sound()


def test_what_is_sent_meanwhile_is_not_done_and_says_so(minh, register, upgraded, stored):
    code = register("dong-cho", "Trịnh Thị Hoa")
    page = f"/households/{code}"
    minh.get(page)
    upgraded(HERE)
    answer = minh.client.post("/office/villages", data={"csrf_token": re.search(r'csrf_token" value="([^"]+)', minh.get("/").text)[1], "name": "X"})
    assert answer.status_code == 503 and "chưa được lưu" in answer.text and "Refresh" not in answer.headers


def test_a_commune_whose_desk_is_opened_comes_next(minh, lan, upgraded, queue, communes):
    upgraded(HERE, BESIDE)
    (go_on,) = (task for task in queue._hourly if task.name == "figures-go-on")
    go_on.call_local()
    assert begun(queue) == [BESIDE, HERE]
    for _ in range(3):
        minh.get("/")
    assert begun(queue)[0] == HERE and begun(queue).count(HERE) == 2 and queue.ahead_of(job.JOB, BESIDE) == 1
    lan.get("/")
    assert begun(queue)[:2] == [HERE, BESIDE] and queue.ahead_of(job.JOB, BESIDE) == 1


def test_once_one_commune_was_counted_it_says_when_another_will_be(minh, lan, register, upgraded, queue, desk_app):
    register("dong-cho", "Trịnh Thị Hoa")
    register("dong-cho", "Trịnh Thị Lan", officer=(BESIDE, "lan"))
    upgraded(HERE, BESIDE)
    assert "có lúc khoảng" not in minh.get("/").text
    queue.huey.execute(queue.huey.dequeue())
    said = lan.get("/").text
    assert "1/2 xã" in said and "Số liệu của xã này có lúc khoảng 20/11/2026 09:0" in said


def test_a_province_sees_what_it_was_told_and_how_far_its_communes_are(mai, register, upgraded):
    register("dong-cho", "Trịnh Thị Hoa")
    register("dong-cho", "Trịnh Thị Lan", officer=(BESIDE, "lan"))
    assert "đang tính lại" not in mai.get("/province").text
    upgraded(HERE)
    answer = mai.get("/province")
    assert answer.status_code == 200 and "1/2 xã đã xong" in answer.text


def test_no_month_is_told_and_nothing_compared_before_it_is_made(register, upgraded, communes):
    from fieldapp.figures import months
    from fieldapp.store import findings

    register("dong-cho", "Trịnh Thị Hoa")
    upgraded(HERE)
    assert findings.refresh(communes, HERE, "2026-11-20") == 0
    with writing(communes) as connection:
        assert months.keep_up(connection, HERE, "2027-02-20") == []
        shape.note(connection, HERE, None)
        assert months.keep_up(connection, HERE, "2027-02-20") != []


def test_where_no_job_stands_beside_the_server_the_page_is_made_at_once(minh, register, upgraded, queue, communes):
    register("dong-cho", "Trịnh Thị Hoa")
    upgraded(HERE)
    queue.huey.immediate = True
    assert minh.get("/").status_code == 200
    with reading(communes) as connection:
        assert shape.unmade(connection) == []
