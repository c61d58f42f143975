"""From which day on new events can change what a household adds."""

from fieldapp.survey.event import Event
from fieldapp.survey.posting import first_day


def event(id, kind, day, **body):
    return Event(id, kind, "thieu-trung", "nha", None, None, None, "minh", f"2026-05-{day:02}T02:00:00.000Z", [], None, None, body)


REGISTER, VISIT = event("nha", "register", 1, village="dong-cho", people=[]), event("den", "visit", 12, outcome="done")


def test_a_late_visit_changes_its_own_day_and_those_after_it():
    assert first_day([VISIT], [REGISTER, VISIT]) == "2026-05-12"


def test_a_correction_changes_the_day_of_what_it_corrects():
    correct = event("sua", "correct", 20, event="den", fields={})
    assert first_day([correct], [REGISTER, VISIT, correct]) == "2026-05-12"


def test_a_correction_changes_the_day_on_which_the_visit_was_returned():
    # The clock of the phone was ahead, so the officer returned a visit of the 12th on the 9th.
    returned = event("tra", "review", 9, event="den", outcome="returned")
    correct = event("sua", "correct", 20, event="den", fields={})
    assert first_day([correct], [REGISTER, returned, VISIT, correct]) == "2026-05-09"
