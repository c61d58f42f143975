"""Every code on every kind of sheet is read off a rendering at 150 dpi, and measured in millimetres; who may print what."""

import re
import unicodedata

import pytest
from sqlalchemy import update

from fieldapp.store import households
from fieldapp.store.access import readings
from fieldapp.store.engine import reading, writing
from fieldapp.store.tables import account
from fieldapp.survey.codes import qr_of
from tests.browser import launch
from tests.conftest import HERE
from tests.web.printer import codes, printed, sizes_mm, words

SHEETS = [(design, size) for design in ("poster", "handout") for size in ("A4", "A5")]
ALL = "&link=sign-up&link=vneid&link=public-services&link=vneid-android&link=vneid-iphone"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    context = launch(str(tmp_path_factory.mktemp("printer")), headless=True)
    yield context
    context.close()


@pytest.fixture
def doors(register):
    """Seven households of thôn Đồng Chợ and one of Phú Văn: code → none of their names may be on a card."""
    names = ("Nguyễn Thị Tường Vi", "Lê Đình Khuê", "Trịnh Thị Nhàn", "Hà Văn Thắm", "Đỗ Thị Mười", "Phạm Quyền", "Vũ Thị Sửu")
    return [*(register("dong-cho", name) for name in names), register("phu-van", "Cao Bá Quát")]


def tokens(communes, those):
    with reading(communes) as connection:
        return [qr_of(households.by_code(connection, HERE, code).line.token) for code in those]


def pdf_of(browser, client, path):
    """The same thing as a PDF of ours and as the browser prints the page: [(name, bytes)]."""
    direct = client.get(path.replace("?", ".pdf?", 1))
    assert direct.status_code == 200 and direct.mimetype == "application/pdf"
    return {"pdf": direct.data, "page": printed(browser, client, path)}


@pytest.mark.browser
def test_every_door_card_is_read_off_the_paper_and_opens_its_household(minh, doors, communes, browser):
    for name, paper in pdf_of(browser, minh, "/printing/door-cards?village=").items():
        found = codes(paper)
        assert sorted(each.text for each in found) == sorted(tokens(communes, doors)), name
        assert [each.page for each in found].count(0) == 6 and sizes_mm(paper) == [(210, 297)] * 3, name


@pytest.mark.browser
def test_a_door_card_is_ninety_by_eighty_five_with_a_code_of_forty_millimetres(minh, doors, browser):
    for name, paper in pdf_of(browser, minh, "/printing/door-cards?village=dong-cho").items():
        found = sorted((each for each in codes(paper) if each.page == 0), key=lambda each: (round(each.top_mm), each.left_mm))
        assert all(abs(each.module_mm - 40 / 29) < 0.06 and abs(each.side_mm - 40 * 21 / 29) < 0.4 for each in found), (name, found)
        assert all(each.has_its_quiet_zone for each in found), (name, found)
        assert found[1].left_mm - found[0].left_mm == pytest.approx(90, abs=0.4), name
        assert found[2].top_mm - found[0].top_mm == pytest.approx(85, abs=0.4), name


def test_a_door_card_says_the_code_and_nobodys_name(minh, doors):
    text = words(minh.get("/printing/door-cards.pdf?village=dong-cho").data)
    assert all(code in text for code in doors[:7]) and doors[7] not in text
    assert "Thôn Đồng Chợ" in text and "Từng Nhà" in text and "Tường Vi" not in text and "Khuê" not in text
    page = minh.get("/printing/door-cards?village=dong-cho").text
    assert "7 thẻ hộ trên 2 tờ" in page and "Tường Vi" not in page
    cards = re.findall(r'<div class="door-card">.*?</div>', page, re.S)
    assert len(cards) == 7 and not any("Ngõ 3" in card for card in cards)


def test_chosen_households_and_new_ones_are_printed_alone(minh, doors, clock, register, communes):
    chosen = minh.get(f"/printing/door-cards.pdf?household={doors[1]}&household={doors[7]}").data
    assert sorted(each.text for each in codes(chosen)) == sorted(tokens(communes, [doors[1], doors[7]]))
    clock.tick(days=3)
    new = register("dong-cho", "Mai Thị Mới")
    later = minh.get("/printing/door-cards.pdf?since=2026-11-22").data
    assert [each.text for each in codes(later)] == tokens(communes, [new])


def test_printing_cards_is_written_into_the_access_log(minh, doors, communes):
    minh.get("/printing/door-cards.pdf?village=dong-cho")
    with reading(communes) as connection:
        (noted,), _more = readings(connection, HERE, account_id="minh")
    assert (noted.page, noted.shown) == ("card", 7)


def test_a_leader_prints_their_own_villages_and_others_do_not_exist(tuan, lan, doors, communes):
    assert len(codes(tuan.get("/printing/door-cards.pdf").data)) == 7
    for path in ("village=phu-van", f"household={doors[7]}"):
        assert tuan.get(f"/printing/door-cards.pdf?{path}").status_code == 404
    assert tuan.get("/printing/sheets?village=phu-van").status_code == 404
    assert lan.get(f"/printing/door-cards?household={doors[0]}").status_code == 404
    assert "0 thẻ hộ" in lan.get("/printing/door-cards?village=dong-cho").text


