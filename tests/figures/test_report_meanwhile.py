"""Two officers who draw up reports at once: what each knew of, and what the next one says."""

from fieldapp.figures import proof
from fieldapp.figures.reporting import drawn_up, freeze, new_id
from fieldapp.store import accounts
from fieldapp.store.engine import reading, writing
from tests.conftest import HERE
from tests.figures.test_report import NOVEMBER, proven, told, visited  # noqa: F401 (fixtures)


def test_what_was_drawn_up_before_a_report_was_frozen_did_not_restate_it(visited, communes, clock, huong, proven):  # noqa: F811
    """Two officers draw up at once: the one did not know of the other's report, so the next one says all that came since."""
    visited()
    officer = Officer(communes, clock)
    first = officer.draws_up()
    huong.at = "2026-11-21T03:00:00.000Z"
    visited()
    second = officer.draws_up()
    kept = [officer.freezes(each) for each in (second, first)]
    third = officer.freezes(officer.draws_up())
    (restated,) = told(third.text).restatements
    assert (restated.events, restated.frozen_at) == ({"register": 1, "visit": 1}, kept[1].frozen_at)
    assert {proven(each.text).verdict for each in (*kept, third)} == {proof.SAME}


class Officer:
    """Minh, who looks for a while at what he freezes."""

    def __init__(self, communes, clock):
        self.communes, self.clock = communes, clock

    def draws_up(self):
        with reading(self.communes) as connection:
            return drawn_up(connection, HERE, NOVEMBER, "2026-11-25")

    def freezes(self, document):
        self.clock.tick(minutes=1)
        with writing(self.communes) as connection:
            return freeze(connection, accounts.by_id(connection, HERE, "minh"), document, new_id(self.clock.now), self.clock.now)
