"""What the tests of the way in share."""

import pytest

from fieldapp.intake import handover
from fieldapp.store.engine import reading
from tests.conftest import HERE
from tests.intake.phone_file import bytes_of


@pytest.fixture
def take_in(communes, clock, sheet):
    """Takes a file in as the officer does, by the sheet's key or the given one."""

    def take_in(file, printed=sheet[0]):
        read = handover.read(file if isinstance(file, bytes) else bytes_of(file))
        with reading(communes) as connection:
            handover.before(connection, HERE, read)
        return handover.take_in(communes, HERE, read, handover.data_key(read, [handover.sheet_key(printed)]), clock.now)

    return take_in
