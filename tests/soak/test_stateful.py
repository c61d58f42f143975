"""The soak's world under Hypothesis: when something is lost, it finds the shortest way to lose it."""

import tempfile
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from fieldapp.soak.commune import SqliteFiles
from fieldapp.soak.faults import FAULTS
from fieldapp.soak.world import ON_A_PHONE, STEPS, World

FEW = settings(
    max_examples=3, stateful_step_count=25, deadline=None, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
chances = st.integers(0, 2**16).map(Random)
faults = st.sampled_from([None, *(fault.name for fault in FAULTS)])


class Village(RuleBasedStateMachine):
    """Phones, an officer and a server; each rule is one step."""

    made: SqliteFiles
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.made, Path(tempfile.mkdtemp(dir=self.folder)), "stateful")

    @rule(step=st.sampled_from(ON_A_PHONE), fault=faults, chance=chances)
    def something_on_a_phone(self, step, fault, chance):
        self.world.takes(step, fault, chance)

    @rule(step=st.sampled_from([step for step in STEPS if step not in ON_A_PHONE]), chance=chances)
    def something_elsewhere(self, step, chance):
        self.world.takes(step, None, chance)

    @rule()
    def quiet(self):
        found = self.world.quiet()
        assert found.all == [], "\n".join([*self.world.trail, *found.all])

    def teardown(self) -> None:
        try:
            self.quiet()
        finally:
            self.world.close()


def test_no_way_of_losing_or_counting_twice_is_found(tmp_path):
    Village.made, Village.folder = SqliteFiles(tmp_path), tmp_path
    run_state_machine_as_test(Village, settings=FEW)
