"""The bench's province is made by copying: each copy must be what the real code would have made of its own journal. What its pages are set beside
must find the same figures."""

import pytest

from fieldapp.bench import figures, province, scan
from fieldapp.bench.commune import COMMUNE, founded, visited
from fieldapp.store import ledger
from fieldapp.store.engine import reading
from fieldapp.store.rebuild import differences


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
def test_a_copied_commune_is_what_its_journal_makes_of_it(engine):
    made = province.settled(engine, figures._door(engine), 180, "not asked for here")
    real, *_, copied = made.communes
    assert len(made.communes) == 2 and province.counted(engine)["household"] == 180
    with reading(engine) as connection:
        assert differences(connection, real) == differences(connection, copied) == []
        assert ledger.balances(connection, real) == ledger.balances(connection, copied) != {}


def test_a_scan_of_all_answers_finds_what_the_ledger_keeps(engine, tmp_path):
    visited(founded(engine, 2, 60), figures._door(engine))
    with reading(engine) as connection:
        kept = {village: tuple(each[:2]) for (village, key), each in ledger.balances(connection, COMMUNE).items() if key == "smartphone:1"}
    with scan.opened(engine, tmp_path / "scan.duckdb", communes=3) as looking:
        assert {village: (yes, no) for village, _, yes, no, *_ in looking.commune()["person"]} == kept
        everywhere = looking.province()["person"]
    assert [sum(column) for column in zip(*kept.values(), strict=True)] == list(everywhere[0][2:4]) and len(everywhere) == 3
