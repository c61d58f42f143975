"""The tests' databases do not wait for the disk; the product's do, for a receipt means that it has what was sent."""

import psycopg
import pytest

from fieldapp.store.engine import open_engine
from tests import databases, postgres

FULL, OFF = 2, 0


@pytest.mark.parametrize(("opened", "synchronous"), [(open_engine, FULL), (databases.opened, OFF)])
def test_only_a_tests_own_engine_does_not_wait_for_the_disk(tmp_path, opened, synchronous):
    engine = opened(f"sqlite:///{tmp_path / 'commune.sqlite'}")
    for _ in range(2):
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == synchronous
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()


@pytest.fixture
def template():
    """A database with what the migrations know of it, and a visit's table."""
    url = postgres.shared().new_database()
    asked(url, "CREATE TABLE alembic_version AS SELECT '0001' AS version_num; CREATE TABLE visit (n bigint)")
    yield url
    postgres.shared().drop(url)


@pytest.mark.postgres
def test_a_database_of_postgresql_goes_to_the_next_test_empty_and_under_another_name(template):
    with databases.lent(template) as first:
        (made,) = asked(first, OID)
        asked(first, "INSERT INTO visit SELECT generate_series(1, 10000)")
    with databases.lent(template) as second, databases.lent(template) as beside:
        assert asked(second, OID) == [made] != asked(beside, OID)
        assert asked(second, "SELECT count(*) FROM visit") == [(0,)]
        assert asked(second, "SELECT * FROM alembic_version") == [("0001",)]
        with pytest.raises(psycopg.OperationalError):
            asked(first, OID)


@pytest.mark.postgres
def test_a_database_whose_tables_a_test_changed_goes_to_nobody(template):
    with databases.lent(template) as changed:
        (made,) = asked(changed, OID)
        asked(changed, "ALTER TABLE visit ADD COLUMN more bigint")
    with databases.lent(template) as another:
        assert asked(another, OID) != [made]
        assert asked(another, "SELECT * FROM visit") == []


@pytest.mark.postgres
def test_whoever_is_still_connected_is_put_out_before_the_next_test(template):
    with databases.lent(template) as first:
        forgotten = psycopg.connect(first.replace("+psycopg", ""))
        forgotten.execute("INSERT INTO visit VALUES (1)")
    with databases.lent(template) as second:
        assert asked(second, "SELECT count(*) FROM visit") == [(0,)]
        with pytest.raises(psycopg.OperationalError):
            forgotten.execute("SELECT 1")


OID = "SELECT oid FROM pg_database WHERE datname = current_database()"


def asked(url, statement):
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        answer = connection.execute(statement)
        return answer.fetchall() if answer.description else []
