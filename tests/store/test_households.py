"""Finding households: without accents, in Telex, by code; and page by page."""

import pytest

from fieldapp.demo import answers
from fieldapp.store import households
from fieldapp.store.engine import reading
from tests.conftest import HERE

NAMES = ("Trịnh Thị Đào", "Nguyễn Văn Hoà", "Đỗ Đình Dương", "Lê 100% Thật_Thà")


@pytest.fixture
def found(huong, communes):
    for name in NAMES:
        huong.seal("register", None, answers.register("dong-cho", [answers.person(huong.new_person(), name)]))
    huong.sync()

    def found(search, **page):
        with reading(communes) as connection:
            rows, _ = households.page_of_village(connection, HERE, "dong-cho", search=search, **page)
            return [row.head for row in rows]

    return found


@pytest.mark.parametrize(
    "search, name",
    [
        ("dao", NAMES[0]), ("Trinhj Thij", NAMES[0]), ("Nguye6n4 hoa", NAMES[1]), ("hòa", NAMES[1]), ("ddoox", NAMES[2]), ("duong", NAMES[2]),
        ("100%", NAMES[3]), ("15835-03-0002", NAMES[1]), ("0003", NAMES[2]),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_was_typed(search, name, found):
    assert found(search) == [name]


def test_signs_of_the_database_mean_nothing_in_a_search(found):
    assert found("%") == found("_") == found("'; --") == []


def test_pages_follow_each_other_without_gap_or_repeat(found, communes):
    with reading(communes) as connection:
        first, after = households.page_of_village(connection, HERE, "dong-cho", limit=3)
        second, end = households.page_of_village(connection, HERE, "dong-cho", after=after, limit=3)
    assert [row.head for row in first + second] == list(NAMES) and end is None
