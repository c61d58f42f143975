"""Made-up Vietnamese names that could be a neighbour's: family names as often as in Thanh Hóa, middle and given names of their
time.

A name's fashion tells its bearer's age: Thị and Văn grow rare after 1990, Gia and Khánh come. Hoà and Hòa, Thuý and Thúy stand
side by side as they do in real lists."""

import random
from functools import cache

FAMILIES = {
    "Nguyễn": 24, "Lê": 21, "Trịnh": 7, "Trần": 6, "Phạm": 6, "Hoàng": 5, "Đỗ": 5, "Vũ": 3, "Bùi": 3, "Mai": 3, "Đào": 2,
    "Đặng": 2, "Lưu": 2, "Ngô": 2, "Dương": 2, "Hà": 2, "Đinh": 1, "Phan": 1, "Tống": 1, "Cao": 1, "Thiều": 1, "Doãn": 1,
    "Quách": 1, "Tạ": 1,
}  # fmt: skip
# Born before each year → middle names, the frequent ones more than once.
MIDDLES = {
    "male": {
        1972: "Văn Văn Văn Văn Đình Hữu Xuân Ngọc Bá Đức Thế Sỹ Viết Công",
        1992: "Văn Văn Văn Đình Hữu Xuân Ngọc Đức Quang Công Trọng Anh Minh Tuấn",
        9999: "Văn Gia Minh Đức Anh Quang Tuấn Nhật Hoàng Bảo Đăng Duy Quốc Hải",
    },
    "female": {
        1972: "Thị Thị Thị Thị Thị Thị Thị Thị Ngọc Kim",
        1992: "Thị Thị Thị Thị Thị Thị Ngọc Thu Thanh Hồng Minh Lệ",
        9999: "Thị Thị Ngọc Thu Phương Khánh Minh Bảo Hà Thùy Quỳnh Diệu Thảo Mai",
    },
}
GIVENS = {
    "male": {
        1972: "Hùng Dũng Thắng Bình Hải Sơn Long Lợi Thành Quang Chính Khánh Nghĩa Phúc Thọ Hoà Hòa Thuận Tý Tiến Lương Hưng "
        "Vinh Quý Bảy Năm Đào Đông Ất Kỷ Ưng Đệ Luyện Thuỷ Quế Tuất Ngọ Sửu Được Ước",
        1992: "Hùng Dũng Cường Tuấn Hải Sơn Thành Trung Nam Đức Tiến Hưng Vinh Quân Toàn Thắng Hiếu Hiệp Đạt Tùng Hậu Trường "
        "Giang Lâm Hoà Đông Linh Tú Chiến Quyết Ánh Định",
        9999: "Anh Huy Nam Đức Kiên Khoa Phong Bảo Khôi Minh Nhật Quân Tùng Việt Hoàng Đăng Duy Thái Phúc Khang Thịnh Hiếu Long "
        "An Vũ Sơn Đạt Quý Ân Lộc",
    },
    "female": {
        1972: "Hoa Lan Hương Hường Hằng Nga Thanh Thuý Thúy Hoà Hòa Huệ Cúc Mai Liên Loan Nhung Phượng Tâm Thơm Xuân Yến Vân "
        "Bích Dung Hạnh Lý Mùi Nhàn Thu Thêu Thoa Đào Sen Nụ Tỵ Gái Ngân Ới Ả Lành Ước Chắt",
        1992: "Hương Hường Hà Hằng Hạnh Hiền Hoa Huyền Lan Linh Loan Mai Nga Ngọc Nhung Oanh Phương Quyên Thảo Thanh Thuý Thúy "
        "Thủy Trang Tuyết Vân Yến Dung Giang Thu Lệ Ánh Đào",
        9999: "Anh Linh Trang Chi Ngân Nhi My Hân Vy Hà Thảo Huyền Quỳnh Trâm Châu Giang Ngọc Diệp An Uyên Yến Như Ánh Dương Thư "
        "Khuê Đan Vân",
    },
}


def family_name(chance: random.Random) -> str:
    return chance.choices(tuple(FAMILIES), tuple(FAMILIES.values()))[0]


def full_name(chance: random.Random, sex: str, birth_year: int, family: str | None = None) -> str:
    """A name for somebody of that sex and birth year. family: the family name when it is inherited."""
    family = family or family_name(chance)
    given = chance.choice([name for name in _of_time("given", sex, birth_year) if name != family])
    if chance.random() < 0.06:
        return f"{family} {given}"
    middles = [middle for middle in _of_time("middle", sex, birth_year) if middle not in (given, family)]
    middle = chance.choice(middles)
    # Four words came with the nineties: Lê Thị Ngọc Ánh.
    if birth_year > 1988 and middle in ("Thị", "Văn") and chance.random() < 0.35:
        middle = f"{middle} {chance.choice([each for each in middles if each not in ('Thị', 'Văn')])}"
    return f"{family} {middle} {given}"


@cache
def _of_time(names: str, sex: str, birth_year: int) -> list[str]:
    table = (GIVENS if names == "given" else MIDDLES)[sex]
    return next(row.split() for before, row in table.items() if birth_year < before)
