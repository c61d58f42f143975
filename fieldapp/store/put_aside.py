"""Notices that somebody has read: each comes back to them once it says something else."""

from sqlalchemy import Connection, select

from fieldapp.store.province_tables import put_aside
from fieldapp.store.upsert import upsert


def of_account(connection: Connection, commune_id: str, account_id: str) -> dict[str, str]:
    """Notice → what it said when it was put aside."""
    where = put_aside.c.commune_id == commune_id, put_aside.c.account_id == account_id
    return {notice: said for notice, said in connection.execute(select(put_aside.c.notice, put_aside.c.said).where(*where))}


def put(connection: Connection, commune_id: str, account_id: str, notice: str, said: str) -> None:
    """Put it aside as long as it says this."""
    upsert(connection, put_aside, [{"commune_id": commune_id, "account_id": account_id, "notice": notice, "said": said}])
