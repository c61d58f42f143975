"""How far a back-check agrees with what stood before it: answer by answer, of questions that both answered with a value."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from fieldapp.survey.event import Event
from fieldapp.survey.fold import State, fold
from fieldapp.survey.manner import IDENTITY, is_not_said
from fieldapp.survey.statement import Statement, statement_of


class Differing(NamedTuple):
    """where: house.internet, people.<person>.phone; before: as left; found: by the check."""

    where: str
    before: Any
    found: Any


class Agreement(NamedTuple):
    """questions: name → (agreeing, compared)."""

    questions: dict[str, tuple[int, int]]
    differing: list[Differing]

    @property
    def asked(self) -> int:
        return sum(asked for _, asked in self.questions.values())

    @property
    def same(self) -> int:
        return sum(same for same, _ in self.questions.values())


def of_check(events: Iterable[Event], household: str, check: Event) -> Agreement:
    """How far the check agrees. events: of the household and all it was ever merged with; check: as it stands once corrected."""
    before = fold((event for event in events if event.place < check.place), household)
    return agreement(before, statement_of(check))


def agreement(before: State, found: Statement) -> Agreement:
    """How far what was found agrees with what stood: `unknown` and `refused` agree and disagree with nothing."""
    questions: dict[str, tuple[int, int]] = {}
    differing = []
    for where, name, stood, now in _pairs(before, found):
        if stood is None or is_not_said(stood) or is_not_said(now):
            continue
        same, asked = questions.get(name, (0, 0))
        agrees = _plain(stood) == _plain(now)
        questions[name] = same + agrees, asked + 1
        if not agrees:
            differing.append(Differing(where, stood, now))
    return Agreement(questions, differing)


def _pairs(before: State, found: Statement) -> Iterable[tuple[str, str, Any, Any]]:
    for name, now in found.house.items():
        yield f"house.{name}", name, before["house"].get(name), now
    for person, fields in found.people.items():
        stood: Mapping[str, Any] = before["people"].get(person, {})
        for name, now in fields.items():
            if name not in IDENTITY:
                yield f"people.{person}.{name}", name, stood.get(name), now


def _plain(value: Any) -> Any:
    """Several choices are the same in whatever order."""
    return sorted(value) if isinstance(value, list) else value
