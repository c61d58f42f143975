"""How long work takes by itself on a machine that has others to serve too: the time on the clock less what this process, and the database's, stood
waiting for a processor. Waiting for a disk or for each other is in it. Linux tells; elsewhere it is the time on the clock."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from fieldapp.store.engine import Engine, is_sqlite, reading

READS = 25


def median_ms(engine: Engine) -> Callable[[Callable[[], Any]], float]:
    """A measure: the median of some runs of the work that it is given, over this database."""

    def measured(work: Callable[[], Any]) -> float:
        work()
        watch = [Path("/proc/self/schedstat"), *_backends(engine)]
        return statistics.median(_taken_s(work, watch) for _ in range(READS)) * 1000

    return measured


def taken_s(engine: Engine, work: Callable[[], Any]) -> float:
    """Seconds that the work took by itself."""
    return _taken_s(work, [Path("/proc/self/schedstat"), *_backends(engine)])


def _taken_s(work: Callable[[], Any], watch: list[Path]) -> float:
    waited, started = _waited_s(watch), time.perf_counter()
    work()
    return time.perf_counter() - started - (_waited_s(watch) - waited)


def _waited_s(watch: list[Path]) -> float:
    total = 0
    for file in watch:
        # A connection may have gone, and another system has no such file.
        with suppress(OSError, IndexError, ValueError):
            total += int(file.read_text("ascii").split()[1])
    return total / 1e9


def _backends(engine: Engine) -> Iterator[Path]:
    if is_sqlite(engine):
        return
    with reading(engine) as connection:
        # Not autovacuum's, which waits by itself while we don't.
        pids = connection.exec_driver_sql(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
        ).all()
        yield from (Path(f"/proc/{pid}/schedstat") for (pid,) in pids)
