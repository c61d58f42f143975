"""Packages at the desks: taken away by a commune's officer, taken in by the province's."""

import io
import re

import pytest

from fieldapp.store import ledger
from fieldapp.store.engine import writing
from fieldapp.survey.contribution import COVERAGE
from fieldapp.web.province.months import tell
from tests.conftest import HERE
from tests.intake.test_packages import own_server, sent  # noqa: F401 (a commune on a server of its own)

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def uploaded(mai):
    def uploaded(content=None, **form):
        file = {"file": (io.BytesIO(content), "goi.jsonl")} if content else {}
        return mai.post("/province/packages", {**file, **form}, page="/province/packages")

    return uploaded


@pytest.fixture
def asked(uploaded, own_server):  # noqa: F811
    """The page that asks for the first key: its text, and what its form carries."""
    page = uploaded(sent(own_server)).text
    return page, {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("carried", "confirmed")}


def test_the_first_package_of_a_commune_asks_for_its_key(asked, uploaded, mai):
    page, form = asked
    assert "Gói đầu tiên của Xã Tam Chung" in page and re.search(r"\w{4} \w{4} \w{4} \w{4}", page)
    assert "Chưa xác nhận mã khóa" in uploaded(**form).text and "Chưa nhận gói nào" in mai.get("/province/packages").text


def test_once_confirmed_the_commune_stands_beside_the_others(asked, uploaded, mai):
    assert uploaded(**asked[1], same="1").status_code == 303
    page = mai.get("/province").text
    assert "40 trên 50 hộ đã khảo sát" in page and "máy chủ riêng" in page
    assert "Xã Tam Chung" in mai.get("/province/packages").text


def test_a_later_package_of_that_key_is_taken_at_once_and_the_older_refused(asked, uploaded, own_server):  # noqa: F811
    uploaded(**asked[1], same="1")
    assert uploaded(sent(own_server, "2026-11-21T02:00:00.000Z")).status_code == 303
    older = uploaded(sent(own_server))
    assert older.status_code == 422 and "cũ hơn gói đã nhận" in older.text


def test_a_changed_package_is_refused_in_plain_words(uploaded, own_server):  # noqa: F811
    broken = uploaded(sent(own_server).replace(b"Tam Chung", b"Tam Dao  "))
    assert broken.status_code == 422 and "chữ ký không khớp" in broken.text
    assert "không phải gói số liệu" in uploaded(b"xin chao").text


def test_an_officer_takes_the_package_away(minh, communes, desk_app):
    assert "Xã chưa có số liệu tháng nào" in minh.get(minh.post("/office/package").headers["Location"]).text
    with writing(communes) as connection:
        ledger.post(connection, HERE, {("2026-10-12", "dong-cho", COVERAGE, "all"): [40, 10, 0]})
    tell(desk_app.extensions["fieldapp"])
    assert "đến hết tháng 10/2026" in minh.get("/office/package").text
    package = minh.post("/office/package")
    assert package.text.startswith('{"format":"tung-nha-package"') and "15835-2026-10" in package.headers["Content-Disposition"]
    assert re.search(r"\w{4} \w{4} \w{4} \w{4}", minh.get("/office/package").text)