@pytest.mark.browser
@pytest.mark.parametrize("design, size", SHEETS)
def test_every_code_of_a_sign_up_sheet_is_read_off_the_paper(minh, browser, design, size):
    chosen = f"/printing/sheets?chosen=1&village=dong-cho&design={design}&size={size}{ALL}"
    for name, paper in pdf_of(browser, minh, chosen).items():
        found = codes(paper)
        assert sorted(each.text for each in found) == sorted([
            "http://localhost/x/15835?v=3", "https://vneid.gov.vn", "https://dichvucong.gov.vn",
            "https://play.google.com/store/apps/details?id=com.vnid", "https://apps.apple.com/vn/app/vneid/id1582750372",
        ]), (name, found)  # fmt: skip
        assert min(each.side_mm for each in found) >= 25, (name, found)
        assert all(each.has_its_quiet_zone for each in found), (name, found)
        assert set(sizes_mm(paper)) == {(210, 297) if size == "A4" else (148, 210)}, name
        assert len(sizes_mm(paper)) == {("handout", "A4"): 1}.get((design, size), 2), name


@pytest.mark.browser
@pytest.mark.parametrize("size, least_mm", [("A4", 62), ("A5", 42)])
def test_a_poster_of_two_codes_has_them_as_large_as_the_page_allows(minh, browser, size, least_mm):
    for name, paper in pdf_of(browser, minh, f"/printing/sheets?chosen=1&village=dong-cho&design=poster&size={size}&link=sign-up&link=vneid").items():
        assert len(codes(paper)) == 2 and min(each.side_mm for each in codes(paper)) > least_mm, (name, codes(paper))


def test_a_sheet_says_where_it_leads_who_helps_and_what_nobody_ever_asks_for(minh, communes):
    with writing(communes) as connection:
        connection.execute(update(account).where(account.c.account_id == "tuan").values(phone="+84912345678"))
    asked = "/printing/sheets{}?chosen=1&village=dong-cho&design=handout&link=vneid"
    quiet = words(minh.get(asked.format(".pdf")).data)
    assert "vneid.gov.vn" in quiet and "không bao giờ hỏi mật khẩu, mã OTP" in quiet and "0912" not in quiet
    named = words(minh.get(asked.format(".pdf") + "&person=tuan").data).replace("\u00a0", " ")
    assert "Nguyễn Văn Tuấn 0912 345 678" in named


def test_somebody_who_does_not_work_in_the_village_is_never_named_on_its_sheet(minh):
    text = words(minh.get("/printing/sheets.pdf?chosen=1&village=phu-van&design=handout&link=vneid&person=tuan&person=lan").data)
    assert "Tuấn" not in text and "Lan" not in text


def test_a_sheet_for_each_village_tells_which_one_was_scanned(minh, tuan):
    asked = "/printing/sheets.pdf?chosen=1&village=each&design=handout&link=sign-up"
    assert [each.text for each in codes(minh.get(asked).data)] == [f"http://localhost/x/15835?v={number}" for number in (3, 4, 5)]
    assert [each.text for each in codes(tuan.get(asked).data)] == ["http://localhost/x/15835?v=3"]
    assert minh.get("/printing/sheets.pdf?chosen=1&village=").status_code == 404 and minh.get("/printing").status_code == 200


def test_text_that_came_in_decomposed_is_printed_composed(minh):
    campaign = unicodedata.normalize("NFD", "Chiến dịch Đồng Chợ thắp lửa")
    text = words(minh.get("/printing/sheets.pdf", query_string={"chosen": "1", "link": "vneid", "text": campaign}).data)
    assert "Chiến dịch Đồng Chợ thắp lửa" in text


def test_links_nobody_tried_lately_are_told_before_printing(minh, clock):
    path = "/printing/sheets?chosen=1&village=dong-cho&link=vneid"
    assert "Quá 90 ngày" in minh.get(path).text
    minh.post("/links/vneid/checked", page="/links")
    assert "Quá 90 ngày" not in minh.get(path).text
    clock.tick(days=91)
    minh.sign_in("minh")
    assert "Quá 90 ngày" in minh.get(path).text


@pytest.mark.browser
def test_a_printed_list_has_its_pages_numbered_and_no_house_lost_between_them(minh, register, browser):
    codes_of_houses = [register("dong-cho", f"Nguyễn Văn {number}") for number in range(40)]
    paper = printed(browser, minh, "/households/print")
    text = words(paper)
    pages = len(sizes_mm(paper))
    assert pages > 1 and all(text.count(code) == 1 for code in codes_of_houses)
    assert all(f"{number} / {pages}" in text for number in range(1, pages + 1)) and text.count("Chủ hộ") == pages


def test_leaders_find_the_cards_of_their_team_where_things_are_printed(tuan):
    assert 'href="/enrolment"' in re.search(r"<main.*</main>", tuan.get("/printing").text, re.S)[0]


def test_nothing_to_print_is_told_in_words(minh, register):
    page = minh.get("/printing/door-cards?village=dong-cho").text
    assert "Không có hộ nào như đã chọn" in page and 'class="leaf' not in page
    register("phu-van", "Cao Bá Quát")
    assert "1 thẻ hộ trên 1 tờ" in minh.get("/printing/door-cards?village=phu-van").text
    file = minh.get("/printing/door-cards.pdf?village=dong-cho")
    assert file.status_code == 404 and "Chưa có gì để in" in file.text and "Không có hộ nào như đã chọn" in file.text


def test_the_training_sheet_is_a_page_and_a_file_for_officers_and_leaders(minh, tuan):
    for browser in (minh, tuan):
        page, file = browser.get("/printing/training"), browser.get("/printing/training.pdf")
        assert "Tập trước, chưa cần mã" in page.text and "/static/training/start.png" in page.text and "/printing/training.pdf" in page.text
        assert file.mimetype == "application/pdf" and "Xã Thiệu Trung" in words(file.data)
    assert minh.get("/static/training/start.png").mimetype == "image/png"
