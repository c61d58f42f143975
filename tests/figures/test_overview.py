"""The overview and the village's page, read from a real ledger: merged villages, past days, few reads for many villages."""

from collections import defaultdict

import pytest
from sqlalchemy import event

from fieldapp.figures.one_indicator import one_indicator
from fieldapp.figures.overview import overview, village
from fieldapp.store import areas, ledger
from fieldapp.store.areas import Commune, Village
from fieldapp.store.engine import open_engine, reading, writing
from fieldapp.store.migrate import upgrade
from fieldapp.survey.balance import Balance

THIEU_TRUNG = "thieu-trung"


@pytest.fixture
def engine(tmp_path):
    made = open_engine(f"sqlite:///{tmp_path / 'figures.db'}")
    upgrade(made)
    with writing(made) as connection:
        areas.found_commune(connection, Commune(THIEU_TRUNG, "15835", "xã Thiệu Trung", "Thanh Hóa", "e1"), "2025-07-01")
        for number, name in enumerate(("dong-cho", "thang-long", "minh-duc"), start=1):
            areas.found_village(connection, THIEU_TRUNG, Village(name, name, "thon", False, number, "2025-07-01"))
    yield made
    made.dispose()


@pytest.fixture
def post(engine):
    def posted(day, village_id, **balances):
        rows = defaultdict(lambda: [0, 0, 0])
        for key, balance in balances.items():
            key = key if key == "coverage" else f"{key}:1"
            rows[day, village_id, key, "all"] = list(Balance(*balance))
        with writing(engine) as connection:
            ledger.post(connection, THIEU_TRUNG, rows)

    return posted


@pytest.fixture
def read(engine):
    def made(figures, *arguments, **asked):
        with reading(engine) as connection:
            return figures(connection, THIEU_TRUNG, *arguments, **asked)

    return made


def line(page, code):
    return next(each for each in page.lines if each.indicator.code == code)


def test_the_overview_has_the_commune_and_a_row_for_each_village(read, post):
    post("2026-11-02", "dong-cho", coverage=(3, 1), smartphone=(6, 2, 1))
    post("2026-11-03", "thang-long", coverage=(1, 4), smartphone=(2, 0))
    page = read(overview)
    assert (page.coverage.visited, page.coverage.registered) == (4, 9)
    assert line(page, "smartphone").figure.balance == (8, 2, 1)
    assert [(row.village.village_id, row.figures["smartphone"].value) for row in page.villages] == [
        ("dong-cho", 0.75), ("thang-long", 1.0), ("minh-duc", None),
    ]  # fmt: skip


def test_the_overview_of_a_past_day_is_what_it_was(read, post):
    post("2026-11-02", "dong-cho", coverage=(3, 1), smartphone=(6, 2))
    post("2026-11-05", "dong-cho", coverage=(1, -1), smartphone=(0, 4))
    assert line(read(overview, until="2026-11-04"), "smartphone").figure.balance == (6, 2, 0)
    assert line(read(overview), "smartphone").figure.balance == (6, 6, 0)


def test_a_merged_village_stands_in_its_successor_from_its_day_on(engine, read, post):
    post("2026-11-02", "dong-cho", coverage=(3, 1), smartphone=(6, 2))
    post("2026-11-02", "minh-duc", coverage=(1, 0), smartphone=(1, 1))
    with writing(engine) as connection:
        areas.merge_village(connection, THIEU_TRUNG, "minh-duc", "dong-cho", "2026-12-01")
    now = read(overview)
    assert [row.village.village_id for row in now.villages] == ["dong-cho", "thang-long"]
    assert now.villages[0].figures["smartphone"].balance == (7, 3, 0)
    before = read(overview, until="2026-11-30")
    assert len(before.villages) == 3 and before.villages[0].figures["smartphone"].balance == (6, 2, 0)
    assert read(village, "dong-cho").coverage.visited == 4 and read(village, "minh-duc") is None


def test_the_page_of_a_village_says_what_its_row_says(read, post):
    post("2026-11-02", "dong-cho", coverage=(20, 0), smartphone=(40, 20))
    post("2026-11-02", "thang-long", coverage=(2, 4), smartphone=(3, 1))
    page = read(overview)
    for row in page.villages:
        lines = read(village, row.village.village_id).lines
        assert {each.indicator.code: each.figure for each in lines} == row.figures


def test_a_village_of_another_commune_is_none(read):
    assert read(village, "thieu-quang-thon-1") is None


def test_an_indicators_days_end_where_the_overview_stands(read, post):
    post("2026-11-02", "dong-cho", coverage=(3, 1), smartphone=(6, 2))
    post("2026-11-05", "thang-long", coverage=(12, 1), smartphone=(20, 4, 1))
    page = read(one_indicator, "smartphone")
    assert [day for day, _ in page.points] == ["2026-11-02", "2026-11-05"]
    assert page.points[-1][1] == line(read(overview), "smartphone").figure == page.line.figure
    assert page.days == {"dong-cho": [("2026-11-02", 6 / 8)], "thang-long": [("2026-11-05", 20 / 24)]}
    assert read(one_indicator, "no_such_thing") is None


def test_an_indicator_is_told_as_found_and_as_left(read, post):
    post("2026-11-02", "dong-cho", coverage=(3, 1), smartphone=(6, 2), **{"effect:smartphone": (2, -2)})
    page = read(one_indicator, "smartphone")
    assert (page.line.figure.value, page.found) == (6 / 8, 4 / 8) and page.effect == page.effects["dong-cho"] == (2, -2, 0)


def test_an_indicator_is_cut_by_who_people_are_and_those_of_no_part_stand_beside(read, post, engine):
    post("2026-11-02", "dong-cho", coverage=(3, 1), smartphone=(6, 2))
    with writing(engine) as connection:
        rows = {("2026-11-02", "dong-cho", "smartphone:1", cut): [*Balance(*of)] for cut, of in (("sex:male", (4,)), ("sex:female", (1, 2)))}
        ledger.post(connection, THIEU_TRUNG, rows)
    cuts = {cut.kind: cut.cells["smartphone"] for cut in read(one_indicator, "smartphone").cuts}
    assert cuts["sex"] == {"male": (4, 0, 0), "female": (1, 2, 0), "rest": (1, 0, 0)}
    assert set(cuts) == {"sex", "age", "poverty"}, "one team at most, and all of it rural: nothing to tell apart"


def test_many_villages_cost_no_more_reads_than_few(engine, read, post):
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *about: asked.append(about[2]))

    def reads():
        asked.clear()
        read(overview), read(village, "dong-cho"), read(one_indicator, "smartphone")
        return len(asked)

    few = reads()
    with writing(engine) as connection:
        for number in range(10, 60):
            areas.found_village(connection, THIEU_TRUNG, Village(f"v{number}", f"v{number}", "thon", False, number, "2025-07-01"))
    for number in range(10, 60):
        post("2026-11-02", f"v{number}", coverage=(number, 5), smartphone=(number, 1))
    assert reads() == few <= 33
