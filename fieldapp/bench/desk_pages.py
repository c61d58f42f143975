"""The desk's pages for one commune of 10,000 households, at the server, each beside the bare SQL that it can't do without."""

from collections.abc import Callable
from typing import Any

from fieldapp.bench.commune import COMMUNE, NOW
from fieldapp.bench.row import Row
from fieldapp.store import held as store
from fieldapp.store import households, journal, listing, visits
from fieldapp.store.engine import Engine, reading
from fieldapp.store.listing import Asked
from fieldapp.survey.day import day_of

HOUSEHOLDS, HELD, MOST_MS = 10_000, 2_000, 100.0
SEARCH = "van an"

Measure = Callable[[Callable[[], Any]], float]


def rows(database: str, engine: Engine, client: Any, median_ms: Measure) -> list[Row]:
    """A row for each page; what is promised is 100 ms."""
    today = day_of(NOW)
    with reading(engine) as connection:
        (first, *_rest), _after = listing.page(connection, COMMUNE, Asked(today))
    asked = {"": Asked(today), "?filter=unvisited": Asked(today, None, ("unvisited",)), f"?q={SEARCH}": Asked(today, None, (), None, SEARCH)}

    def bare_list(one: Asked) -> Callable[[], None]:
        def ask() -> None:
            with reading(engine) as connection:
                listing.page(connection, COMMUNE, one)
                listing.counts(connection, COMMUNE, one)

        return ask

    def bare_progress() -> None:
        with reading(engine) as connection:
            visits.standings(connection, COMMUNE, today)
            visits.by_member(connection, COMMUNE, "2026-01-01")
            listing.counts(connection, COMMUNE, Asked(today))

    def bare_coverage() -> None:
        with reading(engine) as connection:
            visits.standings(connection, COMMUNE, today)

    def bare_household() -> None:
        with reading(engine) as connection:
            households.by_code(connection, COMMUNE, first.code)
            journal.of_households(connection, COMMUNE, [first.household_id])

    pages = [
        *((f"households{query}", f"/households{query}", bare_list(one)) for query, one in asked.items()),
        ("progress", "/progress", bare_progress), ("coverage by village", "/progress/village", bare_coverage),
        ("household", f"/households/{first.code}", bare_household),
    ]  # fmt: skip
    return [_row(f"{database} {name} of {HOUSEHOLDS:,}", median_ms(_asking(client, path)), median_ms(bare)) for name, path, bare in pages]


def held_row(database: str, engine: Engine, client: Any, median_ms: Measure) -> Row:
    """The list of held texts, where a phone that was never meant to sent thousands."""

    def bare() -> None:
        with reading(engine) as connection:
            store.counts(connection, COMMUNE)
            store.texts(connection, COMMUNE, [each.sequence for each in store.waiting(connection, COMMUNE)])

    return _row(f"{database} held texts, {HELD:,} waiting", median_ms(_asking(client, "/held")), median_ms(bare))


def _asking(client: Any, path: str) -> Callable[[], None]:
    def ask() -> None:
        answer = client.get(path)
        assert answer.status_code == 200, answer.status

    return ask


def _row(name: str, value: float, floor: float) -> Row:
    return Row("figures", name, value, "ms", floor, f"at most {MOST_MS:.0f} ms", value <= MOST_MS)
