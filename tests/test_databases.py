"""The tests' databases do not wait for the disk; the product's do, for a receipt means that it has what was sent."""

import pytest

from fieldapp.store.engine import open_engine
from tests import databases

FULL, OFF = 2, 0


@pytest.mark.parametrize(("opened", "synchronous"), [(open_engine, FULL), (databases.opened, OFF)])
def test_only_a_tests_own_engine_does_not_wait_for_the_disk(tmp_path, opened, synchronous):
    engine = opened(f"sqlite:///{tmp_path / 'commune.sqlite'}")
    for _ in range(2):
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == synchronous
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()
