"""The desk's pages: a figure opens down to the household, names are only text, lists come in pages."""

import pytest

from tests.web.conftest import PERSON


def test_an_empty_commune_is_told_what_will_come(lan):
    assert "Chưa có hộ nào" in lan.get("/").text


def test_the_overview_opens_down_to_the_household(minh, register):
    code = register("dong-cho", "Trịnh Thị Hoa")
    assert 'href="/villages/dong-cho"' in minh.get("/").text
    assert f'href="/households/{code}"' in minh.get("/villages/dong-cho").text


def test_html_in_a_name_is_text(minh, register):
    code = register("dong-cho", "Hoa <img src=x>")
    for path in ("/villages/dong-cho", f"/households/{code}"):
        page = minh.get(path).text
        assert "<img" not in page and "Hoa &lt;img src=x&gt;" in page


@pytest.mark.parametrize("asked", ["trinh thi hoa", "Trịnh", "-0001"])
def test_a_household_is_found_by_name_or_code(minh, register, asked):
    register("dong-cho", "Trịnh Thị Hoa")
    register("dong-cho", "Lê Văn Bốn")
    page = minh.get("/villages/dong-cho", query_string={"q": asked}).text
    assert "Trịnh Thị Hoa" in page and "Lê Văn Bốn" not in page


def test_an_empty_search_says_what_to_try(minh, register):
    register("dong-cho", "Trịnh Thị Hoa")
    assert "Không tìm thấy hộ nào" in minh.get("/villages/dong-cho?q=zzz").text


def test_households_come_in_pages_that_together_are_all(minh, register):
    codes = {register("dong-cho", "Trịnh Thị Hoa") for _ in range(51)}
    first = minh.get("/villages/dong-cho").text
    following = first.split('rel="next" href="')[1].split("#")[0].replace("&amp;", "&")
    both = first + minh.get(following).text
    assert {code for code in codes if f"/households/{code}" in both} == codes


@pytest.mark.parametrize("path", ["/villages/nowhere", "/households/15835-01-9999", "/households/x", "/indicators/x", "/nowhere"])
def test_what_is_not_there_says_so_in_plain_words(minh, path):
    answer = minh.get(path)
    assert answer.status_code == 404 and "Không có trang này" in answer.text


def test_a_fault_of_ours_is_answered_in_plain_words(desk_app, minh, monkeypatch):
    desk_app.testing = False
    monkeypatch.setattr("fieldapp.web.figures.overview.figures.overview", lambda *args: 1 / 0)
    answer = minh.get("/")
    assert answer.status_code == 500 and "Máy chủ gặp lỗi" in answer.text


def test_each_line_of_the_overview_opens_its_indicator(minh, register):
    register("dong-cho", "Trịnh Thị Hoa")
    assert 'href="/indicators/smartphone"' in minh.get("/").text
    assert "Dân số trưởng thành có điện thoại thông minh" in minh.get("/indicators/smartphone").text


def test_an_indicators_page_tells_it_village_by_village_through_time_and_group_by_group(minh, register, visit, clock):
    visit(register("dong-cho", "Trịnh Thị Hoa"), people={"phone": "smartphone"})
    clock.tick(days=40)
    page = minh.get("/indicators/smartphone").text
    assert "Từng thôn theo thời gian" in page and page.count("trend-small") > 1
    assert "Lúc đến, chưa có tổ giúp" in page and "Giới tính" in page and "60 tuổi trở lên" in page


def test_the_overview_counts_the_help_that_was_given_and_empty_houses(minh, register, visit):
    visit(register("dong-cho", "Trịnh Thị Hoa"), people={"phone": "basic"}, help=[{"person": PERSON, "service": "sim_4g", "result": "done"}])
    assert "Nhà trống" not in minh.get("/").text
    visit(register("dong-cho", "Lê Văn Bốn"), outcome="vacant")
    for page in (minh.get("/").text, minh.get("/villages/dong-cho").text):
        assert "Đã giúp người dân" in page and "Đổi SIM, máy 4G" in page
        assert "Nhà trống" in page
