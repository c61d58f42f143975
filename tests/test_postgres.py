"""The tests' own PostgreSQL: a database per test, gone afterwards; durable as in production where a test starts its own."""

import psycopg
import pytest

from tests.postgres import shared, start

pytestmark = pytest.mark.postgres


def ask(url: str, statement: str) -> list[tuple]:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        answer = connection.execute(statement)
        return answer.fetchall() if answer.description else []


def test_a_database_made_from_a_template_holds_its_tables_and_nothing_goes_back():
    server = shared()
    template = server.new_database()
    ask(template, "CREATE TABLE visit AS SELECT 'Hường' AS member")
    copy = server.new_database(template)
    ask(copy, "INSERT INTO visit VALUES ('Tuấn')")
    assert ask(copy, "SELECT count(*) FROM visit") == [(2,)]
    assert ask(template, "SELECT * FROM visit") == [("Hường",)]
    server.drop(copy)
    with pytest.raises(psycopg.OperationalError):
        ask(copy, "SELECT 1")


def test_a_server_of_a_tests_own_is_durable_and_the_shared_one_is_not():
    assert ask(shared().url("postgres"), "SHOW fsync") == [("off",)]
    with start() as server:
        assert ask(server.url("postgres"), "SHOW fsync") == [("on",)]


def test_a_stopped_server_leaves_no_file_and_no_process():
    with start(fsync=False, settings={"shared_buffers": "8MB"}) as server:
        assert ask(server.url("postgres"), "SHOW fsync") == [("off",)]
        assert ask(server.url("postgres"), "SHOW shared_buffers") == [("8MB",)]
    assert not server.folder.exists()
    with pytest.raises(psycopg.OperationalError):
        ask(server.url("postgres"), "SELECT 1")
