"""The progress page: where we are, who is stuck, what to do today; a leader's is about their villages only."""

import re

import pytest


def big(page):
    return re.findall(r"<dd>(?:<a [^>]+>)?([^<]+)<", page.split('class="bigs"')[1].split("</dl>")[0])


@pytest.fixture
def houses(register, visit):
    codes = [register("dong-cho", f"Lê Thị {name}") for name in ("Một", "Hai", "Ba")] + [register("phu-van", "Đỗ Bốn")]
    visit(codes[0], people={"phone": "smartphone"})
    for _ in range(2):
        visit(codes[1], outcome="absent")
    return codes


def test_it_says_where_we_are(minh, houses):
    assert big(minh.get("/progress").text) == ["25%", "1", "3", "4"]


def test_it_says_what_to_do_today_and_leads_there(minh, houses):
    page = minh.get("/progress").text
    assert "/households?filter=absent_twice" in page and "/households?filter=wants_help" not in page
    assert "Thôn Phú Văn" in page.split("Hơn 7 ngày chưa ai đến:")[1].split("</p>")[0]
    assert "Thôn Đồng Chợ" not in page.split("Hơn 7 ngày chưa ai đến:")[1].split("</p>")[0]


def test_it_says_who_worked_this_week_and_who_did_not(minh, houses):
    rows = minh.get("/progress").text.split('id="members"')[1]
    row_of = {name: rows.split(f'<th scope="row">{name}</th>')[1].split("</tr>")[0] for name in ("Lê Thị Hường", "Trần Bình")}
    assert ">3<" in row_of["Lê Thị Hường"] and "không có trong tuần" in row_of["Trần Bình"]


def test_a_leader_sees_their_own_villages_and_no_poverty(tuan, houses):
    page = tuan.get("/progress").text
    assert big(page)[3] == "3" and "Phú Văn" not in page and "Hộ nghèo" not in page


def test_another_commune_counts_none_of_it(lan, houses):
    assert "Sổ chưa có hộ nào" in lan.get("/progress").text


def test_it_names_who_is_stuck_and_leads_to_every_door_that_is_left(minh, houses):
    page = minh.get("/progress").text
    stuck = page.split('id="stuck"')[1].split("</section>")[0]
    assert "Chưa gửi lượt đến nào trong 7 ngày:" in stuck and "Trần Bình" in stuck and "Lê Thị Hường" not in stuck
    assert '<a href="/households?filter=left">3</a>' in page and ">3 hộ</h2>" in minh.get("/households?filter=left").text


def test_before_the_first_visit_it_says_how_to_begin(minh, tuan, register):
    register("dong-cho", "Lê Thị Một")
    page = minh.get("/progress").text
    assert "Chưa ai đến hộ nào. Việc đầu tiên" in page and 'href="/enrolment"' in page and "Ai đang vướng" not in page
    assert "Chưa ai đến hộ nào. Việc đầu tiên" in tuan.get("/progress").text
