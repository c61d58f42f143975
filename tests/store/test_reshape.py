"""A database of the first version: its new columns are added empty, and made again from the journal when it is opened."""

from sqlalchemy import update

from fieldapp.store.engine import reading, writing
from fieldapp.store.rebuild import differences
from fieldapp.store.reshape import reshape
from fieldapp.store.tables import commune, household, visit
from tests.conftest import BESIDE, HERE
from tests.intake.test_sync import a_visit


def test_what_an_older_version_made_is_made_again(huong, communes):
    a_visit(huong)
    huong.sync()
    with writing(communes) as connection:  # as the migration leaves it
        added = ("lane", "source", "registered_on", "residents", "smartphone", "absences", "wishes", "due")
        connection.execute(update(household).values(dict.fromkeys(added)))
        connection.execute(visit.delete())
        connection.execute(update(commune).values(projected_by=1))
    with reading(communes) as connection:
        assert differences(connection, HERE) != []
    told = []
    assert reshape(communes, lambda done, of: told.append((done, of))) == sorted([HERE, BESIDE])
    assert told == [(1, 2), (2, 2)]
    with reading(communes) as connection:
        assert differences(connection, HERE) == []
    assert reshape(communes) == []
