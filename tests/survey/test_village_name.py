"""Villages' names as they are pasted, and which of them are one."""

import unicodedata

import pytest

from fieldapp.survey.village_name import likeness, read


@pytest.mark.parametrize(("line", "named"), [
    ("Thôn Đồng Chợ", ("thon", "Đồng Chợ")), ("1. Thôn 5", ("thon", "5")), ("- KP. 3", ("khu_pho", "3")),
    ("TDP Đông Sơn;", ("to_dan_pho", "Đông Sơn")),
    ("TỔ DÂN PHỐ  Tân Sơn", ("to_dan_pho", "Tân Sơn")), ("Bản Lát", ("ban", "Lát")), ("Phủ Lý", ("thon", "Phủ Lý")), ("Thôn", ("thon", "Thôn")),
    (unicodedata.normalize("NFD", "2) Làng Mạ"), ("lang", "Mạ")), ("...", ("thon", "")),
])  # fmt: skip
def test_kind_and_name_are_read_from_a_line(line, named):
    assert read(line) == named


@pytest.mark.parametrize(("new", "like"), [
    (("thon", "Đồng Sơn"), "same"), (("thon", "ĐỒNG SƠN"), "same"), (("thon", "Đông Sơn"), "alike"), (("thon", "Dong Son"), "alike"),
    (("khu_pho", "Đồng Sơn"), None), (("thon", "Đồng Sơn 2"), None), (("thon", "Hoà"), "same"),
])  # fmt: skip
def test_only_one_and_the_same_name_is_the_same(new, like):
    assert likeness(new, [("thon", "Đồng Sơn"), ("thon", "Hòa")]) == like
