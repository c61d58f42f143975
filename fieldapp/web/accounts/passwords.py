"""Passwords: hashed with argon2, checked in the same time whether the account exists or not."""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from fieldapp.config import Settings


@lru_cache
def _hasher(rounds: int, memory_kib: int) -> PasswordHasher:
    return PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=1)


@lru_cache
def _nobody(rounds: int, memory_kib: int) -> str:
    return _hasher(rounds, memory_kib).hash("nobody has this password")


def hashed(password: str, settings: Settings) -> str:
    """The password's hash, with its salt and costs, as the account keeps it."""
    return _hasher(settings.argon2_rounds, settings.argon2_memory_kib).hash(password)


def fits(password: str, password_hash: str | None, settings: Settings) -> bool:
    """Whether the password is the account's; password_hash is None when there is no such account.

    A hash is computed even then: the time of an answer must not tell which usernames exist."""
    costs = settings.argon2_rounds, settings.argon2_memory_kib
    try:
        verified = _hasher(*costs).verify(password_hash or _nobody(*costs), password)
    except (VerificationError, InvalidHashError):
        return False
    return verified and password_hash is not None
