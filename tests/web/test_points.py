"""The register of public places: in a spreadsheet and in a form, from which day, and counted as of any day."""

import html
import io
import re

import pytest

from fieldapp.intake.board.places import HEADINGS
from fieldapp.intake.lined import table
from fieldapp.store import points
from fieldapp.survey.points import Point, counted, standing

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
