"""The cuts of a report: as they stood on its day, and proven like all its figures."""

import pytest

from fieldapp.figures import proof
from fieldapp.figures.reporting import drawn_up
from fieldapp.store import cut_sums, ledger, teams
from fieldapp.store.engine import is_sqlite, reading, writing
from fieldapp.survey.report import sealed, unsealed
from tests.conftest import HERE
from tests.figures.test_report import NOVEMBER, frozen, proven, visited  # noqa: F401 (fixtures)

ALL_CUTS = ("team", "place", "sex", "age", "poverty")


def cells(text, code="smartphone:1"):
    return {cut: tuple(row) for key, cut, *row in unsealed(text)["cuts"]["now"] if key == code}


def test_a_report_holds_the_cuts_that_were_chosen(visited, frozen):  # noqa: F811
    visited()
    kinds = unsealed(frozen().text)["cuts"]["kinds"]
    assert kinds == ["team", "place", "sex", "age"] and {cut.partition(":")[0] for cut in cells(frozen().text)} == {"sex", "age"}


def test_days_after_the_as_of_day_are_in_no_cut(visited, frozen, huong, clock):  # noqa: F811
    """The ledger keeps cuts by month: what of the month came later is taken off again."""
    visited()
    before = cells(frozen(as_of="2026-11-23").text)
    huong.at = clock.now = "2026-11-24T02:00:00.000Z"
    visited()
    assert cells(frozen(as_of="2026-11-23").text) == before != cells(frozen(as_of="2026-11-25").text)


def test_what_is_corrected_later_stands_on_the_day_of_its_visit(visited, frozen, minh, proven):  # noqa: F811
    _phone, house, person, _visit = visited()
    said = {"event": house, "fields": {"people": {person: {"sex": "female", "birth_year": 1950}}}, "reason": "gõ nhầm"}
    minh("correct", house, said)
    kept = frozen(as_of="2026-11-22")
    assert cells(kept.text)["sex:female"][0] >= 1 and proven(kept.text).verdict == proof.SAME


def test_the_cuts_are_proven(visited, frozen, proven, huong, clock):  # noqa: F811
    visited()
    kept = frozen(as_of="2026-11-23")
    huong.at = clock.now = "2026-11-24T02:00:00.000Z"
    visited("dong-thanh", "basic")
    assert proven(kept.text).verdict == proof.SAME


def test_a_cut_that_the_journal_does_not_give_is_told(visited, frozen, communes, monkeypatch, proven):  # noqa: F811
    visited()
    real = cut_sums.at_day
    monkeypatch.setattr(cut_sums, "at_day", lambda *asked: {place: each.plus((1, 0, 0)) for place, each in real(*asked).items()})
    found = proven(frozen().text)
    assert found.verdict == proof.UNLIKE and any("sex:" in each for each in found.told)


def test_a_report_of_the_first_version_is_still_read_and_proven(visited, frozen, proven, communes, monkeypatch):  # noqa: F811
    visited()
    monkeypatch.setattr("fieldapp.figures.reporting.sealed", lambda document: sealed(as_of_old(document)))
    text = frozen().text
    assert unsealed(text)["version"] == 1 and proven(text).verdict == proof.SAME


def as_of_old(document):
    return {**{name: each for name, each in document.items() if name not in ("cuts", "campaign")}, "version": 1}


@pytest.mark.parametrize("day", ["2026-11-20", "2026-11-23", "2026-11-30", "2026-12-01"])
def test_a_day_of_the_ledger_is_what_the_journal_gives(visited, communes, huong, clock, day):  # noqa: F811
    for at in ("2026-11-20T03:00:00.000Z", "2026-11-23T03:00:00.000Z", "2026-11-24T03:00:00.000Z", "2026-12-01T03:00:00.000Z"):
        huong.at = clock.now = at
        visited()
    with reading(communes) as connection:
        sums = cut_sums.at_day(connection, HERE, ["sex"], ["dong-cho", "dong-thanh"], day)
    houses = {"2026-11-20": 1, "2026-11-23": 2, "2026-11-30": 3, "2026-12-01": 4}[day]
    assert sum(each.yes for (key, _cut), each in sums.items() if key == "smartphone:1") <= houses
    assert sum(each.eligible for (key, _cut), each in sums.items() if key == "smartphone:1") == 2 * houses


