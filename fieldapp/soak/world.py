"""A small commune, its phones, its officer and the network between them: one step at a time, each drawn from a chance of its own."""

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from fieldapp.soak import checks
from fieldapp.soak.commune import HERE, MEMBERS, PLACES, Commune, NewEngine
from fieldapp.soak.faults import BROWSER, BY_NAME, FAULTS
from fieldapp.soak.network import Network
from fieldapp.soak.node import Node
from fieldapp.soak.officer import ACTS, Officer
from fieldapp.store import devices
from fieldapp.store.engine import writing
from fieldapp.survey.day import instant

# Step → how often, among a hundred and some.
STEPS = {
    "visit": 34, "found": 5, "draft": 4, "sync": 30, "officer": 12, "late_arrival": 6, "clock_jump": 2, "browser_killed": 3, "backup": 2,
    "restore_newest": 1, "restore_before": 1, "revoked": 1, "enrolled_again": 2, "handed_over": 1, "reassigned": 2, "server_restart": 1,
    "file_taken_in": 2,
}  # fmt: skip
ON_A_PHONE = ("visit", "found", "draft", "sync", "enrolled_again", "handed_over")
AT_A_DOOR = ("visit", "found", "draft")
FAULTY = 0.45  # of the steps that a fault can be laid over
LONGEST_JUMP_S = 5 * 86_400
TRIES = 12


