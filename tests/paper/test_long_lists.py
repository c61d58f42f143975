"""A list of any length is written to the disk as it comes: what is in memory does not grow with it, and nothing of it is left out unsaid."""

import gc
import tracemalloc

import pytest
from python_calamine import CalamineWorkbook

from fieldapp.paper import household_list
from fieldapp.paper.household_list import written
from fieldapp.survey.problems import Refused

ROW = ["15835-03-0127", "Thôn Đồng Chợ", "Lê Văn Đào", "Ngõ 3", 4, None]
HEADINGS = ["Mã hộ", "Thôn", "Chủ hộ", "Địa chỉ", "Số người", "Ngày đến"]


def peak_bytes(kind, rows):
    gc.collect()
    tracemalloc.start()
    try:
        with written(kind, ["Xã Thiệu Trung"], HEADINGS, (ROW for _ in range(rows))) as file:
            while file.read(64 * 1024):
                pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_ten_times_as_many_rows_need_no_more_memory(kind):
    peak_bytes(kind, 10)  # what is loaded once
    assert peak_bytes(kind, 10_000) < 1.1 * peak_bytes(kind, 1_000) + 20_000


def test_what_a_sheet_can_not_hold_is_said_not_cut(monkeypatch):
    monkeypatch.setattr(household_list, "MOST_LINES", 12)
    with written("xlsx", ["Xã Thiệu Trung"], HEADINGS, [ROW] * 10) as file:
        assert len(CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()) == 12
    with pytest.raises(Refused):
        written("xlsx", ["Xã Thiệu Trung"], HEADINGS, [ROW] * 11)
    with written("csv", ["Xã Thiệu Trung"], HEADINGS, [ROW] * 11) as file:
        assert len(file.readlines()) == 13
