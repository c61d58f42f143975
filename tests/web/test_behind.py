"""From a number of a village to the doors behind it: they add up to the number, and each opens its household."""

import re

from fieldapp.figures.overview import village
from fieldapp.store import behind
from fieldapp.store.engine import reading
from tests.conftest import HERE

ANSWERS = behind.ANSWERS


def line(connection, code):
    return next(each for each in village(connection, HERE, "dong-cho").lines if each.indicator.code == code)


def behind_(connection, code, answer, **more):
    return behind.doors(connection, HERE, "dong-cho", line(connection, code).indicator, answer, **more)


def test_the_doors_behind_each_number_add_up_to_it(register, visit, communes):
    phones = ("smartphone", "none", "basic", "unknown", "none")
    for number, phone in enumerate(phones):
        visit(register("dong-cho", f"Lê Văn {number}"), people={"phone": phone, "vneid": "none"}, house={"internet": "fixed"})
    visit(register("dong-cho", "Trịnh Thị Hoa"), outcome="absent")
    with reading(communes) as connection:
        for code in ("smartphone", "vneid", "internet_fixed"):
            balance = line(connection, code).figure.balance
            found = [sum(door.count for door in behind_(connection, code, answer)[0]) for answer in ANSWERS]
            assert found == list(balance) and sum(found), code
        named = [door.people[0][0] for door in behind_(connection, "smartphone", "no")[0]]
        assert named == ["Lê Văn 1", "Lê Văn 2", "Lê Văn 4"]
        assert all(not door.people for door in behind_(connection, "internet_fixed", "yes")[0]), "the house itself is counted"


def test_pages_go_on_where_they_ended(register, visit, communes):
    for number in range(5):
        visit(register("dong-cho", f"Lê Văn {number}"), people={"phone": "none"})
    with reading(communes) as connection:
        seen, after = [], ""
        while after is not None:
            doors, after = behind_(connection, "smartphone", "no", after=after, limit=2)
            seen += [door.line.head for door in doors]
    assert seen == [f"Lê Văn {number}" for number in range(5)]


def test_a_number_opens_its_doors_and_they_their_household(minh, lan, tuan, register, visit):
    code = register("dong-cho", "Trịnh Thị Hoa")
    visit(code, people={"phone": "none"})
    link = "/indicators/smartphone/dong-cho/no"
    assert f'href="{link}"' in minh.get("/indicators/smartphone").text and f'href="{link}"' in minh.get("/villages/dong-cho").text
    page = minh.get(link).text
    assert f'href="/households/{code}"' in page and "Trịnh Thị Hoa (1960)" in page
    assert "Không có hộ nào" in minh.get("/indicators/smartphone/dong-cho/yes").text
    assert "Trịnh Thị Hoa" not in lan.get(link).text, "the other commune has a village of that id as well"
    assert tuan.get(link).status_code == minh.get("/indicators/no_such/dong-cho/no").status_code == 404
    assert re.search(r"Danh sách", minh.get("/readings").text), "who looked stands in the log"
