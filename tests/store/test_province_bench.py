"""The bench's province is made by copying: each copy must be what the real code would have made of its own journal."""

import pytest

from fieldapp.bench import figures, province
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
