"""The map: a GeoJSON as land officers export it, drawn by the server; broken files are told, and nothing foreign is shown."""

import io
import json

import pytest

SQUARE = [[105.70, 19.80], [105.72, 19.80], [105.72, 19.82], [105.70, 19.82], [105.70, 19.80]]


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
    ],
    ids=["empty", "no-json", "topojson", "metres", "no-name-fits"],
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
