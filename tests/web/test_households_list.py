"""The list of households at the desk: filters that add up, pages, the print and the files that say how many they hold."""

import csv
import io
import re
from datetime import date

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import update

from fieldapp.paper import household_list
from fieldapp.paper.household_list import as_csv, as_xlsx
from fieldapp.store import access, households
from fieldapp.store.engine import reading, writing
from fieldapp.store.tables import household
from tests.changed_form import published, with_pigs
from tests.conftest import HERE
from tests.web.conftest import PERSON


@pytest.fixture
def houses(register, visit, minh):
    """Three houses of Đồng Chợ, the first visited, the second absent twice; one of Phú Văn whose name begins like a formula."""
    codes = [register("dong-cho", f"Lê Thị {name}") for name in ("Một", "Hai", "Ba")] + [register("phu-van", "=Đỗ Bốn")]
    visit(codes[0], people={"phone": "smartphone"})
    for _ in range(2):
        visit(codes[1], outcome="absent")
    return codes


def test_filters_narrow_the_list_and_add_up(minh, houses):
    assert all(code in minh.get("/households").text for code in houses)
    unvisited = minh.get("/households?filter=unvisited").text
    assert houses[2] in unvisited and houses[3] in unvisited and houses[0] not in unvisited and houses[1] not in unvisited
    both = minh.get("/households?filter=unvisited&village=dong-cho").text
    assert houses[2] in both and houses[3] not in both
    assert houses[1] in minh.get("/households?filter=absent_twice").text
    assert houses[1] in minh.get("/households?outcome=absent").text and houses[0] not in minh.get("/households?outcome=absent").text


def test_a_house_from_which_all_have_gone_is_found_until_it_is_said_to_stand_empty(minh, huong, visit, houses, clock):
    assert houses[0] not in minh.get("/households?filter=nobody").text
    clock.tick(hours=1)
    huong.at = clock()
    visit(houses[0], people={"residence": "left"})
    page = minh.get("/households?filter=nobody").text
    assert houses[0] in page and houses[2] not in page
    visit(houses[0], outcome="vacant")
    assert houses[0] not in minh.get("/households?filter=nobody").text


def test_search_forgives_accents_and_telex_and_parts_of_codes(minh, houses):
    short = "3-2", "3 - 2", "03 0002", houses[1], houses[1].replace("-", "")
    for asked in ("le thi hai", "Lee thij hai", "Le6 Thi5 Hai", "Hai", "Le\u0302 Thi\u0323 Hai", "\u00a0Lê\u00a0Thị Hai ", houses[1][-4:], *short):
        page = minh.get("/households", query_string={"q": asked}).text
        assert houses[1] in page and houses[0] not in page, asked
        assert houses[1] in minh.get("/villages/dong-cho", query_string={"q": asked}).text, asked


@pytest.mark.parametrize("asked", ["%", "_", "\\", "L%", "L_", "\u0301", "'", "4-2", "3-20", "-"])
def test_what_is_nobodys_name_finds_nobody_and_breaks_nothing(minh, houses, asked):
    page = minh.get("/households", query_string={"q": asked}).text
    assert not any(f'/households/{code}"' in page for code in houses) or asked == "-"


def test_filters_search_and_village_hold_together_in_page_count_and_file(minh, houses):
    for query in ("q=Le+Thi", "q=Le+Thi&filter=unvisited", "q=Le+Thi&filter=unvisited&filter=left&village=dong-cho", "q=Hai&outcome=done"):
        rows = list(csv.reader(io.StringIO(minh.get(f"/households/export.csv?{query}").data.decode("utf-8-sig")), delimiter=";"))
        page = minh.get(f"/households?{query}").text
        assert rows[1][0].startswith(f"{len(rows) - 3} hộ,") and f">{len(rows) - 3} hộ</h2>" in page, query
        assert re.findall(r'<a class="row" href="/households/([^"]+)"', page) == [row[0] for row in rows[3:]]


def test_the_whole_list_is_in_the_files_with_its_count(minh, houses):
    book = CalamineWorkbook.from_filelike(io.BytesIO(minh.get("/households/export.xlsx").data)).get_sheet_by_index(0).to_python()
    assert book[0][0] == "Xã Thiệu Trung: Tất cả các thôn" and book[1][0].startswith("4 hộ, tính đến 20/11/2026")
    assert [row[0] for row in book[3:]] == houses and book[6][2] == "=Đỗ Bốn"
    text = minh.get("/households/export.csv").data
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=";"))
    assert text.startswith(b"\xef\xbb\xbf") and [row[0] for row in rows[3:]] == houses
    assert rows[6][2] == "'=Đỗ Bốn" and rows[3][6] == "20/11/2026"


