"""What a commune signs with: an Ed25519 key that its server keeps, for packages go out each month and nobody types fifty-five letters for each.

Whoever steals the server can sign; they can read nothing by it. It is in the sealed backups, so that a restored server stays who it was."""

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Connection, insert, select

from fieldapp.store.province_tables import signing_key


def private_key(connection: Connection, commune_id: str, now: str) -> str:
    """The commune's key; made when there is none yet."""
    known = connection.execute(select(signing_key.c.private_key).where(signing_key.c.commune_id == commune_id)).scalar()
    if known is not None:
        return known
    new = Ed25519PrivateKey.generate()
    private, public = (base64.b64encode(each).decode() for each in (new.private_bytes_raw(), new.public_key().public_bytes_raw()))
    connection.execute(insert(signing_key).values(commune_id=commune_id, private_key=private, public_key=public, made_at=now))
    return private


def public_key(connection: Connection, commune_id: str) -> str | None:
    """The public half; None before the first package."""
    return connection.execute(select(signing_key.c.public_key).where(signing_key.c.commune_id == commune_id)).scalar()


def signed(private: str, body: bytes) -> tuple[str, str]:
    """(public half, signature) of these bytes."""
    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(private))
    return base64.b64encode(key.public_key().public_bytes_raw()).decode(), base64.b64encode(key.sign(body)).decode()


def is_signed(public: str, signature: str, body: bytes) -> bool:
    """Whether the holder of this key signed just these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True)).verify(base64.b64decode(signature, validate=True), body)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True
