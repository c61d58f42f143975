"""The same figures without a ledger: everybody's answers in the columns of DuckDB, looked through whole for one page.

It does less than the figures need (no relevance, no cuts, no days), on one processor as a page has one. DuckDB comes from the test packages."""

import contextlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fieldapp.bench.commune import COMMUNE
from fieldapp.store.engine import Engine, reading
from fieldapp.survey.indicator import INDICATORS, Indicator

SELECTED, NAMED = re.compile(r"selected\(\$\{(\w+)\}, '(\w+)'\)"), re.compile(r"\$\{(\w+)\}")
WORKING_AGE_UNTIL = 60
UNITS = {
    "person": tuple(each for each in INDICATORS if each.unit == "person"),
    # What a house's rules see of its people is not in its own answers.
    "household": tuple(each for each in INDICATORS if each.unit == "household" and each.code != "poor_without_smartphone"),
}
Found = dict[str, list[tuple[Any, ...]]]


class Scan:
    """A database of the answers. `commune` and `province` look through all of it once, as a page of theirs would."""

    def __init__(self, database: Any) -> None:
        self._database = database

    def commune(self) -> Found:
        """Unit → (village, people or houses, then yes, no and eligible of each of its indicators), of the bench's own commune."""
        return self._found("village", "WHERE commune = 1")

    def province(self) -> Found:
        """The same of each commune."""
        return self._found("commune", "")

    def _found(self, by: str, where: str) -> Found:
        found: Found = {}
        for unit, indicators in UNITS.items():
            counts = ", ".join(part for each in indicators for part in _counts(each))
            found[unit] = self._database.execute(f"SELECT {by}, count(*), {counts} FROM {unit} {where} GROUP BY {by}").fetchall()
        return found


@contextlib.contextmanager
def opened(engine: Engine, file: Path, communes: int = 1) -> Iterator[Scan | None]:
    """What the bench's own commune answered, for so many communes alike, in a new file; None where DuckDB is not installed."""
    try:
        import duckdb
    except ImportError:
        yield None
        return
    rows = _answers(engine)
    with duckdb.connect(file, config={"threads": 1}) as database:
        for unit, found in rows.items():
            names = ["village", "year", "birth_year", *_asked(unit)]
            columns = [[row.get(name) for row in found] for name in names]
            kinds = ["varchar", "integer", "integer", *["varchar"] * len(_asked(unit))]
            one = ", ".join(f"unnest(CAST(? AS {kind}[])) AS {name}" for name, kind in zip(names, kinds, strict=True))
            database.execute(f"CREATE TABLE one_{unit} AS SELECT {one}", columns)
            database.execute(f"CREATE TABLE {unit} AS SELECT commune, one_{unit}.* FROM range(1, {communes + 1}) AS every(commune), one_{unit}")
        yield Scan(database)


def _answers(engine: Engine) -> dict[str, list[Mapping[str, Any]]]:
    """The people and the houses that were surveyed, each with its village and year."""
    found: dict[str, list[Mapping[str, Any]]] = {unit: [] for unit in UNITS}
    with reading(engine) as connection:
        query = f"SELECT village_id, state FROM household WHERE commune_id = '{COMMUNE}' AND visited AND status = 'active'"
        for village, text in connection.exec_driver_sql(query):
            state = json.loads(text)
            about = {"village": village, "year": state["year"]}
            found["household"].append(about | _plain(state["house"]))
            found["person"] += [about | _plain(person) for person in state["people"].values()]
    return found


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Several choices as `,bank,wallet,`; a birth year that nobody said is none."""
    said = {name: f",{','.join(value)}," if isinstance(value, list) else value for name, value in values.items()}
    return said | {"birth_year": said["birth_year"] if isinstance(said.get("birth_year"), int) else None}


def _asked(unit: str) -> list[str]:
    texts = [text for each in UNITS[unit] for text in (each.yes, each.no)]
    return sorted({name for text in texts for name in NAMED.findall(text)})


def _counts(each: Indicator) -> Iterator[str]:
    until = each.age_to if isinstance(each.age_to, int) else WORKING_AGE_UNTIL if each.age_to else None
    bounds = [f"year - birth_year >= {each.age_from}" if each.age_from else "true", f"year - birth_year <= {until}" if until else "true"]
    eligible = " AND ".join(bounds)
    for rule in (each.yes, each.no):
        in_sql = NAMED.sub(r"\1", SELECTED.sub(r"contains(\1, ',\2,')", rule))
        yield f"count(*) FILTER ({eligible} AND ({in_sql}))"
    yield f"count(*) FILTER ({eligible})"
