"""Many communes of thousands of households, each held against plain SQL as tests/test_ledger_of_a_crowd.py does with one. Kept to be run by hand:

    .venv/bin/python -m tests.kept.ledger_of_crowds --seeds 100-120 --households 2000 --database postgres
"""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from fieldapp.store.engine import open_engine, reading
from fieldapp.store.migrate import upgrade
from fieldapp.store.rebuild import differences
from tests import crowd, postgres
from tests.story import COMMUNE
from tests.test_arrival import fresh
from tests.test_ledger_of_a_crowd import DAYS, SAYINGS_EACH, days_of, told, unlike


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--seeds", default="1-5", help="first-last")
    asked.add_argument("--households", type=int, default=2_000)
    asked.add_argument("--days", type=int, default=DAYS)
    asked.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    options = asked.parse_args()
    first, _, last = options.seeds.partition("-")
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        templates = {options.database: template(options.database, Path(folder))}
        for seed in range(int(first), int(last or first) + 1):
            found = compared(options.database, templates, seed, options.households, options.days)
            wrong += len(found)
            print(*found[:10], sep="\n", flush=True)
    print(f"{wrong} differences")
    return 1 if wrong else 0


def template(database, folder):
    url = postgres.shared().new_database() if database == "postgres" else f"sqlite:///{folder / 'template.sqlite'}"
    engine = open_engine(url)
    upgrade(engine)
    if database == "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return url if database == "postgres" else folder / "template.sqlite"


def compared(database, templates, seed, households, days):
    started, chance = time.monotonic(), random.Random(seed)
    population = crowd.Crowd(chance, households, SAYINGS_EACH)
    with fresh(database, templates, crowd.VILLAGES) as engine:
        told(engine, population)
        found = [f"seed {seed}: {place}: {said}" for place, said in unlike(engine, population, *days_of(chance, days)).items()]
        with reading(engine) as connection:
            found += [f"seed {seed}: {each}" for each in differences(connection, COMMUNE)]
    print(f"seed {seed}: {len(population.events)} events, {len(found)} differences, {time.monotonic() - started:.0f} s", flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main())
