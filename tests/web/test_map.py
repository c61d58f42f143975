"""The map: a GeoJSON as land officers export it, drawn by the server; broken files are told, and nothing foreign is shown."""

import io
import json
import math

import pytest

from fieldapp.store import areas
from fieldapp.store.engine import writing
from tests.conftest import HERE

SQUARE = [[105.70, 19.80], [105.72, 19.80], [105.72, 19.82], [105.70, 19.82], [105.70, 19.80]]

AREA = b'{"type": "FeatureCollection", "features": [{"properties": {"TEN": "Phu Van"}, "geometry": {"type": "Polygon", "coordinates": %s}}]}'


def collection(*names, kind="Polygon", ring=SQUARE):
    coordinates = [ring] if kind == "Polygon" else [[ring], [[[x + 0.03, y] for x, y in ring]]]
    features = [
        {"type": "Feature", "properties": {"STT": 1, "TEN": name}, "geometry": {"type": kind, "coordinates": coordinates}} for name in names
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def given(browser, content):
    return browser.client.post("/map", data={"file": (io.BytesIO(content), "thon.geojson"), "csrf_token": token(browser)})


def token(browser):
    return browser.get("/map").text.split('name="csrf_token" value="')[1].split('"')[0]


def test_villages_are_drawn_with_their_coverage(minh, register):
    register("dong-cho", "Trịnh Thị Hoa")
    assert given(minh, collection("THÔN ĐỒNG CHỢ", "Thon Dong Thanh")).status_code == 303
    page = minh.get("/map").text
    assert page.count('<path class="map-') == 2 and "Đồng Chợ</tspan>" in page and 'class="map-0"' in page and 'class="map-none"' in page


def test_a_village_of_several_parts_is_one_shape(minh):
    given(minh, collection("Phú Văn", kind="MultiPolygon"))
    assert minh.get("/map").text.count('<path class="map-') == 1


def test_names_that_fit_no_village_are_told_and_the_others_taken(minh):
    given(minh, collection("Đồng Chợ", "Xóm Trại"))
    assert "Chưa khớp tên nào: trai" in minh.get("/map").text and minh.get("/map").text.count('<path class="map-') == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Không đọc được tệp này"), (b"not json", "Không đọc được tệp này"), (b'{"type": "Topology"}', "Không đọc được tệp này"),
        (collection("Đồng Chợ", ring=[[570000, 2190000], [570100, 2190000], [570100, 2190100], [570000, 2190000]]), "WGS 84"),
        (collection("Làng Khác"), "Không tên nào trong tệp"),
        (AREA % b"[]", "Không tên nào trong tệp"), (AREA % b'"x"', "Không đọc được tệp này"),
        (b"[" * 100_000, "Không đọc được tệp này"),
    ],
    ids=["empty", "no-json", "topojson", "metres", "no-name-fits", "no-ring", "no-coordinates", "deep"],
)  # fmt: skip
def test_a_file_that_can_t_be_drawn_says_what_to_do_and_changes_nothing(minh, content, said):
    given(minh, collection("Đồng Chợ"))
    answer = given(minh, content)
    assert answer.status_code == 422 and said in answer.text
    assert minh.get("/map").text.count('<path class="map-') == 1


def test_a_leader_sees_only_their_villages_and_another_commune_nothing(minh, tuan, lan):
    given(minh, collection("Đồng Chợ", "Phú Văn"))
    assert "Phú Văn" not in tuan.get("/map").text and tuan.get("/map").text.count('<path class="map-') == 1
    assert '<path class="map-' not in lan.get("/map").text


def test_points_lines_and_features_without_a_shape_are_passed_over(minh):
    made = json.loads(collection("Đồng Chợ"))
    others = [{"type": "Point", "coordinates": [105.7, 19.8]}, {"type": "LineString", "coordinates": SQUARE}, None]
    made["features"] += [{"type": "Feature", "properties": {"TEN": "Phú Văn"}, "geometry": each} for each in others]
    made["features"].append({"type": "Feature", "properties": None})
    assert given(minh, json.dumps(made).encode()).status_code == 303
    assert minh.get("/map").text.count('<path class="map-') == 1


def test_villages_that_only_marks_tell_apart_get_their_own_shapes(minh, communes):
    with writing(communes) as connection:
        areas.describe_village(connection, HERE, "dong-thanh", "Đông Chợ", "thon", False)
    given(minh, collection("Thôn Đông Chợ", "THÔN ĐỒNG CHỢ"))
    assert minh.get("/map").text.count('<path class="map-') == 2


def test_a_surveyors_file_of_many_points_makes_a_light_page(minh):
    around = [[105.7 + 0.02 * math.cos(turn / 30_000 * math.tau), 19.8 + 0.02 * math.sin(turn / 30_000 * math.tau)] for turn in range(30_000)]
    given(minh, collection("Đồng Chợ", ring=[*around, around[0]]))
    page = minh.get("/map").text
    assert len(page) < 100_000 and page.count("L") > 500


def test_what_stands_in_a_file_is_shown_as_text_and_fits_the_cookie(minh):
    names = [f"<script>alert({number})</script>{'x' * 3000}" for number in range(100)]
    given(minh, collection("Đồng Chợ", *names))
    page = minh.get("/map").text
    assert "&lt;script&gt;" in page and "<script>alert" not in page and "…" in page and "Đã nhận hình của 1 thôn" in page
