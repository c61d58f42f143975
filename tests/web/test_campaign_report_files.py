"""A campaign's report at the desk: chosen like any period, frozen under the campaign's name, with its own figures in the letter and in the files."""

import io

import docx
import pytest
from python_calamine import CalamineWorkbook
from sqlite_utils import Database

from tests.web.test_campaigns import houses, named  # noqa: F401 (fixtures)
from tests.web.test_reports import freeze


@pytest.fixture
def campaign(named, houses):  # noqa: F811
    return named().rpartition("/")[2]


@pytest.fixture
def file(minh, campaign, monkeypatch):
    """What is hidden of so few is held by tests/figures/test_campaign_report.py."""
    for place in ("fieldapp.figures.outside.SMALL", "fieldapp.survey.disclosure.SMALL"):
        monkeypatch.setattr(place, 1)
    address = freeze(minh, f"/reports/preview?period=campaign:{campaign}")[0].location
    return lambda form: minh.get(f"{address}.{form}")


def test_it_is_offered_and_frozen_under_its_name(minh, campaign):
    words = "Đợt “Ngày chuyển đổi số” (18/11/2026 – 25/11/2026)"
    assert f'value="campaign:{campaign}">{words}</option>' in minh.get("/reports").text
    page = minh.get(f"/reports/preview?period=campaign:{campaign}").text
    assert words in page and "Riêng những hộ khảo sát trong đợt" in page and "Mọi số liệu trong báo cáo này là của các thôn trong đợt" in page
    kept = freeze(minh, f"/reports/preview?period=campaign:{campaign}")[0].location
    assert words in minh.get(kept).text and f"{words}</a>" in minh.get("/reports").text
    assert "bao-cao-dot-2026-11-18-2026-11-25" in minh.get(f"{kept}.pdf").headers["Content-Disposition"]


@pytest.mark.parametrize("period", ["campaign.2026-11-18.2026-11-25", "campaign:không có"])
def test_a_campaign_that_is_none_is_no_period(minh, period):
    assert minh.get("/reports/preview", query_string={"period": period}).status_code == 422


def test_the_letter_says_what_the_campaign_came_to(file):
    document = docx.Document(io.BytesIO(file("docx").data))
    text = "\n".join(each.text for each in document.paragraphs)
    assert "Kết quả chuyển đổi số tại hộ gia đình đợt “Ngày chuyển đổi số” (18/11/2026 – 25/11/2026)" in text and "II. KẾT QUẢ CỦA ĐỢT" in text
    assert "Trong đợt, các tổ đã khảo sát 1/2 hộ đang ở của 1 thôn, đạt 50%; mục tiêu của đợt là 80%, chưa đạt." in text
    table = next(each for each in document.tables if each.cell(0, 1).text == "Lúc đến")
    (row,) = ([cell.text for cell in each.cells] for each in table.rows if "định danh điện tử mức 2" in each.cells[0].text)
    assert row[1:] == ["0% (0/1)", "100% (1/1)", "1"] and "sinh sống tại các thôn của đợt" in text


def test_the_workbook_and_the_package_hold_its_own_figures(file, tmp_path):
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(file("xlsx").data)).get_sheet_by_name("Trong đợt").to_python()
    row = next(each for each in sheet if each[0] == "vneid_level2")
    assert row[2:6] == [1, 0, 0, 1]
    path = tmp_path / "report.sqlite"
    path.write_bytes(file("sqlite").data)
    (kept,) = Database(path).query("SELECT * FROM campaign_figure WHERE code = 'vneid_level2'")
    assert (kept["yes"], kept["no"], kept["unknown"], kept["gained"]) == (1, 0, 0, 1)


def test_dhis2_gets_it_under_the_day_that_it_counts_up_to(file):
    assert file("dhis2").json["period"] == "20261120"
