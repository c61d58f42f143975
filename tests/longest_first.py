"""The order of a whole run with several workers (`.ci/run`): files that take long begin first, so that none is left alone at the end.

xdist itself begins with the files of many tests, and those are not the long ones: `-p tests.longest_first --no-loadscope-reorder`."""

from pathlib import Path

import pytest

# What took longest last time; whoever writes a test of minutes adds its file here.
LONGEST = (
    "soak/test_planted.py", "journey/test_kills.py", "web/test_every_route.py", "journey/test_gallery.py", "test_ledger_of_a_crowd.py",
    "journey/test_updates.py", "store/test_backup_meanwhile.py", "journey/test_journey.py", "journey/test_room.py", "soak/test_stateful.py",
    "journey/test_screens.py", "intake/test_at_once.py", "web/test_fuzz.py", "test_arrival.py", "journey/test_first_day.py", "test_lint.py",
    "intake/test_server_killed.py", "intake/test_server_postgres.py", "test_proof_stories.py", "test_run.py", "journey/test_lock.py",
    "journey/test_doors.py", "journey/test_keyboard.py", "web/test_officer_tasks.py", "journey/test_roster.py", "web/test_readable.py",
)  # fmt: skip
HERE = Path(__file__).parent
PLACE = {HERE / name: place for place, name in enumerate(LONGEST)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of these files first; every file's tests, and the other files, as they were."""
    items.sort(key=lambda item: PLACE.get(item.path, len(PLACE)))
