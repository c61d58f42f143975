"""A board of the demo commune's own with values that were entered, and a village hall in its register."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from fieldapp.demo.commune import HERE
from fieldapp.figures.reporting import new_id
from fieldapp.store import boards, points, reported
from fieldapp.survey.criteria import BOARDS, COUNT, Board
from fieldapp.survey.day import day_of
from fieldapp.survey.points import Point


def a_board(connection: Any, commune_id: str, village_id: str, now: str) -> tuple[str, str]:
    """The codes of both."""
    of_thieu_hoa, today, officer = BOARDS["thieu-hoa-2024"], day_of(now), HERE.officer[0]
    names = {"vi": "Chỉ tiêu chuyển đổi số của xã", "en": "The commune's own targets"}
    lines = tuple(replace(line, threshold=None if line.measure == COUNT else Fraction(80)) for line in of_thieu_hoa.lines)
    board = Board("xa_gallery", names, "KH 12/KH-UBND", "2026-01-15", 2026, "Xã Thiệu Trung", lines, len(lines))
    boards.publish(connection, commune_id, board, board.date, officer, now)
    for example in of_thieu_hoa.examples[:3]:
        entry = reported.Entry(new_id(now), board.code, example.line, today, example.value, "Báo cáo tháng của Văn phòng", None, now, officer)
        reported.enter(connection, commune_id, entry, None)
    hall = Point(new_id(now), "2026-03-01", "village_hall", "Nhà văn hóa Đồng Chợ", village_id, {"wifi": "yes", "camera": "yes"})
    points.keep(connection, commune_id, [hall], officer, now)
    return board.code, hall.point_id
