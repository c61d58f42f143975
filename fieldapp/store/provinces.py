"""Provinces: tenants as communes are, with accounts, a key and backups of their own, but without a village or a household.

A province's code has two digits, a commune's five. Which communes it sees follows from the province that each of them bears: those on this
server, and those whose packages it took in (packages.py)."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, case, func, select

from fieldapp.store.among import among
from fieldapp.store.areas import Commune
from fieldapp.store.tables import backup, commune_name, device
from fieldapp.store.tables import commune as commune_table

CODE_LENGTH = 2


@dataclass(frozen=True, slots=True)
class Running:
    """How a commune's phones and backups stand. phones: those that are not revoked; silent: those of them that have not called since the asked
    moment; contact_at, backup_at: the latest ones, None when there was none."""

    phones: int
    silent: int
    contact_at: str | None
    backup_at: str | None


def is_province(commune: Commune) -> bool:
    return len(commune.code) == CODE_LENGTH


def everybody(connection: Connection) -> list[Commune]:
    """Every tenant of this server under its latest name, by code."""
    latest = select(commune_name.c.commune_id, func.max(commune_name.c.valid_from).label("since")).group_by(commune_name.c.commune_id).subquery()
    query = (
        select(commune_table.c.commune_id, commune_name.c.code, commune_name.c.name, commune_name.c.province, commune_table.c.epoch)
        .join(commune_name, commune_name.c.commune_id == commune_table.c.commune_id)
        .join(latest, (latest.c.commune_id == commune_name.c.commune_id) & (latest.c.since == commune_name.c.valid_from))
        .order_by(commune_name.c.code, commune_table.c.commune_id)
    )
    return [Commune(*row) for row in connection.execute(query)]


def communes_of(connection: Connection, province: Commune) -> list[Commune]:
    """The communes of the province on this server, by code."""
    return [each for each in everybody(connection) if each.province == province.name and not is_province(each)]


def above(connection: Connection, commune_id: str) -> str | None:
    """The commune's province, where it is a tenant of this server; None of a province itself."""
    mine = commune_name.alias()
    named = select(mine.c.province).where(mine.c.commune_id == commune_id).order_by(mine.c.valid_from.desc()).limit(1).scalar_subquery()
    its = commune_name.c.name == named, func.length(commune_name.c.code) == CODE_LENGTH, commune_name.c.commune_id != commune_id
    return connection.execute(select(commune_name.c.commune_id).where(*its).order_by(commune_name.c.valid_from.desc()).limit(1)).scalar()


def running(connection: Connection, commune_ids: Collection[str], since: str) -> dict[str, Running]:
    """How the phones and backups of these communes stand, in two queries however many there are."""
    silent = func.sum(case((func.coalesce(device.c.contact_at, device.c.enrolled_at) < since, 1), else_=0))
    phones = select(device.c.commune_id, func.count(), silent, func.max(device.c.contact_at)).where(
        among(connection, device.c.commune_id, commune_ids), device.c.revoked_at.is_(None)
    )
    told = {commune_id: (int(count), int(quiet), at) for commune_id, count, quiet, at in connection.execute(phones.group_by(device.c.commune_id))}
    backups = select(backup.c.commune_id, func.max(backup.c.completed_at)).where(among(connection, backup.c.commune_id, commune_ids))
    backed_up = {commune_id: at for commune_id, at in connection.execute(backups.group_by(backup.c.commune_id))}
    return {each: Running(*told.get(each, (0, 0, None)), backed_up.get(each)) for each in commune_ids}
