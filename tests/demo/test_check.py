"""`check` finds what was changed by hand, in a projection, a balance or the journal, and says so by its exit code."""

import re
import sqlite3

import pytest

from fieldapp.cli import main


@pytest.fixture
def database(own_demo):
    connection = sqlite3.connect(own_demo.folder / "tung-nha.sqlite", isolation_level=None)
    yield connection
    connection.close()


def said(own_demo, capsys) -> tuple[int, str]:
    code = main(["check", "--data", str(own_demo.folder)])
    return code, capsys.readouterr().out.splitlines()[-1]


def test_a_sound_commune_has_no_differences(own_demo, capsys):
    assert said(own_demo, capsys) == (0, "0 khác biệt / 0 differences")


@pytest.mark.parametrize(
    "changed",
    [
        "UPDATE household SET address = 'Ngõ 99' WHERE rowid = (SELECT min(rowid) FROM household)",
        "UPDATE balance SET yes = yes + 1 WHERE (commune_id, period, cut, village_id, indicator) IN "
        "(SELECT commune_id, period, cut, village_id, indicator FROM balance WHERE yes > 0 LIMIT 1)",
        "UPDATE journal SET text = replace(text, 'Ngõ 1', 'Ngõ 7') WHERE commune_id = 'thieu-trung' AND sequence = 1",
        "UPDATE journal SET text = substr(text, 2) WHERE commune_id = 'thieu-trung' AND sequence = 1",
        "DELETE FROM journal WHERE commune_id = 'thieu-quang' AND sequence = 7",
    ],
    ids=["address", "balance", "text", "unreadable-text", "missing-row"],
)
def test_what_was_changed_by_hand_is_found(own_demo, database, capsys, changed):
    assert database.execute(changed).rowcount == 1
    code, last = said(own_demo, capsys)
    assert code == 1 and re.fullmatch(r"([1-9][0-9]*) khác biệt / \1 differences", last)
