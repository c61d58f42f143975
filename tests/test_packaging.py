"""`package` and `take-package` as they are typed: from a commune's server to its province's."""

import re

import pytest

from fieldapp.cli import main
from fieldapp.store import areas, ledger, provinces
from fieldapp.store.engine import open_engine, writing
from fieldapp.survey.contribution import COVERAGE

# The command is SQLite's as everybody's; what it asks is tested on both.
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def far(tmp_path, monkeypatch):
    """A server of its own with one commune, and the months until October told; the folder and what is typed for it."""
    monkeypatch.setattr("fieldapp.packaging.utc_now", lambda: "2026-11-20T02:00:00.000Z")
    folder = tmp_path / "far"
    assert main(["found", "14848", "Lò Văn Poom", "--data", str(folder)]) == 0
    engine = open_engine(f"sqlite:///{folder / 'tung-nha.sqlite'}")
    with writing(engine) as connection:
        (commune,) = provinces.everybody(connection)
        areas.found_village(connection, commune.commune_id, areas.Village("poom", "Poom", "ban", False, 1, "2025-07-01"))
        ledger.post(connection, commune.commune_id, {("2026-10-12", "poom", COVERAGE, "all"): [40, 10, 0]})
    engine.dispose()
    return folder


def test_from_one_server_to_the_other_by_commands(far, tmp_path, engine, capsys):
    file, above = tmp_path / "goi.jsonl", tmp_path / "above"
    assert main(["found", "38", "Trần Thị Mai", "--data", str(above)]) == 0
    assert main(["package", str(file), "--data", str(far)]) == 0
    key = re.search(r"(\w{4} \w{4} \w{4} \w{4})", capsys.readouterr().out)[1]
    assert main(["take-package", str(file), "--data", str(above)]) == 2 and key in capsys.readouterr().err
    assert main(["take-package", str(file), "--data", str(above), "--key", key.upper()]) == 0
    assert "đến tháng 10/2026, 1 tháng mới" in capsys.readouterr().out
    assert main(["take-package", str(file), "--data", str(above)]) == 2 and "đã nhận rồi" in capsys.readouterr().err


@pytest.mark.parametrize("typed", [["99", "Ai"], ["15835"], ["38", "M"]])
def test_a_place_needs_its_code_and_a_person(tmp_path, engine, typed):
    assert main(["found", *typed, "--data", str(tmp_path / "x")]) == 2


def test_a_commune_is_founded_once(far, engine, capsys):
    assert main(["found", "14848", "Ai Khác", "--data", str(far)]) == 2 and "đã có ở đây" in capsys.readouterr().err
