"""Invitations to the desk: a single-use code by which somebody chooses a password, the first one or a new one."""

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from fieldapp.store.desk_tables import invitation
from fieldapp.store.devices import ALPHABET, CODE_LENGTH, hashed


@dataclass(frozen=True, slots=True)
class Invitation:
    commune_id: str
    account_id: str
    expires_at: str
    used_at: str | None


def invite(connection: Connection, commune_id: str, account_id: str, expires_at: str) -> str:
    """A new code; those that the account had before are void. Only its hash is kept: it is shown once."""
    void(connection, commune_id, account_id)
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    connection.execute(insert(invitation).values(commune_id=commune_id, code_hash=hashed(code), account_id=account_id, expires_at=expires_at))
    return code


def void(connection: Connection, commune_id: str, account_id: str) -> None:
    """The codes that wait for this account open nothing any more."""
    connection.execute(
        update(invitation).where(
            invitation.c.commune_id == commune_id, invitation.c.account_id == account_id, invitation.c.used_at.is_(None)
        ).values(used_at="void")
    )  # fmt: skip


def by_code(connection: Connection, code: str) -> Invitation | None:
    """The invitation that a code opens, in whichever commune: who was invited is not signed in yet."""
    columns = [invitation.c[name] for name in Invitation.__dataclass_fields__]
    row = connection.execute(select(*columns).where(invitation.c.code_hash == hashed(code))).first()
    return Invitation(*row) if row else None


def use(connection: Connection, commune_id: str, code: str, now: str) -> bool:
    """Use the code up; False when somebody else just did."""
    used = connection.execute(
        update(invitation).where(
            invitation.c.commune_id == commune_id, invitation.c.code_hash == hashed(code), invitation.c.used_at.is_(None)
        ).values(used_at=now)
    )  # fmt: skip
    return bool(used.rowcount)