def test_what_a_commune_asks_itself_stands_in_the_files_in_words(minh, huong, houses, communes, clock):
    columns = rows_of(minh, "/households/export.csv")[2]
    form = published(communes, HERE, with_pigs(), clock())
    with reading(communes) as connection:
        household_id = households.by_code(connection, HERE, houses[2]).household_id
    consent = {"given": True, "text": "consent-1", "sha256": "0" * 64, "purposes": ["survey"], "method": "spoken"}
    said = {"house": {"business": "yes", "pigs": 12}, "people": {PERSON: {"reads_braille": "yes"}}}
    huong.seal("visit", household_id, {"outcome": "done", "consent": consent, "respondent": PERSON, **said}, questionnaire=form)
    assert huong.sync()["receipts"][0]["outcome"] == "stored"
    file = rows_of(minh, "/households/export.csv")
    assert file[2] == [*columns, "Số con lợn", "Biết chữ nổi"]
    assert [row[-2:] for row in file[3:]] == [["", ""], ["", ""], ["12", "Lê Thị Ba: Có"], ["", ""]]


def rows_of(browser, address):
    return list(csv.reader(io.StringIO(browser.get(address).data.decode("utf-8-sig")), delimiter=";"))


def test_a_leader_gets_their_own_villages_and_never_poverty(minh, tuan, houses):
    page, book = tuan.get("/households").text, tuan.get("/households/export.csv").data.decode("utf-8-sig")
    assert houses[0] in page and houses[3] not in page and houses[3] not in book and "Hộ nghèo" not in page + book
    for address in ("/households?village=phu-van", "/households?filter=poor_offline", "/households/export.csv?village=phu-van"):
        assert tuan.get(address).status_code == 404
    assert "Hộ nghèo" in minh.get("/households").text


@pytest.mark.parametrize("address", ["?filter=nothing", "?outcome=nothing", "?village=nowhere", "/export.pdf"])
def test_what_no_list_knows_is_not_there(minh, address):
    assert minh.get(f"/households{address}").status_code == 404


def test_everybody_who_was_shown_is_in_the_log(minh, houses, communes):
    minh.get("/households?filter=absent_twice")
    minh.get("/households/print?filter=absent_twice")
    minh.get("/households/export.xlsx?filter=absent_twice")
    with reading(communes) as connection:
        shown = households.by_code(connection, HERE, houses[1])
        log, _ = access.readings(connection, HERE, household_id=shown.household_id)
    assert {(each.page, each.shown) for each in log} == {("list", 1), ("print", 1), ("export", 1)}


def test_another_commune_sees_none_of_it(lan, houses):
    page = lan.get("/households").text
    assert not any(code in page for code in houses)
    assert not any(code in lan.get("/households/export.csv?village=dong-cho").text for code in houses)


def test_pages_follow_each_other_without_a_gap(minh, register):
    codes = [register("dong-cho", f"Lê Thị Số{number}") for number in range(53)]
    first = minh.get("/households").text
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = minh.get(following).text
    rows = [[code for code in codes if f"/households/{code}\"" in page] for page in (first, second)]
    assert list(map(len, rows)) == [50, 3] and sorted(rows[0] + rows[1]) == codes


def test_a_household_that_moves_while_one_reads_takes_no_other_with_it(minh, register, communes):
    codes = [register("dong-cho", f"Lê Thị Số{number}") for number in range(53)]
    codes += [register("phu-van", "Đỗ Bốn")]
    first = minh.get("/households").text
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    with writing(communes) as connection:
        connection.execute(update(household).where(household.c.code == codes[49]).values(village_id="phu-van"))
    assert [code for code in codes if f'/households/{code}"' in minh.get(following).text] == codes[49:]


def test_a_place_that_is_none_begins_at_the_beginning(minh, houses):
    for after in ("x", "15835-03-0001", "9999999..1", "3."):
        assert houses[0] in minh.get("/households", query_string={"after": after}).text


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"), ("+84912345678", "'+84912345678"), ("-Lan", "'-Lan"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"), ("3/4", "'3/4"),
        ("12-3", "'12-3"), ("007", "'007"), ("12E3", "'12E3"), ("0912345678", "'0912345678"), ("Ngõ 3/4", "Ngõ 3/4"), ("12", "12"), (12, "12"),
        (-3, "-3"), ("15835-03-0127", "15835-03-0127"), (None, '""'), (date(2026, 3, 2), "02/03/2026"), ('Lê "Tý"; Ngõ 3', '"Lê ""Tý""; Ngõ 3"'),
    ],
)  # fmt: skip
def test_nothing_in_a_csv_file_becomes_something_else_in_excel(cell, written):
    assert b"".join(as_csv([], ["Địa chỉ"], [[cell]])) == f"\ufeffĐịa chỉ\r\n{written}\r\n".encode()


def test_nothing_in_a_workbook_becomes_something_else():
    cells = ["=1+1", "{=1+1}", "http://a.vn", "007", "3/4", "0912345678", "+84"]
    book = as_xlsx([], [str(number) for number in range(len(cells))], [cells])
    assert CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()[1] == cells


def test_a_list_too_long_for_excel_says_what_to_do(minh, register, monkeypatch):
    for name in ("Hoa", "Lan"):
        register("dong-cho", f"Trịnh Thị {name}")
    monkeypatch.setattr(household_list, "MOST_LINES", 4)
    answer = minh.get("/households/export.xlsx")
    assert answer.status_code == 422 and "tải tệp CSV" in answer.text
    assert minh.get("/households/export.csv").status_code == 200
