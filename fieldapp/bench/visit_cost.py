"""What one visit costs from the journal to the balance, in a commune by itself and in one of a province: sent to both in turn."""

import random
import statistics

from fieldapp.bench.commune import Commune, visit
from fieldapp.bench.own_time import taken_s
from fieldapp.bench.row import Row
from fieldapp.demo.phone import Phone

VISITS, WARM = 300, 20
MOST_TIMES = 1.2


def row(small: tuple[Commune, Phone], large: tuple[Commune, Phone], title: str) -> Row:
    """The median of the second beside that of the first. Each: the commune, and the phone of its first village."""
    taken: tuple[list[float], list[float]] = ([], [])
    chance = random.Random(11)
    for number in range(WARM + VISITS):
        for (commune, phone), times in zip((small, large), taken, strict=True):
            households = commune.households[commune.villages[0]]
            text = visit(phone, chance, *households[number % len(households)])
            times.append(taken_s(commune.engine, lambda phone=phone, text=text: _sent(phone, text)))  # type: ignore[misc]
    one, many = (statistics.median(times[WARM:]) * 1000 for times in taken)
    return Row("figures", title, many, "ms", one, f"at most {MOST_TIMES} times", many <= MOST_TIMES * one)


def _sent(phone: Phone, text: str) -> None:
    _, answer = phone.call([text], limit=1)
    assert answer["receipts"][0]["outcome"] == "stored", answer["receipts"]
    phone.outbox.clear()
    phone.cursors = answer["cursors"]