class World:
    """new_engine, folder: see Commune. seed: everything that is drawn is drawn from it, and the steps' own chances."""

    def __init__(self, new_engine: NewEngine, folder: Path, seed: int | str) -> None:
        chance = Random(f"world {seed}")
        self.seed, self.chance = seed, chance
        self.commune = Commune(new_engine, folder, chance)
        self.network = Network(self.commune)
        self.node = Node(self.network.fetch, self.commune.served())
        self.officer = Officer(self.commune, chance)
        self.events: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.saved: dict[tuple[str, str], checks.Saved] = {}
        self.acts: dict[str, int] = {}  # the officer's own events, by hash: their sequence
        skews = (0, 0, 40_000, -90_000, 86_400_000 * 400, -3_600_000 * 30)
        self.skew_ms = {phone: chance.choice(skews) for phone, _slot in PLACES.values()}
        self.shown: dict[str, dict[str, Any] | None] = {}  # phone → what its screens say; None: its browser is dead
        self.trail: list[str] = []
        self.unexplained: list[str] = []
        for member in MEMBERS:
            self._does(member, "enrol", code=self.commune.code_for(member), slot=None)
        self.commune.backs_up()

    def step(self, chance: Random) -> None:
        """One step, its fault with it, all drawn from this chance."""
        name = chance.choices(list(STEPS), list(STEPS.values()))[0]
        fault = chance.choice(FAULTS).name if name in ON_A_PHONE and chance.random() < FAULTY else None
        self.takes(name, fault, chance)

    def takes(self, name: str, fault: str | None, chance: Random) -> None:
        """A named step with a named fault. chance: draws the rest."""
        self.trail.append(f"{self.commune.clock.now} {name} {fault or ''}")
        self.chance, self.officer.chance = chance, chance
        self.commune.goes_on(chance.choice((5, 60, 600, 1800)))
        if name in ON_A_PHONE:
            self._with_fault(chance.choice(list(MEMBERS)), name, fault)
        elif getattr(self, f"_{name}")():
            self.events[name] += 1

    def quiet(self) -> checks.Findings:
        """No more faults: everything that is on its way arrives, every phone syncs until done; then what is wrong."""
        self.trail.append("quiet")
        self.network.lay(None)
        self.network.all_arrive()
        phones: dict[str, dict[str, Any]] = {}
        for _ in range(2):  # the second time for what the others brought the first time
            for member in MEMBERS:
                phones[member] = self._until_done(member)
        found = checks.look(self.commune, self.saved.values(), self.acts, phones)
        found.differences += self.unexplained
        return found

    def close(self) -> None:
        self.node.close()
        self.commune.close()

    # Steps on a phone.

    def _with_fault(self, member: str, name: str, fault: str | None) -> None:
        phone: dict[str, Any] = {}
        if fault is not None and BY_NAME[fault].where == BROWSER:
            phone["end"] = {"point": fault.removeprefix("killed_"), "after": self.chance.choice((1, 1, 1, 2, 3, 5))}
        elif fault == "store_full":
            phone["full"] = True
        elif fault == "store_closed":
            self._shown(member)
            self._does(member, "close")
        else:
            self.network.lay(fault, at=self.chance.choice((1, 1, 1, 2)), limit_bytes=self.chance.choice((300, 700, 1500)))
        result = self._phone_step(member, name, phone)
        self.events[name] += 1
        if fault is None and name in AT_A_DOOR and result != "done":
            self.unexplained.append(f"{member} could not work at a door though nothing was broken: {result}")
        if fault is not None and (self.network.struck or fault in ("store_full", "store_closed") or result == "killed"):
            self.faults[fault] += 1
        self.network.lay(None)

    def _phone_step(self, member: str, name: str, phone: dict[str, Any]) -> str:
        if name in ("visit", "draft"):
            rows = (self._shown(member) or {}).get("rows")
            if not rows:
                return self._syncs(member, phone)
            return self._does(member, "visit", to=self.chance.choice(rows), finish=name == "visit", **phone)
        if name == "found":
            villages = (self._shown(member) or {}).get("villages")
            if not villages:
                return self._syncs(member, phone)
            to = {"village": self.chance.choice(villages), "address": "Ngõ cuối"}
            return self._does(member, "visit", to=to, finish=True, **phone)
        if name in ("enrolled_again", "handed_over"):
            whose = member if name == "enrolled_again" else self.chance.choice(list(MEMBERS))
            return self._does(member, "enrol", code=self.commune.code_for(whose), **phone)
        return self._does(member, "sync", **phone)

    def _syncs(self, member: str, phone: dict[str, Any]) -> str:
        """Where there is no door to go to, the member asks the server; that may fail for many reasons."""
        result = self._does(member, "sync", **phone)
        return result if result == "killed" else "done"

    def _shown(self, member: str) -> dict[str, Any] | None:
        """What the member sees who takes the phone."""
        self._does(member, "open")
        shown = self.shown[PLACES[member][0]]
        return shown if shown and shown["slot"] == PLACES[member][1] else None

    def _does(self, member: str, what: str, **more: Any) -> str:
        phone, _slot = PLACES[member]
        for _ in range(3):
            if self.shown.get(phone) is None:
                self._ask(member, "start")
        result = str(self._ask(member, what, **more)["result"])
        self.trail.append(f"    {member} {what}: {result}")
        return result

    def _ask(self, member: str, what: str, **more: Any) -> dict[str, Any]:
        phone, slot = PLACES[member]
        now = int(instant(self.commune.clock.now).timestamp() * 1000) + self.skew_ms[phone]
        answer = self.node.ask(**{"do": what, "phone": phone, "slot": slot, "seed": f" {self.seed}", "now": now, **more})
        if answer["problems"]:
            raise AssertionError(f"a phone's module failed unseen: {answer['problems']}")
        shown = self.shown[phone] = answer["shown"]
        for event in (shown or {}).get("saved", ()):
            self.saved[shown["device"], event["sha256"]] = {**event, "device": shown["device"]}
        return answer

    def _until_done(self, member: str) -> dict[str, Any]:
        for _ in range(TRIES):
            self.commune.goes_on(60)
            result = self._does(member, "sync")
            shown = self._shown(member)
            if shown is not None and (shown["revoked"] or shown["trouble"] == "unknown_device"):
                self._does(member, "enrol", code=self.commune.code_for(shown["member"]))
            elif result == "done" and shown is not None and not shown["waiting"]:
                break
        shown = self._shown(member)
        if shown is None:
            return {"trouble": f"does not open: {self.trail[-1]}", "waiting": None, "lack": 0, "revoked": False, "device": "", "households": []}
        return {**shown, "households": self._ask(member, "households")["result"]}

    # Steps of the others. Each says whether it took place.

    def _officer(self) -> bool:
        act = self.chance.choice(list(ACTS))
        before = self.commune.sequence()
        done = self.officer.acts(act)
        for row in self.commune.rows() if done else ():
            if row["sequence"] > before:
                self.acts[row["sha256"]] = row["sequence"]
        return done

    def _late_arrival(self) -> bool:
        return self.network.arrives_late(self.chance)

    def _file_taken_in(self) -> bool:
        member = self.chance.choice(list(MEMBERS))
        content = self._does(member, "file")
        self.trail[-1] = f"    {member} file: {content[:60]}"
        if not content.startswith("{"):
            return False
        self.commune.takes_in(content)
        return True

    def _clock_jump(self) -> bool:
        self.skew_ms[self.chance.choice(list(self.skew_ms))] += self.chance.randrange(-LONGEST_JUMP_S, LONGEST_JUMP_S) * 1000
        return True

    def _browser_killed(self) -> bool:
        self.shown[self.chance.choice(list(self.skew_ms))] = None
        return True

    def _backup(self) -> bool:
        self.commune.backs_up()
        return True

    def _restore_newest(self) -> bool:
        return self._restored(0)

    def _restore_before(self) -> bool:
        return self._restored(1)

    def _restored(self, back: int) -> bool:
        if not self.commune.can_be_restored(back):
            return False
        sequence = self.commune.is_restored(back)
        # What the officer did after that backup is gone by design: he sees it and does it again.
        self.acts = {sha256: at for sha256, at in self.acts.items() if at <= sequence}
        return True

    def _revoked(self) -> bool:
        shown = self.shown.get(self.chance.choice(list(self.skew_ms)))
        if not shown or not shown["slot"]:
            return False
        with writing(self.commune.engine) as connection:
            devices.revoke(connection, HERE, shown["device"], self.commune.clock.now, "mất máy")
        return True

    def _reassigned(self) -> bool:
        self.officer.reassigns()
        return True

    def _server_restart(self) -> bool:
        self.commune.starts()
        return True
