"""Communes and villages: dated reference data. A code may be used again for another place, so nothing hangs on it but what is
printed."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from fieldapp.store.journal import GENESIS
from fieldapp.store.shape import SHAPE
from fieldapp.store.tables import commune as commune_table
from fieldapp.store.tables import commune_name
from fieldapp.store.tables import village as village_table


@dataclass(frozen=True, slots=True)
class Commune:
    commune_id: str
    code: str
    name: str
    province: str
    epoch: str


@dataclass(frozen=True, slots=True)
class Village:
    """village_type: thon, ban, xom, khu_pho … ; number: its two digits in household codes; merged_into: since `merged_on`, None
    while it stands."""

    village_id: str
    name: str
    village_type: str
    urban: bool
    number: int
    valid_from: str
    merged_into: str | None = None
    merged_on: str | None = None


_COLUMNS = [village_table.c[name] for name in Village.__dataclass_fields__]


def found_commune(connection: Connection, commune: Commune, valid_from: str) -> None:
    """Begin a commune: its journal starts empty."""
    begun = {"sequence": 0, "chain": GENESIS, "epoch": commune.epoch, "settings": "{}", "projected_by": SHAPE}
    connection.execute(insert(commune_table).values(commune_id=commune.commune_id, **begun))
    connection.execute(
        insert(commune_name).values(
            commune_id=commune.commune_id, valid_from=valid_from, code=commune.code, name=commune.name, province=commune.province
        )
    )


def commune(connection: Connection, commune_id: str, on: str | None = None) -> Commune:
    """The commune under the code and name that it bears on a day (None: the latest). Raises LookupError when there is none."""
    query = (
        select(commune_table.c.commune_id, commune_name.c.code, commune_name.c.name, commune_name.c.province, commune_table.c.epoch)
        .join(commune_name, commune_name.c.commune_id == commune_table.c.commune_id)
        .where(commune_table.c.commune_id == commune_id, commune_name.c.valid_from <= (on or "9"))
        .order_by(commune_name.c.valid_from.desc())
    )
    row = connection.execute(query).first()
    if row is None:
        raise LookupError(commune_id)
    return Commune(*row)


def commune_ids(connection: Connection) -> list[str]:
    return list(connection.execute(select(commune_table.c.commune_id).order_by(commune_table.c.commune_id)).scalars())


def found_village(connection: Connection, commune_id: str, village: Village) -> None:
    connection.execute(
        insert(village_table).values(commune_id=commune_id, last_serial=0, **{name: getattr(village, name) for name in Village.__dataclass_fields__})
    )


def merge_village(connection: Connection, commune_id: str, village_id: str, into: str, on: str) -> None:
    """From that day on the village is part of the other. Nothing is posted: reading sums the parts."""
    connection.execute(
        update(village_table).where(village_table.c.commune_id == commune_id, village_table.c.village_id == village_id)
        .values(merged_into=into, merged_on=on)
    )  # fmt: skip


def villages(connection: Connection, commune_id: str, on: str | None = None) -> list[Village]:
    """The villages that stand on a day (None: now), by number."""
    return [village for village in all_villages(connection, commune_id) if not _merged(village, on)]


def standing_with(connection: Connection, commune_id: str, held: Collection[str]) -> list[Village]:
    """The villages that stand, and of those that became part of others the held ones: what is held can be kept or withdrawn."""
    return [each for each in all_villages(connection, commune_id) if each.merged_into is None or each.village_id in held]


def all_villages(connection: Connection, commune_id: str) -> list[Village]:
    """Every village there ever was, by number."""
    rows = connection.execute(select(*_COLUMNS).where(village_table.c.commune_id == commune_id).order_by(village_table.c.number))
    return [Village(*row) for row in rows]


def village(connection: Connection, commune_id: str, village_id: str) -> Village | None:
    row = connection.execute(select(*_COLUMNS).where(village_table.c.commune_id == commune_id, village_table.c.village_id == village_id)).first()
    return Village(*row) if row else None


def names(connection: Connection, commune_id: str) -> dict[str, Village]:
    """Village id → the village that stands for it now."""
    every = {each.village_id: each for each in all_villages(connection, commune_id)}
    into = successors(connection, commune_id)
    return {village_id: every[into.get(village_id, village_id)] for village_id in every}


def describe_village(connection: Connection, commune_id: str, village_id: str, name: str, village_type: str, urban: bool) -> None:
    """Another name or kind; codes and numbers stay."""
    connection.execute(
        update(village_table).where(village_table.c.commune_id == commune_id, village_table.c.village_id == village_id)
        .values(name=name, village_type=village_type, urban=urban)
    )  # fmt: skip


def part_village(connection: Connection, commune_id: str, village_id: str) -> None:
    """Take a merge back: the village stands by itself again."""
    connection.execute(
        update(village_table).where(village_table.c.commune_id == commune_id, village_table.c.village_id == village_id)
        .values(merged_into=None, merged_on=None)
    )  # fmt: skip


def next_number(connection: Connection, commune_id: str) -> int:
    """The next free number for a village's codes: numbers of merged ones stay theirs."""
    return max((each.number for each in all_villages(connection, commune_id)), default=0) + 1


def successors(connection: Connection, commune_id: str, on: str | None = None, among: Collection[str] | None = None) -> dict[str, str]:
    """Villages that are part of another on that day (None: now) → the one that stands. A village that stands is not in it. among: of these alone,
    None for all: what became part of one that is not among them stands for itself."""
    rows = connection.execute(
        select(village_table.c.village_id, village_table.c.merged_into).where(
            village_table.c.commune_id == commune_id,
            village_table.c.merged_into.is_not(None),
            village_table.c.merged_on <= (on or "9"),
        )
    )
    into = {village_id: merged_into for village_id, merged_into in rows if among is None or {village_id, merged_into} <= set(among)}
    return {village_id: _last(into, village_id) for village_id in into}


def meant(connection: Connection, commune_id: str) -> dict[str, set[str]]:
    """Village → what it means now, whoever names it: itself and all that has become part of it, also by way of one that became part of it then."""
    into = {each.village_id: each.merged_into for each in all_villages(connection, commune_id)}
    found: dict[str, set[str]] = {village_id: {village_id} for village_id in into}
    for part in into:
        for whole in _wholes(into, part):
            found[whole].add(part)
    return found


def with_parts(connection: Connection, commune_id: str, villages: Iterable[str]) -> set[str]:
    """All that these villages mean."""
    named = set(villages)
    each_means = meant(connection, commune_id) if named else {}
    return named.union(*(each_means.get(village_id, ()) for village_id in named))


def _wholes(into: Mapping[str, str | None], village_id: str) -> Iterator[str]:
    """What the village became part of, one after the other."""
    for _ in into:
        whole = into.get(village_id)
        if whole is None:
            return
        yield (village_id := whole)


def _last(into: dict[str, str], village_id: str) -> str:
    for _ in into:
        village_id = into.get(village_id, village_id)
    return village_id


def _merged(village: Village, on: str | None) -> bool:
    return village.merged_into is not None and (on is None or (village.merged_on or "") <= on)


def take_serials(connection: Connection, commune_id: str, village_id: str, count: int) -> int:
    """Reserve `count` household serials of a village; the first of them comes back. A serial is given once."""
    last = connection.execute(
        update(village_table).where(village_table.c.commune_id == commune_id, village_table.c.village_id == village_id)
        .values(last_serial=village_table.c.last_serial + count).returning(village_table.c.last_serial)
    ).scalar_one()  # fmt: skip
    return last - count + 1
