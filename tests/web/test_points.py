"""The register of public places: in a spreadsheet and in a form, from which day, and counted as of any day."""

import html
import io
import re

import pytest
from sqlalchemy import update

from fieldapp.intake.board.places import HEADINGS
from fieldapp.intake.lined import table
from fieldapp.store import points
from fieldapp.store.engine import writing
from fieldapp.store.tables import village
from fieldapp.survey.points import Point, counted, standing
from tests.conftest import HERE

HALL = {"name": "Nhà văn hóa Đồng Chợ", "kind": "nhà văn hóa thôn", "village": "Đồng Chợ", "wifi": "có"}


@pytest.fixture
def bring(minh):
    """Uploads these lines and keeps what they change; gives the page that was shown before."""

    def bring(*lines):
        file = lines[0] if isinstance(lines[0], bytes) else table.xlsx("x", HEADINGS, lines, (), {}, {})
        shown = minh.post("/points/import", {"file": (io.BytesIO(file), "x.xlsx")}, page="/points")
        kept = re.search(r'name="carried" value="([^"]*)"', shown.text)
        if kept:
            assert minh.post("/points/publish", {"carried": html.unescape(kept[1])}, page="/points").status_code == 303
        return shown

    return bring


def test_a_list_of_places_comes_in_at_once_and_goes_out_the_same(bring, minh, stored):
    assert "Ghi 2 nơi" in bring(HALL, {"name": "Chợ Phú Văn", "kind": "chợ", "village": "Phú Văn", "cashless": "x", "since": "15/3/2026"}).text
    market = next(each for each in stored(points.rows) if each.kind == "market")
    assert (market.since, market.village_id, market.attributes) == ("2026-03-15", "phu-van", {"cashless": "yes"})
    assert "Không có gì khác trước" in bring(minh.get("/points/all.xlsx").data).text


def test_what_is_wrong_in_the_register_is_told_by_cell(bring, stored):
    wrong = {"village": "Phủ Lý"}, {"kind": "sân bay"}, {"wifi": "hay mất"}, {"code": "1"}, {"since": "2027-01-01"}
    answer = bring(*({**HALL, **each} for each in wrong))
    told = html.unescape(answer.text)
    assert answer.status_code == 422
    for words in ("D2 Thôn", "C3 Loại", "E4 Wi-fi miễn phí", "A5 Mã", "K6 Từ ngày"):
        assert words in told, words
    assert stored(points.rows) == []


def test_a_place_is_otherwise_from_a_day_on_and_was_what_it_was_before(bring, minh, stored):
    bring({**HALL, "since": "2026-01-01"})
    (hall,) = stored(points.rows)
    page = f"/points/{hall.point_id}"
    minh.post("/points/keep", {**HALL, "code": hall.point_id, "wifi": "không", "since": "2026-06-01"}, page=page)
    minh.post("/points/keep", {**HALL, "code": hall.point_id, "closed": "x", "since": "2026-09-01"}, page=page)
    rows = stored(points.rows)
    attributes = [[each.attributes["wifi"] for each in standing(rows, day)] for day in ("2025-12-31", "2026-03-01", "2026-07-01", "2026-10-01")]
    assert attributes == [[], ["yes"], ["no"], []]
    assert "Nhà văn hóa Đồng Chợ" not in minh.get("/points").text and "Trước đây" in minh.get(page).text


def test_a_list_that_is_brought_in_twice_brings_in_nothing_twice(bring, minh, stored):
    file = table.xlsx("x", HEADINGS, [HALL], (), {}, {})
    bring(file)
    assert "Không có gì khác trước" in bring(file).text and len(stored(points.rows)) == 1
    minh.post("/points/keep", {**HALL, "code": "", "camera": "có"}, page="/points/new")
    (hall,) = {each.point_id for each in stored(points.rows)}
    assert stored(points.rows)[-1].attributes == {"wifi": "yes", "camera": "yes"} and hall


def test_a_button_that_was_pressed_twice_keeps_a_list_once(minh, stored):
    file = table.xlsx("x", HEADINGS, [HALL], (), {}, {})
    shown = minh.post("/points/import", {"file": (io.BytesIO(file), "x.xlsx")}, page="/points").text
    seen = {"carried": html.unescape(re.search(r'name="carried" value="([^"]*)"', shown)[1])}
    for _ in range(2):
        minh.post("/points/publish", seen, page="/points")
    assert len(stored(points.rows)) == 1


def test_the_same_place_on_two_lines_is_told(bring):
    answer = bring(HALL, {**HALL, "name": "nhà văn hoá đồng chợ"})
    assert answer.status_code == 422 and "đã có ở dòng trên" in answer.text


def test_that_a_place_was_so_from_an_earlier_day_can_be_said_later(bring, minh, stored):
    bring(HALL)
    (hall,) = stored(points.rows)
    minh.post("/points/keep", {**HALL, "code": hall.point_id, "since": "2026-06-01"}, page=f"/points/{hall.point_id}")
    assert [each.name for each in standing(stored(points.rows), "2026-07-01")] == [HALL["name"]]


def test_what_was_typed_wrong_of_a_day_is_mended_for_that_day(bring, minh, stored):
    bring({**HALL, "since": "2026-06-01"})
    (hall,) = stored(points.rows)
    minh.post("/points/keep", {**HALL, "code": hall.point_id, "wifi": "không", "since": "2026-06-01"}, page=f"/points/{hall.point_id}")
    assert [each.attributes["wifi"] for each in stored(points.rows)] == ["no"]


def test_a_place_of_a_village_that_became_part_of_another_is_the_others(bring, minh, communes, stored):
    bring(HALL)
    with writing(communes) as connection:
        connection.execute(update(village).where(village.c.commune_id == HERE, village.c.village_id == "dong-cho").values(
            merged_into="phu-van", merged_on="2026-11-01"
        ))  # fmt: skip
    assert "Phú Văn" in minh.get("/points").text
    assert "Không có gì khác trước" in bring(minh.get("/points/all.xlsx").data).text


def place(number, village, kind="village_hall", **attributes):
    return Point(f"p{number}", "2026-01-01", kind, "x", village, attributes)


@pytest.mark.parametrize(("counts", "value"), [
    ({"kind": "village_hall", "attribute": "wifi", "of": "villages"}, (2, 4)),
    ({"kind": "village_hall", "attribute": "wifi", "of": "points"}, (3, 4)),
    ({"kind": "village_hall", "of": "villages"}, (3, 4)), ({"kind": "clinic", "of": "points"}, None),
])  # fmt: skip
def test_villages_are_counted_once_and_merged_ones_with_what_they_became_part_of(counts, value):
    """Villages a, b, c, d stand; old became part of a, so its hall is a's."""
    places = [place(1, "a", wifi="yes"), place(2, "old", wifi="yes"), place(3, "b", wifi="yes"), place(4, "c", wifi="no"), place(5, None, "market")]
    found = counted(counts, places, ["a", "b", "c", "d"], {"old": "a"})
    assert (found and (found.part, found.whole)) == value


def test_a_number_of_places_is_a_number():
    assert counted({"kind": "market", "attribute": "cashless", "of": "count"}, [place(1, None, "market", cashless="yes")], [], {}).number == 1


def test_an_auditor_looks_and_another_commune_sees_none(bring, lan, stored):
    bring(HALL)
    (hall,) = stored(points.rows)
    assert lan.get(f"/points/{hall.point_id}").status_code == 404 and "Đồng Chợ" not in lan.get("/points").text
