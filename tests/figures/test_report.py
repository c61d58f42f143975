"""A frozen report: what it holds, that it comes out of the journal again whatever came later, and that nothing of it can be changed unseen."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import update

from fieldapp.demo import answers
from fieldapp.figures import proof
from fieldapp.figures.published import published
from fieldapp.figures.reporting import drawn_up, freeze, new_id
from fieldapp.paper.backup import backup
from fieldapp.paper.restore import restore
from fieldapp.store import accounts, areas, reports, sealing
from fieldapp.store.desk_tables import report as report_table
from fieldapp.store.engine import open_engine, reading, writing
from fieldapp.store.migrate import upgrade
from fieldapp.store.tables import journal as journal_table
from fieldapp.survey.balance import Balance
from fieldapp.survey.period import whole
from fieldapp.survey.report import indicators_of, sealed, unsealed
from tests.conftest import HERE
from tests.intake.test_sync import a_house

NOVEMBER = whole("month", 2026, 11)
HELPED = {"service": "vneid_activate", "result": "done", "value": "level2"}


@pytest.fixture
def frozen(communes, clock):
    """Freezes a report as Minh does: frozen(period, as_of) gives the kept one."""

    def frozen(period=NOVEMBER, as_of="2026-11-25"):
        clock.tick(days=1)
        with writing(communes) as connection:
            officer = accounts.by_id(connection, HERE, "minh")
            return freeze(connection, officer, drawn_up(connection, HERE, period, as_of), new_id(clock.now), clock.now)

    return frozen


@pytest.fixture
def proven(communes):
    def proven(text, engine=communes):
        with reading(engine) as connection:
            return proof.proof(connection, text)

    return proven


@pytest.fixture
def visited(huong, binh):
    """visited(village, phone=…): a house with one visit, of a person who was helped; gives (phone, house, person, visit)."""

    def visited(village="dong-cho", phone="smartphone", help=()):
        by = huong if village == "dong-cho" else binh
        house, people = a_house(by, village)
        text = by.seal("visit", house, answers.visit(people={people[0]: {"phone": phone, "vneid": "none"}}, help=[
            {**each, "person": people[0]} for each in help]), base=[house])  # fmt: skip
        by.wait(minutes=1)
        by.sync()
        return by, house, people[0], json.loads(text)["id"] if isinstance(text, str) else text

    return visited


def told(text):
    return published(unsealed(text))


def line(text, code):
    return next(each for each in told(text).lines if each.indicator.code == code)


def test_a_report_holds_its_figures_definitions_villages_and_head(visited, frozen, communes):
    visited(help=[HELPED])
    visited("dong-thanh", "basic")
    kept = frozen()
    document = unsealed(kept.text)
    assert line(kept.text, "smartphone").figure.balance == Balance(1, 1, 2) and document["frozen"]["name"] == "Hoàng Minh"
    assert document["head"]["sequence"] == kept.sequence == 4 and len(document["head"]["chain"]) == 64
    assert {row["yes"] for row in document["indicators"] if row["code"] == "smartphone"} == {"${phone} = 'smartphone'"}
    assert [each.village.name for each in told(kept.text).villages] == ["Đồng Chợ", "Đồng Thanh", "Phú Văn"]
    with reading(communes) as connection:
        assert reports.noted(connection, HERE)[kept.report_id] == (5, kept.sha256) and list(reports.unlike_noted(connection, HERE)) == []


def test_what_the_teams_help_changed_stands_beside_the_value(visited, frozen):
    visited(help=[HELPED])
    visited("dong-thanh")
    found = line(frozen().text, "vneid_level2")
    assert (found.figure.value, found.found, found.effect) == (0.5, 0.0, Balance(1, -1, 0))
    assert told(frozen().text).helped == {"vneid_activate": {"done": 1}}


def test_what_is_frozen_is_what_was_shown_before(visited, frozen, communes):
    visited()
    with reading(communes) as connection:
        shown = drawn_up(connection, HERE, NOVEMBER, "2026-11-25")
    assert {**unsealed(frozen().text), "sha256": None, "id": "", "frozen": None} == {**shown, "sha256": None}


def test_days_after_the_as_of_day_do_not_count(visited, frozen, huong, clock):
    visited()
    clock.now = huong.at = "2026-11-24T02:00:00.000Z"
    visited()
    assert line(frozen(as_of="2026-11-23").text, "smartphone").figure.balance.yes == 1


def test_a_report_is_made_again_number_by_number_whatever_came_later(visited, frozen, proven, minh, communes):
    phone, house, person, visit = visited(help=[HELPED])
    other = visited("dong-thanh", "basic")[1]
    kept = frozen()
    assert proven(kept.text).verdict == proof.SAME and proven(kept.text).numbers > 50
    visited()
    phone.seal("visit", house, answers.visit(people={person: {"phone": "none"}}), base=[house])
    phone.sync()
    assert minh("correct", house, {"event": visit, "fields": {"people": {person: {"phone": "basic"}}}, "reason": "gõ nhầm"}).outcome == "stored"
    assert minh("merge", house, {"other": other, "people": {}, "reason": "ghi hai lần"}).outcome == "stored"
    assert minh("void", house, {"event": visit, "reason": "nhầm"}).outcome == "stored"
    with writing(communes) as connection:
        areas.merge_village(connection, HERE, "dong-thanh", "dong-cho", "2026-11-10")
    assert proven(kept.text).verdict == proof.SAME
    assert proven(frozen().text).verdict == proof.SAME and proven(kept.text).verdict == proof.SAME


def test_a_report_is_made_again_after_a_restore(visited, frozen, proven, sheet, communes, tmp_path, clock):
    visited()
    kept = frozen()
    made = backup(communes, tmp_path / "all.tungnha", clock.now, [HERE])
    empty = open_engine(f"sqlite:///{tmp_path / 'elsewhere.sqlite'}")
    upgrade(empty)
    restore(empty, made.path, [sealing.read_private(sheet[0])], clock.now)
    assert proven(kept.text, empty).verdict == proof.SAME
    with reading(empty) as connection:
        assert reports.of_commune(connection, HERE) == [kept] and list(reports.unlike_noted(connection, HERE)) == []
    empty.dispose()


def test_a_server_that_was_restored_from_before_says_that_it_can_not_tell(visited, frozen, proven, sheet, communes, tmp_path, clock):
    visited()
    made = backup(communes, tmp_path / "all.tungnha", clock.now, [HERE])
    kept = frozen()
    empty = open_engine(f"sqlite:///{tmp_path / 'elsewhere.sqlite'}")
    upgrade(empty)
    assert proven(kept.text, empty).verdict == proof.FOREIGN
    restore(empty, made.path, [sealing.read_private(sheet[0])], clock.now)
    assert proven(kept.text, empty).verdict == proof.SHORT
    empty.dispose()


def test_a_journal_that_was_changed_proves_nothing(visited, frozen, proven, communes):
    visited()
    kept = frozen()
    with writing(communes) as connection:
        connection.execute(update(journal_table).where(journal_table.c.sequence == 1).values(text=journal_table.c.text + " "))
    assert proven(kept.text).verdict == proof.BROKEN


def test_a_changed_byte_is_seen_wherever_it_is(visited, frozen, proven):
    visited()
    text = frozen().text
    for place in range(0, len(text), 7):
        other = "8" if text[place] != "8" else "9"
        assert proven(text[:place] + other + text[place + 1 :]).verdict in (proof.CHANGED, proof.UNREADABLE), place
    assert proven(text + "\n").verdict == proof.CHANGED and proven(text.replace(",", ", ", 1)).verdict == proof.CHANGED


def test_a_report_that_was_sealed_anew_was_never_frozen(visited, frozen, proven):
    visited()
    document = unsealed(frozen().text)
    document.pop("sha256")
    document["now"][0][2] += 1
    assert proven(sealed(document)).verdict == proof.NOT_FROZEN


def test_a_row_that_was_changed_by_hand_is_told_by_check(visited, frozen, communes):
    visited()
    kept = frozen()
    with writing(communes) as connection:
        connection.execute(update(report_table).values(text=kept.text.replace("Hoàng Minh", "Hoàng Minn")))
    with reading(communes) as connection:
        assert list(reports.unlike_noted(connection, HERE)) == [f"report {kept.report_id}: is not the one that was frozen"]


def test_who_asked_not_to_be_counted_is_named_as_the_reason(visited, frozen, proven, minh):
    house = visited()[1]
    visited("dong-thanh")
    kept = frozen()
    assert minh("erase", house, {"person": None, "counted": True, "reason": "Theo yêu cầu"}).outcome == "stored"
    assert proven(kept.text).verdict == proof.SAME
    assert minh("erase", house, {"person": None, "counted": False, "reason": "Theo yêu cầu"}).outcome == "stored"
    found = proven(kept.text)
    assert found.verdict == proof.ERASED and {each.split()[1] for each in found.told} == {"dong-cho", "*"}  # the cuts are of the whole commune


def test_what_arrives_later_is_restated_in_the_next_report(visited, frozen, huong, clock):
    visited()
    visited("dong-thanh", "basic")
    first = frozen()
    assert told(first.text).restatements == ()
    huong.at = "2026-11-21T03:00:00.000Z"
    visited()
    clock.tick(days=30)
    second = frozen(whole("month", 2026, 12), "2026-12-20")
    (restated,) = told(second.text).restatements
    smartphone = next(each for each in restated.of_commune if each.indicator and each.indicator.code == "smartphone")
    assert (smartphone.said, smartphone.now, restated.as_of) == (Balance(1, 1, 2), Balance(2, 1, 3), "2026-11-25")
    assert restated.events == {"register": 1, "visit": 1} and smartphone.shares == (1 / 2, 2 / 3)
    assert told(frozen(whole("month", 2026, 12), "2026-12-21").text).restatements == ()  # said once


def test_a_former_version_of_an_indicator_is_restated_under_its_own_definition(visited, frozen, huong, monkeypatch, proven):
    """From December on another definition stands: whoever is 18. The November report keeps its own, is restated by it, and stays proven."""
    visited()
    first = frozen()
    huong.at = "2026-11-21T03:00:00.000Z"
    visited()
    (old,) = (each for each in indicators_of(unsealed(first.text)) if each.code == "smartphone")
    now = tuple(replace(each, version=2, age_from=18) if each.code == "smartphone" else each for each in indicators_of(unsealed(first.text)))
    monkeypatch.setattr("fieldapp.figures.reporting.current", lambda on, defined: now)
    second = frozen(as_of="2026-11-28")
    assert {row["code"]: row["version"] for row in unsealed(second.text)["indicators"]}["smartphone"] == 2
    (restated,) = told(second.text).restatements
    line = next(each for each in restated.of_commune if each.key == old.key)
    assert (line.indicator.version, line.said, line.now) == (2, Balance(1, 0, 1), Balance(2, 0, 2)) and not line.is_coverage
    assert proven(first.text).verdict == proof.SAME