def test_who_only_looks_at_a_report_writes_nothing(visited, frozen, communes, minh, clock, huong):  # noqa: F811
    """Households that were merged are folded together: that they were is known since the merge came, and noted by nobody who reads."""
    _phone, house, _person, _visit = visited()
    other = visited("dong-thanh")[1]
    clock.now = huong.at = "2026-11-24T02:00:00.000Z"
    assert minh("merge", house, {"other": other, "people": {}, "reason": "ghi hai lần"}).outcome == "stored"
    with reading(communes) as connection:
        shown = drawn_up(connection, HERE, NOVEMBER, "2026-11-23")
        with writing(communes) as another:
            assert teams.of_commune(another, HERE)  # on SQLite a second writer would wait for the first
    assert {cut: tuple(row) for key, cut, *row in shown["cuts"]["now"] if key == "smartphone:1"} == cells(frozen(as_of="2026-11-23").text)


def test_what_came_after_the_day_is_found_by_the_index_alone(visited, communes, huong, clock):  # noqa: F811
    """Of a journal of years only the rows of the last days are read."""
    visited()
    huong.at = clock.now = "2026-11-24T02:00:00.000Z"
    _phone, house, _person, _visit = visited()
    with reading(communes) as connection:
        query = cut_sums.received_after(HERE, "2026-11-23")
        assert set(connection.execute(query).scalars()) == {house}
        said = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
        if is_sqlite(connection):
            (step, *_more) = (row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}"))
            assert "ix_journal_received (commune_id=? AND <expr>>?)" in step
        else:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # so few rows are read whole otherwise
            plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN {said}").scalars())
            assert "ix_journal_received" in plan and ">= '2026-11-23T17" in plan.partition("Index Cond")[2].partition("\n")[0]


@pytest.fixture
def one_too_many(monkeypatch):
    """Lets the software that draws up count one too many in a cut."""

    def one_too_many(name, part):
        real = cut_sums.at_day

        def wrong(*asked):
            return {(key, cut): each.plus((1, 0, 0)) if (key, cut) == (name, part) else each for (key, cut), each in real(*asked).items()}

        monkeypatch.setattr(cut_sums, "at_day", wrong)

    return one_too_many


def test_a_cut_that_was_wrong_from_the_first_is_not_laid_to_an_erasure(visited, frozen, proven, minh, one_too_many):  # noqa: F811
    house = visited()[1]
    visited("dong-thanh")
    right = frozen()
    one_too_many("smartphone:1", "sex:male")
    wrong = frozen(as_of="2026-11-24")
    assert (proven(right.text).verdict, proven(wrong.text).verdict) == (proof.SAME, proof.UNLIKE)
    assert minh("erase", house, {"person": None, "counted": True, "reason": "Theo yêu cầu"}).outcome == "stored"
    assert (proven(right.text).verdict, proven(wrong.text).verdict) == (proof.SAME, proof.UNLIKE)
    assert minh("erase", house, {"person": None, "counted": False, "reason": "Theo yêu cầu"}).outcome == "stored"
    assert (proven(right.text).verdict, proven(wrong.text).verdict) == (proof.ERASED, proof.UNLIKE)


@pytest.fixture
def wrong_by(monkeypatch):
    """Lets the software that draws up count smartphones of a village wrongly."""

    def wrong_by(village, much):
        real = ledger.parts

        def wrong(*asked, **more):
            return {place: each.plus(much) if place == (village, "smartphone:1") else each for place, each in real(*asked, **more).items()}

        monkeypatch.setattr(ledger, "parts", wrong)

    return wrong_by


def test_a_village_where_nobody_was_erased_must_still_come_out(visited, frozen, proven, minh, wrong_by):  # noqa: F811
    house = visited()[1]
    visited("dong-thanh")
    wrong_by("dong-thanh", (1, 0, 0))
    wrong = frozen()
    assert minh("erase", house, {"person": None, "counted": False, "reason": "Theo yêu cầu"}).outcome == "stored"
    assert proven(wrong.text).verdict == proof.UNLIKE


def test_what_is_less_than_what_all_others_add_is_no_erasures_doing(visited, frozen, proven, minh, wrong_by):  # noqa: F811
    house = visited()[1]
    visited()
    wrong_by("dong-cho", (-2, 0, 0))
    wrong = frozen()
    assert minh("erase", house, {"person": None, "counted": False, "reason": "Theo yêu cầu"}).outcome == "stored"
    assert proven(wrong.text).verdict == proof.UNLIKE
