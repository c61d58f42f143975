"""The desk's pages for one commune, at the server, each beside the bare SQL that it can't do without."""

from collections.abc import Callable
from typing import Any

from fieldapp.bench.commune import COMMUNE, NOW
from fieldapp.bench.row import Row
from fieldapp.store import boards, households, journal, ledger, listing, review_queue, visits
from fieldapp.store import held as store
from fieldapp.store.engine import Engine, reading
from fieldapp.store.listing import Asked
from fieldapp.survey.criteria import SURVEY
from fieldapp.survey.day import day_of

HELD, MOST_MS, MOST_TIMES = 2_000, 100.0, 5
SEARCH = "van an"
A_YEAR_AGO = "2025-11-20"

Measure = Callable[[Callable[[], Any]], float]
Work = Callable[[Any], Any]


def rows(title: str, engine: Engine, client: Any, median_ms: Measure, village_id: str) -> list[Row]:
    """A row for each page. title: of the database and its size; client: the browser of the commune's officer; village_id: one of its villages."""
    today = day_of(NOW)
    with reading(engine) as connection:
        (first, *_rest), _after = listing.page(connection, COMMUNE, Asked(today))
        board = next(
            each.code for each in boards.of_commune(connection, COMMUNE).values()
            if not each.is_example and any(line.kind == SURVEY for line in each.lines)
        )  # fmt: skip
    pages: list[tuple[str, str, Work]] = [
        ("overview", "/", lambda c: ledger.balances(c, COMMUNE)),
        ("one indicator", "/indicators/smartphone", lambda c: ledger.balances(c, COMMUNE)),
        ("village page", f"/villages/{village_id}", lambda c: ledger.balances(c, COMMUNE, villages=[village_id])),
        ("households", "/households", _list(Asked(today))),
        ("filtered list", "/households?filter=unvisited", _list(Asked(today, None, ("unvisited",)))),
        ("household search", f"/households?q={SEARCH}", _list(Asked(today, None, (), None, SEARCH))),
        ("progress", "/progress", lambda c: _progress(c, today)),
        ("coverage by village", "/progress/village", lambda c: visits.standings(c, COMMUNE, today)),
        ("household", f"/households/{first.code}", lambda c: _household(c, first)),
        ("every board", "/boards", lambda c: ledger.balances(c, COMMUNE)),
        ("board", f"/boards/{board}", lambda c: ledger.balances(c, COMMUNE)),
        ("board a year ago", f"/boards/{board}?on={A_YEAR_AGO}", lambda c: ledger.balances(c, COMMUNE, until=A_YEAR_AGO)),
    ]
    return [row(f"{title} {name}", median_ms(asking(client, path)), median_ms(_bare(engine, work))) for name, path, work in pages]


def row(name: str, value: float, floor: float) -> Row:
    """A page's row: 100 ms, or five times its floor where that is more."""
    return Row("figures", name, value, "ms", floor, f"at most {MOST_MS:.0f} ms or {MOST_TIMES} × floor", value <= max(MOST_MS, MOST_TIMES * floor))


def beside_a_scan(name: str, rows: list[Row], scan_ms: float | None) -> list[Row]:
    """The page of that name once more, beside a look through all answers that it would take without a ledger; no row where nothing looked."""
    page = next(each for each in rows if each.name == name)
    return [] if scan_ms is None else [Row("figures", f"{name} beside a full scan by DuckDB", page.value, "ms", scan_ms)]


def queue_row(title: str, engine: Engine, client: Any, median_ms: Measure) -> Row:
    """The queue of what waits for the officer's eye: nearly every visit of a bench is in doubt."""

    def bare(connection: Any) -> int:
        items, _ = review_queue.page(connection, COMMUNE, review_queue.Asked())
        assert items
        return sum(review_queue.counts(connection, COMMUNE, review_queue.Asked()).values())

    with reading(engine) as connection:
        waiting = bare(connection)
    return row(f"{title} review queue, {waiting:,} waiting", median_ms(asking(client, "/queue")), median_ms(_bare(engine, bare)))


def held_row(title: str, engine: Engine, client: Any, median_ms: Measure) -> Row:
    """The list of held texts, where a phone that was never meant to sent thousands."""

    def bare(connection: Any) -> None:
        store.counts(connection, COMMUNE)
        store.texts(connection, COMMUNE, [each.sequence for each in store.waiting(connection, COMMUNE)])

    return row(f"{title} held texts, {HELD:,} waiting", median_ms(asking(client, "/held")), median_ms(_bare(engine, bare)))


def asking(client: Any, path: str) -> Callable[[], None]:
    """Asks for a page; it must be there."""

    def ask() -> None:
        answer = client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status}"

    return ask


def _bare(engine: Engine, work: Work) -> Callable[[], None]:
    def ask() -> None:
        with reading(engine) as connection:
            work(connection)

    return ask


def _list(asked: Asked) -> Work:
    def ask(connection: Any) -> None:
        listing.page(connection, COMMUNE, asked)
        listing.counts(connection, COMMUNE, asked)

    return ask


def _progress(connection: Any, today: str) -> None:
    visits.standings(connection, COMMUNE, today)
    visits.by_member(connection, COMMUNE, "2026-01-01")
    listing.counts(connection, COMMUNE, Asked(today))


def _household(connection: Any, first: Any) -> None:
    households.by_code(connection, COMMUNE, first.code)
    journal.of_households(connection, COMMUNE, [first.household_id])
