"""The roll of households goes on in one order, wherever it was left, and whatever order a database has by itself."""

from fieldapp.store import roll
from fieldapp.store.engine import reading
from tests.conftest import HERE
from tests.intake.test_sync import a_house


def test_it_goes_on_from_whoever_was_last(huong, communes):
    houses = sorted(a_house(huong)[0] for _ in range(5))
    huong.sync()
    with reading(communes) as connection:
        assert roll.after(connection, HERE, "", 2) == houses[:2]
        assert roll.after(connection, HERE, houses[1], 9, until=houses[3]) == houses[2:4] and roll.after(connection, HERE, houses[4], 9) == []
        assert roll.how_far(connection, HERE, houses[2]) == (3, 5)


def test_a_database_with_another_order_is_asked_for_ours(monkeypatch):
    asked = []

    def in_danish(connection, commune_id, by, at, most, until):
        asked.append(str(by))
        return ["01af", "01aa"] if len(asked) == 1 else ["01aa", "01af"]  # there aa is a letter after z

    monkeypatch.setattr(roll, "_next", in_danish)
    assert roll.after(None, HERE, "", 2) == ["01aa", "01af"] and 'COLLATE "C"' in asked[1]
